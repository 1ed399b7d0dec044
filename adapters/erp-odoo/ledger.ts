// The journal items of Odoo's accounting as Nova's rows: balances per account, and the bookings themselves.
import { z } from "zod";
import type { ErpRow } from "../../src/ports.ts";
import { MoneyFigure, toFields } from "../../src/remote-erp/figures.ts";
import { refused } from "../../src/remote-erp/fault.ts";
import type { Desk } from "./desk.ts";
import { Link, Text } from "./records.ts";

const posted = [["parent_state", "=", "posted"]] as const;
/** Balances are added up here, over all items or not at all. */
const most = 100_000;
const Item = z.object({ account_id: Link, debit: MoneyFigure, credit: MoneyFigure });

/** Debit minus credit. */
export async function readLedger({ db, currency }: Desk): Promise<readonly ErpRow[]> {
  const rows = await db.look("account.move.line", {
    domain: posted,
    fields: ["account_id", "debit", "credit"],
    limit: most,
  });
  if (rows.length === most) throw refused("Odoo has too many bookings to add up. Read the balances there.");
  const accounts = Map.groupBy(
    rows.map((row) => Item.parse(row)),
    ({ account_id: { name } }) => name,
  );
  return [...accounts]
    .map(([account, items]) => ({
      record: account,
      account,
      balanceCents: items.reduce((sum, { debit, credit }) => sum + debit.parts - credit.parts, 0),
      currency,
    }))
    .toSorted((left, right) => left.account.localeCompare(right.account, "en"));
}

const Entry = z.object({
  id: z.int(),
  /** The entry's own number: a link to it would show its reference as well. */
  move_name: Text,
  date: z.string(),
  name: Text,
  account_id: Link,
  debit: MoneyFigure,
  credit: MoneyFigure,
});

export async function readEntries({ db, currency }: Desk, limit: number): Promise<readonly ErpRow[]> {
  const fields = ["move_name", "date", "name", "account_id", "debit", "credit"];
  const rows = await db.look("account.move.line", {
    domain: posted,
    fields,
    order: "date desc, id desc",
    limit,
  });
  return rows.map((raw) => {
    const row = Entry.parse(raw);
    return {
      record: String(row.id),
      entry: row.move_name,
      day: row.date,
      memo: row.name === "" ? row.move_name : row.name,
      document: row.move_name,
      account: row.account_id.name,
      ...toFields({ debit: row.debit, credit: row.credit }),
      currency,
    };
  });
}
