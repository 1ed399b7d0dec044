// What somebody may have changed in a real Tryton between the card and the press, past its buttons: in the sale, in the
// shipment that waits, in the draft of the invoice.
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Prepared } from "../../src/ports.ts";
import { act, execute, perform, prepared } from "../support/tryton/deeds.ts";
import { freshTryton, hasTryton } from "../support/tryton/database.ts";
import type { FreshTryton } from "../support/tryton/database.ts";
import { openLine } from "../support/tryton/proxy.ts";
import { describeAltered } from "./erp-altered-suite.ts";

const Ids = z.array(z.int());
const decimal = (text: string) => ({ __class__: "Decimal", decimal: text });

async function find({ behind }: FreshTryton, model: string, domain: readonly unknown[]): Promise<number> {
  const [id] = Ids.parse(await behind.call(`model.${model}.search`, [domain]));
  if (id === undefined) throw new Error(`There is no ${model} ${JSON.stringify(domain)}.`);
  return id;
}

/** Writes to the first record that fits, as the administrator. */
const write = (model: string, domain: readonly unknown[], values: object) => async (tryton: FreshTryton) => {
  const id = await find(tryton, model, domain);
  await tryton.behind.call(`model.${model}.write`, [[id], values]);
};
const northwind =
  (model: string, domain: readonly unknown[]) =>
  async (tryton: FreshTryton): Promise<void> => {
    const party = await find(tryton, "party.party", [["name", "=", "Northwind Tools"]]);
    const address = await find(tryton, "party.address", [["party", "=", party]]);
    const more = model === "sale.sale" ? { shipment_party: null, shipment_address: address } : {};
    await write(model, domain, { party, invoice_address: address, ...more })(tryton);
  };
const sale = (number: string) => [["number", "=", number]];
const saleLine = (number: string) => [["sale.number", "=", number]];
const Shipments = z.tuple([z.object({ shipments: z.array(z.int()) })]);
/** How much of its goods the sale's shipment fetches from the shelves. */
const fetches = (number: string, quantity: number) => async (tryton: FreshTryton) => {
  const id = await find(tryton, "sale.sale", sale(number));
  const [{ shipments }] = Shipments.parse(
    await tryton.behind.call("model.sale.sale.read", [[id], ["shipments"]]),
  );
  const own = [
    ["shipment", "=", `stock.shipment.out,${shipments[0]}`],
    ["to_location.type", "=", "storage"],
  ];
  await write("stock.move", own, { quantity })(tryton);
};
const draft = [["sales.number", "=", "4"]];
const draftLine = [["invoice.sales.number", "=", "4"]];
const nextYear = { __class__: "date", year: new Date().getFullYear() + 1, month: 1, day: 2 };

