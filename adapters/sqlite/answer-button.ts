// The small buttons under an answer have no rows: the post that the platform says they stand on leads to the turn, and
// their ids must be that post's own.
import { z } from "zod";
import { answerAction } from "../../src/replies/answer-buttons.ts";
import { ThreadId } from "../../src/ids.ts";
import type { StoredButton } from "../../src/message.ts";
import type { Store } from "./store.ts";

const carrier = {
  sql: "SELECT id, thread, turn FROM outbox WHERE platform_id = ?1 AND turn IS NOT NULL LIMIT 1",
  row: z.object({ id: z.string(), thread: ThreadId, turn: z.string() }),
};
type Press = { readonly nonce: string; readonly onMessage: string };

/** Null: no such post, or a button of another one. */
export function answerButton(store: Store, { nonce, onMessage }: Press): StoredButton | null {
  const post = store.get(carrier, onMessage);
  if (post === null) return null;
  const action = answerAction(nonce, { outboxId: post.id, turn: post.turn });
  return action === null
    ? null
    : { nonce, post: post.id, action, thread: post.thread, platformId: onMessage };
}
