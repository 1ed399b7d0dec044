// How turns were answered: route, context and cost, of one turn or of the last one in a thread.
import { z } from "zod";
import { Outcome } from "../../src/message.ts";
import type { ThreadId } from "../../src/ids.ts";
import type { WalkRow } from "../../src/ports/journal-rows.ts";
import type { Ledger } from "./ledger.ts";
import { fromJson, PackBody, RouteBody } from "./shapes.ts";
import type { Query } from "./store.ts";

export const walkColumns =
  "id, agent, route, pack, input_tokens, output_tokens, dollars, outcome, finished_at, verification";
export const WalkRows = z
  .object({
    id: z.string(),
    agent: z.string().nullable(),
    route: z.string(),
    pack: z.string().nullable(),
    input_tokens: z.number(),
    output_tokens: z.number(),
    dollars: z.number(),
    outcome: Outcome,
    finished_at: z.number().int(),
    verification: z.string().nullable(),
  })
  .transform((row): WalkRow => ({
    turn: row.id,
    agent: row.agent,
    route: fromJson(row.route, RouteBody),
    pack: row.pack === null ? null : fromJson(row.pack, PackBody),
    usage: { inputTokens: row.input_tokens, outputTokens: row.output_tokens, dollars: row.dollars },
    outcome: row.outcome,
    at: row.finished_at,
    verification: row.verification,
  }));
const lastWalk: Query<WalkRow> = {
  sql: `SELECT ${walkColumns} FROM turn
    WHERE ord = COALESCE(
      (SELECT ord FROM turn WHERE thread = ?1 AND state = 'done' AND route IS NOT NULL ORDER BY ord DESC LIMIT 1),
      (SELECT t.ord FROM carried c JOIN turn t ON t.ord = c.turn
        WHERE c.thread = ?1 AND t.route IS NOT NULL ORDER BY t.ord DESC LIMIT 1))`,
  row: WalkRows,
};

/** The last turn that was routed. */
export const lastWalkOf = ({ store }: Ledger, threadId: ThreadId): WalkRow | null =>
  store.get(lastWalk, threadId);
