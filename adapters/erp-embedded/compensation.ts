// What undoes an applied command: another command, which has to be proposed and approved like any other. It is derived
// from what stands in the file, never from what somebody says was done.
import { z } from "zod";
import type { JsonObject } from "../../src/ports/erp.ts";
import { type Database, readRow, readRows } from "./database.ts";
import { attachAgain, detachAgain } from "./attachments.ts";
import { entriesIn } from "./entry-diff.ts";
import { linesOf } from "./journal.ts";
import type { DocKind } from "./kinds.ts";
import type { Span } from "./mark.ts";

export type Applied = { readonly op: string; readonly args: JsonObject; readonly span: Span };
export type Act = { readonly op: string; readonly args: JsonObject };
type Undo = (db: Database, applied: Applied) => Act | null;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const refSchema = z.object({ ref: z.string() });

/** The document of this kind that the command made. */
function created(db: Database, { span }: Applied, kind: DocKind): string | null {
  const sql = `SELECT d.ref FROM doc_change c JOIN doc d ON d.id=c.doc
    WHERE c.id > :from AND c.id <= :to AND c.was IS NULL AND d.kind=:kind ORDER BY c.id LIMIT 1`;
  const values = { from: span.from.change, to: span.to.change, kind };
  return readRow(db, sql, { schema: refSchema, values })?.ref ?? null;
}

const withdraw =
  (kind: "quote" | "order" | "request" | "purchase"): Undo =>
  (db, applied) => {
    const ref = created(db, applied, kind);
    return ref === null ? null : { op: `${kind}.cancel`, args: { [kind]: ref } };
  };
const restore =
  (of: "quote" | "order" | "request" | "purchase"): Undo =>
  (_db, { args }) => ({ op: "document.restore", args: { of, document: text(args[of]) } });

/** The step that was taken back, taken once more with the document that took its place. */
const retake: Undo = (db, applied) => {
  const of = restorable.safeParse(applied.args["of"]);
  if (!of.success) return null;
  const ref = created(db, applied, of.data);
  // What was confirmed or sent was cancelled on the way back; everything else stands where its step had left it.
  const sql = `SELECT coalesce((SELECT c.was FROM doc_change c WHERE c.doc=d.id AND c.id > :from AND c.id <= :to
    ORDER BY c.id LIMIT 1), d.state) AS state FROM doc d WHERE d.kind=:kind AND d.ref=:old`;
  const { from, to } = applied.span;
  const values = { kind: of.data, old: text(applied.args["document"]), from: from.change, to: to.change };
  const state = readRow(db, sql, { schema: stateSchema, values })?.state ?? "";
  const verb = verbs[state];
  return ref === null || verb === undefined ? null : { op: `${of.data}.${verb}`, args: { [of.data]: ref } };
};
const restorable = z.enum(["quote", "order", "request", "purchase"]);
const stateSchema = z.object({ state: z.string() });
const verbs: Readonly<Record<string, string>> = {
  confirmed: "confirm",
  sent: "send",
  cancelled: "cancel",
  declined: "decline",
  accepted: "accept",
  ordered: "order",
};

const wasSchema = z.object({ label: z.string(), was: z.string() });

/** What the command overwrote in a master record, by label. */
function overwritten(db: Database, { span }: Applied): Map<string, string> {
  const sql = `SELECT label, was FROM master_change WHERE id > :from AND id <= :to AND was IS NOT NULL ORDER BY id`;
  const rows = readRows(db, sql, {
    schema: wasSchema,
    values: { from: span.from.master, to: span.to.master },
  });
  return new Map(rows.map(({ label, was }) => [label, was]));
}

const repriced: Undo = (db, applied) => {
  const was = overwritten(db, applied).get("price");
  return was === undefined
    ? null
    : { op: "item.price", args: { item: text(applied.args["item"]), priceCents: Number(was) } };
};

