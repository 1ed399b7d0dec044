// Whoever asked takes it back: the proposal ends as withdrawn, also where only others may approve it.
import type { Draft } from "../message.ts";
import type { Clock, Durable, Journal } from "../ports.ts";
import { say } from "../post.ts";
import type { Proposal } from "../proposal.ts";
import { standingOf } from "../cards/standing.ts";
import { privately } from "./press-rules.ts";
import { answered } from "./spoken.ts";
import type { Task } from "./work.ts";

type Deps = {
  readonly journal: Pick<Journal, "proposal" | "settle">;
  readonly durable: Pick<Durable, "signal">;
  readonly clock: Clock;
  readonly onMoved: () => void;
};

/** A batch goes as a whole; each item ends by itself, and one that was decided in the meantime stays as it is. */
export async function withdrawBatch(
  deps: Deps,
  task: Task<"decision">,
  items: readonly Proposal[],
): Promise<Draft> {
  const { journal, clock, onMoved } = deps;
  const move = moveBy(task);
  const taken = await Promise.all(items.map(async ({ id }) => journal.settle(id, move)));
  const [lead] = items;
  // Taken up again after a crash, it was this very press that took some of them back.
  const count = taken.filter(Boolean).length;
  if (lead === undefined || (count === 0 && task.attempt === 1))
    return answered(task, privately(task, lead === undefined ? "" : standingOf(lead, clock.now())));
  onMoved();
  const words = `Withdrawn by ${task.person.name}: ${items.length} × ${lead.effect}, beginning with ${lead.prepared.summary}. Nothing was done.`;
  return answered(task, say(words, { kind: "receipt" }));
}

function moveBy({ person, assignment }: Task<"decision">) {
  const why = assignment.words === null ? "" : `: ${assignment.words}`;
  return { from: ["proposed", "pending"], to: "cancelled", detail: `by ${person.name}${why}` } as const;
}

export async function withdraw(deps: Deps, task: Task<"decision">, proposal: Proposal): Promise<Draft> {
  const { journal, durable, clock, onMoved } = deps;
  if (!(await journal.settle(proposal.id, moveBy(task)))) {
    const now = (await journal.proposal(proposal.id)) ?? proposal;
    return answered(task, privately(task, standingOf(now, clock.now())));
  }
  onMoved();
  if (proposal.run !== null) await durable.signal(`proposal:${proposal.id}`);
  return answered(
    task,
    say(`Withdrawn by ${task.person.name}: ${proposal.prepared.summary}. Nothing was done.`, {
      kind: "receipt",
    }),
  );
}
