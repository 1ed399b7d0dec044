// The offline model at the desks of the ten ERP specialists: which tool a person's words want, and who else should have it.
import { describe, expect, test } from "vitest";
import { loadRoster } from "../../src/roster.ts";
import { desk, hears } from "../support/offline-desk.ts";
import type { Desk } from "../support/offline-desk.ts";

const { entries } = await loadRoster(new URL("../../agents", import.meta.url).pathname);
const specialists = entries.flatMap(({ id, card }) =>
  card.kind === "agent" && card.role === "erp" ? [{ id, card }] : [],
);
const desks = new Map<string, Desk>(
  specialists.map(({ id, card }) => [
    id,
    desk([...card.reads, ...card.effects], {
      reply: card.reply,
      instructions: card.instructions,
      declines: card.declines.map(({ text, instead }) => `${text} → ${instead}`),
    }),
  ]),
);
const deskOf = (id: string): Desk => {
  const found = desks.get(`erp/${id}`);
  if (found === undefined) throw new Error(`There is no erp/${id}.`);
  return found;
};

test.each([
  ["customers", "Change Lakeside's mail address to orders@lakeside.example", "changeCustomer"],
  ["customers", "The customer Oakfield moved to Dayton", "changeCustomer"],
  ["customers", "Which customers are based in Toledo?", "findCustomers"],
  ["suppliers", "Kestrel Brush Works moved to Albany", "changeSupplier"],
  ["suppliers", "Plainview Sign Supply gives us 60 days to pay", "changeSupplier"],
  ["suppliers", "Change the mail address of Kestrel to sales@kestrel.example", "changeSupplier"],
  ["suppliers", "List all suppliers", "findSuppliers"],
  ["suppliers", "Where is Kestrel Brush Works based?", "findSuppliers"],
  ["suppliers", "Who do we buy filters from?", "findSources"],
  ["suppliers", "Create the supplier Gummi Wien in Vienna", "createSupplier"],
  ["items", "Raise the price of the dust bag filter to 34.00", "changePrice"],
  ["items", "The exit sign costs 36.00 from now on", "changePrice"],
  ["items", "New price for the caster wheel: 76.50", "changePrice"],
  ["items", 'Create the item HO-WIDE named "Vacuum hose 3 in", price 72.00, cost 38.50', "createItem"],
  ["items", "Show me the price list", "findItems"],
  ["items", "Which brushes do we carry?", "findItems"],
  ["items", "Set the price of the main brush 36 in to 195.00", "changePrice"],
  ["stock", "Receive 15 wet floor stands", "receiveStock"],
  ["stock", "Set the reorder level of the drive belt to 12", "setReorderLevel"],
  ["stock", "Change the minimum stock of the exit sign to 15", "setReorderLevel"],
  ["stock", "The reorder level of the exit sign in the van is 4", "setReorderLevel"],
  ["stock", "What is below its reorder level?", "findStock"],
  ["stock", "What is in the van?", "findStock"],
  ["quotes", "Send quote QU-1003", "sendQuote"],
  ["quotes", "Send QU-1003 to the customer", "sendQuote"],
  ["quotes", "Turn QU-1002 into an order", "acceptQuote"],
  ["quotes", "Pinecrest turned down QU-1002", "declineQuote"],
  ["quotes", "Mark QU-1002 as declined", "declineQuote"],
  ["quotes", "Cancel quote QU-1003", "cancelQuote"],
  ["quotes", "Create a quote for Lakeside: 3 gutter brooms", "createQuote"],
  ["quotes", "Which quotes are open?", "findQuotes"],
  ["quotes", "Did Pinecrest answer our quote?", "findQuotes"],
  ["quotes", "Until when is QU-1002 valid?", "readQuote"],
  ["quotes", "Which quotes were declined?", "findQuotes"],
  ["purchasing", "order PR-1004 now", "orderRequest"],
  ["purchasing", "Turn PR-1004 into a purchase order", "orderRequest"],
  ["purchasing", "Cancel request PR-1004", "cancelRequest"],
  ["purchasing", "Send purchase order PO-1004", "sendPurchase"],
  ["purchasing", "Cancel purchase order PO-1003", "cancelPurchase"],
  ["purchasing", "Receive PO-1003", "receivePurchase"],
  ["purchasing", "PO-1003 has come", "receivePurchase"],
  ["purchasing", "Post the bill for PO-1003", "postBill"],
  ["purchasing", "Request 10 speed limit signs from Plainview Sign Supply", "createRequest"],
  ["purchasing", "Order 12 side brushes 18 in from Kestrel Brush Works", "createPurchase"],
  ["purchasing", "Buy 20 dust bag filters from Union Filter and Hose", "createPurchase"],
  ["purchasing", "Which purchase orders are open?", "findPurchases"],
  ["purchasing", "What have we got on order?", "findPurchases"],
  ["purchasing", "Which purchase requests are open?", "findRequests"],
  ["purchasing", "What did we receive from Plainview?", "findReceipts"],
  ["purchasing", "What did we order from Plainview?", "findPurchases"],
  ["purchasing", "Show PR-1004", "readRequest"],
  ["invoices", "Credit invoice INV-2026-0004", "postCredit"],
  ["invoices", "Make a credit note for INV-2026-0004", "postCredit"],
  ["invoices", "Credit note for INV-2026-0002, the goods came back", "postCredit"],
  ["invoices", "Refund 2 exit signs of INV-2026-0004", "postCredit"],
  ["invoices", "Which credit notes did we issue?", "findCredits"],
  ["invoices", "Bill SO-1008", "postInvoice"],
  ["invoices", "Is INV-2026-0001 paid?", "findInvoices"],
  ["payments", "Pay 100.00 of bill BILL-2026-0002", "payBill"],
  ["payments", "Pay the bill of Plainview", "findBills"],
  ["payments", "Brightway paid INV-2026-0004", "registerPayment"],
  ["payments", "Which payments came in?", "findPayments"],
  ["payments", "What do we owe Plainview?", "findBills"],
  ["payments", "What did we pay our suppliers?", "findPayouts"],
  ["payments", "Has the payment of Summit arrived?", "findPayments"],
  ["payments", "Which bills are overdue?", "findBills"],
  ["ledger", "How much cash do we have?", "readLedger"],
  ["ledger", "Show the ledger", "readLedger"],
  ["ledger", "Show the latest journal entries", "findEntries"],
  ["ledger", "How was INV-2026-0003 booked?", "findEntries"],
  ["ledger", "What is our profit?", "readLedger"],
  ["ledger", "Close the books before 2026-03-01", "lockPeriod"],
  ["ledger", "Close the period", "ask_person"],
  ["ledger", "Post a journal entry: debit Equity, credit Cash, 120.00, because of a draw", "postEntry"],
  ["ledger", "Book 12.50 in the journal, debit Revenue, credit Cash", "postEntry"],
  ["ledger", "Reverse journal entry JE-41", "reverseEntry"],
  ["ledger", "Which journal entries are on the equity account?", "findEntries"],
  ["ledger", "What was booked on the cash account?", "findEntries"],
  ["sales", "Which deliveries went out?", "findDeliveries"],
  ["sales", "Orders from Lakeside", "findOrders"],
] as const)("erp/%s hears %j as %s", async (...[id, text, tool]) => {
  expect((await hears(deskOf(id), text))?.name).toBe(tool);
});

describe.each(specialists)("$id", ({ id, card }) => {
  test("hands over what its card says is another's", async () => {
    for (const { text, instead } of card.declines) {
      const call = await hears(deskOf(id.replace("erp/", "")), text);
      expect(call, text).toMatchObject({ name: "decline", input: { instead } });
    }
  });
});
