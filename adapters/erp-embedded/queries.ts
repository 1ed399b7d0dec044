// The questions of the port, each as one SELECT on the read-only connection. Rows are flat; amounts are cents,
// quantities thousandths, and `record` is what a person can name again.
import { z } from "zod";
import type { ErpPage, ErpQuery, ErpRow } from "../../src/ports/erp.ts";
import { type Database, readRows } from "./database.ts";
import { codeScore, searchScore } from "./search.ts";

const rowSchema = z.looseObject({ record: z.string() }).catchall(z.union([z.string(), z.number(), z.null()]));
const currency = "(SELECT currency FROM company) AS currency";

type Kind = {
  readonly sql: string;
  /** What the words of a text are looked for in, and the column that a record's number must equal. */
  readonly words: string;
  readonly code: string;
  readonly order: string;
  /** Who is named must be found by most words: sharing one with "Moon Rover Rentals" is not being it. */
  readonly isNamed: boolean;
};
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

const stockSql = `SELECT i.sku || '@' || p.code AS record, i.sku, i.name, i.category, p.name AS location, i.unit,
    coalesce(s.on_hand, 0) - coalesce(s.reserved, 0) AS freeThousandths, coalesce(s.on_hand, 0) AS onHandThousandths,
    coalesce(s.reserved, 0) AS reservedThousandths, r.level AS reorderThousandths
  FROM item i CROSS JOIN location p LEFT JOIN stock s ON s.sku=i.sku AND s.loc=p.code LEFT JOIN reorder r ON r.sku=i.sku AND r.loc=p.code
  WHERE s.sku IS NOT NULL OR r.sku IS NOT NULL`;

const itemSql = `SELECT i.sku AS record, i.sku, i.name, i.category, i.unit, i.price AS priceCents, ${currency},
    coalesce((SELECT sum(on_hand - reserved) FROM stock WHERE sku=i.sku), 0) AS freeThousandths FROM item i`;

const partySql = `SELECT p.code AS record, p.name, p.kind AS role, p.city, p.email, p.terms_days AS termsDays,
    p.credit_limit AS creditLimitCents, ${currency}, coalesce((SELECT sum(o.amount) FROM invoice_open o JOIN doc d ON d.id=o.doc
    WHERE d.party=p.id), 0) AS openCents FROM party p WHERE :role IS NULL OR p.kind=:role`;

const orderSql = `SELECT d.ref AS record, d.state, p.name AS party, d.day, l.name AS location, d.total AS totalCents, ${currency},
    d.rev FROM doc d JOIN party p ON p.id=d.party JOIN location l ON l.code=d.loc WHERE d.kind='order'`;

const orderLineSql = `SELECT d.ref || '#' || l.n AS record, l.n AS line, i.sku, i.name, i.unit, l.qty AS quantityThousandths,
    l.price AS priceCents, l.net AS netCents, l.tax AS taxCents, ${currency}, coalesce(s.on_hand - s.reserved, 0) AS freeThousandths
  FROM doc_line l JOIN doc d ON d.id=l.doc JOIN item i ON i.sku=l.sku LEFT JOIN stock s ON s.sku=l.sku AND s.loc=d.loc
  WHERE d.kind='order' AND d.ref=:number ORDER BY l.n`;

const invoiceSql = `SELECT d.ref AS record, d.state, p.name AS party, d.day, d.due, d.total AS totalCents, o.amount AS openCents, ${currency},
    CASE WHEN o.amount > 0 AND d.due < :today THEN CAST(julianday(:today) - julianday(d.due) AS INTEGER) ELSE 0 END AS daysOverdue
  FROM doc d JOIN party p ON p.id=d.party JOIN invoice_open o ON o.doc=d.id
  WHERE :overdueOn IS NULL OR (o.amount > 0 AND d.due < :overdueOn)`;

const ledgerSql = `SELECT a.code AS record, a.name AS account, coalesce(b.amount, 0) AS balanceCents, ${currency}
  FROM account a LEFT JOIN balance b ON b.account=a.code`;

/** The order as its first row, then its lines: null fields tell them apart. */
function readOrder(db: Database, number: string): ErpPage {
  const values = { number: number.trim().toUpperCase() };
  const head = readRows(db, `${orderSql} AND d.ref=:number`, { schema: rowSchema, values });
  const lines = head.length === 0 ? [] : readRows(db, orderLineSql, { schema: rowSchema, values });
  const rows: ErpRow[] = [...head, ...lines];
  return { rows, total: rows.length };
}

type Limited = Exclude<ErpQuery, { kind: "order" }>;

const searches: Record<Limited["kind"], Kind> = {
  stock: {
    sql: stockSql,
    words: "sku || ' ' || name || ' ' || category || ' ' || location",
    code: "sku",
    order: "name, record",
    isNamed: false,
  },
  items: {
    sql: itemSql,
    words: "sku || ' ' || name || ' ' || category",
    code: "sku",
    order: "name",
    isNamed: false,
  },
  parties: {
    sql: partySql,
    words: "record || ' ' || name || ' ' || city",
    code: "record",
    order: "name",
    isNamed: true,
  },
  orders: {
    sql: `${orderSql} AND (:state IS NULL OR d.state=:state)`,
    words: "record || ' ' || party",
    code: "record",
    order: "record DESC",
    isNamed: true,
  },
  invoices: {
    sql: invoiceSql,
    words: "record || ' ' || party",
    code: "record",
    order: "due, record",
    isNamed: true,
  },
  ledger: { sql: ledgerSql, words: "account", code: "record", order: "record", isNamed: false },
};

function valuesOf(query: Limited, today: string): Record<string, string | null> {
  switch (query.kind) {
    case "parties":
      return { role: query.role };
    case "orders":
      return { state: query.state };
    case "invoices":
      return { overdueOn: query.overdueOn, today };
    case "stock":
    case "items":
    case "ledger":
      return {};
    default:
      return query satisfies never;
  }
}

/** `today`: ISO day from which what is open counts as overdue. */
export function answerQuery(db: Database, query: ErpQuery, today: string): ErpPage {
  if (query.kind === "order") return readOrder(db, query.number);
  const text = query.kind === "ledger" ? null : query.text;
  return search(
    db,
    { ...searches[query.kind], text },
    { limit: query.limit, values: valuesOf(query, today) },
  );
}
