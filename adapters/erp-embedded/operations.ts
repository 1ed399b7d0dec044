// Everything the embedded ERP can do, by the name that commands use. Nothing that is not in here can be run.
import { attachFile, detachFile } from "./attachments.ts";
import { payBill, postBill } from "./bills.ts";
import { changeParty, changePrice, createItem, lockPeriod } from "./catalogue.ts";
import { postCredit } from "./credits.ts";
import { adjustStock, receiveStock, returnStock } from "./inventory.ts";
import { postInvoice, registerPayment } from "./invoices.ts";
import { postJournal, reverseJournal } from "./journal.ts";
import type { Operation } from "./operation.ts";
import { cancelOrder, confirmOrder, createOrder } from "./orders.ts";
import { addNote, createParty } from "./parties.ts";
import { cancelPurchase, createPurchase, receivePurchase, sendPurchase } from "./purchases.ts";
import { acceptQuote, cancelQuote, createQuote, declineQuote, sendQuote } from "./quotes.ts";
import { setReorder } from "./reordering.ts";
import { cancelRequest, createRequest, orderRequest } from "./requests.ts";
import { shipOrder } from "./shipping.ts";
import { restoreDocument } from "./restoration.ts";

export const operations: ReadonlyMap<string, Operation> = new Map([
  ["party.create", createParty],
  ["party.change", changeParty],
  ["item.create", createItem],
  ["item.price", changePrice],
  ["item.reorder", setReorder],
  ["quote.create", createQuote],
  ["quote.send", sendQuote],
  ["quote.accept", acceptQuote],
  ["quote.decline", declineQuote],
  ["quote.cancel", cancelQuote],
  ["order.create", createOrder],
  ["order.confirm", confirmOrder],
  ["order.cancel", cancelOrder],
  ["order.ship", shipOrder],
  ["invoice.post", postInvoice],
  ["payment.register", registerPayment],
  ["credit.post", postCredit],
  ["request.create", createRequest],
  ["request.order", orderRequest],
  ["request.cancel", cancelRequest],
  ["purchase.create", createPurchase],
  ["purchase.send", sendPurchase],
  ["purchase.receive", receivePurchase],
  ["purchase.cancel", cancelPurchase],
  ["bill.post", postBill],
  ["bill.pay", payBill],
  ["stock.adjust", adjustStock],
  ["stock.receive", receiveStock],
  ["stock.return", returnStock],
  ["document.restore", restoreDocument],
  ["note.add", addNote],
  ["attachment.add", attachFile],
  ["attachment.remove", detachFile],
  ["entry.post", postJournal],
  ["entry.reverse", reverseJournal],
  ["period.lock", lockPeriod],
]);
