// Random commands over everything that the embedded ERP can do: most of them possible on the sample company, some of them not.
import * as fc from "fast-check";
import type { ErpCommand, JsonObject } from "../../src/ports.ts";

const embedded = (op: string, args: JsonObject): ErpCommand => ({
  connector: "embedded",
  instance: "main",
  op,
  args,
});

const item = fc.constantFrom("BR-MAIN-36", "SQ-34", "CH-24V", "SG-SPEED");
const quantityThousandths = fc.integer({ min: 1, max: 6000 });
const cents = (max: number) => fc.integer({ min: 1, max });
const numbers = (prefix: string, from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((number) => `${prefix}-${number}`);
const invoice = fc.integer({ min: 1, max: 9 }).map((number) => `INV-2026-000${number}`);
const lines = fc.array(fc.record({ item, quantityThousandths }), { minLength: 1, maxLength: 3 });
const account = fc.constantFrom("Cash", "Equity", "Revenue", "5900", "Receivable");
const customer = fc.constantFrom("P-101", "P-109");
const supplier = fc.constantFrom("P-110", "P-111");
const name = fc.constantFrom("Tidehouse", "Gummi Wien", "Ironwood Logistics");
const day = fc.constantFrom("2026-02-10", "2026-03-16", "2026-03-20");

const file = {
  name: "scan; of | it.pdf",
  sha256: "9f".repeat(32),
  bytes: 48_211,
  mediaType: "application/pdf",
  from: "shared drive",
};

const each = <T extends JsonObject>(ops: readonly string[], args: fc.Arbitrary<T>) =>
  ops.map((op) => args.map((given) => embedded(op, given)));

const selling = [
  ...each(["quote.create"], fc.record({ customer, lines })),
  ...each(
    ["order.create"],
    fc
      .record({ customer, lines })
      .map((order) => (order.lines.length === 2 ? { ...order, reference: "B-77" } : order)),
  ),
  ...each(
    ["order.confirm", "order.ship", "order.cancel", "invoice.post"],
    numbers("SO", 1007, 1014).map((order) => ({ order })),
  ),
  ...each(
    ["quote.send", "quote.accept", "quote.decline", "quote.cancel"],
    numbers("QU", 1002, 1004).map((quote) => ({ quote })),
  ),
  ...each(["payment.register"], fc.record({ invoice, amountCents: cents(60_000) })),
  ...each(["credit.post"], fc.record({ invoice, goodsReturned: fc.boolean() })),
];
const buying = [
  ...each(["request.create"], fc.record({ supplier, lines })),
  ...each(
    ["request.order", "request.cancel"],
    numbers("PR", 1004, 1006).map((request) => ({ request })),
  ),
  ...each(
    ["purchase.create"],
    fc.record({
      supplier,
      lines: fc.array(fc.record({ item, quantityThousandths, priceCents: cents(50_000) }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  ),
  ...each(
    ["purchase.send", "purchase.receive", "purchase.cancel"],
    numbers("PO", 1003, 1007).map((purchase) => ({ purchase })),
  ),
  ...each(
    ["bill.post"],
    numbers("PO", 1003, 1007).map((purchase) => ({ purchase, reference: `RE-${purchase.slice(-1)}` })),
  ),
  ...each(
    ["bill.pay"],
    fc.record({ bill: numbers("BILL-2026", 2, 4).map(padded), amountCents: cents(30_000) }),
  ),
];
const goods = [
  ...each(
    ["stock.adjust"],
    fc.record({
      item,
      changeThousandths: fc.integer({ min: -9000, max: 9000 }),
      reason: fc.constant("count"),
    }),
  ),
  ...each(["stock.receive", "stock.return"], fc.record({ item, quantityThousandths })),
];
const masterData = [
  ...each(["party.create"], fc.record({ name, kind: fc.constantFrom("customer", "supplier") })),
  ...each(
    ["party.change"],
    fc.record({
      party: customer,
      termsDays: fc.integer({ min: 0, max: 60 }),
      creditLimitCents: cents(2_000_000),
    }),
  ),
  ...each(
    ["item.create"],
    fc.record({
      sku: fc.constantFrom("BR-MINI", "HO-WIDE", "SQ-34"),
      name: fc.constantFrom("Mini brush", "Wide hose"),
      priceCents: cents(9000),
      costCents: cents(4000),
    }),
  ),
  ...each(
    ["item.reorder"],
    fc.record({
      item,
      levelThousandths: fc.constantFrom(0, 4000, 6000, 12_500),
      quantityThousandths: fc.constantFrom(null, 10_000),
    }),
  ),
  ...each(["item.price"], fc.record({ item, priceCents: cents(30_000) })),
  ...each(
    ["attachment.add"],
    fc.constantFrom("SO-1007", "BILL-2026-0001").map((record) => ({ ...file, record })),
  ),
  ...each(
    ["attachment.remove"],
    fc.constantFrom("SO-1007", "BILL-2026-0001").map((record) => ({ record, sha256: file.sha256 })),
  ),
  ...each(
    ["note.add"],
    fc.record({
      record: fc.constantFrom("SO-1007", "P-101", "SO-4711"),
      text: fc.constantFrom("Call first.", "; a comment?\n2026-01-01 no entry"),
    }),
  ),
];
const books = [
  ...each(
    ["entry.post"],
    fc
      .record({ debit: account, credit: account, amountCents: cents(90_000), day })
      .map(({ debit, credit, amountCents, day: on }) => ({
        reason: "by hand; | or so",
        day: on,
        lines: [
          { account: debit, side: "debit", amountCents },
          { account: credit, side: "credit", amountCents },
        ],
      })),
  ),
  ...each(
    ["entry.reverse"],
    fc.constantFrom(1, 2, 30).map((id) => ({ entry: `JE-${id}` })),
  ),
  ...each(["period.lock"], fc.record({ before: fc.constantFrom("2026-01-01", "2026-02-15", "2026-03-16") })),
  ...each(
    ["document.restore"],
    fc.constantFrom(
      { of: "quote", document: "QU-1001" },
      { of: "quote", document: "QU-1002" },
      { of: "request", document: "PR-1004" },
      { of: "order", document: "SO-1009" },
      { of: "purchase", document: "PO-1003" },
    ),
  ),
];

function padded(ref: string): string {
  return ref.replace(/\d+$/u, (number) => number.padStart(4, "0"));
}

/** A command, or a number: so many deeds back, what was done is undone by the command that its ERP names. */
export type RandomStep = ErpCommand | number;
/** What takes more steps in their order than chance strings together. */
const begun: readonly (readonly RandomStep[])[] = [
  [embedded("order.ship", { order: "SO-1009" }), embedded("invoice.post", { order: "SO-1009" })],
  ["purchase.receive", "bill.post"].map((op) => embedded(op, { purchase: "PO-1003" })),
  [
    embedded("purchase.cancel", { purchase: "PO-1003" }),
    embedded("attachment.add", { ...file, record: "SO-1007" }),
    embedded("attachment.remove", { record: "SO-1007", sha256: file.sha256 }),
  ],
  [
    embedded("purchase.create", { supplier: "P-110", lines: [{ item: "SQ-34", quantityThousandths: 1500 }] }),
    embedded("purchase.send", { purchase: "PO-1004" }),
  ],
];
export const randomSteps: fc.Arbitrary<RandomStep[]> = fc
  .tuple(
    fc.constantFrom(...begun),
    fc.array(
      fc.oneof<fc.Arbitrary<RandomStep>[]>(
        ...selling,
        ...buying,
        ...goods,
        ...masterData,
        ...books,
        ...[1, 2, 3, 4].map(() => fc.integer({ min: 1, max: 3 })),
      ),
      { minLength: 10, maxLength: 30 },
    ),
  )
  .map(([first, steps]) => [...first, ...steps]);
