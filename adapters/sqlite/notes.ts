// What a surface asks when it connects: what it heard last and where, and a few notes of its own. Nothing here is on a
// message's way.
import { z } from "zod";
import { Message } from "../../src/message.ts";
import { isWholeTurn } from "./heard.ts";
import type { Ledger } from "./ledger.ts";
import { fromJson } from "./shapes.ts";

/** Looking back stops here, so that a start after a busy year costs what a start after a busy day does. */
const turnsLookedAt = 5_000;
const threadLimit = 200;

const heard = {
  sql: `SELECT id, thread, message, seal FROM turn WHERE ord IN (
      SELECT max(ord) FROM (SELECT ord, thread, at, message FROM turn ORDER BY ord DESC LIMIT ?3)
      WHERE thread LIKE ?1 AND at >= ?2 AND json_extract(message, '$.body.kind') = 'text' GROUP BY thread)
    ORDER BY ord DESC LIMIT ?4`,
  row: z.object({ id: z.string(), thread: z.string(), message: z.string(), seal: z.string().nullable() }),
};
const words = {
  sql: "SELECT words FROM note WHERE key = ?1",
  row: z.object({ words: z.string() }),
};

export const lastHeard = (ledger: Ledger, surface: string, sinceMs: number): readonly Message[] =>
  ledger.store
    .all(heard, `${surface}:%`, sinceMs, turnsLookedAt, threadLimit)
    .filter((row) => isWholeTurn(ledger, row))
    .map(({ message }) => fromJson(message, Message));

export const readNote = ({ store }: Ledger, key: string): string | null =>
  store.get(words, key)?.words ?? null;

export const keepNote = ({ store }: Ledger, key: string, text: string): number =>
  store.run(
    "INSERT INTO note (key, words) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET words = excluded.words",
    key,
    text,
  );
