// The embedded ERP's tables and views. Money is integer cents, quantities are integer thousandths of a
// unit, every table is STRICT: a float that reaches SQLite is an error, never a rounded amount.
// The rules that bind rows to each other stand in triggers.sql.ts.
import { kindSql } from "./kinds.ts";

export const schemaVersion = 6;

/** References only: a file lies elsewhere and is known by its fingerprint. */
export const attachmentSql = `CREATE TABLE attachment(id INTEGER PRIMARY KEY, record TEXT NOT NULL, day TEXT NOT NULL CHECK(day IS date(day)),
  name TEXT NOT NULL CHECK(length(trim(name)) > 0), sha256 TEXT NOT NULL CHECK(length(sha256)=64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  bytes INTEGER NOT NULL CHECK(bytes > 0), media TEXT NOT NULL CHECK(media GLOB '*?/?*'), source TEXT NOT NULL CHECK(length(trim(source)) > 0)) STRICT;
CREATE TABLE attachment_end(id INTEGER PRIMARY KEY, attachment INTEGER NOT NULL UNIQUE REFERENCES attachment,
  day TEXT NOT NULL CHECK(day IS date(day))) STRICT;
CREATE INDEX attachment_record ON attachment(record);`;

const masterData = `
CREATE TABLE company(id INTEGER PRIMARY KEY CHECK(id=1), name TEXT NOT NULL, currency TEXT NOT NULL) STRICT;
CREATE TABLE period_lock(id INTEGER PRIMARY KEY, before TEXT NOT NULL CHECK(before IS date(before))) STRICT;
CREATE TABLE account(code TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE location(code TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE party(id INTEGER PRIMARY KEY,
  code TEXT GENERATED ALWAYS AS ('P-' || (100 + id)) STORED UNIQUE,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK(length(trim(name)) > 0),
  kind TEXT NOT NULL CHECK(kind IN ('customer','supplier')), city TEXT NOT NULL, email TEXT NOT NULL,
  terms_days INTEGER NOT NULL CHECK(terms_days BETWEEN 0 AND 365),
  credit_limit INTEGER NOT NULL CHECK(credit_limit >= 0)) STRICT;
CREATE TABLE item(sku TEXT PRIMARY KEY CHECK(sku = upper(sku)), name TEXT NOT NULL UNIQUE, category TEXT NOT NULL, unit TEXT NOT NULL,
  price INTEGER NOT NULL CHECK(price BETWEEN 0 AND 100000000),
  cost INTEGER NOT NULL CHECK(cost BETWEEN 0 AND 100000000),
  tax_rate INTEGER NOT NULL CHECK(tax_rate BETWEEN 0 AND 10000)) STRICT;
CREATE TABLE master_change(id INTEGER PRIMARY KEY, record TEXT NOT NULL, what TEXT NOT NULL, label TEXT NOT NULL,
  was TEXT, now TEXT NOT NULL) STRICT;
CREATE TABLE reorder(sku TEXT NOT NULL REFERENCES item, loc TEXT NOT NULL REFERENCES location,
  level INTEGER NOT NULL CHECK(level >= 0), quantity INTEGER CHECK(quantity > 0), PRIMARY KEY(sku, loc)) STRICT;
CREATE TABLE note(id INTEGER PRIMARY KEY, record TEXT NOT NULL, day TEXT NOT NULL CHECK(day IS date(day)),
  body TEXT NOT NULL CHECK(length(body) > 0)) STRICT;
${attachmentSql}`;

/** What the other side calls a paper, once for each party and kind. */
export const externalRefSql = `CREATE UNIQUE INDEX doc_external_ref ON doc(kind, party, external_ref COLLATE NOCASE)
  WHERE external_ref IS NOT NULL AND state <> 'cancelled';`;

