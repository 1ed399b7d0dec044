// Reminders: when half of a card's time is over and nobody has decided, whoever may decide is reminded in its thread, and
// those to whom the config escalates may decide from then on.
import { decidersOf, everDecidersOf } from "./authority.ts";
import { copyIdOf } from "../cards/card-copies.ts";
import { reminderOf } from "../notices.ts";
import type { Directory } from "../people.ts";
import type { Journal, OutboxDraft } from "../ports.ts";
import type { Proposal } from "../proposal.ts";

export type ReminderDeps = {
  readonly journal: Pick<Journal, "remindDue" | "remind" | "outboxRow" | "hang">;
  readonly directory: Directory;
};

/** Says what is due; delivering it is the caller's. */
export async function remindAll({ journal, directory }: ReminderDeps): Promise<void> {
  for (const proposal of await journal.remindDue()) {
    const first = decidersOf(directory, proposal);
    const more = everDecidersOf(directory, proposal).filter((name) => !first.includes(name));
    const asked = first.length === 0 ? proposal.approvers : first;
    const reminder = reminderOf(proposal, { first: asked, more });
    if (await journal.remind(proposal.id, reminder))
      await remindElsewhere({ journal, directory }, proposal, reminder);
  }
}

/** Where a copy of the card hangs: its edit alone would make no sound. */
async function remindElsewhere(
  { journal, directory }: ReminderDeps,
  proposal: Proposal,
  reminder: OutboxDraft,
): Promise<void> {
  for (const name of decidersOf(directory, proposal)) {
    for (const account of directory.named(name)?.accounts ?? []) {
      const copy = await journal.outboxRow(copyIdOf(proposal.id, account));
      if (copy !== null) await journal.hang({ ...reminder, id: `${copy.id}:reminder`, thread: copy.thread });
    }
  }
}
