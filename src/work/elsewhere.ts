// Decided away from its thread, on a copy in somebody's direct messages or typed in the terminal: those who follow it in its
// own thread hear of it there too, and so do its agents.
import { isCopy } from "../cards/card-copies.ts";
import type { Draft } from "../message.ts";
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
  if (!isElsewhere(task, proposal)) return;
  await deps.journal.hang(decidedElsewhere(proposal, words));
  deps.onMoved();
}

/** The result as the conversation that asked for it reads it. */
export const resultThere = (
  task: Task<"decision">,
  proposal: Proposal,
  result: string,
): Pick<Draft, "result" | "alsoIn"> =>
  isElsewhere(task, proposal) ? { result, alsoIn: proposal.thread } : { result };

/** A card that could not be shown in its thread is pressed elsewhere too, but that one is no copy: it is the card. */
const isElsewhere = ({ button, message }: Task<"decision">, { thread }: Proposal): boolean =>
  message.body.kind === "press" ? button !== null && isCopy(button.post) : message.thread !== thread;
