// What agents may look up about buying: requests, purchase orders with their lines, receipts, and what items cost where.
import { z } from "zod";
import { defineReader } from "../effects.ts";
import type { ReaderWorld } from "../effects.ts";
import { OfferRow } from "./erp-document-rows.ts";
import { PurchaseNumber, RequestNumber } from "./erp-fields.ts";
import { ask, page, Text } from "./erp-page.ts";
import { askPaper, askPapers, paperPage, papersPage } from "./erp-papers.ts";
import { OrderLineRow } from "./erp-rows.ts";

const PurchaseState = z.enum(["draft", "sent", "received", "billed", "cancelled"]);

export const findPurchases = defineReader({
  name: "findPurchases",
  description: "Lists purchase orders at suppliers, newest first: number, state, supplier, day, total.",
  examples: [
    "Which purchase orders are open?",
    "What have we got on order?",
    "purchase orders at Kestrel",
    "What did we order from Plainview?",
  ],
  input: z.object({
    text: Text("words of the supplier, or a purchase order's number; absent: all"),
    state: PurchaseState.optional().describe("only purchase orders in this state"),
    open: z
      .boolean()
      .optional()
      .describe(
        'true: only draft and sent ones ("on order", "on its way", "on the way", "expected", "coming", "not received", "not yet received", "not arrived", "outstanding", "to receive")',
      ),
  }),
  output: papersPage,
  read: async ({ text, state, open }, world) =>
    askPapers(world, { of: "purchase", text, state, only: open === true ? ["draft", "sent"] : null }),
});

export const readPurchase = defineReader({
  name: "readPurchase",
  description: "Reads one purchase order: first row the order itself, then its lines.",
  examples: ["What's in PO-1003?", "Show me purchase order PO-1002", "status of PO-1003"],
  input: z.object({ purchase: PurchaseNumber }),
  output: paperPage,
  read: async ({ purchase }, world) => askPaper(world, "purchase", purchase),
});

const RequestState = z.enum(["open", "ordered", "cancelled"]);

export const findRequests = defineReader({
  name: "findRequests",
  description: "Lists purchase requests, newest first: number, state, supplier, day, estimated total.",
  examples: ["Which purchase requests are open?", "Show the purchase requests", "requests for Plainview"],
  input: z.object({
    text: Text("words of the supplier, or a request's number; absent: all"),
    state: RequestState.optional().describe("only requests in this state"),
  }),
  output: papersPage,
  read: async ({ text, state }, world) => askPapers(world, { of: "request", text, state, only: null }),
});

export const readRequest = defineReader({
  name: "readRequest",
  description: "Reads one purchase request: first row the request itself, then its lines.",
  examples: ["What's in request PR-1004?", "Show me PR-1004"],
  input: z.object({ request: RequestNumber }),
  output: paperPage,
  read: async ({ request }, world) => askPaper(world, "request", request),
});

export const findReceipts = defineReader({
  name: "findReceipts",
  description: "Lists goods received from suppliers, newest first: number, supplier, day, value.",
  examples: ["Which goods did we receive from Plainview?", "last receipts", "deliveries of our suppliers"],
  input: z.object({ text: Text("words of the supplier, or a receipt's number; absent: all") }),
  output: papersPage,
  read: async ({ text }, world) => askPapers(world, { of: "receipt", text, state: undefined, only: null }),
});

/** Each one is a question of its own to the ERP, so only the latest are looked through. */
const looked = 15;

/** The lines of the latest purchase orders whose item has all of these words. */
async function offersOf(world: ReaderWorld, text: string) {
  const { asOf, rows } = await askPapers(world, {
    of: "purchase",
    text: undefined,
    state: undefined,
    only: null,
  });
  const latest = z.array(Head).parse(rows.slice(0, looked));
  const words = text.toLowerCase().split(/[\s-]+/u);
  const found = await Promise.all(
    latest.map(async ({ record, party, day }) => {
      const { rows: lines } = await ask(world, { kind: "document", of: "purchase", number: record });
      return z
        .array(OrderLineRow)
        .parse(lines.slice(1))
        .filter(({ name, sku }) => words.every((word) => `${name} ${sku}`.toLowerCase().includes(word)))
        .map(({ name: item, sku, quantity, unit, price }) => ({
          record,
          party,
          day,
          item,
          sku,
          quantity,
          unit,
          price,
          source: record,
        }));
    }),
  );
  const offers = found.flat();
  return { asOf, total: offers.length, rows: offers };
}
const Head = z.looseObject({ record: z.string(), party: z.string(), day: z.string() });

export const findSources = defineReader({
  name: "findSources",
  description:
    "Finds from whom an item was bought lately, when and at what price: the latest purchase orders with it.",
  examples: [
    "Who supplies the spray nozzles?",
    "Who do we buy filters from?",
    "What did we pay for the wet floor stands?",
    "Where do we get our brushes?",
  ],
  input: z.object({
    text: z.string().trim().min(1).max(200).describe("words of the item, in the singular, e.g. spray nozzle"),
  }),
  output: page(OfferRow, {}),
  read: async ({ text }, world) => offersOf(world, text),
});
