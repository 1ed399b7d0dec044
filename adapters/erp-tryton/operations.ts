// Everything that Nova can have Tryton do, by the name that commands use.
import { postCredit } from "./credits.ts";
import { postInvoice } from "./invoices.ts";
import { addNote } from "./notes.ts";
import type { Operation } from "./operation.ts";
import { createParty } from "./parties.ts";
import { registerPayment } from "./payments.ts";
import { createOrder } from "./sale-create.ts";
import { cancelOrder, confirmOrder } from "./sales.ts";
import { shipOrder } from "./shipping.ts";

export const operations: ReadonlyMap<string, Operation> = new Map([
  ["party.create", createParty],
  ["order.create", createOrder],
  ["order.confirm", confirmOrder],
  ["order.cancel", cancelOrder],
  ["order.ship", shipOrder],
  ["invoice.post", postInvoice],
  ["payment.register", registerPayment],
  ["credit.post", postCredit],
  ["note.add", addNote],
]);
