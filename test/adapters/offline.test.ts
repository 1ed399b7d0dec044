// The offline model: from a person's words to a tool and its input, and from what came back to an answer.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Json } from "../../src/ports.ts";
import * as erp from "../../src/tools/erp.ts";
import { recallFacts } from "../../src/tools/project.ts";
import { answerOf, desk, hears, sees } from "../support/offline-desk.ts";
import type { Desk } from "../support/offline-desk.ts";

const stock = desk([erp.findStock, erp.findItems, erp.adjustStock]);
const sales = desk([
  erp.findOrders,
  erp.readOrder,
  erp.findParties,
  erp.findItems,
  erp.findStock,
  erp.confirmOrder,
  erp.createOrder,
]);
const invoices = desk([
  erp.findInvoices,
  erp.readLedger,
  erp.findParties,
  erp.postInvoice,
  erp.registerPayment,
]);
const customers = desk([erp.findParties, erp.findOrders, erp.createCustomer]);

describe("from words to a tool", () => {
  test.each<[Desk, string, string, Json]>([
    [stock, "how many brushes are in stock?", "findStock", { text: "brush" }],
    [stock, "What is in stock?", "findStock", {}],
    [stock, "What does the gutter broom cost?", "findItems", { text: "gutter broom" }],
    [
      stock,
      "Adjust inventory: minus 3 dust bag filters, damaged",
      "adjustStock",
      { item: "dust bag filter", change: -3, reason: "damaged" },
    ],
    [
      stock,
      "Two hoses broke, take them off the stock",
      "adjustStock",
      { item: "hose", change: -2, reason: "broke" },
    ],
    [sales, "confirm order SO-1007", "confirmOrder", { order: "SO-1007" }],
    [sales, "Can you confirm so-1007, please?", "confirmOrder", { order: "so-1007" }],
    [sales, "what is in order SO-1007?", "readOrder", { order: "SO-1007" }],
    [sales, "Has order SO-1002 shipped yet?", "readOrder", { order: "SO-1002" }],
    [sales, "Show all draft orders", "findOrders", { state: "draft" }],
    [sales, "List orders of Lakeside", "findOrders", { text: "lakeside" }],
    [
      sales,
      "Order 3 main brushes 36 in for Ironwood Logistics",
      "createOrder",
      { customer: "Ironwood Logistics", item: "main brush 36 in", quantity: 3 },
    ],
    [
      sales,
      "New order for Pinecrest Schools: 10 dust bag filters and two spray nozzles",
      "createOrder",
      {
        customer: "Pinecrest Schools",
        item: "dust bag filter",
        quantity: 10,
        more: [{ item: "spray nozzle", quantity: 2 }],
      },
    ],
    [invoices, "which invoices are overdue?", "findInvoices", { overdue: true }],
    [invoices, "What does Brightway still owe?", "findInvoices", { text: "brightway", open: true }],
    [invoices, "Show invoice INV-2026-0003", "findInvoices", { text: "INV-2026-0003" }],
    [invoices, "How much cash do we have?", "readLedger", {}],
    [invoices, "Brightway paid INV-2026-0004", "registerPayment", { invoice: "INV-2026-0004" }],
    [
      invoices,
      "Register 1,200.50 € on invoice INV-2026-0002",
      "registerPayment",
      { invoice: "INV-2026-0002", amount: 1200.5 },
    ],
    [
      customers,
      "create a customer called Acme GmbH in Berlin",
      "createCustomer",
      { name: "Acme GmbH", city: "Berlin" },
    ],
    [customers, "Add Tidehouse as a customer", "createCustomer", { name: "Tidehouse" }],
    [customers, "Create a customer: Petersen Reklame", "createCustomer", { name: "Petersen Reklame" }],
    [sales, "Which orders have not shipped yet?", "findOrders", { open: true }],
    [invoices, "Open invoices of Lakeside", "findInvoices", { text: "lakeside", open: true }],
    [
      desk([erp.addNote]),
      "Note on SO-1007: call before delivery",
      "addNote",
      { record: "SO-1007", text: "call before delivery" },
    ],
    [sales, "confirm the order of Hansen", "findOrders", { text: "Hansen", open: true }],
    [sales, "Lakeside orders 5 brooms", "createOrder", { customer: "Lakeside", item: "broom", quantity: 5 }],
    [sales, "Orders over 1000 dollars, please", "findOrders", {}],
    [customers, "List all suppliers", "findParties", { role: "supplier" }],
  ])("%# hears %o", async (...[at, text, name, input]) => {
    expect(await hears(at, text)).toEqual({ name, input });
  });

  test.each<[Desk, string, RegExp]>([
    [sales, "confirm an order", /number of the sales order/],
    [sales, "new order for Pinecrest Schools", /item.*how many/],
    [customers, "create a new customer", /name of the new customer/],
    [stock, "Correct the stock of filters to 12", /difference.*why/],
  ])("%# asks for what is missing", async (at, text, question) => {
    const call = await hears(at, text);
    expect(call?.name).toBe("ask_person");
    expect(JSON.stringify(call?.input)).toMatch(question);
  });

  test("never takes a question for an order to do something", async () => {
    for (const text of ["Did somebody confirm SO-1007?", "Why is SO-1007 not confirmed?", "show SO-1007"])
      expect((await hears(sales, text))?.name).toBe("readOrder");
  });
});

