// The embedded ERP's invariants, kept by SQLite itself so that no command and no later code can break them.
// Every RAISE text here is a code that refusal.ts turns into a sentence for a person.
import { kindSql } from "./kinds.ts";

const appendOnly = [
  "note",
  "attachment",
  "attachment_end",
  "doc_line",
  "doc_change",
  "stock_move",
  "reservation",
  "allocation",
  "applied_action",
  "transition",
  "flow",
  "control",
  "period_lock",
  "master_change",
]
  .map(
    (table) => `
CREATE TRIGGER ${table}_u BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT,'APPEND_ONLY'); END;
CREATE TRIGGER ${table}_d BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT,'APPEND_ONLY'); END;`,
  )
  .join("");

// Created after the rules of the documents were written: nobody can add one later.
const rules = ["transition", "flow", "control"]
  .map(
    (table) =>
      `
CREATE TRIGGER ${table}_i BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT,'APPEND_ONLY'); END;`,
  )
  .join("");

// The lock only ever moves forward, cost is frozen because stock is valued at it, and every change of master data is logged.
const masterData = `
CREATE TRIGGER lock_i BEFORE INSERT ON period_lock WHEN NEW.before <= coalesce((SELECT before FROM locked), '')
  BEGIN SELECT RAISE(ABORT,'PERIOD_LOCKED'); END;
CREATE TRIGGER party_u BEFORE UPDATE ON party WHEN NEW.id <> OLD.id OR NEW.name <> OLD.name OR NEW.kind <> OLD.kind
  BEGIN SELECT RAISE(ABORT,'FROZEN'); END;
CREATE TRIGGER party_d BEFORE DELETE ON party BEGIN SELECT RAISE(ABORT,'APPEND_ONLY'); END;
CREATE TRIGGER party_log AFTER UPDATE ON party BEGIN
  INSERT INTO master_change(record, what, label, was, now) SELECT NEW.code, 'party', * FROM (
    SELECT 'payment terms', OLD.terms_days || ' days', NEW.terms_days || ' days' WHERE NEW.terms_days <> OLD.terms_days
    UNION ALL SELECT 'credit limit', OLD.credit_limit, NEW.credit_limit WHERE NEW.credit_limit <> OLD.credit_limit
    UNION ALL SELECT 'city', OLD.city, NEW.city WHERE NEW.city <> OLD.city
    UNION ALL SELECT 'email', OLD.email, NEW.email WHERE NEW.email <> OLD.email); END;
CREATE TRIGGER item_d BEFORE DELETE ON item BEGIN SELECT RAISE(ABORT,'APPEND_ONLY'); END;
CREATE TRIGGER item_log AFTER UPDATE OF price ON item WHEN NEW.price <> OLD.price BEGIN
  INSERT INTO master_change(record, what, label, was, now) VALUES (NEW.sku, 'item', 'price', OLD.price, NEW.price); END;
CREATE TRIGGER item_new AFTER INSERT ON item BEGIN
  INSERT INTO master_change(record, what, label, was, now) VALUES (NEW.sku, 'item', 'name', NULL, NEW.name),
    (NEW.sku, 'item', 'price', NULL, NEW.price), (NEW.sku, 'item', 'cost', NULL, NEW.cost); END;
CREATE TRIGGER reorder_b BEFORE UPDATE ON reorder WHEN NEW.sku <> OLD.sku OR NEW.loc <> OLD.loc
  BEGIN SELECT RAISE(ABORT,'FROZEN'); END;
CREATE TRIGGER reorder_d BEFORE DELETE ON reorder BEGIN SELECT RAISE(ABORT,'APPEND_ONLY'); END;
CREATE TRIGGER reorder_i AFTER INSERT ON reorder BEGIN
  INSERT INTO master_change(record, what, label, was, now) SELECT NEW.sku || '@' || NEW.loc, 'reorder', * FROM (
    SELECT 'reorder level', NULL, NEW.level UNION ALL SELECT 'reorder quantity', NULL, NEW.quantity WHERE NEW.quantity IS NOT NULL); END;
CREATE TRIGGER reorder_u AFTER UPDATE ON reorder BEGIN
  INSERT INTO master_change(record, what, label, was, now) SELECT NEW.sku || '@' || NEW.loc, 'reorder', * FROM (
    SELECT 'reorder level', OLD.level, NEW.level WHERE NEW.level <> OLD.level
    UNION ALL SELECT 'reorder quantity', OLD.quantity, coalesce(NEW.quantity, 'none') WHERE NEW.quantity IS NOT OLD.quantity); END;
CREATE TRIGGER attachment_i BEFORE INSERT ON attachment BEGIN
  SELECT RAISE(ABORT,'ATTACHED') WHERE EXISTS(SELECT 1 FROM attached WHERE record=NEW.record AND sha256=NEW.sha256);
  SELECT RAISE(ABORT,'NO_RECORD') WHERE NOT EXISTS(SELECT 1 FROM doc WHERE ref=NEW.record)
    AND NOT EXISTS(SELECT 1 FROM party WHERE code=NEW.record) AND NOT EXISTS(SELECT 1 FROM item WHERE sku=NEW.record); END;
CREATE TRIGGER company_d BEFORE DELETE ON company BEGIN SELECT RAISE(ABORT,'APPEND_ONLY'); END;
CREATE TRIGGER item_cost BEFORE UPDATE OF cost ON item WHEN NEW.cost <> OLD.cost BEGIN SELECT RAISE(ABORT,'COST_FROZEN'); END;`;

