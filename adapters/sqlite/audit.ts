// The audit chain: append-only rows, each sealed by an HMAC over itself and the one before. The key lies outside the
// database, so whoever can only write the file can't forge a row, drop one from the middle or reorder them.
import { createHmac } from "node:crypto";
import { z } from "zod";
import type { AuditRow, AuditVerdict } from "../../src/ports/journal-rows.ts";
import type { Query, Store } from "./store.ts";

const Row = z.object({
  seq: z.number().int(),
  at: z.number().int(),
  kind: z.string(),
  subject: z.string(),
  body: z.string(),
  prev: z.string(),
  mac: z.string(),
});
type AuditEntry = Pick<AuditRow, "kind" | "subject" | "body">;
/** A row by what no other can have: its place and its seal. */
export type ChainPlace = Pick<AuditRow, "seq" | "mac">;

/** What stands before the first row of a chain whose end was kept outside the database from the beginning. */
const begun = "1".repeat(64);
/** The same for a chain from before that. */
const begunEarlier = "0".repeat(64);
/** What the first row of a chain names as the one before it where every row of the journal was sealed from the beginning. */
const begunSealed = "2".repeat(64);
/** The same where also the times and attempts were sealed from the beginning. */
const begunTimed = "3".repeat(64);
const beginnings: ReadonlySet<string> = new Set([begun, begunEarlier, begunSealed, begunTimed]);
export const chainStart: ChainPlace = { seq: 0, mac: begun };

const columns = "seq, at, kind, subject, body, prev, mac";
const lastRow: Query<AuditRow> = {
  sql: `SELECT ${columns} FROM audit ORDER BY seq DESC LIMIT 1`,
  row: Row,
};
const oneRow: Query<AuditRow> = { sql: `SELECT ${columns} FROM audit WHERE seq = ?1`, row: Row };
const lastOfSubject: Query<AuditRow> = {
  sql: `SELECT ${columns} FROM audit WHERE subject = ?1 ORDER BY seq DESC LIMIT 1`,
  row: Row,
};
const ofSubject: Query<AuditRow> = {
  sql: `SELECT ${columns} FROM audit WHERE subject = ?1 AND kind = ?2 ORDER BY seq`,
  row: Row,
};
const pageAfter: Query<AuditRow> = {
  sql: `SELECT ${columns} FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2`,
  row: Row,
};
const insert =
  "INSERT INTO audit (seq, at, kind, subject, body, prev, mac) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const pageRows = 500;

export interface Audit {
  append(entry: AuditEntry): void;
  /** How many rows this process tried to append so far: changed means that the chain may be longer. */
  appends(): number;
  /** HMAC over the values, for rows that carry a seal of their own. */
  seal(values: readonly (string | number | null)[]): string;
  /** The newest row about this subject; null when there is none or its seal is broken. */
  lastSealed(subject: string): AuditRow | null;
  /** All rows of one kind about this subject whose seal is whole, oldest first. */
  sealed(subject: string, kind: string): readonly AuditRow[];
  end(): ChainPlace;
  /** The seal of one row; null: there is no such row. */
  sealAt(seq: number): string | null;
  /** True when the chain says that its end is kept outside the database. */
  isAnchored(): boolean;
  /** True when the chain says that what this kind of row names is sealed. */
  isSealing(since: typeof sealing | typeof sealingTimes): boolean;
  page(after: number, limit: number): readonly AuditRow[];
  /** Whether every row is as it was written, looked at without a pause: for the one time that a file is brought up to date. */
  isWhole(): boolean;
  /** Walks what follows `from` in pages, so that a long chain never holds up the event loop. */
  walk(from: ChainPlace): Promise<AuditVerdict>;
}

