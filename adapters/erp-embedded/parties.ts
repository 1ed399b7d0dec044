// Customers and suppliers, and notes on any record.
import { z } from "zod";
import { type Database, readRow, write } from "./database.ts";
import { Day, type Done, Named, defineOperation } from "./operation.ts";
import { ErpRefusal } from "./refusal.ts";

const Words = z.string().trim().max(200);
const PartyArgs = z.strictObject({
  name: Named,
  kind: z.enum(["customer", "supplier"]),
  city: Words,
  email: z.union([z.email(), z.literal("")]),
  termsDays: z.int().min(0).max(365),
  creditLimitCents: z.int().min(0).max(100_000_000_000),
});

const codeSchema = z.object({ code: z.string(), name: z.string() });

/** A new party starts on 30 days and without a credit limit unless told otherwise. */
export const createParty = defineOperation({
  input: PartyArgs.partial().required({ name: true }),
  args: PartyArgs,
  resolve: (_db, input) => ({
    name: input.name,
    kind: input.kind ?? ("customer" as const),
    city: input.city ?? "",
    email: input.email ?? "",
    termsDays: input.termsDays ?? 30,
    creditLimitCents: input.creditLimitCents ?? 0,
  }),
  run: (db, args): Done => {
    const known = readRow(db, "SELECT code, name FROM party WHERE name=:name", {
      schema: codeSchema,
      values: { name: args.name },
    });
    if (known !== null) {
      throw new ErpRefusal(
        "conflict",
        `${known.name} is in the ERP already (${known.code}). Use that record, or another name.`,
      );
    }
    const sql = `INSERT INTO party(name, kind, city, email, terms_days, credit_limit)
      VALUES (:name, :kind, :city, :email, :termsDays, :creditLimitCents)`;
    write(db, sql, args);
    const summary = `Create ${args.kind} ${args.name}`;
    return {
      summary,
      guards: [],
      amountCents: null,
      isExternal: false,
      undo: "It can be left unused: nothing refers to it.",
      tokens: {},
    };
  },
});

const countSchema = z.object({ known: z.number() });

export function recordId(db: Database, record: string): string {
  const sql = `SELECT EXISTS(SELECT 1 FROM doc WHERE ref=:id) OR EXISTS(SELECT 1 FROM party WHERE code=:id)
    OR EXISTS(SELECT 1 FROM item WHERE sku=:id) AS known`;
  const id = record.trim().toUpperCase();
  if (readRow(db, sql, { schema: countSchema, values: { id } })?.known === 1) return id;
  throw new ErpRefusal("missing", `There is no record ${record}. Check its number.`);
}

const NoteArgs = z.strictObject({ record: Named, text: z.string().trim().min(1).max(2000), day: Day });

export const addNote = defineOperation({
  input: z.strictObject({ ...NoteArgs.shape, day: Day.optional() }),
  args: NoteArgs,
  resolve: (db, input, today) => ({ ...input, record: recordId(db, input.record), day: input.day ?? today }),
  run: (db, args): Done => {
    const sql = "INSERT INTO note(record, day, body) VALUES (:record, :day, :text)";
    write(db, sql, { record: recordId(db, args.record), day: args.day, text: args.text });
    const summary = `Add a note to ${args.record}`;
    return {
      summary,
      guards: [],
      amountCents: null,
      isExternal: false,
      undo: "A second note can take it back.",
      tokens: {},
    };
  },
});
