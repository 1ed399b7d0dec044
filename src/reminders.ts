// Reminders: when half of a card's time is over and nobody has decided, whoever may decide is reminded in its thread, and
// those to whom the config escalates may decide from then on.
import { decidersOf, everDecidersOf } from "./authority.ts";
import { reminderOf } from "./notices.ts";
import type { Directory } from "./people.ts";
import type { Journal } from "./ports.ts";

export type ReminderDeps = {
  readonly journal: Pick<Journal, "remindDue" | "remind">;
  readonly directory: Directory;
};

/** Says what is due; delivering it is the caller's. */
export async function remindAll({ journal, directory }: ReminderDeps): Promise<void> {
  for (const proposal of await journal.remindDue()) {
    const first = decidersOf(directory, proposal);
    const more = everDecidersOf(directory, proposal).filter((name) => !first.includes(name));
    const asked = first.length === 0 ? proposal.approvers : first;
    await journal.remind(proposal.id, reminderOf(proposal, { first: asked, more }));
  }
}
