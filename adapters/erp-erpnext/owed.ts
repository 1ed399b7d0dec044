// What customers owe and what suppliers are owed, as Nova's rows: submitted invoices with what is open on them.
import { z } from "zod";
import type { ErpRow } from "../../src/ports.ts";
import { MoneyFigure, toFields } from "../../src/remote-erp/figures.ts";
import type { Desk } from "./desk.ts";

const kinds = {
  invoices: { doctype: "Sales Invoice", party: "customer_name" },
  bills: { doctype: "Purchase Invoice", party: "supplier_name" },
} as const;
const Row = z.looseObject({
  name: z.string(),
  status: z.string(),
  posting_date: z.string(),
  due_date: z.string().nullish(),
  grand_total: MoneyFigure,
  outstanding_amount: MoneyFigure,
});
const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? "");
const dayMs = 86_400_000;

/** `overdueOn`: ISO day; only what is open and was due before it. */
export async function readOwed(
  { site, settings, today }: Desk,
  kind: keyof typeof kinds,
  overdueOn: string | null,
): Promise<readonly ErpRow[]> {
  const { doctype, party } = kinds[kind];
  const late =
    overdueOn === null
      ? []
      : ([
          ["outstanding_amount", ">", 0],
          ["due_date", "<", overdueOn],
        ] as const);
  const rows = await site.list(doctype, {
    fields: ["name", "status", party, "posting_date", "due_date", "grand_total", "outstanding_amount"],
    filters: [["company", "=", settings.company], ["docstatus", "=", 1], ["is_return", "=", 0], ...late],
    order: "due_date asc, name asc",
  });
  return rows.map((raw) => {
    const row = Row.parse(raw);
    const due = row.due_date ?? row.posting_date;
    const isLate = row.outstanding_amount.parts > 0 && due < today;
    return {
      record: row.name,
      state: row.outstanding_amount.parts === 0 ? "paid" : "posted",
      party: Text.parse(row[party]),
      day: row.posting_date,
      due,
      ...toFields({ total: row.grand_total, open: row.outstanding_amount }),
      currency: settings.currency,
      daysOverdue: isLate ? Math.round((Date.parse(today) - Date.parse(due)) / dayMs) : 0,
    };
  });
}
