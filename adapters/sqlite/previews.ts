// Previews: what is on a platform of an answer that is still being written. Noted only for turns that take long, in a
// commit that nobody waits for but the preview itself, so that a process that dies leaves none behind.
import { z } from "zod";
import { firstPostId } from "../../src/ids.ts";
import type { ThreadId } from "../../src/ids.ts";
import { Message } from "../../src/message.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { PreviewRow } from "../../src/ports/journal-rows.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Ledger } from "./ledger.ts";
import { fromJson } from "./shapes.ts";
import type { Query, Store } from "./store.ts";

const insert = `INSERT INTO preview (turn, platform_id, at) SELECT id, ?2, ?3 FROM turn WHERE id = ?1 AND state = 'working'
  ON CONFLICT (turn) DO UPDATE SET platform_id = COALESCE(excluded.platform_id, platform_id)`;
// Its answer was quicker: the post that is on its way takes the preview's place wherever that turned out to be.
const tellPost = `UPDATE outbox SET platform_id = ?2 WHERE id = ?1 AND platform_id IS NULL AND state IN ('pending', 'sending')`;
const isWaitedFor = {
  sql: `SELECT 1 AS found FROM outbox o JOIN turn t ON t.thread = o.thread
    WHERE t.id = ?1 AND o.state IN ('pending', 'sending') AND o.platform_id IS NULL LIMIT 1`,
  row: z.object({ found: z.number() }),
};
const mayBe = {
  sql: `SELECT 1 AS found FROM outbox o WHERE o.id = ?1
    AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.platform_id = ?2 AND e.id <> ?1)
    AND NOT EXISTS (SELECT 1 FROM preview p JOIN turn t ON t.id = p.turn
      WHERE t.thread = o.thread AND t.state <> 'done' AND (p.platform_id IS NULL OR p.platform_id = ?2))`,
  row: z.object({ found: z.number() }),
};
const byTurn: Query<PreviewRow> = {
  sql: "SELECT platform_id, at FROM preview WHERE turn = ?1",
  row: z
    .object({ platform_id: z.string().nullable(), at: z.number().int() })
    .transform((row) => ({ platformId: row.platform_id, at: row.at })),
};
const waitingOf: Query<Message> = {
  sql: "SELECT message FROM turn WHERE thread = ?1 AND state <> 'done' AND state = 'new' ORDER BY ord",
  row: z.object({ message: z.string() }).transform((row) => fromJson(row.message, Message)),
};

function notePreview({ store, now }: Ledger, turn: string, platformId: string | null): boolean {
  if (platformId === null && store.get(isWaitedFor, turn) !== null) return false;
  const noted = store.run(insert, turn, platformId, now());
  if (noted === 0 && platformId !== null) store.run(tellPost, firstPostId(turn), platformId);
  return true;
}

/** The post knows it from now on. */
export function takePreview(store: Store, turn: string): void {
  store.run("DELETE FROM preview WHERE turn = ?1", turn);
}

export type PreviewPart = Pick<Journal, "notePreview" | "mayStandFor" | "previewOf" | "queued">;
export function previewsOf(ledger: Ledger, { commitSoon }: GroupCommit): PreviewPart {
  return {
    notePreview: async (turn, platformId) => commitSoon(() => notePreview(ledger, turn, platformId)),
    mayStandFor: async (post, platformId) => ledger.store.get(mayBe, post, platformId) !== null,
    previewOf: async (turn) => ledger.store.get(byTurn, turn),
    queued: async (thread: ThreadId) => ledger.store.all(waitingOf, thread),
  };
}
