// The Odoo connector keeps the ERP port, on a strict fake of Odoo.
import { openOdoo } from "../support/open-odoo.ts";
import { describeLostAnswers } from "./erp-faults-suite.ts";
import { type Act, describeErp } from "./erp-suite.ts";

const act = (op: string, args: Act["args"]): Act => ({ op, args });
const newOrder = act("order.create", {
  customer: "Acme",
  lines: [{ item: "gear 12", quantityThousandths: 2500 }],
});

const money = [
  act("invoice.post", { order: "S00004" }),
  act("payment.register", { invoice: "INV/2026/00001", amountCents: 1000 }),
  act("credit.post", { invoice: "INV/2026/00002" }),
  act("bill.pay", { bill: "BILL/2026/00001" }),
  act("stock.adjust", { item: "BELT-A", changeThousandths: -1000, reason: "damaged" }),
];
/** Calls that write: the deed, and before it the forms, drafts and announcements that it takes. */
const writes: Readonly<Record<string, number>> = {
  "order.confirm": 2,
  "order.ship": 2,
  "order.cancel": 2,
  "invoice.post": 5,
  "payment.register": 2,
  "credit.post": 3,
  "bill.pay": 2,
  "stock.adjust": 2,
};

describeErp("the Odoo connector", async () => {
  const { erp, fake, dispose } = await openOdoo();
  return {
    erp,
    connector: "odoo",
    instance: "main",
    acts: [
      act("order.confirm", { order: "S00001" }),
      act("party.create", { name: "Tidehouse", city: "Kiel", email: "office@tidehouse.example" }),
      newOrder,
      act("order.ship", { order: "S00003" }),
      act("note.add", { record: "S00006", text: 'Call <b>first</b> & say "hello".' }),
      act("order.cancel", { order: "S00006" }),
      act("order.cancel", { order: "S00007" }),
      act("party.change", { party: "Ironwood", city: "Bremen" }),
      ...money,
    ],
    watched: {
      act: act("order.cancel", { order: "S00007" }),
      related: act("order.ship", { order: "S00007" }),
      unrelated: [
        newOrder,
        act("order.confirm", { order: "S00006" }),
        act("order.ship", { order: "S00003" }),
        act("note.add", { record: "S00007", text: "Still wanted." }),
      ],
    },
    oversell: {
      act: act("order.confirm", { order: "S00002" }),
      sentence: /^Only 3 of Drive belt A are free, order S00002 needs 8\. Receive stock first/u,
    },
    impossible: [
      act("order.explode", {}),
      act("stock.receive", { item: "HOSE-2", quantityThousandths: 2000 }),
      act("stock.adjust", { item: "HOSE-2", changeThousandths: -200_000, reason: "damaged" }),
      act("stock.adjust", { item: "HOSE-2", changeThousandths: -1000, reason: "damaged", location: "Mars" }),
      act("invoice.post", { order: "S00003" }),
      act("invoice.post", { order: "S00001" }),
      act("payment.register", { invoice: "INV/2026/00001", amountCents: 3001 }),
      act("payment.register", { invoice: "BILL/2026/00001" }),
      act("bill.pay", { bill: "INV/2026/00001" }),
      act("credit.post", { invoice: "INV/2026/00002", goodsReturned: true }),
      act("credit.post", {
        invoice: "INV/2026/00002",
        lines: [{ item: "HOSE-2", quantityThousandths: 1000 }],
      }),
      act("credit.post", { invoice: "INV/2026/00009" }),
      act("order.confirm", {}),
      act("order.confirm", { order: "S99999" }),
      act("order.confirm", { order: "S00003" }),
      act("order.confirm", { order: "S00001", discount: 99 }),
      act("order.cancel", { order: "S00004" }),
      act("order.cancel", { order: "S00005" }),
      act("order.ship", { order: "S00001" }),
      act("order.create", { customer: "Nobody", lines: [{ item: "GEAR-12", quantityThousandths: 1000 }] }),
      act("order.create", { customer: "Acme", lines: [{ item: "gear", quantityThousandths: 1000 }] }),
      act("order.create", { customer: "Acme", lines: [] }),
      act("party.create", { name: "acme industrial" }),
      act("party.create", { name: "Kestrel", kind: "supplier" }),
      act("party.create", { name: "Tidehouse", creditLimitCents: 5 }),
      act("party.change", { party: "Acme" }),
      act("note.add", { record: "SO-4711", text: "hello" }),
    ],
    count: async () => fake.store.counts(),
    dispose,
  };
});

describeLostAnswers("the Odoo connector", async () => {
  const { erp, fake, dispose } = await openOdoo();
  return {
    erp,
    connector: "odoo",
    instance: "main",
    door: fake,
    acts: [
      act("order.confirm", { order: "S00001" }),
      act("order.ship", { order: "S00003" }),
      act("order.cancel", { order: "S00006" }),
      newOrder,
      act("party.create", { name: "Tidehouse" }),
      act("party.change", { party: "Ironwood", city: "Bremen" }),
      act("note.add", { record: "S00007", text: "Call first." }),
      ...money,
    ],
    halved: null,
    warned: { act: newOrder, before: newOrder },
    writesOf: (op) => writes[op] ?? 1,
    denied: {
      act: act("order.confirm", { order: "S00001" }),
      deny: () => fake.store.deny("sale.order", "write"),
    },
    count: async () => fake.store.counts(),
    dispose,
  };
});