const ledger = `
CREATE TRIGGER entry_i BEFORE INSERT ON entry WHEN NEW.posted <> 0 BEGIN SELECT RAISE(ABORT,'POST_BY_UPDATE'); END;
CREATE TRIGGER entry_u BEFORE UPDATE ON entry WHEN OLD.posted=1 BEGIN SELECT RAISE(ABORT,'POSTED_IS_FROZEN'); END;
CREATE TRIGGER entry_d BEFORE DELETE ON entry WHEN OLD.posted=1 BEGIN SELECT RAISE(ABORT,'POSTED_IS_FROZEN'); END;
CREATE TRIGGER entry_post BEFORE UPDATE OF posted ON entry WHEN NEW.posted=1 BEGIN
  SELECT RAISE(ABORT,'UNBALANCED') WHERE coalesce((SELECT sum(debit) - sum(credit) FROM line WHERE entry=NEW.id), 1) <> 0;
  SELECT RAISE(ABORT,'PERIOD_LOCKED') WHERE NEW.day < (SELECT before FROM locked);
  SELECT RAISE(ABORT,'NOT_A_REVERSAL') WHERE NEW.reverses IS NOT NULL AND EXISTS(SELECT account FROM line
    WHERE entry IN (NEW.id, NEW.reverses) GROUP BY account HAVING sum(debit) <> sum(credit));
  SELECT RAISE(ABORT,'INVENTORY_MISMATCH') WHERE coalesce((SELECT sum(debit) - sum(credit) FROM line WHERE entry=NEW.id AND account='1200'), 0)
    <> coalesce((SELECT sum(value) FROM stock_move WHERE entry=NEW.id), 0); END;
CREATE TRIGGER line_i BEFORE INSERT ON line WHEN EXISTS(SELECT 1 FROM entry WHERE id=NEW.entry AND posted=1)
  BEGIN SELECT RAISE(ABORT,'POSTED_IS_FROZEN'); END;
CREATE TRIGGER line_u BEFORE UPDATE ON line WHEN EXISTS(SELECT 1 FROM entry WHERE id IN (OLD.entry, NEW.entry) AND posted=1)
  BEGIN SELECT RAISE(ABORT,'POSTED_IS_FROZEN'); END;
CREATE TRIGGER line_d BEFORE DELETE ON line WHEN EXISTS(SELECT 1 FROM entry WHERE id=OLD.entry AND posted=1)
  BEGIN SELECT RAISE(ABORT,'POSTED_IS_FROZEN'); END;`;

