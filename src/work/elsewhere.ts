// Decided on a copy of the card, in somebody's direct messages: those who follow it in its own thread hear of it there too.
import { isCopy } from "../cards/card-copies.ts";
import { decidedElsewhere } from "../notices.ts";
import type { Journal } from "../ports.ts";
import type { Proposal } from "../proposal.ts";
import type { Task } from "./work.ts";

type Deps = { readonly journal: Pick<Journal, "hang">; readonly onMoved: () => void };
type Told = { readonly proposal: Proposal; readonly words: string };

/** Said once, however often the press is taken up again. */
export async function tellThread(
  deps: Deps,
  task: Task<"decision">,
  { proposal, words }: Told,
): Promise<void> {
  if (task.button === null || !isCopy(task.button.post)) return;
  await deps.journal.hang(decidedElsewhere(proposal, words));
  deps.onMoved();
}
