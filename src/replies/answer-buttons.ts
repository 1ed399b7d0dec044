// The small row under every agent's answer: Why? and two thumbs. They do the same everywhere and for ever, so no row is
// kept for them: the post they stand on says which turn they are about, and their ids fit that post alone.
import { canonicalHash } from "../canonical.ts";
import type { PostButton } from "../post.ts";
import type { ButtonAction } from "../proposal.ts";

const kinds = { why: "Why?", up: "👍", down: "👎" } as const;
type Kind = keyof typeof kinds;
const order: readonly Kind[] = ["why", "up", "down"];

const printOf = (outboxId: string): string => canonicalHash(outboxId).slice(0, 16);

/** `outboxId`: of the post that carries them. */
export function answerButtons(outboxId: string): readonly PostButton[] {
  const print = printOf(outboxId);
  return order.map((kind) => ({
    nonce: `${kind}-${print}`,
    label: kinds[kind],
    style: "quiet",
    asks: null,
  }));
}

/** What the button with this nonce does on the post `outboxId`, which answers `turn`; null: it is none of that post's. */
export function answerAction(
  nonce: string,
  { outboxId, turn }: { readonly outboxId: string; readonly turn: string },
): ButtonAction | null {
  const kind = order.find((one) => nonce === `${one}-${printOf(outboxId)}`);
  if (kind === undefined) return null;
  return kind === "why" ? { kind: "why", turn } : { kind: "rate", turn, mark: kind };
}

export const isAnswerNonce = (nonce: string): boolean => /^(?:why|up|down)-[0-9a-f]{16}$/u.test(nonce);