const stockRows = {
  asOf: "2026-11-21T10:00:12.000Z",
  rows: [
    { record: "BR-1@MAIN", name: "Main brush 36 in", onHand: 10, free: 7, unit: "pcs", source: "BR-1@MAIN" },
    { record: "BR-2@MAIN", name: "Side brush", onHand: 4, free: 4, unit: "pcs", source: "BR-2@MAIN" },
  ],
  total: 37,
};

describe("from what came back to an answer", () => {
  const itemised = desk([erp.findStock], {
    reply: z.strictObject({
      answer: z.string(),
      items: z.array(z.strictObject({ record: z.string(), name: z.string(), onHand: z.number() })),
    }),
  });

  test("lists the rows with record, figures and instant, and says that there are more", async () => {
    const call = await sees(itemised, "stock of brushes?", { tool: "findStock", result: stockRows });
    expect(answerOf(call)).toBe(
      "- **Main brush 36 in** (BR-1@MAIN): on hand 10, free 7, unit pcs\n" +
        "- **Side brush** (BR-2@MAIN): on hand 4, free 4, unit pcs\n" +
        "And 35 more: name what you look for. As of 2026-11-21 10:00 UTC.",
    );
    expect(call.input).toMatchObject({
      items: [
        { record: "BR-1@MAIN", name: "Main brush 36 in", onHand: 10 },
        { record: "BR-2@MAIN", name: "Side brush", onHand: 4 },
      ],
    });
  });

  test("says that nothing was found, with the words it searched for", async () => {
    const result = { asOf: "2026-11-21T10:00:12.000Z", rows: [], total: 0 };
    const call = await sees(itemised, "moon rovers?", {
      tool: "findStock",
      input: { text: "moon rover" },
      result,
    });
    expect(call.input).toEqual({ answer: "I found nothing for “moon rover”.", items: [] });
  });

  test("does not pass a neighbour off as what was asked for", async () => {
    const result = { rows: [{ record: "P-8", name: "Delta Rental" }], total: 1 };
    const input = { text: "moon rover rental" };
    expect(
      answerOf(await sees(customers, "Moon Rover Rentals?", { tool: "findParties", input, result })),
    ).toContain("nothing");
  });

  test("takes no other record for the one that was named", async () => {
    const result = { rows: [{ record: "INV-2026-0001", state: "paid" }], total: 1 };
    const input = { text: "INV-1999-0001" };
    const call = await sees(invoices, "Is INV-1999-0001 settled?", { tool: "findInvoices", input, result });
    expect(answerOf(call)).toBe("I found nothing for “INV-1999-0001”.");
  });

  test("says when a list could not be narrowed down", async () => {
    const call = await sees(itemised, "Which items are running low?", {
      tool: "findStock",
      result: stockRows,
    });
    expect(answerOf(call)).toContain("could not narrow it down");
  });

  test("keeps to the words allowed", async () => {
    const rows = Array.from({ length: 60 }, (_, index) => ({
      record: `R-${String(index)}`,
      name: "A long name of five",
    }));
    const call = await sees(itemised, "all?", { tool: "findStock", result: { rows, total: 60 } });
    expect(answerOf(call).split(/\s+/).length).toBeLessThanOrEqual(150);
  });

  test("says of a proposal that it waits, never that it is done", async () => {
    const result = { proposed: "p-12ab", summary: "Confirm order SO-1007", note: "Waits." };
    const at = desk(sales.tools, {
      reply: z.strictObject({ answer: z.string(), orders: z.array(z.string()) }),
    });
    const call = await sees(at, "confirm SO-1007", {
      tool: "confirmOrder",
      input: { order: "SO-1007" },
      result,
    });
    expect(call.input).toEqual({
      answer:
        "Confirm order SO-1007. This is proposal p-12ab: it waits for approval, and nothing has been done yet.",
      orders: ["SO-1007"],
    });
  });

  test("passes an effect's refusal on, word for word", async () => {
    const result = "Only 3 are free. Receive stock first.";
    const call = await sees(sales, "confirm SO-1010", { tool: "confirmOrder", result, isError: true });
    expect(answerOf(call)).toBe(result);
  });

  test("gives a remembered fact with its source, day and label", async () => {
    const row = {
      id: "f1",
      source: "Kit",
      at: Date.parse("2026-03-01"),
      label: "stale",
      text: "The logo is blue.",
    };
    const call = await sees(desk([recallFacts]), "the logo?", {
      tool: "recallFacts",
      result: { rows: [row], total: 1, note: "" },
    });
    expect(answerOf(call)).toBe("The logo is blue. (Kit, 2026-03-01, stale)");
  });

  test("declines when the reply's form asks for what it can't know", async () => {
    const at = desk([erp.findStock], { reply: z.strictObject({ answer: z.string(), mood: z.string() }) });
    expect((await sees(at, "stock?", { tool: "findStock", result: stockRows })).name).toBe("decline");
  });
});