const stock = `
CREATE TRIGGER move_b BEFORE INSERT ON stock_move BEGIN
  SELECT RAISE(ABORT,'POSTED_IS_FROZEN') WHERE EXISTS(SELECT 1 FROM entry WHERE id=NEW.entry AND posted=1);
  SELECT RAISE(ABORT,'BAD_VALUE') WHERE NEW.value <>
    (SELECT sign(NEW.qty) * ((abs(NEW.qty) * cost + 500) / 1000) FROM item WHERE sku=NEW.sku); END;
CREATE TRIGGER move_i AFTER INSERT ON stock_move WHEN (SELECT qty FROM free WHERE sku=NEW.sku AND loc=NEW.loc) < 0
  BEGIN SELECT RAISE(ABORT,'STOCK_SHORT'); END;
CREATE TRIGGER reservation_i AFTER INSERT ON reservation BEGIN
  SELECT RAISE(ABORT,'STOCK_SHORT') WHERE (SELECT qty FROM free WHERE sku=NEW.sku AND loc=NEW.loc) < 0;
  SELECT RAISE(ABORT,'BAD_RESERVATION') WHERE NOT EXISTS(SELECT 1 FROM doc_line l JOIN doc d ON d.id=l.doc
      WHERE l.doc=NEW.doc AND l.n=NEW.n AND l.sku=NEW.sku AND d.kind='order' AND d.loc=NEW.loc AND d.state IN ('draft','confirmed')
      AND (SELECT sum(qty) FROM reservation WHERE doc=NEW.doc AND n=NEW.n) BETWEEN 0 AND l.qty); END;
CREATE TRIGGER allocation_i AFTER INSERT ON allocation BEGIN
  SELECT RAISE(ABORT,'OVERPAID') WHERE (SELECT sum(amount) FROM allocation WHERE invoice=NEW.invoice)
    > coalesce((SELECT total FROM doc WHERE id=NEW.invoice AND kind IN ('invoice','bill') AND state='posted'), 0);
  SELECT RAISE(ABORT,'OVERPAID') WHERE (SELECT sum(amount) FROM allocation WHERE payment=NEW.payment)
    > coalesce((SELECT total FROM doc WHERE id=NEW.payment AND kind IN ('payment','payout','credit')), 0);
  SELECT RAISE(ABORT,'WRONG_PARTY') WHERE NOT EXISTS(SELECT 1 FROM doc p JOIN doc i ON i.party=p.party WHERE p.id=NEW.payment AND i.id=NEW.invoice
    AND (i.kind, p.kind) IN (VALUES ('invoice','payment'), ('invoice','credit'), ('bill','payout'))); END;`;

