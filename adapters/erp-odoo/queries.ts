// The questions of the port, answered from Odoo's records. A person's words are matched here: Odoo's `ilike` knows no word
// starts and no best match.
import type { ErpPage, ErpQuery, ErpRow } from "../../src/ports.ts";
import { search } from "../../src/remote-erp/words.ts";
import type { Desk } from "./desk.ts";
import { readEntries, readLedger } from "./ledger.ts";
import { readOrderRows, readOrders, readPapers, readPaper } from "./papers.ts";
import { readItems, readOwed, readParties, readStock } from "./rows.ts";

type Found = { readonly rows: readonly ErpRow[]; readonly words: readonly string[] };
const textOf = (names: readonly string[]) => (row: ErpRow) =>
  names.map((name) => (typeof row[name] === "string" ? row[name] : "")).join(" ");

export async function answerQuery(desk: Desk, query: ErpQuery): Promise<ErpPage> {
  if (query.kind === "order" || query.kind === "document") {
    const rows =
      query.kind === "order" || query.of === "quote"
        ? await readOrderRows(desk, query.number, query.kind === "document")
        : await readPaper(desk, query.of, query.number);
    return { rows, total: rows.length };
  }
  const { rows, words } = await find(desk, query);
  const text = "text" in query ? query.text : null;
  const id = textOf([query.kind === "stock" ? "sku" : "record"]);
  const fitting = search(rows, text, { id, text: textOf(words) });
  return { rows: fitting.slice(0, query.limit), total: fitting.length };
}

type Listing = Exclude<ErpQuery, { kind: "order" | "document" }>;

async function find(desk: Desk, query: Listing): Promise<Found> {
  switch (query.kind) {
    case "stock":
      return { rows: await readStock(desk), words: ["name", "category", "location"] };
    case "items":
      return { rows: await readItems(desk), words: ["name", "category"] };
    case "parties":
      return { rows: await readParties(desk, query.role), words: ["name", "city"] };
    case "orders":
      return { rows: await readOrders(desk, query.state, false), words: ["party"] };
    case "documents":
      return { rows: await readPapers(desk, query.of, query.state), words: ["party"] };
    case "invoices":
    case "bills":
      return { rows: await readOwed(desk, query.kind, query.overdueOn), words: ["party"] };
    case "ledger":
      return { rows: await readLedger(desk), words: ["account"] };
    case "entries":
      return { rows: await readEntries(desk, query.limit), words: ["memo"] };
    default:
      return query satisfies never;
  }
}
