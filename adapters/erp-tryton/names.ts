// How Tryton's records are named in a conversation, and found again by that name. Its plain numbers become references
// that say what they are: sale 17 is SO-0017, invoice 3 of 2026 is INV-2026-0003.
import { z } from "zod";
import { TrytonRefusal } from "./refusal.ts";
import type { Context, Tryton } from "./rpc.ts";

const isPlain = (number: string): boolean => /^\d+$/u.test(number);

export const saleRef = (number: string): string =>
  isPlain(number) ? `SO-${number.padStart(4, "0")}` : number;
/** Tryton numbers all of these in one series for each fiscal year. */
export const invoiceRef = (
  number: string,
  { day, prefix }: { readonly day: string; readonly prefix: "INV" | "CN" | "BILL" },
): string => (isPlain(number) ? `${prefix}-${day.slice(0, 4)}-${number.padStart(4, "0")}` : number);

const saleNumber = (ref: string): string => /^SO-0*(\d+)$/iu.exec(ref)?.[1] ?? ref;
const invoiceNumber = (ref: string): { number: string; year: string | null } => {
  const [, year = "", number = ""] = /^INV-(\d{4})-0*(\d+)$/iu.exec(ref) ?? [];
  return number === "" ? { number: ref, year: null } : { number, year };
};

const Found = z.array(z.object({ id: z.int() }));
type Domain = readonly unknown[];

/** Ids of the records that fit, in the ERP's order. */
async function search(tryton: Tryton, model: string, domain: Domain): Promise<readonly number[]> {
  const rows = await tryton.call(`model.${model}.search_read`, [domain, 0, 10, null, ["id"]]);
  return Found.parse(rows).map(({ id }) => id);
}

const missing = (noun: string, ref: string): TrytonRefusal =>
  new TrytonRefusal("rejected", `There is no ${noun} ${ref}. Check the number.`);

export async function findSale(tryton: Tryton, ref: string): Promise<number> {
  // A sale that nobody has quoted yet has no number.
  const draft = /^draft (\d+)$/iu.exec(ref)?.[1];
  const by = draft === undefined ? ["number", "=", saleNumber(ref)] : ["id", "=", Number(draft)];
  const [id] = await search(tryton, "sale.sale", [by]);
  if (id === undefined) throw missing("order", ref);
  return id;
}

export async function findInvoice(tryton: Tryton, ref: string): Promise<number> {
  const { number, year } = invoiceNumber(ref);
  const within =
    year === null
      ? []
      : [
          ["invoice_date", ">=", date(year, 1, 1)],
          ["invoice_date", "<=", date(year, 12, 31)],
        ];
  const domain = [["number", "=", number], ["type", "=", "out"], ...within];
  const [id] = await search(tryton, "account.invoice", domain);
  if (id === undefined) throw missing("invoice", ref);
  return id;
}
const date = (year: string, month: number, day: number) => ({
  __class__: "date",
  year: Number(year),
  month,
  day,
});

const Named = z.array(z.looseObject({ id: z.int(), rec_name: z.string() }));
const nouns = { "party.party": "customer", "product.product": "item" } as const;

/** The one record whose code or name is exactly this, or the only one whose name holds all the words. */
export async function nameRecord(
  tryton: Tryton,
  model: keyof typeof nouns,
  text: string,
): Promise<{ readonly id: number; readonly name: string }> {
  const words = text.trim().split(/\s+/u).slice(0, 8);
  const fits = words.map((word) => ["rec_name", "ilike", `%${word.replaceAll(/[\\%_]/gu, "\\$&")}%`]);
  const exact = ["OR", ["code", "=", text.trim()], ["name", "=", text.trim()]];
  for (const domain of [[exact], fits]) {
    const rows = Named.parse(
      await tryton.call(`model.${model}.search_read`, [domain, 0, 6, null, ["rec_name"]]),
    );
    const [first] = rows;
    if (first !== undefined && rows.length === 1) return { id: first.id, name: first.rec_name };
    if (rows.length > 1) {
      const names = rows.slice(0, 5).map(({ rec_name }) => rec_name);
      throw new TrytonRefusal(
        "rejected",
        `"${text}" fits more than one ${nouns[model]}: ${names.join(", ")}. Say which one.`,
      );
    }
  }
  throw new TrytonRefusal("rejected", `There is no ${nouns[model]} "${text}" in the ERP. Check the name.`);
}

/** Rows of a model by their ids, with just these fields; dotted fields come in an object of their own. */
export async function readRows<T>(
  tryton: Tryton,
  what: { readonly model: string; readonly ids: readonly number[]; readonly context?: Context },
  row: { readonly schema: z.ZodType<T>; readonly fields: readonly string[] },
): Promise<readonly T[]> {
  const options = what.context === undefined ? {} : { context: what.context };
  const rows = await tryton.call(`model.${what.model}.read`, [what.ids, row.fields], options);
  return z
    .array(z.unknown())
    .parse(rows)
    .map((one) => row.schema.parse(one));
}