const documents = `
CREATE TRIGGER doc_i BEFORE INSERT ON doc BEGIN
  SELECT RAISE(ABORT,'ILLEGAL_TRANSITION') WHERE NEW.state <> 'draft' OR NEW.rev <> 1;
  SELECT RAISE(ABORT,'NUMBER_GAP') WHERE NEW.number IS NOT NULL;
  SELECT RAISE(ABORT,'WRONG_PARTY') WHERE (SELECT kind FROM party WHERE id=NEW.party)
    IS NOT CASE WHEN NEW.kind IN (${kindSql.suppliers}) THEN 'supplier' ELSE 'customer' END; END;
CREATE TRIGGER doc_d BEFORE DELETE ON doc BEGIN SELECT RAISE(ABORT,'APPEND_ONLY'); END;
CREATE TRIGGER doc_u BEFORE UPDATE ON doc BEGIN
  SELECT RAISE(ABORT,'REV') WHERE NEW.rev <> OLD.rev + 1;
  SELECT RAISE(ABORT,'ILLEGAL_TRANSITION') WHERE NEW.state <> OLD.state AND NOT EXISTS(
    SELECT 1 FROM transition WHERE kind=OLD.kind AND src=OLD.state AND dst=NEW.state);
  SELECT RAISE(ABORT,'FROZEN') WHERE NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.year <> OLD.year OR (OLD.state <> 'draft'
    AND (NEW.total <> OLD.total OR NEW.party <> OLD.party OR NEW.day <> OLD.day OR NEW.due IS NOT OLD.due OR NEW.loc IS NOT OLD.loc
      OR NEW.external_ref IS NOT OLD.external_ref));
  SELECT RAISE(ABORT,'FROZEN') WHERE OLD.number IS NOT NULL AND NEW.number IS NOT OLD.number;
  SELECT RAISE(ABORT,'NUMBER_GAP') WHERE OLD.number IS NULL AND NEW.number IS NOT NULL
    AND NEW.number <> 1 + coalesce((SELECT max(number) FROM doc WHERE kind=NEW.kind AND year=NEW.year), 0); END;
CREATE TRIGGER doc_leaves_draft BEFORE UPDATE ON doc WHEN OLD.state='draft' AND NEW.state NOT IN ('draft','cancelled') BEGIN
  SELECT RAISE(ABORT,'BAD_TOTAL') WHERE NEW.kind NOT IN (${kindSql.money})
    AND NEW.total IS NOT (SELECT sum(net + tax) FROM doc_line WHERE doc=NEW.id);
  SELECT RAISE(ABORT,'NOT_RESERVED') WHERE NEW.kind='order' AND EXISTS(SELECT 1 FROM doc_line l WHERE l.doc=NEW.id
    AND l.qty <> coalesce((SELECT sum(qty) FROM reservation WHERE doc=l.doc AND n=l.n), 0));
  SELECT RAISE(ABORT,'NOT_BOOKED') WHERE EXISTS(SELECT 1 FROM control c WHERE c.kind=NEW.kind AND NEW.total <> coalesce((SELECT
    abs(sum(l.debit) - sum(l.credit)) FROM entry e JOIN line l ON l.entry=e.id WHERE e.doc=NEW.id AND e.posted=1 AND l.account=c.account), 0));
  SELECT RAISE(ABORT,'NOT_BOOKED') WHERE NEW.kind IN (${kindSql.money})
    AND NEW.total <> coalesce((SELECT sum(amount) FROM allocation WHERE payment=NEW.id), 0); END;
CREATE TRIGGER doc_moved BEFORE UPDATE ON doc WHEN OLD.state='draft' AND NEW.state='done' BEGIN
  SELECT RAISE(ABORT,'NOT_MOVED') WHERE EXISTS(SELECT l.sku FROM doc_line l WHERE l.doc=NEW.id GROUP BY l.sku
    HAVING sum(l.qty) <> coalesce((SELECT sum(CASE NEW.kind WHEN 'delivery' THEN -m.qty ELSE m.qty END)
      FROM stock_move m JOIN entry e ON e.id=m.entry WHERE e.doc=NEW.id AND m.sku=l.sku AND m.loc=NEW.loc), 0)); END;
CREATE TRIGGER doc_shipped BEFORE UPDATE ON doc WHEN OLD.state='confirmed' AND NEW.state='shipped' BEGIN
  SELECT RAISE(ABORT,'NOT_DELIVERED') WHERE EXISTS(SELECT 1 FROM doc_line l WHERE l.doc=NEW.id AND l.qty <> coalesce(
    (SELECT sum(s.qty) FROM doc_line s JOIN doc d ON d.id=s.doc WHERE s.src_doc=l.doc AND s.src_n=l.n AND d.kind='delivery' AND d.state='done'), 0));
  SELECT RAISE(ABORT,'NOT_DELIVERED') WHERE coalesce((SELECT sum(qty) FROM reservation WHERE doc=NEW.id), 0) <> 0; END;
CREATE TRIGGER doc_received BEFORE UPDATE ON doc WHEN OLD.state='sent' AND NEW.state='received' BEGIN
  SELECT RAISE(ABORT,'NOT_DELIVERED') WHERE EXISTS(SELECT 1 FROM doc_line l WHERE l.doc=NEW.id AND l.qty <> coalesce(
    (SELECT sum(s.qty) FROM doc_line s JOIN doc d ON d.id=s.doc WHERE s.src_doc=l.doc AND s.src_n=l.n AND d.kind='receipt' AND d.state='done'), 0)); END;
CREATE TRIGGER doc_cancelled BEFORE UPDATE ON doc WHEN NEW.state='cancelled' BEGIN
  SELECT RAISE(ABORT,'NOT_RELEASED') WHERE coalesce((SELECT sum(qty) FROM reservation WHERE doc=NEW.id), 0) <> 0; END;
CREATE TRIGGER doc_paid BEFORE UPDATE ON doc WHEN OLD.state='posted' AND NEW.state IN ('paid','credited') BEGIN
  SELECT RAISE(ABORT,'NOT_PAID') WHERE (SELECT amount FROM doc_open WHERE doc=NEW.id) IS NOT 0; END;
CREATE TRIGGER doc_log_i AFTER INSERT ON doc BEGIN INSERT INTO doc_change(doc, was, now) VALUES (NEW.id, NULL, NEW.state); END;
CREATE TRIGGER doc_log_u AFTER UPDATE ON doc BEGIN INSERT INTO doc_change(doc, was, now) VALUES (NEW.id, OLD.state, NEW.state); END;
CREATE TRIGGER dl_i AFTER INSERT ON doc_line BEGIN
  SELECT RAISE(ABORT,'FROZEN') WHERE (SELECT state FROM doc WHERE id=NEW.doc) <> 'draft';
  SELECT RAISE(ABORT,'BAD_SOURCE') WHERE NEW.src_doc IS NULL AND EXISTS(
    SELECT 1 FROM flow f JOIN doc d ON d.kind=f.kind WHERE d.id=NEW.doc AND f.is_required=1);
  SELECT RAISE(ABORT,'BAD_SOURCE') WHERE NEW.src_doc IS NOT NULL AND NOT EXISTS(SELECT 1 FROM flow f JOIN doc d ON d.kind=f.kind
    JOIN doc s ON s.kind=f.source AND s.party=d.party WHERE d.id=NEW.doc AND s.id=NEW.src_doc);
  SELECT RAISE(ABORT,'BAD_SOURCE') WHERE NEW.src_doc IS NOT NULL AND NOT EXISTS(SELECT 1 FROM doc_line l JOIN doc d ON d.id=l.doc
    WHERE l.doc=NEW.src_doc AND l.n=NEW.src_n AND l.sku=NEW.sku AND d.state NOT IN ('draft','cancelled'));
  SELECT RAISE(ABORT,'NOT_CONFIRMED') WHERE EXISTS(SELECT 1 FROM doc d JOIN doc s ON s.id=NEW.src_doc
    WHERE d.id=NEW.doc AND d.kind='delivery' AND s.state <> 'confirmed');
  SELECT RAISE(ABORT,'WRONG_PLACE') WHERE EXISTS(SELECT 1 FROM doc d JOIN doc s ON s.id=NEW.src_doc
    WHERE d.id=NEW.doc AND d.kind='delivery' AND s.loc IS NOT d.loc);
  SELECT RAISE(ABORT,'EXCEEDS_SOURCE') WHERE NEW.src_doc IS NOT NULL AND
    (SELECT sum(l.qty) FROM doc_line l JOIN doc d ON d.id=l.doc WHERE l.src_doc=NEW.src_doc AND l.src_n=NEW.src_n
      AND d.state <> 'cancelled' AND d.kind=(SELECT kind FROM doc WHERE id=NEW.doc))
    > (SELECT qty FROM doc_line WHERE doc=NEW.src_doc AND n=NEW.src_n); END;`;

export const triggersSql = [appendOnly, rules, masterData, ledger, stock, documents].join("\n");
