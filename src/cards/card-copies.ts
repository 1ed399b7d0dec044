// A card may hang in more than one place: in the thread where it was asked, and in the direct messages of those who decide
// and can't see that thread. Each copy is a post of its own, with buttons of its own.
import { canonicalHash } from "../canonical.ts";
import type { AccountId } from "../ids.ts";
import type { OutboxDraft } from "../ports.ts";

/** The outbox id of a proposal's card in its own thread. */
export const cardIdOf = (proposal: string): string => `${proposal}:card`;
/** Derived, so that nobody is shown the same card twice. */
export const copyIdOf = (proposal: string, account: AccountId): string => `${cardIdOf(proposal)}:${account}`;
export const isCopy = (post: string): boolean => post.includes(":card:");

/**
 * The button of this post that does what `nonce` does on the card itself. Bound to the post: pressed elsewhere, it is no
 * button of that card. What names its proposal goes on to name it.
 */
export function nonceOn(post: string, nonce: string): string {
  if (!isCopy(post)) return nonce;
  const hash = canonicalHash([nonce, post]);
  return /^[a-z]+-p-/u.test(nonce) ? `${nonce}-${hash.slice(0, 12)}` : hash.slice(0, 32);
}

/** What leads to another proposal belongs into the thread and the project of the first: a copy decides, and no more. */
export const isOnCopies = (nonce: string): boolean => !/^(?:edit|undo)-p-/u.test(nonce);

/** The same card in another place. */
export function copyOf(card: OutboxDraft, place: Pick<OutboxDraft, "id" | "thread">): OutboxDraft {
  const kept = card.buttons.filter(({ nonce }) => isOnCopies(nonce));
  const buttons = kept.map(({ nonce, action }) => ({ nonce: nonceOn(place.id, nonce), action }));
  return { ...card, ...place, turn: null, buttons };
}
