// Every effect of the ERP tools with an input that the sample company has a case of, and what its card must say first.
import type { Effect } from "../../src/effects.ts";
import type { JsonObject } from "../../src/ports.ts";
import * as tools from "../../src/tools/erp.ts";

/** Verb, object, amount and party, as they must be read; null: this operation has none. */
type Parts = readonly [verb: string, object: string, amount: string | null, party: string | null];
export const effectCases: readonly (readonly [Effect, JsonObject, Parts])[] = [
  [tools.acceptQuote, { quote: "QU-1002" }, ["Accept", "QU-1002", "462.88 USD", "Pinecrest Schools"]],
  [tools.addNote, { record: "SO-1007", text: "call before delivery" }, ["note", "SO-1007", null, null]],
  [
    tools.adjustStock,
    { item: "Main brush 36 in", change: -2, reason: "damaged" },
    ["Adjust stock", "Main brush 36 in", "-2", null],
  ],
  [
    tools.attachFile,
    {
      record: "SO-1010",
      name: "scan.pdf",
      sha256: "9f".repeat(32),
      bytes: 48_211,
      mediaType: "application/pdf",
      from: "the shared drive",
    },
    ["Attach scan.pdf", "SO-1010", null, null],
  ],
  [tools.cancelOrder, { order: "SO-1010" }, ["Cancel", "SO-1010", "474.22", "Oakfield Warehousing"]],
  [tools.cancelPurchase, { purchase: "PO-1003" }, ["Cancel", "PO-1003", "553.40", "Kestrel Brush Works"]],
  [tools.cancelQuote, { quote: "QU-1003" }, ["Cancel", "QU-1003", "152.21", "Oakfield Warehousing"]],
  [tools.cancelRequest, { request: "PR-1004" }, ["Cancel", "PR-1004", "180.83", "Plainview Sign Supply"]],
  [
    tools.changeCustomer,
    { customer: "Northgate", creditLimit: 12_000 },
    ["Change", "details", "12,000.00", "Northgate Shopping Center"],
  ],
  [tools.changePrice, { item: "drive belt", price: 29.9 }, ["Change", "Drive belt", "29.90 USD", null]],
  [
    tools.changeSupplier,
    { supplier: "Kestrel", email: "sales@kestrel.example" },
    ["Change", "sales@kestrel.example", null, "Kestrel Brush Works"],
  ],
  [
    tools.confirmOrder,
    { order: "SO-1007" },
    ["Confirm", "SO-1007", "1,020.78 USD", "Lakeside Facility Services"],
  ],
  [tools.createCustomer, { name: "Tidehouse", city: "Kiel" }, ["Create", "customer", null, "Tidehouse"]],
  [
    tools.createItem,
    { number: "HO-WIDE", name: "Vacuum hose 3 in", price: 72, cost: 38.5 },
    ["Create", "HO-WIDE", "72.00 USD", null],
  ],
  [
    tools.createOrder,
    { customer: "Ironwood Logistics", item: "Main brush 36 in", quantity: 3 },
    ["Create", "draft order", "606.69 USD", "Ironwood Logistics"],
  ],
  [
    tools.createPurchase,
    { supplier: "Union Filter and Hose", item: "dust bag filter", quantity: 20 },
    ["Create", "purchase order", "350.96 USD", "Union Filter and Hose"],
  ],
  [
    tools.createQuote,
    { customer: "Oakfield Warehousing", item: "drive belt", quantity: 5 },
    ["Create", "quote", "152.21 USD", "Oakfield Warehousing"],
  ],
  [
    tools.createRequest,
    { supplier: "Plainview Sign Supply", item: "speed limit sign", quantity: 10 },
    ["Request", "purchase", "180.83 USD", "Plainview Sign Supply"],
  ],
  [tools.createSupplier, { name: "Gummi Wien" }, ["Create", "supplier", null, "Gummi Wien"]],
  [tools.declineQuote, { quote: "QU-1002" }, ["declined", "QU-1002", "462.88 USD", "Pinecrest Schools"]],
  [tools.lockPeriod, { before: "2026-02-01" }, ["Close", "books", "2026-02-01", null]],
  [tools.orderRequest, { request: "PR-1004" }, ["Order", "PR-1004", "180.83 USD", "Plainview Sign Supply"]],
  [
    tools.payBill,
    { bill: "BILL-2026-0002" },
    ["Pay", "BILL-2026-0002", "166.92 USD", "Plainview Sign Supply"],
  ],
  [
    tools.postCredit,
    { invoice: "INV-2026-0004" },
    ["credit note", "INV-2026-0004", "972.53 USD", "Delta Rental Equipment"],
  ],
  [
    tools.postEntry,
    { debit: "Equity", credit: "Cash", amount: 120, reason: "owner's draw" },
    ["Post journal entry", "debit Equity", "120.00 USD", null],
  ],
  [
    tools.postInvoice,
    { order: "SO-1008" },
    ["Post invoice", "SO-1008", "548.80 USD", "City of Marlow Street Department"],
  ],
  [
    tools.receivePurchase,
    { purchase: "PO-1003" },
    ["Receive", "PO-1003", "553.40 USD", "Kestrel Brush Works"],
  ],
  [
    tools.receiveStock,
    { item: "Main brush 36 in", quantity: 40 },
    ["Receive", "Main brush 36 in", "40", null],
  ],
  [
    tools.setReorderLevel,
    { item: "Main brush 36 in", level: 9, buy: 40 },
    ["Set", "Main brush 36 in", "reorder level 9, 40 to buy", null],
  ],
  [
    tools.registerPayment,
    { invoice: "INV-2026-0004" },
    ["payment", "INV-2026-0004", "972.53 USD", "Delta Rental Equipment"],
  ],
  [tools.reverseEntry, { entry: "JE-1" }, ["Reverse", "JE-1", "25,000.00 USD", null]],
  [tools.sendQuote, { quote: "QU-1003" }, ["Send", "QU-1003", "152.21 USD", "Oakfield Warehousing"]],
  [tools.shipOrder, { order: "SO-1009" }, ["Ship", "SO-1009", "477.01 USD", "Pinecrest Schools"]],
];
