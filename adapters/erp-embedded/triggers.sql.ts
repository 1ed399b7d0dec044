// The embedded ERP's invariants, kept by SQLite itself so that no command and no later code can break them.
// Every RAISE text here is a code that refusal.ts turns into a sentence for a person.

const appendOnly = [
  "note",
  "doc_line",
  "doc_change",
  "stock_move",
  "reservation",
  "allocation",
  "applied_action",
  "transition",
]
  .map(
    (table) => `
CREATE TRIGGER ${table}_u BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT,'APPEND_ONLY'); END;
CREATE TRIGGER ${table}_d BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT,'APPEND_ONLY'); END;`,
  )
  .join("");

// Created after the allowed transitions were written: nobody can add one later.
const transitions = `
CREATE TRIGGER transition_i BEFORE INSERT ON transition BEGIN SELECT RAISE(ABORT,'APPEND_ONLY'); END;`;

// The lock only ever moves forward, and cost is frozen because stock is valued at it.
const masterData = `
CREATE TRIGGER company_u BEFORE UPDATE ON company WHEN NEW.locked_before < OLD.locked_before
  BEGIN SELECT RAISE(ABORT,'PERIOD_LOCKED'); END;
CREATE TRIGGER company_d BEFORE DELETE ON company BEGIN SELECT RAISE(ABORT,'APPEND_ONLY'); END;
CREATE TRIGGER item_cost BEFORE UPDATE OF cost ON item WHEN NEW.cost <> OLD.cost BEGIN SELECT RAISE(ABORT,'COST_FROZEN'); END;`;

const ledger = `
CREATE TRIGGER entry_i BEFORE INSERT ON entry WHEN NEW.posted <> 0 BEGIN SELECT RAISE(ABORT,'POST_BY_UPDATE'); END;
CREATE TRIGGER entry_u BEFORE UPDATE ON entry WHEN OLD.posted=1 BEGIN SELECT RAISE(ABORT,'POSTED_IS_FROZEN'); END;
CREATE TRIGGER entry_d BEFORE DELETE ON entry WHEN OLD.posted=1 BEGIN SELECT RAISE(ABORT,'POSTED_IS_FROZEN'); END;
CREATE TRIGGER entry_post BEFORE UPDATE OF posted ON entry WHEN NEW.posted=1 BEGIN
  SELECT RAISE(ABORT,'UNBALANCED') WHERE coalesce((SELECT sum(debit) - sum(credit) FROM line WHERE entry=NEW.id), 1) <> 0;
  SELECT RAISE(ABORT,'PERIOD_LOCKED') WHERE NOT EXISTS(SELECT 1 FROM company WHERE NEW.day >= locked_before);
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
    > coalesce((SELECT total FROM doc WHERE id=NEW.invoice AND kind='invoice' AND state='posted'), 0);
  SELECT RAISE(ABORT,'OVERPAID') WHERE (SELECT sum(amount) FROM allocation WHERE payment=NEW.payment)
    > coalesce((SELECT total FROM doc WHERE id=NEW.payment AND kind='payment'), 0); END;`;

