// Everything the embedded ERP can do, by the name that commands use. Nothing that is not in here can be run.
import { adjustStock, receiveStock } from "./inventory.ts";
import { postInvoice, registerPayment } from "./invoices.ts";
import type { Operation } from "./operation.ts";
import { cancelOrder, confirmOrder, createOrder, shipOrder } from "./orders.ts";
import { addNote, createParty } from "./parties.ts";

export const operations: ReadonlyMap<string, Operation> = new Map([
  ["party.create", createParty],
  ["order.create", createOrder],
  ["order.confirm", confirmOrder],
  ["order.cancel", cancelOrder],
  ["order.ship", shipOrder],
  ["invoice.post", postInvoice],
  ["payment.register", registerPayment],
  ["stock.adjust", adjustStock],
  ["stock.receive", receiveStock],
  ["note.add", addNote],
]);
