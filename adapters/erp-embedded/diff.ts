// What a stretch of the ERP's append-only rows did, in words. Used twice: on the rows that a command wrote and that
// are rolled back (the preview), and later on the rows that stand in the file (the read-back).
import { z } from "zod";
import type { AggregateDelta, DocumentChange } from "../../src/ports/erp.ts";
import { ledgerDeltas, stockDeltas } from "./aggregates.ts";
import { attachmentChanges } from "./attachments.ts";
import { type Database, readRow, readRows } from "./database.ts";
import { newEntries } from "./entry-diff.ts";
import { centsText, quantityText } from "./format.ts";
import type { Span } from "./mark.ts";
import { masterChanges } from "./master-diff.ts";
import { readLines } from "./record.ts";

type Values = { from: number; to: number };

export type Difference = {
  readonly changes: DocumentChange[];
  readonly deltas: AggregateDelta[];
  /** Codes of those whom the touched documents are made out to. */
  readonly parties: readonly string[];
  /** References of everything touched, as they stand in the file: known only after it is written. */
  readonly ids: string[];
};

export function readDifference(db: Database, span: Span): Difference {
  const docs = touchedDocs(db, span);
  const parties = newParties(db, span);
  const master = masterChanges(db, span);
  const entries = newEntries(db, span);
  return {
    changes: [
      ...docs.flatMap((doc) => docChanges(db, doc, { span, isWhole: isWhole(doc, docs) })),
      ...parties.changes,
      ...master.changes,
      ...entries.changes,
      ...newNotes(db, span),
      ...attachmentChanges(db, span),
    ],
    deltas: [...stockDeltas(db, span), ...ledgerDeltas(db, span)],
    parties: [...new Set(docs.map((doc) => doc.code))],
    ids: [...docs.map((doc) => doc.ref), ...parties.ids, ...master.ids, ...entries.ids],
  };
}

const touchedSchema = z.object({
  id: z.number(),
  kind: z.string(),
  ref: z.string(),
  party: z.string(),
  code: z.string(),
  was: z.string().nullable(),
  now: z.string(),
  day: z.string(),
  due: z.string().nullable(),
  total: z.number(),
  reference: z.string().nullable(),
});
type Touched = z.infer<typeof touchedSchema>;

function touchedDocs(db: Database, span: Span): Touched[] {
  const sql = `SELECT d.id, d.kind, d.ref, p.name AS party, p.code, d.day, d.due, d.total, d.external_ref AS reference,
      (SELECT was FROM doc_change WHERE id=g.first) AS was, (SELECT now FROM doc_change WHERE id=g.last) AS now
    FROM (SELECT doc, min(id) AS first, max(id) AS last FROM doc_change WHERE id > :from AND id <= :to GROUP BY doc) g
    JOIN doc d ON d.id=g.doc JOIN party p ON p.id=d.party ORDER BY g.first`;
  return readRows(db, sql, { schema: touchedSchema, values: { from: span.from.change, to: span.to.change } });
}

// A new document's number is allotted when it is written, so it is named by its kind until then. What a document
// already said (its total, its lines) is bound with equal before and after: it may not differ at execution.
type Around = { readonly span: Span; readonly isWhole: boolean };

// What a document that a new one was made from says, is said once: by the new one.
const isWhole = (doc: Touched, docs: readonly Touched[]): boolean =>
  doc.was === null || docs.every((other) => other.was !== null);

function docChanges(db: Database, doc: Touched, { span, isWhole }: Around): DocumentChange[] {
  const isNew = doc.was === null;
  const record = isNew ? `new ${doc.kind}` : doc.ref;
  const value = (label: string, text: string): DocumentChange => ({
    record,
    label,
    before: isNew ? null : text,
    after: text,
  });
  const changes: DocumentChange[] = [{ record, label: "state", before: doc.was, after: doc.now }];
  if (doc.kind === "invoice" || doc.kind === "bill") changes.push(openChange(db, doc, span));
  if (!isWhole) return changes;
  changes.push(value("total", centsText(doc.total)));
  for (const line of readLines(db, doc.id)) {
    const label = `${quantityText(line.qty)} × ${line.name} (${line.sku}) at ${centsText(line.price)}`;
    changes.push(value(label, `${centsText(line.net)} + ${centsText(line.tax)} tax`));
  }
  changes.push(value("party", doc.party), value("day", doc.day));
  if (doc.reference !== null) changes.push(value("their number", doc.reference));
  if (doc.due !== null) changes.push(value(doc.kind === "quote" ? "valid until" : "due", doc.due));
  return changes;
}

const paidSchema = z.object({ before: z.number(), after: z.number() });

function openChange(db: Database, doc: Touched, span: Span): DocumentChange {
  const sql = `SELECT coalesce(sum(amount) FILTER (WHERE id <= :from), 0) AS before, coalesce(sum(amount) FILTER (WHERE id <= :to), 0) AS after
    FROM allocation WHERE invoice=:doc`;
  const values = { doc: doc.id, from: span.from.allocation, to: span.to.allocation };
  const paid = readRow(db, sql, { schema: paidSchema, values }) ?? { before: 0, after: 0 };
  const isNew = doc.was === null;
  const before = isNew ? null : centsText(doc.total - paid.before);
  return {
    record: isNew ? `new ${doc.kind}` : doc.ref,
    label: "open amount",
    before,
    after: centsText(doc.total - paid.after),
  };
}

const partySchema = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.string(),
  city: z.string(),
  email: z.string(),
  terms: z.number(),
  credit: z.number(),
});

function newParties(db: Database, span: Span): { changes: DocumentChange[]; ids: string[] } {
  const sql = `SELECT code, name, kind, city, email, terms_days AS terms, credit_limit AS credit
    FROM party WHERE id > :from AND id <= :to ORDER BY id`;
  const rows = readRows(db, sql, {
    schema: partySchema,
    values: { from: span.from.party, to: span.to.party },
  });
  const changes = rows.flatMap((row) => {
    const fields = [
      ["name", row.name],
      ["city", row.city],
      ["email", row.email],
      ["payment terms", `${row.terms} days`],
      ["credit limit", row.credit === 0 ? "none" : centsText(row.credit)],
    ] as const;
    return fields
      .filter(([, after]) => after !== "")
      .map(([label, after]) => ({ record: `new ${row.kind}`, label, before: null, after }));
  });
  return { changes, ids: rows.map((row) => row.code) };
}

const noteSchema = z.object({ record: z.string(), body: z.string() });

function newNotes(db: Database, span: Span): DocumentChange[] {
  const sql = "SELECT record, body FROM note WHERE id > :from AND id <= :to ORDER BY id";
  const values: Values = { from: span.from.note, to: span.to.note };
  const rows = readRows(db, sql, { schema: noteSchema, values });
  return rows.map((row) => ({ record: row.record, label: "note", before: null, after: row.body }));
}