describe.skipIf(!hasTryton)("with a real Tryton", () => {
  describeAltered<FreshTryton>({
    connector: "tryton",
    open: async () => {
      const fake = freshTryton("trade");
      return { erp: fake.open(), fake, dispose: fake.dispose };
    },
    cases: [
      {
        act: act("order.confirm", { order: "SO-0001" }),
        edits: {
          "another customer": northwind("sale.sale", sale("1")),
          "another day": write("sale.sale", sale("1"), { sale_date: nextYear }),
          "another price": write("sale.line", saleLine("1"), { unit_price: decimal("99999.0000") }),
          "another quantity": write("sale.line", saleLine("1"), { quantity: 2 }),
        },
      },
      {
        act: act("order.cancel", { order: "SO-0001" }),
        edits: { "another price": write("sale.line", saleLine("1"), { unit_price: decimal("1.0000") }) },
      },
      {
        act: act("order.ship", { order: "SO-0003" }),
        edits: { "more goods in the shipment": fetches("3", 2) },
      },
      {
        act: act("invoice.post", { order: "SO-0004" }),
        edits: {
          "another customer on the draft": northwind("account.invoice", draft),
          "another price on the draft": write("account.invoice.line", draftLine, {
            unit_price: decimal("18.0000"),
          }),
          "another text for the same money": write("account.invoice.line", draftLine, {
            quantity: 10,
            unit_price: decimal("1.8500"),
          }),
          "another payment term": write("account.invoice", draft, { payment_term: null }),
        },
      },
    ],
  });

  test("what a posting, a payment and a credit note book is shown, bound, and found in the books", async () => {
    const tryton = freshTryton("trade");
    const erp = tryton.open();
    const post = await prepared(erp, act("invoice.post", { order: "SO-0004" }));
    const moved = ({ deltas }: Prepared): readonly string[] =>
      deltas.map(({ label, delta }) => `${label} ${delta}`);
    const all = ["Main Receivable +22.20 USD", "Main Revenue -18.50 USD", "Main Tax -3.70 USD"];
    expect(moved(post).toSorted()).toEqual(all);
    const [posted = ""] = await perform(erp, act("invoice.post", { order: "SO-0004" }));
    const pay = await prepared(erp, act("payment.register", { invoice: posted }));
    expect(pay.summary).toBe(
      `Register payment of 22.20 USD from Acme Industrial for invoice ${posted} by Cash`,
    );
    expect(moved(pay).toSorted()).toEqual(["Main Cash +22.20 USD", "Main Receivable -22.20 USD"]);
    // Another account behind the method's name is another payment.
    const expense = await find(tryton, "account.account", [["name", "=", "Main Expense"]]);
    await write("account.invoice.payment.method", [["name", "=", "Cash"]], { debit_account: expense })(
      tryton,
    );
    expect(await execute(erp, pay, "p-elsewhere")).toMatchObject({ kind: "stale" });
    const [paid = ""] = await perform(erp, act("payment.register", { invoice: posted }));
    const credit = await prepared(erp, act("credit.post", { invoice: paid }));
    const back = ["Main Receivable -22.20 USD", "Main Revenue +18.50 USD", "Main Tax +3.70 USD"];
    expect(moved(credit).toSorted()).toEqual(back);
    await perform(erp, act("credit.post", { invoice: paid }));
    await tryton.dispose();
  });

  test("a shipment that was cut in Tryton is shown, done and read back as what it is", async () => {
    const tryton = freshTryton("trade");
    const erp = tryton.open();
    const lines = [{ item: "GEAR-12", quantityThousandths: 3000 }];
    const [order = ""] = await perform(erp, act("order.create", { customer: "Acme Industrial", lines }));
    await perform(erp, act("order.confirm", { order }));
    await fetches(String(Number(order.slice("SO-".length))), 2)(tryton);
    const ready = await prepared(erp, act("order.ship", { order }));
    expect(ready.changes.map(({ after }) => after)).toContain("2 Unit × Gear 12 (GEAR-12)");
    expect(ready.deltas.map(({ delta }) => delta)).toEqual(["-2"]);
    expect(await execute(erp, ready, "p-cut")).toMatchObject({ kind: "ok" });
    expect(await erp.verify(ready, "p-cut")).toBe("applied");
    // What is left of it goes out with a shipment of its own.
    const rest = await prepared(erp, act("order.ship", { order }));
    expect(rest.deltas.map(({ delta }) => delta)).toEqual(["-1"]);
    await tryton.dispose();
  });

  test("an order that became another one while it was made is never told as done", async () => {
    const tryton = freshTryton("company");
    const line = await openLine(tryton.url, async (method): Promise<"pass"> => {
      if (method === "model.sale.sale.quote")
        await write("sale.line", [["sale.reference", "=", "nova:p-other"]], { quantity: 7 })(tryton);
      return "pass";
    });
    const erp = tryton.open({ url: line.url });
    const lines = [{ item: "GEAR-12", quantityThousandths: 3000 }];
    const ready = await prepared(erp, act("order.create", { customer: "Acme Industrial", lines }));
    expect(await execute(erp, ready, "p-other")).toMatchObject({ kind: "ok" });
    expect(await erp.verify(ready, "p-other")).toBe("diverged");
    // It stands there, so it can be taken back.
    expect(await erp.compensate(ready, "p-other")).toMatchObject({ op: "order.cancel" });
    await line.close();
    await tryton.dispose();
  });
});