const documents = `
CREATE TRIGGER doc_i BEFORE INSERT ON doc BEGIN
  SELECT RAISE(ABORT,'ILLEGAL_TRANSITION') WHERE NEW.state <> 'draft' OR NEW.rev <> 1;
  SELECT RAISE(ABORT,'NUMBER_GAP') WHERE NEW.number IS NOT NULL; END;
CREATE TRIGGER doc_d BEFORE DELETE ON doc BEGIN SELECT RAISE(ABORT,'APPEND_ONLY'); END;
CREATE TRIGGER doc_u BEFORE UPDATE ON doc BEGIN
  SELECT RAISE(ABORT,'REV') WHERE NEW.rev <> OLD.rev + 1;
  SELECT RAISE(ABORT,'ILLEGAL_TRANSITION') WHERE NEW.state <> OLD.state AND NOT EXISTS(
    SELECT 1 FROM transition WHERE kind=OLD.kind AND src=OLD.state AND dst=NEW.state);
  SELECT RAISE(ABORT,'FROZEN') WHERE NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.year <> OLD.year OR (OLD.state <> 'draft'
    AND (NEW.total <> OLD.total OR NEW.party <> OLD.party OR NEW.day <> OLD.day OR NEW.due IS NOT OLD.due OR NEW.loc IS NOT OLD.loc));
  SELECT RAISE(ABORT,'FROZEN') WHERE OLD.number IS NOT NULL AND NEW.number IS NOT OLD.number;
  SELECT RAISE(ABORT,'NUMBER_GAP') WHERE OLD.number IS NULL AND NEW.number IS NOT NULL
    AND NEW.number <> 1 + coalesce((SELECT max(number) FROM doc WHERE kind=NEW.kind AND year=NEW.year), 0); END;
CREATE TRIGGER doc_leaves_draft BEFORE UPDATE ON doc WHEN OLD.state='draft' AND NEW.state NOT IN ('draft','cancelled') BEGIN
  SELECT RAISE(ABORT,'BAD_TOTAL') WHERE NEW.kind <> 'payment'
    AND NEW.total IS NOT (SELECT sum(net + tax) FROM doc_line WHERE doc=NEW.id);
  SELECT RAISE(ABORT,'NOT_RESERVED') WHERE NEW.kind='order' AND EXISTS(SELECT 1 FROM doc_line l WHERE l.doc=NEW.id
    AND l.qty <> coalesce((SELECT sum(qty) FROM reservation WHERE doc=l.doc AND n=l.n), 0));
  SELECT RAISE(ABORT,'NOT_BOOKED') WHERE NEW.kind IN ('invoice','payment') AND NEW.total <> coalesce((SELECT
    abs(sum(l.debit) - sum(l.credit)) FROM entry e JOIN line l ON l.entry=e.id WHERE e.doc=NEW.id AND e.posted=1 AND l.account='1100'), 0);
  SELECT RAISE(ABORT,'NOT_BOOKED') WHERE NEW.kind='payment'
    AND NEW.total <> coalesce((SELECT sum(amount) FROM allocation WHERE payment=NEW.id), 0); END;
CREATE TRIGGER doc_shipped BEFORE UPDATE ON doc WHEN OLD.state='confirmed' AND NEW.state='shipped' BEGIN
  SELECT RAISE(ABORT,'NOT_DELIVERED') WHERE EXISTS(SELECT 1 FROM doc_line l WHERE l.doc=NEW.id AND l.qty <> coalesce(
    (SELECT sum(s.qty) FROM doc_line s JOIN doc d ON d.id=s.doc WHERE s.src_doc=l.doc AND s.src_n=l.n AND d.kind='delivery' AND d.state='done'), 0));
  SELECT RAISE(ABORT,'NOT_DELIVERED') WHERE coalesce((SELECT sum(qty) FROM reservation WHERE doc=NEW.id), 0) <> 0; END;
CREATE TRIGGER doc_cancelled BEFORE UPDATE ON doc WHEN NEW.state='cancelled' BEGIN
  SELECT RAISE(ABORT,'NOT_RELEASED') WHERE coalesce((SELECT sum(qty) FROM reservation WHERE doc=NEW.id), 0) <> 0; END;
CREATE TRIGGER doc_paid BEFORE UPDATE ON doc WHEN OLD.state='posted' AND NEW.state='paid' BEGIN
  SELECT RAISE(ABORT,'NOT_PAID') WHERE (SELECT amount FROM invoice_open WHERE doc=NEW.id) IS NOT 0; END;
CREATE TRIGGER doc_log_i AFTER INSERT ON doc BEGIN INSERT INTO doc_change(doc, was, now) VALUES (NEW.id, NULL, NEW.state); END;
CREATE TRIGGER doc_log_u AFTER UPDATE ON doc BEGIN INSERT INTO doc_change(doc, was, now) VALUES (NEW.id, OLD.state, NEW.state); END;
CREATE TRIGGER dl_i AFTER INSERT ON doc_line BEGIN
  SELECT RAISE(ABORT,'FROZEN') WHERE (SELECT state FROM doc WHERE id=NEW.doc) <> 'draft';
  SELECT RAISE(ABORT,'BAD_SOURCE') WHERE (SELECT CASE kind WHEN 'delivery' THEN 'order' WHEN 'invoice' THEN 'delivery' END FROM doc WHERE id=NEW.doc)
    IS NOT (SELECT kind FROM doc WHERE id=NEW.src_doc);
  SELECT RAISE(ABORT,'BAD_SOURCE') WHERE NEW.src_doc IS NOT NULL AND NOT EXISTS(SELECT 1 FROM doc_line l JOIN doc d ON d.id=l.doc
    WHERE l.doc=NEW.src_doc AND l.n=NEW.src_n AND l.sku=NEW.sku AND d.state NOT IN ('draft','cancelled'));
  SELECT RAISE(ABORT,'EXCEEDS_SOURCE') WHERE NEW.src_doc IS NOT NULL AND
    (SELECT sum(l.qty) FROM doc_line l JOIN doc d ON d.id=l.doc WHERE l.src_doc=NEW.src_doc AND l.src_n=NEW.src_n
      AND d.state <> 'cancelled' AND d.kind=(SELECT kind FROM doc WHERE id=NEW.doc))
    > (SELECT qty FROM doc_line WHERE doc=NEW.src_doc AND n=NEW.src_n); END;`;

export const triggersSql = [appendOnly, transitions, masterData, ledger, stock, documents].join("\n");
