// What customers owe and what is owed to suppliers: Tryton's invoices of type "out" and "in", with the day on which the
// first part of each is due.
import { z } from "zod";
import type { ErpPage, ErpQuery } from "../../src/ports.ts";
import { Invoice, invoiceFields } from "./invoice-records.ts";
import { byNumberOrParty, searchRows, toPage } from "./search.ts";
import type { Asked } from "./search.ts";
import { Day } from "./values.ts";

type Owed = Extract<ErpQuery, { kind: "invoices" | "bills" }>;
const dayMs = 86_400_000;
const numbers = { invoices: /\bINV-\d{4}-0*(\d+)\b/iu, bills: /\bBILL-\d{4}-0*(\d+)\b/iu } as const;

export async function findOwed(
  { tryton }: Asked,
  { kind, text }: { readonly kind: "invoices" | "bills"; readonly text: string | null },
): Promise<readonly Invoice[]> {
  const type = kind === "bills" ? "in" : "out";
  return searchRows(tryton, "account.invoice", {
    domain: [["type", "=", type], ["number", "!=", null], ...byNumberOrParty(text, numbers[kind])],
    fields: invoiceFields,
    schema: Invoice,
  });
}

export async function answerOwed(asked: Asked, query: Owed): Promise<ErpPage> {
  // A note that credits an invoice is an invoice of less than nothing to Tryton, and a document of its own to the port.
  const found = (await findOwed(asked, query)).filter(({ totalCents }) => totalCents >= 0);
  const dues = await dueDays(asked, found);
  const rows = found.map((invoice) => {
    const due = dues.get(invoice.id) ?? invoice.day;
    const isLate = invoice.openCents > 0 && due < (query.overdueOn ?? asked.today);
    const late = Math.round((Date.parse(asked.today) - Date.parse(due)) / dayMs);
    return {
      record: invoice.ref,
      state: invoice.state,
      party: invoice.party.rec_name,
      day: invoice.day,
      due,
      totalCents: invoice.totalCents,
      openCents: invoice.openCents,
      currency: invoice.currency,
      daysOverdue: isLate ? Math.max(0, late) : 0,
      isLate,
    };
  });
  const wanted = rows.filter(({ isLate }) => query.overdueOn === null || isLate);
  const sorted = wanted.toSorted((left, right) => (left.due < right.due ? -1 : left.due > right.due ? 1 : 0));
  return toPage(
    sorted.map(({ isLate: _isLate, ...row }) => row),
    query.limit,
  );
}

const DueLine = z.object({ id: z.int(), maturity_date: Day.nullable() });

/** By invoice; an invoice whose parts are all paid is in no need of one. */
async function dueDays(
  { tryton }: Asked,
  invoices: readonly Invoice[],
): Promise<ReadonlyMap<number, string>> {
  const domain = [["id", "in", invoices.flatMap(({ dueLines }) => dueLines)]];
  const fields = ["maturity_date"];
  const lines = await searchRows(tryton, "account.move.line", { domain, fields, schema: DueLine });
  const days = new Map(lines.map((line) => [line.id, line.maturity_date]));
  return new Map(
    invoices.flatMap(({ id, dueLines }): readonly (readonly [number, string])[] => {
      const [first] = dueLines.flatMap((line) => days.get(line) ?? []).toSorted();
      return first === undefined ? [] : [[id, first]];
    }),
  );
}
