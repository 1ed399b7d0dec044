// The connectors that keep the ERP port.
import { openEmbeddedErp } from "../support/embedded-erp.ts";
import { type Act, describeErp } from "./erp-suite.ts";

const file = {
  name: "scan.pdf",
  sha256: "9f".repeat(32),
  bytes: 48_211,
  mediaType: "application/pdf",
  from: "shared drive",
};
const act = (op: string, args: Act["args"]): Act => ({ op, args });

describeErp("the embedded ERP", async () => {
  const { erp, counts, dispose } = openEmbeddedErp();
  return {
    erp,
    connector: "embedded",
    instance: "main",
    acts: [
      act("order.confirm", { order: "SO-1007" }),
      act("party.create", { name: "Tidehouse", city: "Kiel" }),
      act("order.create", {
        customer: "Oakfield",
        lines: [{ item: "main brush 42", quantityThousandths: 2000 }],
      }),
      act("order.ship", { order: "SO-1009" }),
      act("invoice.post", { order: "SO-1008" }),
      act("payment.register", { invoice: "INV-2026-0002", amountCents: 1000 }),
      act("stock.adjust", { item: "HO-VAC", changeThousandths: -2000, reason: "damaged" }),
      act("stock.receive", { item: "SQ-34", quantityThousandths: 12_500 }),
      act("stock.return", { item: "SQ-34", quantityThousandths: 500 }),
      act("note.add", { record: "SO-1010", text: "Call first." }),
      act("attachment.add", { ...file, record: "SO-1010" }),
      act("document.restore", { of: "quote", document: "QU-1001" }),
      act("order.cancel", { order: "SO-1010" }),
      act("quote.create", { customer: "Ironwood", lines: [{ item: "HO-VAC", quantityThousandths: 1500 }] }),
      act("quote.send", { quote: "QU-1003" }),
      act("quote.accept", { quote: "QU-1002" }),
      act("item.create", { sku: "br-mini", name: "Mini brush", priceCents: 1990, costCents: 800 }),
      act("item.price", { item: "HO-VAC", priceCents: 6100 }),
      act("item.reorder", { item: "HO-VAC", levelThousandths: 9000, quantityThousandths: 20_000 }),
      act("party.change", { party: "Pinecrest", creditLimitCents: 600_000 }),
      act("request.create", {
        supplier: "Kestrel",
        lines: [{ item: "BR-WIRE-14", quantityThousandths: 9000 }],
      }),
      act("request.order", { request: "PR-1004" }),
      act("purchase.create", {
        supplier: "Union Filter",
        lines: [{ item: "FI-PANEL", quantityThousandths: 4000, priceCents: 5700 }],
      }),
      act("purchase.receive", { purchase: "PO-1003" }),
      act("bill.pay", { bill: "BILL-2026-0002", amountCents: 5000 }),
      act("credit.post", { invoice: "INV-2026-0003", goodsReturned: true }),
      act("entry.post", {
        reason: "bank charge",
        lines: [
          { account: "Equity", side: "debit", amountCents: 1250 },
          { account: "1000", side: "credit", amountCents: 1250 },
        ],
      }),
      act("entry.reverse", { entry: "JE-1" }),
      act("period.lock", { before: "2026-03-01" }),
    ],
    nobodys: ["entry.post", "entry.reverse"],
    watched: {
      act: act("order.confirm", { order: "SO-1007" }),
      related: act("order.cancel", { order: "SO-1007" }),
      unrelated: [
        act("stock.receive", { item: "BR-MAIN-36", quantityThousandths: 5000 }),
        act("stock.adjust", { item: "BR-SIDE-14", changeThousandths: -1000, reason: "count" }),
        act("order.create", {
          customer: "P-101",
          lines: [{ item: "BR-MAIN-36", quantityThousandths: 1000 }],
        }),
        act("order.confirm", { order: "SO-1013" }),
        act("invoice.post", { order: "SO-1008" }),
        act("note.add", { record: "SO-1007", text: "Still wanted." }),
      ],
    },
    oversell: {
      act: act("order.confirm", { order: "SO-1010" }),
      sentence:
        /^Only 3 of Squeegee blade 34 in are free at Main warehouse, order SO-1010 needs 8\. Receive stock first/,
    },
    impossible: [
      act("order.explode", {}),
      act("order.confirm", {}),
      act("order.confirm", { order: "SO-9999" }),
      act("order.confirm", { order: "SO-1001" }),
      act("order.confirm", { order: "SO-1007", discount: 99 }),
      act("order.ship", { order: "SO-1007" }),
      act("order.cancel", { order: "SO-1008" }),
      act("invoice.post", { order: "SO-1009" }),
      act("order.create", {
        customer: "Nobody Known",
        lines: [{ item: "BR-GUTTER", quantityThousandths: 1000 }],
      }),
      act("order.create", {
        customer: "Ironwood",
        lines: [{ item: "main brush", quantityThousandths: 1000 }],
      }),
      act("order.create", { customer: "Ironwood", lines: [{ item: "BR-GUTTER", quantityThousandths: 0.5 }] }),
      act("order.create", { customer: "Ironwood", lines: [] }),
      act("party.create", { name: "ironwood logistics" }),
      act("payment.register", { invoice: "INV-2026-0001", amountCents: 100_000_000 }),
      act("payment.register", { invoice: "INV-2026-0002", amountCents: -5 }),
      act("stock.adjust", { item: "HO-VAC", changeThousandths: 0, reason: "nothing" }),
      act("stock.adjust", { item: "HO-VAC", changeThousandths: -99_000, reason: "all gone" }),
      act("stock.receive", { item: "HO-VAC", quantityThousandths: 1000, day: "2020-01-01" }),
      act("note.add", { record: "SO-4711", text: "hello" }),
      act("attachment.add", { ...file, record: "SO-4711" }),
      act("attachment.add", { ...file, record: "SO-1010", sha256: "9f86" }),
      act("attachment.remove", { record: "SO-1010", sha256: file.sha256 }),
      act("quote.accept", { quote: "QU-1001" }),
      act("quote.accept", { quote: "QU-1002", day: "2026-06-01" }),
      act("purchase.receive", { purchase: "PO-1001" }),
      act("bill.post", { purchase: "PO-1003" }),
      act("bill.pay", { bill: "BILL-2026-0001" }),
      act("bill.pay", { bill: "BILL-2026-0002", amountCents: 16_693 }),
      act("credit.post", {
        invoice: "INV-2026-0003",
        lines: [{ item: "SG-WET", quantityThousandths: 15_001 }],
      }),
      act("credit.post", { invoice: "INV-2026-0003", lines: [{ item: "HO-VAC", quantityThousandths: 1 }] }),
      act("item.price", { item: "HO-VAC", priceCents: 5915 }),
      act("item.reorder", { item: "HO-VAC", levelThousandths: 6000 }),
      act("item.reorder", { item: "HO-VAC", levelThousandths: 0, quantityThousandths: 5000 }),
      act("item.reorder", { item: "HO-VAC", location: "Moon", levelThousandths: 5000 }),
      act("item.create", { sku: "HO-VAC", name: "Another", priceCents: 1, costCents: 1 }),
      act("party.change", { party: "Pinecrest" }),
      act("entry.post", {
        reason: "one side too much",
        lines: [
          { account: "Equity", side: "debit", amountCents: 1251 },
          { account: "Cash", side: "credit", amountCents: 1250 },
        ],
      }),
      act("entry.post", {
        reason: "what invoices keep",
        lines: [
          { account: "Receivable", side: "debit", amountCents: 5 },
          { account: "Cash", side: "credit", amountCents: 5 },
        ],
      }),
      act("entry.post", {
        reason: "closed books",
        day: "2020-01-01",
        lines: [
          { account: "Equity", side: "debit", amountCents: 5 },
          { account: "Cash", side: "credit", amountCents: 5 },
        ],
      }),
      act("entry.reverse", { entry: "JE-1", day: "2025-11-15" }),
      act("entry.reverse", { entry: "JE-2" }),
      act("entry.reverse", { entry: "JE-9999" }),
      act("period.lock", { before: "2020-01-01" }),
    ],
    count: async () => counts(),
    dispose,
  };
});
