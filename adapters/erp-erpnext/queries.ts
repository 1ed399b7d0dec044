// The questions of the port, answered from ERPNext's lists. What can be filtered there is; a person's words are matched
// here, because Frappe's `like` knows no word starts and no best match.
import type { ErpPage, ErpQuery, ErpRow } from "../../src/ports.ts";
import { search } from "../../src/remote-erp/words.ts";
import type { Desk } from "./desk.ts";
import { readDocument, readDocuments } from "./documents.ts";
import { readEntries, readLedger } from "./ledger.ts";
import { readOwed } from "./owed.ts";
import { readItems, readParties, readStock } from "./stock-rows.ts";

type Found = { readonly rows: readonly ErpRow[]; readonly words: (row: ErpRow) => string };
const textOf =
  (...names: readonly string[]) =>
  (row: ErpRow) =>
    names.map((name) => (typeof row[name] === "string" ? row[name] : "")).join(" ");
const parties = textOf("party");

export async function answerQuery(desk: Desk, query: ErpQuery): Promise<ErpPage> {
  if (query.kind === "order" || query.kind === "document") {
    const rows = await readDocument(desk, query.kind === "order" ? "order" : query.of, query.number);
    return { rows, total: rows.length };
  }
  const { rows, words } = await find(desk, query);
  const text = "text" in query ? query.text : null;
  const id = query.kind === "stock" ? textOf("sku") : textOf("record");
  const fitting = search(rows, text, { id, text: words });
  return { rows: fitting.slice(0, query.limit), total: fitting.length };
}

type Listing = Exclude<ErpQuery, { kind: "order" | "document" }>;

async function find(desk: Desk, query: Listing): Promise<Found> {
  switch (query.kind) {
    case "stock":
      return { rows: await readStock(desk), words: textOf("name", "category", "location") };
    case "items":
      return { rows: await readItems(desk), words: textOf("name", "category") };
    case "parties":
      return { rows: await readParties(desk, query.role), words: textOf("name") };
    case "orders":
      return { rows: await readDocuments(desk, "order", query.state), words: parties };
    case "documents":
      return { rows: await readDocuments(desk, query.of, query.state), words: parties };
    case "invoices":
    case "bills":
      return { rows: await readOwed(desk, query.kind, query.overdueOn), words: parties };
    case "ledger":
      return { rows: await readLedger(desk), words: textOf("account") };
    case "entries":
      return { rows: await readEntries(desk, query.limit), words: textOf("memo") };
    default:
      return query satisfies never;
  }
}
