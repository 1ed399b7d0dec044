// Who is traded with, and what they owe. Tryton keeps no roles: everybody may buy and sell.
import { z } from "zod";
import type { ErpPage, ErpQuery } from "../../src/ports.ts";
import { currencyOf, searchRows, toPage, wordsIn } from "./search.ts";
import type { Asked } from "./search.ts";
import { Cents } from "./values.ts";

type Parties = Extract<ErpQuery, { kind: "parties" }>;
const Party = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  email: z.string().nullish(),
  receivable: Cents,
  payable: Cents,
  "customer_payment_term.": z.object({ id: z.int() }).nullish(),
});
const fields = ["code", "name", "email", "receivable", "payable", "customer_payment_term.id"];
const Address = z.object({ party: z.int(), city: z.string().nullable() });

export async function answerParties({ tryton }: Asked, { text, role, limit }: Parties): Promise<ErpPage> {
  const order = [["name", "ASC"]] as const;
  const found = await searchRows(tryton, "party.party", {
    domain: wordsIn(text),
    order,
    fields,
    schema: Party,
  });
  const addresses = await searchRows(tryton, "party.address", {
    domain: [["party", "in", found.map(({ id }) => id)]],
    fields: ["party", "city"],
    schema: Address,
  });
  const currency = await currencyOf(tryton);
  const terms = await termDays(tryton);
  const all = found.map((party) => ({
    record: `P-${party.code}`,
    name: party.name,
    role: role ?? "customer",
    city: addresses.find((address) => address.party === party.id && address.city !== null)?.city ?? "",
    email: party.email ?? "",
    termsDays: terms.get(party["customer_payment_term."]?.id ?? 0) ?? 0,
    // Credit limits are a module of Tryton's of their own (account_credit_limit), which Nova does not read.
    creditLimitCents: 0,
    openCents: role === "supplier" ? -party.payable : party.receivable,
    currency,
  }));
  return toPage(all, limit);
}

const Delta = z.object({
  "line.": z.object({ payment: z.int() }),
  months: z.int().nullable(),
  weeks: z.int().nullable(),
  days: z.int().nullable(),
});

/** Days until the last part of each payment term is due; a month counts as thirty. */
async function termDays(tryton: Asked["tryton"]): Promise<ReadonlyMap<number, number>> {
  const deltas = await searchRows(tryton, "account.invoice.payment_term.line.delta", {
    domain: [],
    fields: ["line.payment", "months", "weeks", "days"],
    schema: Delta,
  });
  const longest = new Map<number, number>();
  for (const { "line.": line, months, weeks, days } of deltas) {
    const all = (months ?? 0) * 30 + (weeks ?? 0) * 7 + (days ?? 0);
    longest.set(line.payment, Math.max(longest.get(line.payment) ?? 0, all));
  }
  return longest;
}
