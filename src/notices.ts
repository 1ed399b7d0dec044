// Sentences of Nova's own that no turn says: about a proposal, in its thread; about what could not be shown, to who asked. Each has a fixed id, so that it is said
// once, and commits together with the move that it tells of.
import { minuteOf } from "./cards/card.ts";
import { isCopy } from "./cards/card-copies.ts";
import { toOneLine } from "./markdown/visible.ts";
import type { Journal, OutboxDraft, OutboxRow } from "./ports.ts";
import type { Post } from "./post.ts";
import type { Proposal } from "./proposal.ts";

const blank: Post = { kind: "notice", text: "", card: null, buttons: [], footer: null, only: null };
const undelivered = "undelivered";

function notice({ id, thread }: Pick<OutboxDraft, "id" | "thread">, what: string, text: string): OutboxDraft {
  const post: Post = { ...blank, text };
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

/** In place of the reminder: who was to decide left, and those to whom it escalates need not wait for half of its time. */
export const departedNotice = (
  proposal: Proposal,
  who: { readonly left: readonly string[]; readonly more: readonly string[] },
): OutboxDraft =>
  notice(
    proposal,
    "reminder",
    `By what their platform says, ${who.left.join(" and ")} left, so ${who.more.join(" or ")} may decide \`${proposal.id}\` now: ${proposal.prepared.summary}. Nothing is done until somebody decides.`,
  );

/** Nobody is left who could decide it. */
export const strandedNotice = (proposal: Proposal): OutboxDraft =>
  notice(
    proposal,
    "blocked",
    `Nobody is left who may approve \`${proposal.id}\` (${proposal.prepared.summary}), so nothing will happen. Name approvers in the config, then ask again.`,
  );

/** It was asked by whom, with what or where it may not be asked any more. */
export const barredNotice = (proposal: Proposal, why: string): OutboxDraft =>
  notice(
    proposal,
    "blocked",
    `\`${proposal.id}\` is closed and nothing will happen (${proposal.prepared.summary}): ${why}.`,
  );

/** In place of what could not be shown; null: what nobody waits for, or a proposal that can't be read. */
export async function insteadOf(
  journal: Pick<Journal, "proposal" | "turn">,
  row: OutboxRow,
): Promise<OutboxDraft | null> {
  const { content } = row;
  if (content.kind !== "card") return insteadOfPost(journal, row, content.post);
  // A row that was changed outside Nova is told of elsewhere; its words can't be trusted.
  const proposal = await journal.proposal(content.proposal).catch(() => null);
  if (proposal === null) return null;
  if (isCopy(row.id)) return copyLost(proposal, row);
  const text = `I could not show the card for \`${proposal.id}\` (${proposal.prepared.summary}), so nobody can approve it and nothing will happen. Ask again, or ask where I may post.`;
  return notice(proposal, "blocked", text);
}

/** Somebody who may decide was to see it in direct messages, and that was refused. */
function copyLost(proposal: Proposal, { id, thread }: OutboxRow): OutboxDraft {
  const surface = thread.slice(0, thread.indexOf(":"));
  const text = `I could not show the card for \`${proposal.id}\` (${proposal.prepared.summary}) in direct messages on ${surface}, where somebody who may decide it is. Whoever sees it here can still decide; ask the others to let me write to them.`;
  return { ...notice(proposal, "unseen", text), id: `${id}:unseen` };
}

/** What was decided elsewhere, for those who follow it in its thread. */
export const decidedElsewhere = (proposal: Proposal, words: string): OutboxDraft =>
  notice(proposal, "decided", words);

/** Said in plain words to who asked, alone: what the platform refused may have been the place or the words. */
async function insteadOfPost(
  journal: Pick<Journal, "turn">,
  { id, thread, turn }: OutboxRow,
  { kind, text }: Post,
): Promise<OutboxDraft | null> {
  if (turn === null || kind === "progress" || id.endsWith(`:${undelivered}`)) return null;
  const asked = await journal.turn(turn);
  if (asked === null) return null;
  const begins = toOneLine(text).slice(0, 120).toWellFormed();
  const words = `An answer may not have reached you. It begins “${begins}…”; ask again to get it anew, \`failures\` says why.`;
  const draft = notice({ id, thread }, undelivered, words);
  const post: Post = { ...blank, text: words, only: asked.message.account.id };
  return { ...draft, turn, content: { kind: "post", post } };
}
