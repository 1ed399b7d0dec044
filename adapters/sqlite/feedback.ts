// What people say of answers and of remembered facts: votes per turn, vouchers, successors, and the trail of who said so.
import { z } from "zod";
import { ThreadId } from "../../src/ids.ts";
import type { ProjectId } from "../../src/ids.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type {
  AgentRating,
  AnswerPlace,
  Fact,
  Rated,
  Rating,
  TrailRow,
} from "../../src/ports/journal-rows.ts";
import { readChoices } from "./choices.ts";
import { FactRow, factColumns, indexOf, storeFact } from "./facts.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Ledger } from "./ledger.ts";
import type { Query } from "./store.ts";
import { walkColumns, WalkRows } from "./walks.ts";

export type FeedbackPart = Pick<
  Journal,
  "answerAt" | "walk" | "rate" | "ratings" | "choices" | "trail" | "fact" | "vouch" | "supersede"
>;

export function feedbackOf(ledger: Ledger, { commit }: Pick<GroupCommit, "commit">): FeedbackPart {
  const { store } = ledger;
  return {
    answerAt: async (platformId) => store.get(answerAt, platformId),
    walk: async (turn) => store.get(walkOf, turn),
    rate: async (rating) => commit(() => rate(ledger, rating)),
    ratings: async (sinceMs) => store.all(byAgent, sinceMs),
    choices: async (limit) => readChoices(store, limit),
    trail: async (subject) => store.all(trailOf, subject),
    fact: async (project, id) => store.get(oneFact, id, project),
    vouch: async (project, id, voucher) => commit(() => vouch(ledger, { project, id, ...voucher })),
    supersede: async (id, next) => commit(() => supersede(ledger, id, next)),
  };
}

const answerAt: Query<AnswerPlace> = {
  sql: `SELECT o.thread, t.id AS turn, t.agent FROM outbox o JOIN turn t ON t.id = o.turn
    WHERE o.platform_id = ?1 AND t.agent IS NOT NULL LIMIT 1`,
  row: z.object({ thread: ThreadId, turn: z.string(), agent: z.string() }),
};
const walkOf = {
  sql: `SELECT thread, ${walkColumns} FROM turn
    WHERE id = ?1 AND state = 'done' AND route IS NOT NULL`,
  row: WalkRows.and(z.object({ thread: ThreadId })),
};
const byAgent: Query<AgentRating> = {
  sql: `SELECT agent, sum(mark = 'up') AS up, sum(mark = 'down') AS down FROM rating
    WHERE mark IS NOT NULL AND at >= ?1 GROUP BY agent ORDER BY agent`,
  row: z.object({ agent: z.string(), up: z.number().int(), down: z.number().int() }),
};
const Mark = z.enum(["up", "down"]);
const agentOf = {
  sql: "SELECT agent FROM turn WHERE id = ?1 AND agent IS NOT NULL AND state = 'done'",
  row: z.object({ agent: z.string() }),
};
const standing = {
  sql: "SELECT mark, other, said_in FROM rating WHERE turn = ?1 AND person = ?2",
  row: z.object({ mark: Mark.nullable(), other: Mark.nullable(), said_in: z.string() }),
};
const cast = `INSERT INTO rating (turn, person, account, agent, mark, other, said_in, at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (turn, person) DO UPDATE SET account = excluded.account,
    mark = excluded.mark, other = excluded.other, said_in = excluded.said_in, at = excluded.at`;

/** The newest mark counts; one that it covers is kept, because its reaction still stands and may be what is left. */
function rate({ store, now }: Ledger, rating: Rating): Rated | null {
  const { turn, person, account, mark, change, by } = rating;
  const agent = store.get(agentOf, turn)?.agent ?? null;
  if (agent === null) return null;
  const held = store.get(standing, turn, person);
  const before = { mark: held?.mark ?? null, other: held?.other ?? null };
  if (held?.said_in === by) return { agent, mark: before.mark };
  const after = moved(before, mark, change);
  store.run(cast, turn, person, account, agent, after.mark, after.other, by, now());
  return { agent, mark: after.mark };
}

type Marks = { readonly mark: Rating["mark"] | null; readonly other: Rating["mark"] | null };
function moved(before: Marks, mark: Rating["mark"], change: Rating["change"]): Marks {
  const isHeld = before.mark === mark;
  if (change === "press") return { mark: isHeld ? null : mark, other: null };
  if (change === "set") return isHeld ? before : { mark, other: before.mark };
  if (isHeld) return { mark: before.other, other: null };
  return { ...before, other: before.other === mark ? null : before.other };
}

const trailOf: Query<TrailRow> = {
  sql: "SELECT at, kind, body FROM audit WHERE subject = ?1 ORDER BY seq",
  row: z.object({ at: z.number().int(), kind: z.string(), body: z.string() }),
};

const oneFact: Query<Fact> = {
  sql: `SELECT ${factColumns} FROM fact f JOIN project p ON p.key = f.project
    WHERE f.id = ?1 AND p.id = ?2 AND f.forgotten_at IS NULL AND f.superseded_by IS NULL`,
  row: FactRow,
};
type Voucher = {
  readonly project: ProjectId;
  readonly id: string;
  readonly by: string;
  readonly at: number;
};

function vouch({ store, audit }: Ledger, { project, id, by, at }: Voucher): boolean {
  if (store.get(oneFact, id, project) === null) return false;
  store.run("UPDATE fact SET vouched_at = ?2, vouched_by = ?3 WHERE id = ?1", id, at, by);
  audit.append({ kind: "fact.vouched", subject: id, body: JSON.stringify({ project, by, at }) });
  return true;
}

const replaced = {
  sql: "SELECT ord, project, superseded_by FROM fact WHERE id = ?1 AND forgotten_at IS NULL",
  row: z.object({ ord: z.number().int(), project: z.number().int(), superseded_by: z.string().nullable() }),
};

function supersede(ledger: Ledger, id: string, next: Fact): boolean {
  const { store, audit } = ledger;
  const old = store.get(replaced, id);
  if (old === null || (old.superseded_by !== null && old.superseded_by !== next.id)) return false;
  if (old.superseded_by === next.id) return true;
  if (store.get(oneFact, id, next.project) === null) return false;
  store.run("UPDATE fact SET superseded_by = ?2 WHERE ord = ?1", old.ord, next.id);
  store.run(`DELETE FROM ${indexOf(old.project)} WHERE rowid = ?1`, old.ord);
  storeFact(ledger, next);
  const body = JSON.stringify({ project: next.project, by: next.saidBy, at: next.at, next: next.id });
  audit.append({ kind: "fact.superseded", subject: id, body });
  return true;
}
