// Everything agents may hold of an ERP, as `#tools/erp`: what looks, and what would change something.
export { findItems, findStock } from "./erp-goods.ts";
export { findCustomers, findParties, findSuppliers } from "./erp-parties.ts";
export { findDeliveries, findOrders, findQuotes, readOrder, readQuote } from "./erp-selling.ts";
export {
  findPurchases,
  findReceipts,
  findRequests,
  findSources,
  readPurchase,
  readRequest,
} from "./erp-buying.ts";
export {
  findBills,
  findCredits,
  findEntries,
  findInvoices,
  findPayments,
  findPayouts,
  readLedger,
} from "./erp-money.ts";
export { adjustStock, changePrice, createItem, receiveStock, setReorderLevel } from "./erp-goods-effects.ts";
export {
  addNote,
  changeCustomer,
  changeSupplier,
  createCustomer,
  createSupplier,
} from "./erp-party-effects.ts";
export {
  acceptQuote,
  cancelOrder,
  cancelQuote,
  confirmOrder,
  createOrder,
  createQuote,
  declineQuote,
  sendQuote,
  shipOrder,
} from "./erp-selling-effects.ts";
export {
  cancelPurchase,
  cancelRequest,
  createPurchase,
  createRequest,
  orderRequest,
  postBill,
  receivePurchase,
  sendPurchase,
} from "./erp-buying-effects.ts";
export { attachFile } from "./erp-file-effects.ts";
export { postEntry, reverseEntry } from "./erp-ledger-effects.ts";
export { lockPeriod, payBill, postCredit, postInvoice, registerPayment } from "./erp-money-effects.ts";
