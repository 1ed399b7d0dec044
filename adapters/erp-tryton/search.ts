// How questions find records in Tryton: one search with the fields that are needed, the words of a person as conditions,
// and a page of what was found.
import { z } from "zod";
import type { ErpPage, ErpRow } from "../../src/ports.ts";
import { TrytonRefusal } from "./refusal.ts";
import type { Tryton } from "./rpc.ts";

const chunk = 1_000;
/** Sums are over everything that fits: what is too much to be read is refused, never cut. */
const most = 20_000;
export type Asked = { readonly tryton: Tryton; readonly today: string };
type Search<T> = {
  readonly domain: readonly unknown[];
  readonly order?: readonly (readonly [string, "ASC" | "DESC"])[];
  readonly fields: readonly string[];
  readonly schema: z.ZodType<T>;
  readonly limit?: number;
};

/** All that fit, or the first `limit` of them. */
export async function searchRows<T>(tryton: Tryton, model: string, what: Search<T>): Promise<readonly T[]> {
  const { domain, limit, fields, schema, order = [["id", "ASC"]] } = what;
  const found: T[] = [];
  for (;;) {
    const wanted = Math.min(chunk, (limit ?? Infinity) - found.length);
    const params = [domain, found.length, wanted, order, fields];
    const rows = z.array(schema).parse(await tryton.call(`model.${model}.search_read`, params));
    found.push(...rows);
    if (rows.length < wanted || found.length === limit) return found;
    if (found.length >= most)
      throw new TrytonRefusal("rejected", `More than ${most} records of Tryton's fit: ask for less at once.`);
  }
}

export async function countRows(tryton: Tryton, model: string, domain: readonly unknown[]): Promise<number> {
  return z.int().parse(await tryton.call(`model.${model}.search_count`, [domain]));
}

export const toPage = (found: readonly ErpRow[], limit: number): ErpPage => ({
  rows: found.slice(0, limit),
  total: found.length,
});
export const nothing: ErpPage = { rows: [], total: 0 };

/** Words in any order; a plural finds its singular. What is none of letters, digits and hyphens never reaches Tryton. */
export const wordsIn = (text: string | null, field = "rec_name"): readonly unknown[] =>
  (text ?? "")
    .split(/[^\p{L}\p{N}-]+/u)
    .filter((word) => word.length > 1)
    .slice(0, 8)
    .map((word) => [field, "ilike", `%${word.replace(/(?<=\w{3})s$/u, "")}%`]);

/** By the number in the text where there is one of this kind ("SO-0017"), by who is named otherwise. */
export function byNumberOrParty(text: string | null, number: RegExp): readonly unknown[] {
  const found = number.exec(text ?? "")?.[1];
  return found === undefined ? wordsIn(text, "party.rec_name") : [["number", "=", found]];
}

const Company = z.tuple([z.object({ "currency.": z.object({ code: z.string() }) })]);

export async function currencyOf(tryton: Tryton): Promise<string> {
  const ids = [await tryton.company()];
  const [company] = Company.parse(await tryton.call("model.company.company.read", [ids, ["currency.code"]]));
  return company["currency."].code;
}
