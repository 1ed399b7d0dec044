// The ERPNext connector keeps the ERP port, on a strict fake of ERPNext.
import { openErpnext } from "../support/open-erpnext.ts";
import { describeLostAnswers } from "./erp-faults-suite.ts";
import { type Act, describeErp } from "./erp-suite.ts";

const act = (op: string, args: Act["args"]): Act => ({ op, args });
const order = (count: number): string => `SAL-ORD-2026-0000${count}`;
const invoice = "ACC-SINV-2026-00001";

describeErp("the ERPNext connector", async () => {
  const { erp, fake, dispose } = await openErpnext();
  return {
    erp,
    connector: "erpnext",
    instance: "main",
    acts: [
      act("order.confirm", { order: order(1) }),
      act("party.create", {
        name: "Tidehouse",
        email: "office@tidehouse.example",
        creditLimitCents: 500_000,
      }),
      act("order.create", { customer: "Acme", lines: [{ item: "gear 12", quantityThousandths: 2500 }] }),
      act("order.create", { customer: "Acme", lines: [{ item: "GEAR-20", quantityThousandths: 1000 }] }),
      act("order.ship", { order: order(3) }),
      act("invoice.post", { order: order(4) }),
      act("payment.register", { invoice, amountCents: 1000 }),
      act("stock.adjust", { item: "HOSE-2", changeThousandths: -2000, reason: "damaged" }),
      act("stock.adjust", { item: "HOSE-2", changeThousandths: 500, reason: "found" }),
      act("stock.receive", { item: "BELT-A", quantityThousandths: 12_500 }),
      act("note.add", { record: order(6), text: "Call <b>first</b> & then\nship." }),
      act("order.cancel", { order: order(7) }),
      act("party.change", { party: "Ironwood", creditLimitCents: 600_000 }),
    ],
    watched: {
      act: act("order.cancel", { order: order(7) }),
      related: act("order.ship", { order: order(7) }),
      unrelated: [
        act("stock.receive", { item: "HOSE-2", quantityThousandths: 5000 }),
        act("stock.adjust", { item: "GEAR-12", changeThousandths: -1000, reason: "count" }),
        act("order.create", { customer: "Acme", lines: [{ item: "HOSE-2", quantityThousandths: 1000 }] }),
        act("order.confirm", { order: order(6) }),
        act("note.add", { record: order(7), text: "Still wanted." }),
      ],
    },
    oversell: {
      act: act("order.confirm", { order: order(2) }),
      sentence:
        /^Only 3 of Drive belt A are free at Stores - SW, order SAL-ORD-2026-00002 needs 8\. Receive/u,
    },
    impossible: [
      act("order.explode", {}),
      act("order.confirm", {}),
      act("order.confirm", { order: "SAL-ORD-2026-99999" }),
      act("order.confirm", { order: order(3) }),
      act("order.confirm", { order: order(1), discount: 99 }),
      act("order.cancel", { order: order(1) }),
      act("order.cancel", { order: order(4) }),
      act("order.ship", { order: order(1) }),
      act("invoice.post", { order: order(3) }),
      act("invoice.post", { order: order(5) }),
      act("order.create", { customer: "Nobody", lines: [{ item: "GEAR-12", quantityThousandths: 1000 }] }),
      act("order.create", { customer: "Acme", lines: [{ item: "gear", quantityThousandths: 1000 }] }),
      act("order.create", { customer: "Acme", lines: [] }),
      act("party.create", { name: "Acme Industrial" }),
      act("party.create", { name: "Kestrel", kind: "supplier" }),
      act("party.create", { name: "Tidehouse", city: "Kiel" }),
      act("party.change", { party: "Acme" }),
      act("payment.register", { invoice, amountCents: 100_000_000 }),
      act("payment.register", { invoice, amountCents: -5 }),
      act("stock.adjust", { item: "HOSE-2", changeThousandths: 0, reason: "nothing" }),
      act("stock.adjust", { item: "HOSE-2", changeThousandths: -99_000, reason: "all gone" }),
      act("note.add", { record: "SO-4711", text: "hello" }),
    ],
    papers: ["delivery", "credit", "payment"],
    count: async () => fake.store.counts(),
    dispose,
  };
});

describeLostAnswers("the ERPNext connector", async () => {
  const { erp, fake, dispose } = await openErpnext();
  return {
    erp,
    connector: "erpnext",
    instance: "main",
    door: fake,
    acts: [
      act("order.confirm", { order: order(1) }),
      act("order.ship", { order: order(3) }),
      act("invoice.post", { order: order(4) }),
      act("order.create", { customer: "Acme", lines: [{ item: "GEAR-12", quantityThousandths: 1000 }] }),
      act("payment.register", { invoice }),
      act("stock.receive", { item: "BELT-A", quantityThousandths: 1000 }),
      act("note.add", { record: order(6), text: "Call first." }),
    ],
    halved: act("order.ship", { order: order(3) }),
    warned: {
      act: act("order.create", { customer: "Acme", lines: [{ item: "GEAR-12", quantityThousandths: 1000 }] }),
      before: act("order.create", {
        customer: "Acme",
        lines: [{ item: "GEAR-12", quantityThousandths: 1000 }],
      }),
    },
    writesOf: () => 1,
    denied: {
      act: act("order.ship", { order: order(3) }),
      deny: () => fake.store.deny("Delivery Note", "submit"),
    },
    count: async () => fake.store.counts(),
    dispose,
  };
});
