// Master data that changes: items and their prices, a customer's terms, and the day before which the books are closed.
import { z } from "zod";
import { type Database, readRow, write } from "./database.ts";
import { centsText } from "./format.ts";
import { Day, type Done, Named, defineOperation } from "./operation.ts";
import { findItem, findParty, moneyText } from "./record.ts";
import { ErpRefusal } from "./refusal.ts";
import { nameRecord } from "./search.ts";

const Money = z.int().min(0).max(100_000_000);
const NewItem = z.strictObject({
  sku: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9]+(?:-[A-Z0-9]+)*$/u, "must be letters, digits and dashes")
    .max(30),
  name: Named,
  category: Named,
  unit: z.string().trim().min(1).max(20),
  priceCents: Money,
  costCents: Money,
  taxBasisPoints: z.int().min(0).max(10_000),
});
const taxSchema = z.object({ rate: z.number() });

/** A new item takes the tax rate that most items have unless told otherwise. */
const usualTax = (db: Database): number =>
  readRow(db, "SELECT tax_rate AS rate FROM item GROUP BY tax_rate ORDER BY count(*) DESC LIMIT 1", {
    schema: taxSchema,
  })?.rate ?? 0;

export const createItem = defineOperation({
  input: NewItem.partial().required({ sku: true, name: true, priceCents: true, costCents: true }),
  args: NewItem,
  resolve: (db, input) => ({
    ...input,
    category: input.category ?? "other",
    unit: input.unit ?? "pcs",
    taxBasisPoints: input.taxBasisPoints ?? usualTax(db),
  }),
  run: (db, args): Done => {
    const known = "SELECT 1 AS rate FROM item WHERE sku=:sku OR name=:name COLLATE NOCASE";
    if (readRow(db, known, { schema: taxSchema, values: { sku: args.sku, name: args.name } }) !== null)
      throw new ErpRefusal("conflict", `${args.sku} or ${args.name} is in the ERP already. Use that item.`);
    const sql = `INSERT INTO item(sku, name, category, unit, price, cost, tax_rate)
      VALUES (:sku, :name, :category, :unit, :priceCents, :costCents, :taxBasisPoints)`;
    write(db, sql, args);
    const summary = `Create item ${args.name} (${args.sku}) at ${moneyText(db, args.priceCents)}`;
    const undo = "It can be left unused: nothing refers to it.";
    return { summary, guards: [], amountCents: null, isExternal: false, undo, tokens: {} };
  },
});

const PriceArgs = z.strictObject({ item: Named, priceCents: Money });

/** From now on; orders and quotes that exist keep their prices. */
export const changePrice = defineOperation({
  input: PriceArgs,
  args: PriceArgs,
  resolve: (db, input) => ({ ...input, item: nameRecord(db, "item", input.item) }),
  run: (db, args): Done => {
    const item = findItem(db, args.item);
    if (item.price === args.priceCents)
      throw new ErpRefusal("conflict", `${item.name} costs ${moneyText(db, item.price)} already.`);
    write(db, "UPDATE item SET price=:priceCents WHERE sku=:sku", {
      sku: item.sku,
      priceCents: args.priceCents,
    });
    const summary = `Change the price of ${item.name} (${item.sku}) to ${moneyText(db, args.priceCents)}`;
    const undo = `Change it back to ${centsText(item.price)}.`;
    return { summary, guards: [], amountCents: null, isExternal: false, undo, tokens: {} };
  },
});

const Terms = z.strictObject({
  party: Named,
  termsDays: z.int().min(0).max(365).optional(),
  creditLimitCents: z.int().min(0).max(100_000_000_000).optional(),
  city: z.string().trim().max(200).optional(),
  email: z.union([z.email(), z.literal("")]).optional(),
});
const TermsArgs = Terms.required();
const detailSchema = z.object({
  termsDays: z.number(),
  creditLimitCents: z.number(),
  city: z.string(),
  email: z.string(),
});

export const changeParty = defineOperation({
  input: Terms,
  args: TermsArgs,
  resolve: (db, input) => {
    const code = /^P-\d+$/iu.test(input.party)
      ? findParty(db, input.party).code
      : nameEither(db, input.party);
    const now = detailsOf(db, code);
    return {
      party: code,
      termsDays: input.termsDays ?? now.termsDays,
      creditLimitCents: input.creditLimitCents ?? now.creditLimitCents,
      city: input.city ?? now.city,
      email: input.email ?? now.email,
    };
  },
  run: (db, args): Done => {
    const party = findParty(db, args.party);
    const { party: code, ...wanted } = args;
    const now = detailsOf(db, code);
    if (
      Object.entries(wanted).every(([name, value]) =>
        Object.entries(now).some(([key, was]) => key === name && was === value),
      )
    )
      throw new ErpRefusal("conflict", `${party.name} has exactly these details already.`);
    const sql = `UPDATE party SET terms_days=:termsDays, credit_limit=:creditLimitCents, city=:city, email=:email WHERE code=:code`;
    write(db, sql, { ...wanted, code });
    const summary = `Change the details of ${party.name}`;
    const undo = "Change them back.";
    return { summary, guards: [], amountCents: null, isExternal: false, undo, tokens: {} };
  },
});

function detailsOf(db: Database, code: string): z.infer<typeof detailSchema> {
  const sql =
    "SELECT terms_days AS termsDays, credit_limit AS creditLimitCents, city, email FROM party WHERE code=:code";
  const details = readRow(db, sql, { schema: detailSchema, values: { code } });
  if (details === null) throw new ErpRefusal("missing", `There is no customer or supplier ${code}.`);
  return details;
}

/** A customer before a supplier of the same name. */
function nameEither(db: Database, name: string): string {
  try {
    return nameRecord(db, "customer", name);
  } catch (error) {
    if (error instanceof ErpRefusal && error.code === "missing") return nameRecord(db, "supplier", name);
    throw error;
  }
}

const LockArgs = z.strictObject({ before: Day });

/** Closes the books: nothing is booked on a day before this one any more, for ever. */
export const lockPeriod = defineOperation({
  input: LockArgs,
  args: LockArgs,
  resolve: (_db, input) => input,
  run: (db, args): Done => {
    const sql = "SELECT before FROM locked";
    const now = readRow(db, sql, { schema: z.object({ before: z.string().nullable() }) })?.before ?? "";
    if (args.before <= now) {
      const sentence = `The books before ${now} are closed already; they can't be opened again.`;
      throw new ErpRefusal("conflict", sentence);
    }
    write(db, "INSERT INTO period_lock(before) VALUES (:before)", args);
    const summary = `Close the books before ${args.before}`;
    return { summary, guards: [], amountCents: null, isExternal: false, undo: null, tokens: {} };
  },
});
