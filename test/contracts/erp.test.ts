// The connectors that keep the ERP port.
import { openEmbeddedErp } from "../support/embedded-erp.ts";
import { type Act, describeErp } from "./erp-suite.ts";

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
      act("note.add", { record: "SO-1010", text: "Call first." }),
      act("order.cancel", { order: "SO-1010" }),
    ],
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
    ],
    count: async () => counts(),
    dispose,
  };
});
