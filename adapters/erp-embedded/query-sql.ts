// What each question of the port reads: one SELECT, the columns in which words are looked for, and the order.
import type { ErpQuery } from "../../src/ports/erp.ts";

/** What is attached to a paper, in words; null: nothing. */
const attached = `(SELECT group_concat(a.name || ' (' || a.media || ', ' || a.bytes || ' bytes, SHA-256 ' || substr(a.sha256, 1, 12) || '…, from ' || a.source || ')',
    '; ' ORDER BY a.id) FROM attached a WHERE a.record=d.ref) AS attachments`;
const currency = "(SELECT currency FROM company) AS currency";

export type Kind = {
  readonly sql: string;
  /** What the words of a text are looked for in, and the column that a record's number must equal. */
  readonly words: string;
  readonly code: string;
  readonly order: string;
  /** Who is named must be found by most words: sharing one with "Moon Rover Rentals" is not being it. */
  readonly isNamed: boolean;
};
export type SearchKind = Exclude<ErpQuery["kind"], "order" | "document">;

const stockSql = `SELECT i.sku || '@' || p.code AS record, i.sku, i.name, i.category, p.name AS location, i.unit,
    coalesce(s.on_hand, 0) - coalesce(s.reserved, 0) AS freeThousandths, coalesce(s.on_hand, 0) AS onHandThousandths,
    coalesce(s.reserved, 0) AS reservedThousandths, nullif(r.level, 0) AS reorderThousandths,
    r.quantity AS reorderQuantityThousandths
  FROM item i CROSS JOIN location p LEFT JOIN stock s ON s.sku=i.sku AND s.loc=p.code LEFT JOIN reorder r ON r.sku=i.sku AND r.loc=p.code
  WHERE s.sku IS NOT NULL OR r.level > 0`;

const itemSql = `SELECT i.sku AS record, i.sku, i.name, i.category, i.unit, i.price AS priceCents, ${currency},
    coalesce((SELECT sum(on_hand - reserved) FROM stock WHERE sku=i.sku), 0) AS freeThousandths FROM item i`;

const partySql = `SELECT p.code AS record, p.name, p.kind AS role, p.city, p.email, p.terms_days AS termsDays,
    p.credit_limit AS creditLimitCents, ${currency}, coalesce((SELECT amount FROM owed WHERE party=p.id), 0) AS openCents FROM party p WHERE :role IS NULL OR p.kind=:role`;

export const orderSql = `SELECT d.ref AS record, d.state, p.name AS party, d.day, l.name AS location, d.total AS totalCents, ${currency},
    d.rev, d.external_ref AS reference, ${attached} FROM doc d JOIN party p ON p.id=d.party JOIN location l ON l.code=d.loc WHERE d.kind='order'`;

export const lineSql = `SELECT d.ref || '#' || l.n AS record, l.n AS line, i.sku, i.name, i.unit, l.qty AS quantityThousandths,
    l.price AS priceCents, l.net AS netCents, l.tax AS taxCents, ${currency}, coalesce(s.on_hand - s.reserved, 0) AS freeThousandths
  FROM doc_line l JOIN doc d ON d.id=l.doc JOIN item i ON i.sku=l.sku LEFT JOIN stock s ON s.sku=l.sku AND s.loc=d.loc
  WHERE d.kind=:of AND d.ref=:number ORDER BY l.n`;

const owedSql = (
  kind: "invoice" | "bill",
): string => `SELECT d.ref AS record, d.state, p.name AS party, d.day, d.due, d.total AS totalCents, o.amount AS openCents, ${currency},
    d.external_ref AS reference, ${attached}, CASE WHEN o.amount > 0 AND d.due < :today THEN CAST(julianday(:today) - julianday(d.due) AS INTEGER) ELSE 0 END AS daysOverdue
  FROM doc d JOIN party p ON p.id=d.party JOIN doc_open o ON o.doc=d.id
  WHERE d.kind='${kind}' AND ( :overdueOn IS NULL OR (o.amount > 0 AND d.due < :overdueOn))`;

const ledgerSql = `SELECT a.code AS record, a.name AS account, coalesce(b.amount, 0) AS balanceCents, ${currency}
  FROM account a LEFT JOIN balance b ON b.account=a.code`;

export const documentSql = `SELECT d.ref AS record, d.kind, d.state, p.name AS party, d.day, d.due, d.total AS totalCents, ${currency}, d.rev, ${attached}
  FROM doc d JOIN party p ON p.id=d.party WHERE d.kind=:of AND d.ref IS NOT NULL`;

const entrySql = `SELECT 'JE-' || e.id || '#' || l.id AS record, e.id AS entry, e.day, e.memo, d.ref AS document, a.code || ' ' || a.name AS account,
    l.debit AS debitCents, l.credit AS creditCents, ${currency}
  FROM entry e JOIN line l ON l.entry=e.id JOIN account a ON a.code=l.account LEFT JOIN doc d ON d.id=e.doc WHERE e.posted=1`;

export const searches: Record<SearchKind, Kind> = {
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
    words: "record || ' ' || party || ' ' || coalesce(reference, '')",
    code: "record",
    order: "record DESC",
    isNamed: true,
  },
  invoices: {
    sql: owedSql("invoice"),
    words: "record || ' ' || party || ' ' || coalesce(reference, '')",
    code: "record",
    order: "due, record",
    isNamed: true,
  },
  bills: {
    sql: owedSql("bill"),
    words: "record || ' ' || party || ' ' || coalesce(reference, '')",
    code: "record",
    order: "due, record",
    isNamed: true,
  },
  documents: {
    sql: `${documentSql} AND (:state IS NULL OR d.state=:state)`,
    words: "record || ' ' || party",
    code: "record",
    order: "record DESC",
    isNamed: true,
  },
  entries: { sql: entrySql, words: "memo", code: "record", order: "entry DESC, record", isNamed: false },
  ledger: { sql: ledgerSql, words: "account", code: "record", order: "record", isNamed: false },
};
