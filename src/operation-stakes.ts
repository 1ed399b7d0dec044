// What each operation is worth at least, whatever its agent declares. Low: drafts, notes, contacts, undone by one more
// command. Medium: it binds the business or leaves the building. High: money goes out, or what was posted is taken back.
// An operation that stands in no line is high.
import type { Stakes } from "./proposal.ts";

export const operationStakes: Readonly<Record<string, Stakes>> = {
  "party.create": "low",
  "party.change": "low",
  "item.create": "low",
  "item.price": "medium",
  "quote.create": "low",
  "quote.send": "medium",
  "quote.accept": "medium",
  "quote.decline": "low",
  "quote.cancel": "low",
  "order.create": "low",
  "order.confirm": "medium",
  "order.cancel": "medium",
  "order.ship": "medium",
  "invoice.post": "medium",
  "payment.register": "medium",
  "credit.post": "high",
  "request.create": "low",
  "request.order": "low",
  "request.cancel": "low",
  "purchase.create": "low",
  "purchase.send": "medium",
  "purchase.receive": "medium",
  "purchase.cancel": "medium",
  "bill.post": "medium",
  "bill.pay": "high",
  "stock.adjust": "medium",
  "stock.receive": "medium",
  "stock.return": "medium",
  "document.restore": "medium",
  "note.add": "low",
  "period.lock": "high",
};
