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
import { keepThumb, thumbOf, thumbsSince } from "./thumbs.ts";
import type { ThumbRow } from "./thumbs.ts";
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
    ratings: async (sinceMs) => byAgent(thumbsSince(ledger, sinceMs).whole),
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
/** In the order of the alphabet; who only took something back stands in none. */
const byAgent = (thumbs: readonly ThumbRow[]): readonly AgentRating[] =>
  [
    ...Map.groupBy(
      thumbs.filter(({ mark }) => mark !== null),
      ({ agent }) => agent,
    ),
  ]
    .map(([agent, rows]) => {
      const up = rows.filter(({ mark }) => mark === "up").length;
      return { agent, up, down: rows.length - up };
    })
    .toSorted((left, right) => (left.agent < right.agent ? -1 : 1));
const agentOf = {
  sql: "SELECT agent FROM turn WHERE id = ?1 AND agent IS NOT NULL AND state = 'done'",
  row: z.object({ agent: z.string() }),
};

/** The newest mark counts; one that it covers is kept, because its reaction still stands and may be what is left. */
function rate(ledger: Ledger, rating: Rating): Rated | null {
  const { turn, person, account, mark, change, by } = rating;
  const agent = ledger.store.get(agentOf, turn)?.agent ?? null;
  if (agent === null) return null;
  const held = thumbOf(ledger, turn, person);
  const before = { mark: held?.mark ?? null, other: held?.other ?? null };
  if (held?.said_in === by) return { agent, mark: before.mark };
  const after = moved(before, mark, change);
  keepThumb(ledger, { turn, person, account, agent, ...after, said_in: by, at: ledger.now() });
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