// A draft has no total yet to be trusted; a numbered document keeps its number for ever. The reference a
// person says (SO-1007) is generated from the number, so the two cannot differ.
const documents = `
CREATE TABLE transition(kind TEXT NOT NULL, src TEXT NOT NULL, dst TEXT NOT NULL, PRIMARY KEY(kind, src, dst)) STRICT;
INSERT INTO transition VALUES ${kindSql.moves};
CREATE TABLE flow(kind TEXT PRIMARY KEY, source TEXT NOT NULL, is_required INTEGER NOT NULL) STRICT;
INSERT INTO flow VALUES ${kindSql.flows};
CREATE TABLE control(kind TEXT PRIMARY KEY, account TEXT NOT NULL) STRICT;
INSERT INTO control VALUES ${kindSql.controls};
CREATE TABLE doc(id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK(kind IN (${kindSql.all})),
  year INTEGER NOT NULL, number INTEGER CHECK(number > 0),
  ref TEXT GENERATED ALWAYS AS (${kindSql.ref}) STORED UNIQUE,
  state TEXT NOT NULL, party INTEGER NOT NULL REFERENCES party, day TEXT NOT NULL CHECK(day IS date(day)),
  due TEXT CHECK(due IS date(due)), loc TEXT REFERENCES location,
  total INTEGER NOT NULL CHECK(total >= 0), rev INTEGER NOT NULL DEFAULT 1,
  external_ref TEXT CHECK(length(trim(external_ref)) BETWEEN 1 AND 100),
  CHECK(state IN ('draft','cancelled') OR number IS NOT NULL), CHECK((kind IN (${kindSql.yearly})) = (year > 0)),
  CHECK((kind IN (${kindSql.placed})) = (loc IS NOT NULL)), CHECK((kind IN (${kindSql.due})) = (due IS NOT NULL)),
  UNIQUE(kind, year, number)) STRICT;
CREATE INDEX doc_kind_state ON doc(kind, state);
${externalRefSql}
CREATE TABLE doc_line(id INTEGER PRIMARY KEY, doc INTEGER NOT NULL REFERENCES doc, n INTEGER NOT NULL CHECK(n > 0),
  sku TEXT NOT NULL REFERENCES item, qty INTEGER NOT NULL CHECK(qty BETWEEN 1 AND 100000000),
  price INTEGER NOT NULL CHECK(price BETWEEN 0 AND 100000000), tax_rate INTEGER NOT NULL CHECK(tax_rate BETWEEN 0 AND 10000),
  net INTEGER GENERATED ALWAYS AS ((qty * price + 500) / 1000) STORED,
  tax INTEGER GENERATED ALWAYS AS (((qty * price + 500) / 1000 * tax_rate + 5000) / 10000) STORED,
  src_doc INTEGER, src_n INTEGER, UNIQUE(doc, n), FOREIGN KEY(src_doc, src_n) REFERENCES doc_line(doc, n),
  CHECK((src_doc IS NULL) = (src_n IS NULL))) STRICT;
CREATE INDEX doc_line_source ON doc_line(src_doc, src_n);
CREATE TABLE doc_change(id INTEGER PRIMARY KEY, doc INTEGER NOT NULL REFERENCES doc, was TEXT, now TEXT NOT NULL) STRICT;`;

const stockAndLedger = `
CREATE TABLE entry(id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK(day IS date(day)), memo TEXT NOT NULL,
  doc INTEGER REFERENCES doc, posted INTEGER NOT NULL DEFAULT 0 CHECK(posted IN (0,1)),
  reverses INTEGER UNIQUE REFERENCES entry) STRICT;
CREATE INDEX entry_doc ON entry(doc);
CREATE TABLE line(id INTEGER PRIMARY KEY, entry INTEGER NOT NULL REFERENCES entry, account TEXT NOT NULL REFERENCES account,
  debit INTEGER NOT NULL DEFAULT 0 CHECK(debit >= 0), credit INTEGER NOT NULL DEFAULT 0 CHECK(credit >= 0),
  CHECK((debit=0) <> (credit=0))) STRICT;
CREATE INDEX line_entry ON line(entry);
CREATE INDEX line_account ON line(account);
CREATE TABLE stock_move(id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK(day IS date(day)), sku TEXT NOT NULL REFERENCES item,
  loc TEXT NOT NULL REFERENCES location, qty INTEGER NOT NULL CHECK(qty <> 0 AND abs(qty) <= 100000000),
  value INTEGER NOT NULL, entry INTEGER NOT NULL REFERENCES entry, why TEXT NOT NULL) STRICT;
CREATE INDEX stock_move_place ON stock_move(sku, loc);
CREATE INDEX stock_move_entry ON stock_move(entry);
CREATE TABLE reservation(id INTEGER PRIMARY KEY, doc INTEGER NOT NULL, n INTEGER NOT NULL, sku TEXT NOT NULL REFERENCES item,
  loc TEXT NOT NULL REFERENCES location, qty INTEGER NOT NULL CHECK(qty <> 0),
  FOREIGN KEY(doc, n) REFERENCES doc_line(doc, n)) STRICT;
CREATE INDEX reservation_place ON reservation(sku, loc);
CREATE INDEX reservation_line ON reservation(doc, n);
CREATE TABLE allocation(id INTEGER PRIMARY KEY, payment INTEGER NOT NULL REFERENCES doc, invoice INTEGER NOT NULL REFERENCES doc,
  amount INTEGER NOT NULL CHECK(amount > 0)) STRICT;
CREATE INDEX allocation_invoice ON allocation(invoice);
CREATE INDEX allocation_payment ON allocation(payment);
CREATE TABLE applied_action(seq INTEGER PRIMARY KEY, action_id TEXT NOT NULL UNIQUE, command_hash TEXT NOT NULL,
  effect_hash TEXT NOT NULL, result TEXT NOT NULL, chain TEXT NOT NULL UNIQUE, seal TEXT) STRICT;`;

