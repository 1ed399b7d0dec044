// One law for every row that is not over: when Nova itself will look at it next. A view over the columns that decide so, kept
// as this release reads it, so that nothing is written a second time. No time: nobody will ever look.
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { Journal } from "../../src/ports/journal.ts";
import type { OpenRow } from "../../src/ports/journal-waiting.ts";
import type { Ledger } from "./ledger.ts";
import { inBody } from "./repeats-schema.ts";
import type { Query } from "./store.ts";
import { gapsMs, slowestMs } from "./unclear.ts";
import { strandedMs } from "./waiting.ts";

/** The longest that a worker holds a turn: a batch of twenty deeds, each at its limits. */
const turnMs = 3_600_000;
/** The longest that a send is under way, its wait for the surface's pace included. */
const sendMs = 600_000;
/** Runs are looked at once a minute while one is open; the sweep notes when. */
const sweptNote = "runs.swept";
const sweepMs = 60_000;

const ladder = gapsMs.map((gapMs, at) => `WHEN ${at + 1} THEN ${gapMs}`).join(" ");
const begun = "EXISTS (SELECT 1 FROM effect e WHERE e.key = p.id)";
const startAt = `CASE WHEN p.run_at IS NOT NULL AND p.touched_at < p.run_at THEN p.run_at
  ELSE max(p.touched_at, coalesce(p.run_at, 0)) + ${strandedMs} END`;
const lookAt = `(SELECT max(a.at) + CASE count(*) ${ladder} ELSE ${slowestMs} END FROM audit a
  WHERE a.subject = p.id AND a.kind = 'proposal' AND ${inBody("now.state", "a.")} = 'unknown')`;
const lead = `coalesce(${inBody("batch.lead", "p.")}, p.id)`;
const cardAt = `CASE WHEN EXISTS (SELECT 1 FROM outbox o WHERE o.proposal = ${lead})
  THEN (SELECT min(c.wake_at) FROM due c WHERE c.proposal = ${lead}) ELSE ${inBody("showAt", "p.")} END`;
const sweptAt = `coalesce((SELECT CAST(words AS INTEGER) FROM note WHERE key = '${sweptNote}'), 0)`;

/** `born`: when this process took up what the last one left. A queued turn waits for the first of its thread, a queued post too. */
const view = `CREATE VIEW open_row AS WITH
  born (at) AS (SELECT coalesce(max(at), 0) FROM heartbeat WHERE id = 2),
  post AS (SELECT o.id, o.ord, o.thread, o.proposal, o.state, o.platform_id IS NULL AS is_new,
    max(o.not_before, o.claimed_at, born.at) + CASE o.state WHEN 'sending' THEN ${sendMs} ELSE 0 END AS at
    FROM outbox o, born WHERE o.state IN ('pending', 'sending')),
  due AS (SELECT p.id, p.proposal, p.state, CASE WHEN p.is_new THEN max(p.at, coalesce((SELECT e.at FROM post e
    WHERE e.thread = p.thread AND e.is_new AND e.ord < p.ord ORDER BY e.ord LIMIT 1), 0)) ELSE p.at END AS wake_at FROM post p)
  SELECT 'turn' AS kind, t.id AS id, t.state AS state, (SELECT CASE f.state WHEN 'working' THEN max(f.kept_at, born.at,
    coalesce((SELECT b.finished_at FROM turn b WHERE b.thread = f.thread AND b.ord < f.ord ORDER BY b.ord DESC LIMIT 1), 0))
    + ${turnMs} END FROM turn f, born WHERE f.thread = t.thread AND f.state <> 'done' ORDER BY f.ord LIMIT 1) AS wake_at
    FROM turn t WHERE t.state <> 'done'
  UNION ALL SELECT 'post', id, state, wake_at FROM due
  UNION ALL SELECT 'run', r.id, r.state, max(r.started_at, born.at, ${sweptAt}) + ${sweepMs} FROM run r, born
    WHERE r.state IN ('new', 'running', 'waiting')
  UNION ALL SELECT 'proposal', p.id, p.state, CASE p.state
    WHEN 'proposed' THEN ${cardAt}
    WHEN 'pending' THEN min(p.expires_at, coalesce(p.remind_at, p.expires_at))
    WHEN 'approved' THEN ${startAt}
    WHEN 'executing' THEN CASE WHEN ${begun} THEN p.touched_at + ${strandedMs} END
    ELSE CASE WHEN ${begun} THEN ${lookAt} END END
    FROM proposal p WHERE p.state IN ('proposed', 'pending', 'approved', 'executing', 'unknown')`;

/** Made anew where another release made it otherwise. */
export function keepOpenRows(db: DatabaseSync): void {
  const { sql } = db.prepare("SELECT sql FROM sqlite_master WHERE name = 'open_row'").get() ?? {};
  if (sql !== view) db.exec(`BEGIN IMMEDIATE; DROP VIEW IF EXISTS open_row; ${view}; COMMIT;`);
}

const overdueNow: Query<OpenRow> = {
  sql: `SELECT kind, id, state, wake_at AS wakeAt FROM open_row WHERE wake_at IS NULL OR wake_at < ?1 ORDER BY kind, id`,
  row: z.object({
    kind: z.enum(["turn", "proposal", "post", "run"]),
    id: z.string(),
    state: z.string(),
    wakeAt: z.number().nullable(),
  }),
};
const unshownNow = {
  sql: "SELECT DISTINCT id, state FROM unshown_end ORDER BY id",
  row: z.object({ id: z.string(), state: z.string() }),
};
/** Two rounds of the watchdog. */
const slackMs = 120_000;

export type OpenRowPart = Pick<Journal, "overdue" | "stuck">;
export function openRowsOf({ store, now }: Ledger): OpenRowPart {
  const overdue = (slack: number): readonly OpenRow[] => store.all(overdueNow, now() - slack);
  return {
    overdue: async (slack) => overdue(slack),
    stuck: async () => [
      ...overdue(slackMs).map(
        ({ kind, id, state }) => `Nothing will wake the ${kind} ${id}, which is ${state}.`,
      ),
      ...store.all(unshownNow).map(({ id, state }) => `No card says that ${id} is ${state}.`),
    ],
  };
}
