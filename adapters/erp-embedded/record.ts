// Finding the records a command names: by reference, code or sku, never by guesswork. A name that fits
// nothing is refused here, before anything is written.
import { z } from "zod";
import { type Database, readRow, readRows } from "./database.ts";
import { centsText } from "./format.ts";
import { type DocKind, docKinds } from "./kinds.ts";
import { ErpRefusal } from "./refusal.ts";

const docSchema = z.object({
  id: z.number(),
  kind: z.enum(docKinds),
  ref: z.string(),
  state: z.string(),
  party: z.number(),
  day: z.string(),
  due: z.string().nullable(),
  loc: z.string().nullable(),
  total: z.number(),
  rev: z.number(),
  reference: z.string().nullable(),
});
export type Doc = z.infer<typeof docSchema>;

const lineSchema = z.object({
  n: z.number(),
  sku: z.string(),
  name: z.string(),
  qty: z.number(),
  price: z.number(),
  taxRate: z.number(),
  net: z.number(),
  tax: z.number(),
});
export type DocLine = z.infer<typeof lineSchema>;

const itemSchema = z.object({
  sku: z.string(),
  name: z.string(),
  price: z.number(),
  cost: z.number(),
  taxRate: z.number(),
});
export type Item = z.infer<typeof itemSchema>;

const partySchema = z.object({
  id: z.number(),
  code: z.string(),
  name: z.string(),
  kind: z.enum(["customer", "supplier"]),
  termsDays: z.number(),
  creditLimit: z.number(),
});
export type Party = z.infer<typeof partySchema>;

const placeSchema = z.object({ code: z.string(), name: z.string() });
export type Place = z.infer<typeof placeSchema>;

/** What a person calls it. */
const nounOf = (kind: DocKind): string =>
  kind === "credit"
    ? "credit note"
    : kind === "request"
      ? "purchase request"
      : kind === "purchase"
        ? "purchase order"
        : kind;

export function findDoc(db: Database, kind: DocKind, ref: string): Doc {
  const sql =
    "SELECT id, kind, ref, state, party, day, due, loc, total, rev, external_ref AS reference FROM doc WHERE kind=:kind AND ref=:ref";
  const doc = readRow(db, sql, { schema: docSchema, values: { kind, ref: ref.trim().toUpperCase() } });
  if (doc === null) throw new ErpRefusal("missing", `There is no ${nounOf(kind)} ${ref}. Check the number.`);
  return doc;
}

const article = (word: string): string => (/^[aeiou]/u.test(word) ? "an" : "a");

type Wanted = { readonly states: readonly string[]; readonly verb: string };

/** The document, if it stands where the step needs it; otherwise the sentence that says where it stands. */
export function docIn(db: Database, named: { kind: DocKind; ref: string }, wanted: Wanted): Doc {
  const doc = findDoc(db, named.kind, named.ref);
  if (wanted.states.includes(doc.state)) return doc;
  const noun = nounOf(doc.kind);
  const sentence = `${noun[0]?.toUpperCase() ?? ""}${noun.slice(1)} ${doc.ref} is ${doc.state}: only ${article(wanted.states[0] ?? "")} ${wanted.states.join(" or ")} ${noun} can be ${wanted.verb}.`;
  throw new ErpRefusal("conflict", sentence);
}

/** The revisions that a command stands on. */
export const tokenOf = (doc: Doc): Record<string, string> => ({ [doc.ref]: String(doc.rev) });

export function readLines(db: Database, doc: number): DocLine[] {
  const sql = `SELECT l.n, l.sku, i.name, l.qty, l.price, l.tax_rate AS taxRate, l.net, l.tax
    FROM doc_line l JOIN item i ON i.sku=l.sku WHERE l.doc=:doc ORDER BY l.n`;
  return readRows(db, sql, { schema: lineSchema, values: { doc } });
}

export function findItem(db: Database, sku: string): Item {
  const sql = "SELECT sku, name, price, cost, tax_rate AS taxRate FROM item WHERE sku=:sku COLLATE NOCASE";
  const item = readRow(db, sql, { schema: itemSchema, values: { sku: sku.trim() } });
  if (item === null)
    throw new ErpRefusal("missing", `There is no item ${sku}. Look it up by its name first.`);
  return item;
}

const partySql =
  "SELECT id, code, name, kind, terms_days AS termsDays, credit_limit AS creditLimit FROM party";

export function findParty(db: Database, code: string): Party {
  const values = { code: code.trim().toUpperCase() };
  const party = readRow(db, `${partySql} WHERE code=:code`, { schema: partySchema, values });
  if (party === null)
    throw new ErpRefusal("missing", `There is no customer or supplier ${code}. Look it up by name first.`);
  return party;
}

export function readParty(db: Database, id: number): Party {
  const party = readRow(db, `${partySql} WHERE id=:id`, { schema: partySchema, values: { id } });
  if (party === null) throw new ErpRefusal("missing", `Party ${id} is not in the ERP.`);
  return party;
}

export function findPlace(db: Database, code: string): Place {
  const sql = "SELECT code, name FROM location WHERE code=:code COLLATE NOCASE";
  const place = readRow(db, sql, { schema: placeSchema, values: { code: code.trim() } });
  if (place === null) throw new ErpRefusal("missing", `There is no stock location ${code}.`);
  return place;
}

const freeSchema = z.object({ qty: z.number() });

export function freeStock(db: Database, sku: string, loc: string): number {
  const sql = "SELECT qty FROM free WHERE sku=:sku AND loc=:loc";
  return readRow(db, sql, { schema: freeSchema, values: { sku, loc } })?.qty ?? 0;
}

const companySchema = z.object({ currency: z.string() });

export const currencyOf = (db: Database): string =>
  readRow(db, "SELECT currency FROM company", { schema: companySchema })?.currency ?? "";

/** An amount as a person reads it, e.g. "1,020.78 USD". */
export const moneyText = (db: Database, cents: number): string => `${centsText(cents)} ${currencyOf(db)}`;
