// The questions of the port, each as one SELECT on the read-only connection. Rows are flat; amounts are cents,
// quantities thousandths, and `record` is what a person can name again.
import { z } from "zod";
import type { ErpPage, ErpQuery, ErpRow } from "../../src/ports/erp.ts";
import { type Database, readRows } from "./database.ts";
import { type Kind, type SearchKind, documentSql, lineSql, orderSql, searches } from "./query-sql.ts";
import { codeScore, searchScore } from "./search.ts";

const rowSchema = z.looseObject({ record: z.string() }).catchall(z.union([z.string(), z.number(), z.null()]));

type Search = Kind & { readonly text: string | null };

// Rows with the best score only; `total` says how many fit when the page shows fewer.
function search(
  db: Database,
  what: Search,
  extra: { limit: number; values: Record<string, string | null> },
): ErpPage {
  const { score, values, words } = codeScore(what.code, what.text) ?? searchScore(what.words, what.text);
  const least = what.isNamed ? Math.floor(words / 2) + 1 : Math.ceil(words / 2);
  const sql = `WITH found AS (SELECT *, ${score} AS score FROM (${what.sql}))
    SELECT * FROM found WHERE score >= ${least} AND score = (SELECT max(score) FROM found) ORDER BY ${what.order}`;
  const rows: ErpRow[] = readRows(db, sql, { schema: rowSchema, values: { ...values, ...extra.values } }).map(
    ({ score: _score, ...row }) => row,
  );
  return { rows: rows.slice(0, extra.limit), total: rows.length };
}

/** The document as its first row, then its lines: null fields tell them apart. */
function readDocument(db: Database, headSql: string, named: { of: string; number: string }): ErpPage {
  const values = { ...named, number: named.number.trim().toUpperCase() };
  const isOrder = named.of === "order";
  const headValues = isOrder ? { number: values.number } : values;
  const head = readRows(db, `${headSql} AND d.ref=:number`, { schema: rowSchema, values: headValues });
  const lines = head.length === 0 ? [] : readRows(db, lineSql, { schema: rowSchema, values });
  const rows: ErpRow[] = [...head, ...lines];
  return { rows, total: rows.length };
}

type Limited = Extract<ErpQuery, { kind: SearchKind }>;

function valuesOf(query: Limited, today: string): Record<string, string | null> {
  switch (query.kind) {
    case "parties":
      return { role: query.role };
    case "orders":
      return { state: query.state };
    case "documents":
      return { of: query.of, state: query.state };
    case "invoices":
    case "bills":
      return { overdueOn: query.overdueOn, today };
    case "stock":
    case "items":
    case "ledger":
    case "entries":
      return {};
    default:
      return query satisfies never;
  }
}

/** `today`: ISO day from which what is open counts as overdue. */
export function answerQuery(db: Database, query: ErpQuery, today: string): ErpPage {
  if (query.kind === "order") return readDocument(db, orderSql, { of: "order", number: query.number });
  if (query.kind === "document") return readDocument(db, documentSql, { of: query.of, number: query.number });
  const text = "text" in query ? query.text : null;
  return search(
    db,
    { ...searches[query.kind], text },
    { limit: query.limit, values: valuesOf(query, today) },
  );
}
