// Boot: what waits for a decision is judged again by today's config. A card that nobody may decide any more is closed and
// said so, instead of waiting for its time to run out.
import { everDecidersOf, neededFor, reachableIn } from "./authority.ts";
import { strandedNotice } from "./notices.ts";
import type { Directory } from "./people.ts";
import type { Journal } from "./ports.ts";

export type ReassessmentDeps = {
  readonly journal: Pick<Journal, "proposals" | "settle">;
  readonly directory: Directory;
  /** Closed: whoever waits for it should hear of it. */
  readonly onOver: (proposal: string) => Promise<void>;
};

export async function reassess({ journal, directory, onOver }: ReassessmentDeps): Promise<void> {
  for (const proposal of await journal.proposals({ states: ["proposed", "pending"] })) {
    const left = reachableIn(directory, everDecidersOf(directory, proposal), proposal.thread);
    if (left.length >= neededFor(directory, proposal)) continue;
    const detail = `${proposal.approvers.join(" and ")} may not decide here any more`;
    const move = { from: ["proposed", "pending"], to: "blocked", detail } as const;
    if (await journal.settle(proposal.id, { ...move, notice: strandedNotice(proposal) }))
      await onOver(proposal.id);
  }
}