export function createAudit(store: Store, key: string, now: () => number): Audit {
  const seal = (values: readonly (string | number | null)[]): string =>
    createHmac("sha256", key).update(JSON.stringify(values)).digest("hex");
  const sealOf = (row: Omit<AuditRow, "mac">): string =>
    seal(["audit", row.seq, row.at, row.kind, row.subject, row.body, row.prev]);
  const isSealed = (row: AuditRow): boolean => row.mac === sealOf(row);
  const page = (after: number, limit: number): readonly AuditRow[] => store.all(pageAfter, after, limit);
  const end = (): ChainPlace => store.get(lastRow) ?? chainStart;
  let appends = 0;
  return {
    seal,
    page,
    end,
    appends: () => appends,
    append: ({ kind, subject, body }) => {
      appends += 1;
      const { seq, mac } = end();
      const prev = seq === 0 ? begunTimed : mac;
      const row = { seq: seq + 1, at: now(), kind, subject, body, prev };
      store.run(insert, row.seq, row.at, kind, subject, body, prev, sealOf(row));
    },
    lastSealed: (subject) => {
      const row = store.get(lastOfSubject, subject);
      return row !== null && isSealed(row) ? row : null;
    },
    sealed: (subject, kind) => store.all(ofSubject, subject, kind).filter(isSealed),
    sealAt: (seq) => (seq === 0 ? begun : (store.get(oneRow, seq)?.mac ?? null)),
    isAnchored: () => {
      const { prev } = store.get(oneRow, 1) ?? {};
      return (prev ?? begunEarlier) !== begunEarlier || store.all(ofSubject, anchor, anchored).some(isSealed);
    },
    isSealing: (since) => {
      const { prev } = store.get(oneRow, 1) ?? {};
      const isFromTheBeginning = prev === begunTimed || (since === sealing && prev === begunSealed);
      return isFromTheBeginning || store.all(ofSubject, anchor, since).some(isSealed);
    },
    isWhole: () => [...walked(page, sealOf, chainStart)].every(({ why }) => why === null),
    walk: async (from) => walkChain(page, sealOf, from),
  };
}

/** Kind and subject of the row that says since when the chain's end is kept outside the database. */
export const anchored = "audit.anchored";
export const anchor = "audit";
/** Kind of the row that says since when other rows are sealed. */
export const sealing = "audit.sealing";
/** Kind of the row that says since when times and attempts are sealed, and each tick of a batch is in the chain. */
export const sealingTimes = "audit.sealing.times";

type Pages = (after: number, limit: number) => readonly AuditRow[];
type Walk = { readonly place: ChainPlace; readonly why: string | null };
type SealOf = (row: AuditRow) => string;

async function walkChain(page: Pages, sealOf: SealOf, from: ChainPlace): Promise<AuditVerdict> {
  for (const walk of walked(page, sealOf, from)) {
    const { seq: rows } = walk.place;
    if (walk.why !== null) return { rows, brokenAt: rows + 1, why: walk.why };
    if (walk.isEnd) return { rows, brokenAt: null, why: null };
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  throw new Error("the chain has no end");
}

/** Page by page, to the end or the first fault. */
function* walked(
  page: Pages,
  sealOf: SealOf,
  from: ChainPlace,
): Generator<Walk & { readonly isEnd: boolean }> {
  let walk: Walk = { place: from, why: null };
  let found = page(from.seq === 0 ? Number.MIN_SAFE_INTEGER : from.seq, pageRows);
  for (; found.length > 0 && walk.why === null; found = page(walk.place.seq, pageRows)) {
    walk = judged(walk.place, found, sealOf);
    yield { ...walk, isEnd: false };
  }
  yield { ...walk, isEnd: true };
}

function judged(from: ChainPlace, rows: readonly AuditRow[], sealOf: SealOf): Walk {
  let place = from;
  for (const row of rows) {
    const prev = row.seq === 1 && beginnings.has(row.prev) ? row.prev : place.mac;
    const why = faultOf(row, { seq: place.seq + 1, prev, seal: sealOf(row) });
    if (why !== null) return { place, why };
    place = { seq: row.seq, mac: row.mac };
  }
  return { place, why: null };
}

function faultOf(row: AuditRow, expected: { seq: number; prev: string; seal: string }): string | null {
  if (row.seq !== expected.seq) return `row ${expected.seq} is missing`;
  if (row.prev !== expected.prev) return `row ${row.seq} does not follow the row before it`;
  return row.mac === expected.seal ? null : `row ${row.seq} was changed after it was written`;
}
