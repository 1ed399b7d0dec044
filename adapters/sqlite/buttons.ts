// A button as it was pressed: its row, the post that carries it and where that stands. One that is not as Nova wrote it is
// handed on as such, never as what it claims to do.
import { z } from "zod";
import { ThreadId } from "../../src/ids.ts";
import type { StoredButton } from "../../src/message.ts";
import { ButtonAction } from "../../src/proposal.ts";
import type { Audit } from "./audit.ts";
import type { Ledger } from "./ledger.ts";
import { buttonSeal, placeSeal, postSeal } from "./seals.ts";
import { fromJson } from "./shapes.ts";

const text = z.string();
export const ButtonRow = z.object({
  nonce: text,
  outbox: text,
  action: text,
  seal: text.nullable(),
  id: text,
  thread: text,
  proposal: text.nullable(),
  post: text.nullable(),
  post_seal: text.nullable(),
  platform_id: text.nullable(),
  place_seal: text.nullable(),
});
export type ButtonRow = z.infer<typeof ButtonRow>;
/** A button whose post was taken out has none: it reads as an empty one, which no seal fits. */
export const buttonColumns = `b.nonce, b.outbox, b.action, b.seal, COALESCE(o.id, '') AS id, COALESCE(o.thread, '') AS thread,
  o.proposal, o.post, o.seal AS post_seal, o.platform_id, o.place_seal`;
const byNonce = {
  sql: `SELECT ${buttonColumns}, p.shown_at FROM button b LEFT JOIN outbox o ON o.id = b.outbox
    LEFT JOIN proposal p ON p.id = o.proposal WHERE b.nonce = ?1`,
  row: ButtonRow.extend({ shown_at: z.number().nullable() }),
};

export function readButton({ store, audit }: Ledger, nonce: string): StoredButton | null {
  const row = store.get(byNonce, nonce);
  if (row === null) return null;
  const { thread, platform_id: platformId } = row;
  if (!isWholeButton(audit, row)) return { ...nothing, nonce, isAltered: true };
  const button = {
    nonce,
    post: row.outbox,
    action: fromJson(row.action, ButtonAction),
    thread: ThreadId.parse(thread),
    platformId,
  };
  return platformId === null && row.shown_at !== null ? { ...button, isMoving: true } : button;
}

/** What a button that can't be believed does. */
const nothing = {
  post: "",
  action: { kind: "refresh" },
  thread: "nova:nowhere:nowhere",
  platformId: null,
} as const;

export const isWholeButton = (audit: Audit, row: ButtonRow): boolean =>
  row.seal === buttonSeal(audit, row) && isWholePost(audit, { ...row, seal: row.post_seal });

/** A card counts only where its platform confirmed it; other posts decide nothing, wherever they stand. */
type Post = Pick<ButtonRow, "id" | "thread" | "proposal" | "post" | "seal" | "platform_id" | "place_seal">;
export function isWholePost(audit: Audit, row: Post): boolean {
  if (row.seal !== postSeal(audit, row)) return false;
  if (row.proposal === null) return true;
  const { id, platform_id: platformId } = row;
  return row.place_seal === (platformId === null ? null : placeSeal(audit, id, platformId));
}
