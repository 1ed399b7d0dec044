// Everything agents may hold of an ERP, as `#tools/erp`: what looks, and what would change something.
export {
  findInvoices,
  findItems,
  findOrders,
  findParties,
  findStock,
  readLedger,
  readOrder,
} from "./erp-readers.ts";
export {
  addNote,
  adjustStock,
  cancelOrder,
  confirmOrder,
  createCustomer,
  createOrder,
  postInvoice,
  receiveStock,
  registerPayment,
  shipOrder,
} from "./erp-effects.ts";