export const viewsSql = `
CREATE VIEW stock(sku, loc, on_hand, reserved) AS SELECT sku, loc, sum(q), sum(r) FROM
  (SELECT sku, loc, qty q, 0 r FROM stock_move UNION ALL SELECT sku, loc, 0, qty FROM reservation) GROUP BY sku, loc;
CREATE VIEW free(sku, loc, qty) AS SELECT sku, loc, on_hand - reserved FROM stock;
CREATE VIEW doc_open(doc, kind, amount) AS SELECT d.id, d.kind, d.total - coalesce((SELECT sum(amount) FROM allocation WHERE invoice=d.id), 0)
  FROM doc d WHERE d.kind IN ('invoice','bill') AND d.state <> 'draft';
CREATE VIEW invoice_open(doc, amount) AS SELECT doc, amount FROM doc_open WHERE kind='invoice';
CREATE VIEW bill_open(doc, amount) AS SELECT doc, amount FROM doc_open WHERE kind='bill';
CREATE VIEW credit_left(doc, amount) AS SELECT d.id, d.total - coalesce((SELECT sum(amount) FROM allocation WHERE payment=d.id), 0)
  FROM doc d WHERE d.kind='credit' AND d.state='posted';
CREATE VIEW owed(party, amount) AS SELECT d.party, sum(x.amount) FROM
  (SELECT doc, amount FROM invoice_open UNION ALL SELECT doc, -amount FROM credit_left) x JOIN doc d ON d.id=x.doc GROUP BY d.party;
CREATE VIEW attached AS SELECT * FROM attachment a WHERE NOT EXISTS(SELECT 1 FROM attachment_end WHERE attachment=a.id);
CREATE VIEW locked(before) AS SELECT max(before) FROM period_lock;
CREATE VIEW balance(account, amount) AS SELECT l.account, sum(l.debit) - sum(l.credit)
  FROM line l JOIN entry e ON e.id=l.entry WHERE e.posted=1 GROUP BY l.account;
CREATE VIEW breach(what, detail) AS
  SELECT 'unbalanced entry', e.id FROM entry e WHERE e.posted=1
    AND coalesce((SELECT sum(debit) - sum(credit) FROM line WHERE entry=e.id), 1) <> 0
  UNION ALL SELECT 'entry left unposted', id FROM entry WHERE posted=0
  UNION ALL SELECT 'oversold stock', sku || ' at ' || loc FROM stock WHERE on_hand - reserved < 0 OR reserved < 0
  UNION ALL SELECT 'inventory account differs from stock value', a - b FROM (SELECT
    coalesce((SELECT amount FROM balance WHERE account='1200'), 0) a, coalesce((SELECT sum(value) FROM stock_move), 0) b) WHERE a <> b
  UNION ALL SELECT 'receivable account differs from open invoices', a - b FROM (SELECT
    coalesce((SELECT amount FROM balance WHERE account='1100'), 0) a, coalesce((SELECT sum(amount) FROM owed), 0) b) WHERE a <> b
  UNION ALL SELECT 'payable account differs from open bills', a - b FROM (SELECT
    -coalesce((SELECT amount FROM balance WHERE account='2100'), 0) a, coalesce((SELECT sum(amount) FROM bill_open), 0) b) WHERE a <> b
  UNION ALL SELECT 'gap in numbers', kind || ' ' || year FROM doc WHERE number IS NOT NULL
    GROUP BY kind, year HAVING max(number) <> count(*)
  UNION ALL SELECT 'total differs from lines', d.ref FROM doc d WHERE d.kind NOT IN (${kindSql.money}) AND d.state <> 'cancelled'
    AND d.total <> coalesce((SELECT sum(net + tax) FROM doc_line WHERE doc=d.id), 0);`;

export const schemaSql = [masterData, documents, stockAndLedger, viewsSql].join("\n");
