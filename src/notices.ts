// Sentences of Nova's own about a proposal, said in its thread outside any turn. Each has a fixed id, so that it is said
// once, and commits together with the move that it tells of.
import { minuteOf } from "./card.ts";
import type { Journal, OutboxDraft, OutboxRow } from "./ports.ts";
import type { Post } from "./post.ts";
import type { Proposal } from "./proposal.ts";

function notice({ id, thread }: Pick<Proposal, "id" | "thread">, what: string, text: string): OutboxDraft {
  const post: Post = { kind: "notice", text, card: null, buttons: [], footer: null, only: null };
  return { id: `${id}:${what}`, thread, turn: null, content: { kind: "post", post }, buttons: [] };
}

/** At half of its time: who can decide, until when, and who may now besides. */
export function reminderOf(
  proposal: Proposal,
  who: { readonly first: readonly string[]; readonly more: readonly string[] },
): OutboxDraft {
  const until = proposal.expiresAt === null ? "" : ` It expires ${minuteOf(proposal.expiresAt)}.`;
  const more = who.more.length === 0 ? "" : ` ${who.more.join(" or ")} may decide now too.`;
  const text = `Reminder: \`${proposal.id}\` still waits for ${who.first.join(" or ")}: ${proposal.prepared.summary}.${until} Nothing is done until somebody decides.${more}`;
  return notice(proposal, "reminder", text);
}

/** Nobody is left who could decide it. */
export const strandedNotice = (proposal: Proposal): OutboxDraft =>
  notice(
    proposal,
    "blocked",
    `Nobody is left who may approve \`${proposal.id}\` (${proposal.prepared.summary}), so nothing will happen. Name approvers in the config, then ask again.`,
  );

/** In place of a card that could not be shown; null: no card, or one of a proposal that can't be read. */
export async function insteadOf(
  journal: Pick<Journal, "proposal">,
  { content }: OutboxRow,
): Promise<OutboxDraft | null> {
  if (content.kind !== "card") return null;
  // A row that was changed outside Nova is told of elsewhere; its words can't be trusted.
  const proposal = await journal.proposal(content.proposal).catch(() => null);
  if (proposal === null) return null;
  const text = `I could not show the card for \`${proposal.id}\` (${proposal.prepared.summary}), so nobody can approve it and nothing will happen. Ask again, or ask where I may post.`;
  return notice(proposal, "blocked", text);
}
