// The books as Tryton keeps them: balances (debit minus credit), and the journal line by line.
import { z } from "zod";
import type { ErpPage } from "../../src/ports.ts";
import { countRows, currencyOf, searchRows, toPage } from "./search.ts";
import type { Asked } from "./search.ts";
import { Cents, Day } from "./values.ts";

const Account = z.object({ id: z.int(), name: z.string(), code: z.string().nullable(), balance: Cents });

export async function answerLedger({ tryton }: Asked, limit: number): Promise<ErpPage> {
  const found = await searchRows(tryton, "account.account", {
    domain: [["type", "!=", null]],
    fields: ["name", "code", "balance"],
    schema: Account,
  });
  const currency = await currencyOf(tryton);
  const all = found.map(({ id, name, code, balance }) => ({
    record: code ?? `account ${id}`,
    account: name,
    balanceCents: balance,
    currency,
  }));
  return toPage(all, limit);
}

const Line = z.object({
  id: z.int(),
  debit: Cents,
  credit: Cents,
  "account.": z.object({ name: z.string(), code: z.string().nullable() }),
  "move.": z.object({
    id: z.int(),
    date: Day,
    description: z.string().nullable(),
    "journal.": z.object({ rec_name: z.string() }),
    "origin.": z.object({ rec_name: z.string() }).nullish(),
  }),
});
const lineFields = [
  "debit",
  "credit",
  "account.name",
  "account.code",
  "move.date",
  "move.description",
  "move.journal.rec_name",
  "move.origin.rec_name",
];

/** Posted moves only, newest first. */
export async function answerEntries({ tryton }: Asked, limit: number): Promise<ErpPage> {
  const domain = [["move.state", "=", "posted"]];
  const found = await searchRows(tryton, "account.move.line", {
    domain,
    limit,
    order: [
      ["move", "DESC"],
      ["id", "ASC"],
    ],
    fields: lineFields,
    schema: Line,
  });
  const currency = await currencyOf(tryton);
  const all = found.map(({ id, debit, credit, "account.": account, "move.": move }) => ({
    record: `${move.id}.${id}`,
    entry: move.id,
    day: move.date,
    memo: move.description ?? `${move["journal."].rec_name} ${move["origin."]?.rec_name ?? ""}`.trim(),
    document: move["origin."]?.rec_name ?? null,
    account: account.code === null ? account.name : `${account.code} ${account.name}`,
    debitCents: debit,
    creditCents: credit,
    currency,
  }));
  return { rows: all, total: await countRows(tryton, "account.move.line", domain) };
}
