// What lies in the warehouse: looks it up live and prepares corrections of counts; a person decides about those.
import { erpSpecialist, prose } from "#nova";
import { adjustStock, findItems, findStock, receiveStock } from "#tools/erp";
import { z } from "zod";

export default erpSpecialist({
  job: "Knows items and stock levels, and prepares receipts and corrections of stock.",
  handles: [
    "How many brushes are in stock?",
    "how many side brushes do we have left",
    "How many filters do we have?",
    "How many hoses are left?",
    "How many of the squeegee blades are available?",
    "how many brusches are there",
    "How many main brushes are in the warehouse?",
    "How many pieces of the nozzle are on hand?",
    "What's the stock of main brushes?",
    "What is in stock?",
    "Stock of brushes?",
    "stock list please",
    "Show me the stock levels",
    "Stock level of the dust bag filter",
    "Do we still have vacuum hoses in stock?",
    "Do we have enough filters in stock?",
    "Is the panel filter in stock?",
    "Is the water pump available?",
    "Any brushes left?",
    "Any exit signs left in the warehouse?",
    "What is left in the warehouse?",
    "What is on hand at the main warehouse?",
    "Quantity on hand of parking signs?",
    "What is reserved of the front dust skirt?",
    "Where in the warehouse is this item?",
    "Which items are running low?",
    "What is running low in the warehouse?",
    "Which items are below their reorder level?",
    "Show items below the reorder level",
    "Which items are out of stock?",
    "Show items with zero quantity",
    "What does the side brush 14 in cost?",
    "What is the price of the gutter broom?",
    "Price of the brush, please",
    "Find the item number of the nozzle",
    "Which spare parts do we carry?",
    "List the brooms and brushes we carry",
    "Which items do we have in the category brushes?",
    "Correct the stock of filters to 12",
    "Adjust the stock of hoses by minus 2",
    "Adjust inventory: minus 3 filters, damaged",
    "Two hoses broke, take them off the stock",
    "I counted 40 brushes on the shelf",
    "Add five water pumps we found to the stock",
    "Inventory list with quantities",
    "Do we have 20 nozzles?",
    "What's the inventory of hoses?",
    "Receive 20 side brushes",
    "We received 12 drive belts, add them to the stock",
    "Do we have spray nozzles in the service van?",
    "How many batteries are in the van?",
    "40 spray nozzles arrived",
  ],
  declines: [
    { text: "Order twenty brushes for Lakeside", instead: "erp/sales" },
    { text: "What is still on order and not shipped?", instead: "erp/sales" },
    { text: "How much money is tied up in unpaid bills?", instead: "erp/invoices" },
    { text: "Which customer buys the most brushes?", instead: "erp/customers" },
    { text: "What did we decide about minimum stock?", instead: "chat/decisions" },
    { text: "Write a product text for the brush", instead: "language/draft" },
  ],
  reads: [findStock, findItems],
  effects: [adjustStock, receiveStock],
  sees: ["profile", "conventions", "facts", "history"],
  maxWords: 150,
  reply: z.object({
    answer: z.string(),
    /** The items the answer is about, as the reader returned them; no `onHand` where only a price was read. */
    items: z.array(z.object({ record: z.string(), name: z.string(), onHand: z.number().optional() })),
  }),
  evals: [
    {
      ask: "How many main brushes 36 in are in stock?",
      expect: ({ items, answer }) =>
        items.some(
          ({ record, onHand }) => record.startsWith("BR-MAIN-36") && answer.includes(String(onHand)),
        ),
    },
    {
      ask: "How many moon rovers are in stock?",
      expect: (reply) => reply.items.length === 0,
    },
    {
      ask: "What does the drive belt cost?",
      expect: (reply) => reply.answer.includes("28.45"),
    },
  ],
  instructions: prose`
    You answer about items and stock. Read the live record with findStock or findItems in this very turn before you say a
    figure; context and memory are no source for quantities or prices. Put each item you speak of into \`items\`, unchanged.
    Name the records in the answer, with location and unit where they matter. Nothing found: say so and return no items.
    A receipt or a correction is only ever a proposal through receiveStock or adjustStock, after reading the present
    quantity; if item, amount or reason is missing, ask one question. Never say that stock was changed: a person decides on the card.
    Orders belong to erp/sales, invoices and payments to erp/invoices, customers to erp/customers, past decisions to
    chat/decisions: decline and name the agent.
  `,
});
