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
  page(after: number, limit: number): readonly AuditRow[];
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
      const { seq, mac: prev } = end();
      const row = { seq: seq + 1, at: now(), kind, subject, body, prev };
      store.run(insert, row.seq, row.at, kind, subject, body, prev, sealOf(row));
    },
    lastSealed: (subject) => {
      const row = store.get(lastOfSubject, subject);
      return row !== null && isSealed(row) ? row : null;
    },
    sealed: (subject, kind) => store.all(ofSubject, subject, kind).filter(isSealed),
    sealAt: (seq) => (seq === 0 ? begun : (store.get(oneRow, seq)?.mac ?? null)),
    isAnchored: () =>
      store.get(oneRow, 1)?.prev === begun || store.all(ofSubject, anchor, anchored).some(isSealed),
    walk: async (from) => walkChain(page, sealOf, from),
  };
}

/** Kind and subject of the row that says since when the chain's end is kept outside the database. */
export const anchored = "audit.anchored";
export const anchor = "audit";

async function walkChain(
  page: (after: number, limit: number) => readonly AuditRow[],
  sealOf: (row: AuditRow) => string,
  from: ChainPlace,
): Promise<AuditVerdict> {
  let { seq: rows, mac: prev } = from;
  let found = page(rows === 0 ? Number.MIN_SAFE_INTEGER : rows, pageRows);
  for (; found.length > 0; found = page(rows, pageRows)) {
    for (const row of found) {
      const expected = row.seq === 1 && row.prev === begunEarlier ? begunEarlier : prev;
      const why = faultOf(row, { seq: rows + 1, prev: expected, seal: sealOf(row) });
      if (why !== null) return { rows, brokenAt: rows + 1, why };
      rows += 1;
      prev = row.mac;
    }
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  return { rows, brokenAt: null, why: null };
}

function faultOf(row: AuditRow, expected: { seq: number; prev: string; seal: string }): string | null {
  if (row.seq !== expected.seq) return `row ${expected.seq} is missing`;
  if (row.prev !== expected.prev) return `row ${row.seq} does not follow the row before it`;
  return row.mac === expected.seal ? null : `row ${row.seq} was changed after it was written`;
}
