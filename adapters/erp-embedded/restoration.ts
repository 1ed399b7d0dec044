// Putting a document back to where it stood before its last step. Nothing that was numbered is ever opened again, so
// it goes on as a new document of the same lines and prices; the old one stays as it ended.
import { z } from "zod";
import { addWithLines, moveDoc } from "./bookkeeping.ts";
import { type Database, readRow } from "./database.ts";
import { type Done, Named, defineOperation } from "./operation.ts";
import { checkCredit, release, reserve } from "./orders.ts";
import { type Doc, findDoc, moneyText, readLines, readParty, tokenOf } from "./record.ts";
import { ErpRefusal } from "./refusal.ts";

/** Which last steps can be taken back. What was shipped, invoiced or told to a customer can't be untold. */
const steps = {
  quote: ["draft>cancelled", "sent>declined", "sent>accepted"],
  order: ["draft>cancelled", "confirmed>cancelled", "draft>confirmed"],
  request: ["open>cancelled", "open>ordered"],
  purchase: ["draft>cancelled", "sent>cancelled", "draft>sent"],
} as const;
/** What these steps made, which ends with them. */
const children: Readonly<Record<string, "order" | "purchase">> = { accepted: "order", ordered: "purchase" };

const Restore = z.strictObject({ of: z.enum(["quote", "order", "request", "purchase"]), document: Named });
type Of = z.infer<typeof Restore>["of"];

export const restoreDocument = defineOperation({
  input: Restore,
  args: Restore,
  resolve: (db, { of, document }) => ({ of, document: findDoc(db, of, document).ref }),
  run: (db, args): Done => {
    const ended = findDoc(db, args.of, args.document);
    const before = stateBefore(db, ended, args.of);
    const child = childOf(db, ended);
    if (child !== null) moveDoc(db, child.id, "cancelled");
    if (ended.state === "confirmed") release(db, ended);
    if (ended.state === "confirmed" || ended.state === "sent") moveDoc(db, ended.id, "cancelled");
    const guards = before === "confirmed" ? [checkCredit(db, ended)] : [];
    const total = createAgain(db, ended, before);
    const party = readParty(db, ended.party).name;
    return {
      summary: `Put ${args.of} ${ended.ref} of ${party} back to ${before}, under a new number: ${moneyText(db, total)}`,
      guards,
      amountCents: total,
      isExternal: [before, ended.state].some((state) => state === "sent" || state === "confirmed"),
      undo: "Take the same step again.",
      tokens: { ...tokenOf(ended), ...(child === null ? {} : tokenOf(child)) },
    };
  },
});

const stepSchema = z.object({ was: z.string() });

/** Where it stood before its last step. Throws ErpRefusal when that step can't be taken back. */
function stateBefore(db: Database, doc: Doc, of: Of): string {
  const sql =
    "SELECT was FROM doc_change WHERE doc=:doc AND now=:now AND was <> now ORDER BY id DESC LIMIT 1";
  const step = readRow(db, sql, { schema: stepSchema, values: { doc: doc.id, now: doc.state } });
  const taken = `${step?.was ?? "nothing"}>${doc.state}`;
  if (step !== null && steps[of].some((known) => known === taken)) return step.was;
  throw new ErpRefusal("conflict", `${doc.ref} is ${doc.state}: its last step can't be taken back.`);
}

const childSchema = z.object({ ref: z.string(), state: z.string() });

/** The draft that the step made. One that has gone on by itself keeps the step from being taken back. */
function childOf(db: Database, doc: Doc): Doc | null {
  const kind = children[doc.state];
  if (kind === undefined) return null;
  const sql = `SELECT DISTINCT d.ref, d.state FROM doc_line l JOIN doc d ON d.id=l.doc
    WHERE l.src_doc=:doc AND d.kind=:kind AND d.state <> 'cancelled'`;
  const child = readRow(db, sql, { schema: childSchema, values: { doc: doc.id, kind } });
  if (child === null || child.state === "draft") return child === null ? null : findDoc(db, kind, child.ref);
  throw new ErpRefusal(
    "conflict",
    `${child.ref} came of ${doc.ref} and is ${child.state} already. Undo that first.`,
  );
}

const sourceSchema = z.object({ source: z.number().nullable() });

/** The same lines at the same prices, from the same source. @returns the total in cents. */
function createAgain(db: Database, doc: Doc, before: string): number {
  const { party, day, due, loc, reference } = doc;
  const sql = "SELECT max(src_doc) AS source FROM doc_line WHERE doc=:doc";
  const source = readRow(db, sql, { schema: sourceSchema, values: { doc: doc.id } })?.source ?? null;
  const lines = readLines(db, doc.id).map((line) => (source === null ? line : { ...line, source }));
  const head = {
    kind: doc.kind,
    party,
    day,
    ...(due === null ? {} : { due }),
    ...(loc === null ? {} : { loc }),
    ...(reference === null ? {} : { reference }),
  };
  const { id, total } = addWithLines(db, head, lines);
  if (doc.kind === "order" && before === "confirmed") reserve(db, { id, loc }, 1);
  moveDoc(db, id, before);
  return total;
}
