// How questions find records in Tryton: one search with the fields that are needed, the words of a person as conditions,
// and a page of what was found.
import { z } from "zod";
import type { ErpPage, ErpRow } from "../../src/ports.ts";
import type { Tryton } from "./rpc.ts";

/** Each question reads at most this many records of the ERP. */
const most = 2_000;
export type Asked = { readonly tryton: Tryton; readonly today: string };
type Search<T> = {
  readonly domain: readonly unknown[];
  readonly order?: readonly (readonly [string, "ASC" | "DESC"])[];
  readonly fields: readonly string[];
  readonly schema: z.ZodType<T>;
};

export async function searchRows<T>(tryton: Tryton, model: string, what: Search<T>): Promise<readonly T[]> {
  const params = [what.domain, 0, most, what.order ?? null, what.fields];
  return z.array(what.schema).parse(await tryton.call(`model.${model}.search_read`, params));
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
