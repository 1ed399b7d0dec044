// The general ledger as Nova's rows: balances per account, and the bookings themselves. Cancelled ones don't count.
import { z } from "zod";
import type { ErpRow } from "../../src/ports.ts";
import { MoneyFigure, toFields } from "../../src/remote-erp/figures.ts";
import type { Desk } from "./desk.ts";
import type { Filter } from "./site.ts";

const booked = ({ settings }: Desk): readonly Filter[] => [
  ["company", "=", settings.company],
  ["is_cancelled", "=", 0],
];
const Balance = z.object({ account: z.string(), debit: MoneyFigure, credit: MoneyFigure });

/** Debit minus credit, added up by ERPNext's database. */
export async function readLedger(desk: Desk): Promise<readonly ErpRow[]> {
  const rows = await desk.site.list("GL Entry", {
    fields: ["account", "sum(debit) as debit", "sum(credit) as credit"],
    filters: booked(desk),
    groupBy: "account",
    order: "account asc",
  });
  return rows.map((raw) => {
    const { account, debit, credit } = Balance.parse(raw);
    return {
      record: account,
      account,
      balanceCents: debit.parts - credit.parts,
      currency: desk.settings.currency,
    };
  });
}

const Entry = z.object({
  name: z.string(),
  posting_date: z.string(),
  account: z.string(),
  debit: MoneyFigure,
  credit: MoneyFigure,
  voucher_type: z.string(),
  voucher_no: z.string(),
});

export async function readEntries(desk: Desk, limit: number): Promise<readonly ErpRow[]> {
  const rows = await desk.site.list("GL Entry", {
    fields: ["name", "posting_date", "account", "debit", "credit", "voucher_type", "voucher_no"],
    filters: booked(desk),
    order: "posting_date desc, creation desc",
    limit,
  });
  return rows.map((raw) => {
    const row = Entry.parse(raw);
    return {
      record: row.name,
      entry: row.voucher_no,
      day: row.posting_date,
      memo: `${row.voucher_type} ${row.voucher_no}`,
      document: row.voucher_no,
      account: row.account,
      ...toFields({ debit: row.debit, credit: row.credit }),
      currency: desk.settings.currency,
    };
  });
}