describe("for any text", () => {
  const words = fc.constantFrom(
    ..."confirm order SO-1007 brush 3 how many create customer Acme in Berlin ? , : minus paid INV-2026-0004 the overdue Zürich 🧹 12.5 €".split(
      " ",
    ),
  );
  const text = fc.oneof(
    fc.array(words, { maxLength: 12 }).map((list) => list.join(" ")),
    fc.string({ unit: "binary" }),
  );
  const desks = fc.constantFrom(
    stock,
    sales,
    invoices,
    customers,
    desk([], { instructions: "Summarise this." }),
  );

  test("the same words give the same act, and inputs that the tool accepts", async () => {
    await fc.assert(
      fc.asyncProperty(desks, text, async (at, said) => {
        const call = await hears(at, said);
        expect(await hears(at, said)).toEqual(call);
        const tool = at.tools.find(({ name }) => name === call?.name);
        if (tool !== undefined) expect(tool.input.safeParse(call?.input).error).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  test("no figure in an answer is its own", async () => {
    const row = fc.record({
      record: fc.stringMatching(/^[A-Z]{2}-\d{1,5}$/),
      name: fc.string(),
      free: fc.integer(),
      price: fc.float({ noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 5 }), text, async (rows, said) => {
        const result = { rows, total: rows.length };
        const given = `${JSON.stringify(result)} ${rows.map((one) => one.name).join(" ")}`;
        const answer = answerOf(await sees(stock, `x ${said}`, { tool: "findStock", result }));
        for (const figure of answer.match(/\d+/g) ?? []) expect(given).toContain(figure);
      }),
      { numRuns: 200 },
    );
  });
});
