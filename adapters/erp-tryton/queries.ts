// The port's questions, asked of Tryton and answered in the port's rows: cents, thousandths, references that a person
// can name again.
import type { ErpPage, ErpQuery } from "../../src/ports.ts";
import { answerDocument, answerDocuments } from "./document-queries.ts";
import { answerItems, answerStock } from "./goods-queries.ts";
import { answerEntries, answerLedger } from "./ledger-queries.ts";
import { answerOwed } from "./owed-queries.ts";
import { answerParties } from "./party-queries.ts";
import { answerOrder, answerOrders } from "./sale-queries.ts";
import type { Asked } from "./search.ts";

export async function answerQuery(asked: Asked, query: ErpQuery): Promise<ErpPage> {
  switch (query.kind) {
    case "stock":
      return answerStock(asked, query);
    case "items":
      return answerItems(asked, query);
    case "parties":
      return answerParties(asked, query);
    case "orders":
      return answerOrders(asked, query);
    case "order":
      return answerOrder(asked, query.number);
    case "invoices":
    case "bills":
      return answerOwed(asked, query);
    case "documents":
      return answerDocuments(asked, query);
    case "document":
      return answerDocument(asked, query);
    case "ledger":
      return answerLedger(asked, query.limit);
    case "entries":
      return answerEntries(asked, query.limit);
  }
}
