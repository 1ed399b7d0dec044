// The audit chain: append-only rows, each sealed by an HMAC over itself and the one before. The key lies outside the
// database, so whoever can only write the file can't forge a row, drop one from the middle or reorder them.
import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Query, Store } from "./store.ts";

const AuditRow = z.object({
  seq: z.number().int(),
  at: z.number().int(),
  kind: z.string(),
  subject: z.string(),
  body: z.string(),
  prev: z.string(),
  mac: z.string(),
});
type AuditRow = z.infer<typeof AuditRow>;
type AuditEntry = { readonly kind: string; readonly subject: string; readonly body: string };

const genesis = "0".repeat(64);
const columns = "seq, at, kind, subject, body, prev, mac";
const lastRow: Query<AuditRow> = {
  sql: `SELECT ${columns} FROM audit ORDER BY seq DESC LIMIT 1`,
  row: AuditRow,
};
const lastOfSubject: Query<AuditRow> = {
  sql: `SELECT ${columns} FROM audit WHERE subject = ?1 ORDER BY seq DESC LIMIT 1`,
  row: AuditRow,
};
const pageAfter: Query<AuditRow> = {
  sql: `SELECT ${columns} FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2`,
  row: AuditRow,
};
const insert =
  "INSERT INTO audit (seq, at, kind, subject, body, prev, mac) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

export interface Audit {
  append(entry: AuditEntry): void;
  /** HMAC over the values, for rows that carry a seal of their own. */
  seal(values: readonly (string | number | null)[]): string;
  /** The newest row about this subject; null when there is none or its seal is broken. */
  lastSealed(subject: string): AuditRow | null;
  /** Walks the chain in pages, so that a long one never holds up the event loop. */
  verify(): Promise<{
    readonly rows: number;
    readonly brokenAt: number | null;
    readonly why: string | null;
  }>;
}

export function createAudit(store: Store, key: string, now: () => number): Audit {
  const seal = (values: readonly (string | number | null)[]): string =>
    createHmac("sha256", key).update(JSON.stringify(values)).digest("hex");
  const sealOf = (row: Omit<AuditRow, "mac">): string =>
    seal(["audit", row.seq, row.at, row.kind, row.subject, row.body, row.prev]);
  return {
    seal,
    append: ({ kind, subject, body }) => {
      const last = store.get(lastRow);
      const row = {
        seq: (last?.seq ?? 0) + 1,
        at: now(),
        kind,
        subject,
        body,
        prev: last?.mac ?? genesis,
      };
      store.run(insert, row.seq, row.at, kind, subject, body, row.prev, sealOf(row));
    },
    lastSealed: (subject) => {
      const row = store.get(lastOfSubject, subject);
      return row !== null && row.mac === sealOf(row) ? row : null;
    },
    verify: async () => verifyChain((after) => store.all(pageAfter, after, 500), sealOf),
  };
}

async function verifyChain(
  page: (after: number) => readonly AuditRow[],
  sealOf: (row: AuditRow) => string,
): Promise<{ rows: number; brokenAt: number | null; why: string | null }> {
  let rows = 0;
  let prev = genesis;
  for (let found = page(Number.MIN_SAFE_INTEGER); found.length > 0; found = page(rows)) {
    for (const row of found) {
      const why = faultOf(row, { seq: rows + 1, prev, seal: sealOf(row) });
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