/** What the same place said before; what the command did not touch stays. */
const relevelled: Undo = (db, { args, span }) => {
  const sql = "SELECT label, was FROM master_change WHERE id > :from AND id <= :to AND what='reorder'";
  const schema = z.object({ label: z.string(), was: z.string().nullable() });
  const values = { from: span.from.master, to: span.to.master };
  const was = new Map(readRows(db, sql, { schema, values }).map((row) => [row.label, row.was]));
  const level = was.has("reorder level") ? Number(was.get("reorder level") ?? 0) : args["levelThousandths"];
  const before = was.get("reorder quantity");
  const quantity =
    before === undefined ? args["quantityThousandths"] : before === null ? null : Number(before);
  return {
    op: "item.reorder",
    args: {
      item: text(args["item"]),
      location: text(args["location"]),
      levelThousandths: level ?? 0,
      quantityThousandths: quantity ?? null,
    },
  };
};

/** Only what was overwritten goes back: other details may have changed since. */
const changedBack: Undo = (db, applied) => {
  const was = overwritten(db, applied);
  const terms = was.get("payment terms");
  const limit = was.get("credit limit");
  const city = was.get("city");
  const email = was.get("email");
  return {
    op: "party.change",
    args: {
      party: text(applied.args["party"]),
      ...(terms === undefined ? {} : { termsDays: Number.parseInt(terms, 10) }),
      ...(limit === undefined ? {} : { creditLimitCents: Number(limit) }),
      ...(city === undefined ? {} : { city }),
      ...(email === undefined ? {} : { email }),
    },
  };
};

const adjustedBack: Undo = (_db, { args }) => ({
  op: "stock.adjust",
  args: {
    item: text(args["item"]),
    location: text(args["location"]),
    changeThousandths: -Number(args["changeThousandths"]),
    reason: `undo: ${text(args["reason"])}`.slice(0, 200),
  },
});
const moved =
  (op: string): Undo =>
  (_db, { args }) => {
    const { day: _day, ...rest } = args;
    return { op, args: rest };
  };
const noteBack: Undo = (_db, { args }) => ({
  op: "note.add",
  args: { record: text(args["record"]), text: `Taken back: ${text(args["text"])}`.slice(0, 2000) },
});

/** By its number, which was allotted when it was posted. */
const reversed: Undo = (db, { span }) => {
  const [entry] = entriesIn(db, span);
  return entry === undefined ? null : { op: "entry.reverse", args: { entry: `JE-${entry.id}` } };
};
const postedAgain: Undo = (db, { span }) => {
  const [reversal] = entriesIn(db, span);
  const schema = z.object({ id: z.number(), memo: z.string() });
  const sql = "SELECT id, memo FROM entry WHERE id=:id";
  const entry = readRow(db, sql, { schema, values: { id: reversal?.reverses ?? null } });
  return entry === null
    ? null
    : { op: "entry.post", args: { reason: entry.memo, lines: linesOf(db, entry.id) } };
};

// A new customer or item is not in here: nothing refers to it, so it is left unused, and a register never forgets.
const undos: ReadonlyMap<string, Undo> = new Map([
  ["quote.create", withdraw("quote")],
  ["order.create", withdraw("order")],
  ["request.create", withdraw("request")],
  ["purchase.create", withdraw("purchase")],
  ["quote.accept", restore("quote")],
  ["quote.decline", restore("quote")],
  ["quote.cancel", restore("quote")],
  ["order.confirm", restore("order")],
  ["order.cancel", restore("order")],
  ["request.order", restore("request")],
  ["request.cancel", restore("request")],
  ["purchase.send", restore("purchase")],
  ["purchase.cancel", restore("purchase")],
  ["document.restore", retake],
  ["item.price", repriced],
  ["item.reorder", relevelled],
  ["party.change", changedBack],
  ["stock.adjust", adjustedBack],
  ["stock.receive", moved("stock.return")],
  ["stock.return", moved("stock.receive")],
  ["note.add", noteBack],
  ["attachment.add", detachAgain],
  ["attachment.remove", attachAgain],
  ["entry.post", reversed],
  ["entry.reverse", postedAgain],
]);

/** The command that restores what stood before, numbers aside; null: there is none. */
export const compensationOf: Undo = (db, applied) => undos.get(applied.op)?.(db, applied) ?? null;
export const compensates: readonly string[] = [...undos.keys()];
