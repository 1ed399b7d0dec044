// Whoever asked takes it back: the proposal ends as withdrawn, also where only others may approve it.
import type { Draft } from "../message.ts";
import type { Clock, Durable, Journal } from "../ports.ts";
import { say } from "../post.ts";
import type { Proposal } from "../proposal.ts";
import { standingOf } from "../standing.ts";
import { privately } from "./press-rules.ts";
import { answered } from "./spoken.ts";
import type { Task } from "./work.ts";

type Deps = {
  readonly journal: Pick<Journal, "proposal" | "settle">;
  readonly durable: Pick<Durable, "signal">;
  readonly clock: Clock;
  readonly onMoved: () => void;
};

export async function withdraw(deps: Deps, task: Task<"decision">, proposal: Proposal): Promise<Draft> {
  const { journal, durable, clock, onMoved } = deps;
  const { person, assignment } = task;
  const why = assignment.words === null ? "" : `: ${assignment.words}`;
  const move = { from: ["proposed", "pending"], to: "cancelled", detail: `by ${person.name}${why}` } as const;
  if (!(await journal.settle(proposal.id, move))) {
    const now = (await journal.proposal(proposal.id)) ?? proposal;
    return answered(task, privately(task, standingOf(now, clock.now())));
  }
  onMoved();
  if (proposal.run !== null) await durable.signal(`proposal:${proposal.id}`);
  return answered(
    task,
    say(`Withdrawn by ${person.name}: ${proposal.prepared.summary}. Nothing was done.`, { kind: "receipt" }),
  );
}
