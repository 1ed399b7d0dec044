// One attack on each rule that the embedded ERP's schema keeps: raw SQL from outside, and the refusal it must meet.

const placed = new Set(["order", "delivery", "purchase", "receipt"]);
const draft = (kind: string, party: string | number = 1) =>
  `INSERT INTO doc(kind, year, state, party, day, due, loc, total) VALUES ('${kind}', ${kind === "order" ? 0 : 2026},
   'draft', ${party}, '2026-03-16', ${kind === "invoice" ? "'2026-04-16'" : "NULL"}, ${placed.has(kind) ? "'MAIN'" : "NULL"}, 0);`;
const entry = "INSERT INTO entry(day, memo) VALUES ('2026-03-16', 'attack');";
const line = (account: string, debit: number, credit: number) =>
  `INSERT INTO line(entry, account, debit, credit) VALUES ((SELECT max(id) FROM entry), '${account}', ${debit}, ${credit});`;
const post = "UPDATE entry SET posted=1 WHERE id=(SELECT max(id) FROM entry);";
const order = (ref: string) => `(SELECT id FROM doc WHERE ref='${ref}')`;
const someInvoice = "(SELECT min(doc) FROM invoice_open WHERE amount > 0)";

export const attacks: readonly (readonly [rule: string, sql: string, refusal: RegExp])[] = [
  [
    "an entry is not born posted",
    "INSERT INTO entry(day, memo, posted) VALUES ('2026-03-16','x',1)",
    /POST_BY_UPDATE/,
  ],
  ["an unbalanced entry is not posted", entry + line("1000", 5, 0) + line("4000", 0, 4) + post, /UNBALANCED/],
  ["an entry without lines is not posted", entry + post, /UNBALANCED/],
  [
    "nothing is posted into closed books",
    "INSERT INTO entry(day, memo) VALUES ('2020-01-01','x');" +
      line("1000", 5, 0) +
      line("4000", 0, 5) +
      post,
    /PERIOD_LOCKED/,
  ],
  ["closed books stay closed", "INSERT INTO period_lock(before) VALUES ('2000-01-02')", /PERIOD_LOCKED/],
  ["the closing of the books is not taken back", "DELETE FROM period_lock", /APPEND_ONLY/],
  ["a customer sells nothing to us", draft("receipt"), /WRONG_PARTY/],
  ["a supplier orders nothing from us", draft("order", 10), /WRONG_PARTY/],
  ["a party keeps its name", "UPDATE party SET name='x' WHERE id=1", /FROZEN/],
  ["no party is deleted", "DELETE FROM party WHERE id=1", /APPEND_ONLY/],
  ["no item is deleted", "DELETE FROM item WHERE sku='HO-VAC'", /APPEND_ONLY/],
  ["the log of master data is not changed", "UPDATE master_change SET now='0'", /APPEND_ONLY/],
  [
    "a bill is paid by a payout, not by a customer's payment",
    `${draft("payment")} UPDATE doc SET total=5, rev=rev+1 WHERE id=(SELECT max(id) FROM doc);
     INSERT INTO allocation(payment, invoice, amount) VALUES ((SELECT max(id) FROM doc), (SELECT min(doc) FROM bill_open WHERE amount > 0), 5)`,
    /WRONG_PARTY/,
  ],
  [
    "a payment settles its own customer's invoice only",
    `${draft("payment", 3)} UPDATE doc SET total=5, rev=rev+1 WHERE id=(SELECT max(id) FROM doc);
     INSERT INTO allocation(payment, invoice, amount) VALUES ((SELECT max(id) FROM doc), (SELECT min(doc) FROM invoice_open o JOIN doc d ON d.id=o.doc WHERE o.amount > 5 AND d.party <> 3), 5)`,
    /WRONG_PARTY/,
  ],
  [
    "no more is credited than was invoiced",
    `${draft("credit", `(SELECT party FROM doc WHERE id=${someInvoice})`)}
     INSERT INTO doc_line(doc, n, sku, qty, price, tax_rate, src_doc, src_n)
       SELECT (SELECT max(id) FROM doc), 1, sku, qty + 1, 1, 0, doc, n FROM doc_line WHERE doc=${someInvoice} AND n=1`,
    /EXCEEDS_SOURCE/,
  ],
  [
    "a purchase order is not received without its receipt",
    "UPDATE doc SET state='received', rev=rev+1 WHERE ref='PO-1003'",
    /NOT_DELIVERED/,
  ],
  ["a posted entry keeps its words", "UPDATE entry SET memo='x' WHERE id=1", /POSTED_IS_FROZEN/],
  ["a posted entry is not deleted", "DELETE FROM entry WHERE id=1", /POSTED_IS_FROZEN/],
  ["a posted line keeps its amount", "UPDATE line SET debit=debit+1 WHERE id=1", /POSTED_IS_FROZEN/],
  ["a posted line is not deleted", "DELETE FROM line WHERE id=1", /POSTED_IS_FROZEN/],
  [
    "a posted entry takes no new line",
    "INSERT INTO line(entry, account, debit) VALUES (1,'1000',5)",
    /POSTED_IS_FROZEN/,
  ],
  [
    "a draft line does not move into a posted entry",
    entry + line("1000", 5, 0) + "UPDATE line SET entry=1 WHERE id=(SELECT max(id) FROM line)",
    /POSTED_IS_FROZEN/,
  ],
  ["a line is debit or credit", entry + line("1000", 5, 5), /CHECK/],
  [
    "an amount is an integer",
    entry + "INSERT INTO line(entry, account, debit) VALUES ((SELECT max(id) FROM entry),'1000',1.5)",
    /cannot store REAL/,
  ],
  [
    "a reversal reverses exactly",
    "INSERT INTO entry(day, memo, reverses) VALUES ('2026-03-16','x',1);" +
      line("1000", 5, 0) +
      line("4000", 0, 5) +
      post,
    /NOT_A_REVERSAL/,
  ],
  [
    "inventory is only booked with goods",
    entry + line("1200", 5, 0) + line("3000", 0, 5) + post,
    /INVENTORY_MISMATCH/,
  ],
  [
    "goods move at cost",
    entry +
      "INSERT INTO stock_move(day, sku, loc, qty, value, entry, why) VALUES ('2026-03-16','HO-VAC','MAIN',1000,1,(SELECT max(id) FROM entry),'x')",
    /BAD_VALUE/,
  ],
  [
    "goods don't leave when there are none",
    entry +
      "INSERT INTO stock_move(day, sku, loc, qty, value, entry, why) VALUES ('2026-03-16','HO-VAC','MAIN',-90000,-279900,(SELECT max(id) FROM entry),'x')",
    /STOCK_SHORT/,
  ],
  [
    "a posted entry takes no goods",
    "INSERT INTO stock_move(day, sku, loc, qty, value, entry, why) VALUES ('2026-03-16','HO-VAC','MAIN',1000,3110,1,'x')",
    /POSTED_IS_FROZEN/,
  ],
  ["a stock move is not changed", "UPDATE stock_move SET qty=1 WHERE id=1", /APPEND_ONLY/],
  ["a stock move is not deleted", "DELETE FROM stock_move WHERE id=1", /APPEND_ONLY/],
  [
    "a stock move is not replaced",
    entry +
      "INSERT OR REPLACE INTO stock_move SELECT id, day, sku, loc, qty, value, (SELECT max(id) FROM entry), 'x' FROM stock_move WHERE id=1",
    /APPEND_ONLY/,
  ],
  [
    "what is reserved is free",
    `INSERT INTO reservation(doc, n, sku, loc, qty) VALUES (${order("SO-1010")}, 1, 'SQ-34', 'MAIN', 8000)`,
    /STOCK_SHORT/,
  ],
  [
    "no more is reserved than ordered",
    `INSERT INTO reservation(doc, n, sku, loc, qty) VALUES (${order("SO-1007")}, 1, 'BR-MAIN-36', 'MAIN', 4000)`,
    /BAD_RESERVATION/,
  ],
  [
    "no more is released than reserved",
    `INSERT INTO reservation(doc, n, sku, loc, qty) VALUES (${order("SO-1007")}, 1, 'BR-MAIN-36', 'MAIN', -1)`,
    /BAD_RESERVATION/,
  ],
  [
    "an order is not confirmed without its reservation",
    "UPDATE doc SET state='confirmed', rev=rev+1 WHERE ref='SO-1007'",
    /NOT_RESERVED/,
  ],
  [
    "an order is not shipped without its delivery",
    "UPDATE doc SET state='shipped', rev=rev+1 WHERE ref='SO-1009'",
    /NOT_DELIVERED/,
  ],
  [
    "a reservation is released before the order is cancelled",
    "UPDATE doc SET state='cancelled', rev=rev+1 WHERE ref='SO-1009'",
    /NOT_RELEASED/,
  ],
  [
    "a document does not go back",
    "UPDATE doc SET state='draft', rev=rev+1 WHERE ref='SO-1009'",
    /ILLEGAL_TRANSITION/,
  ],
  [
    "nobody invents a transition",
    "INSERT INTO transition VALUES ('order','draft','invoiced')",
    /APPEND_ONLY/,
  ],
  ["a change raises the revision by one", "UPDATE doc SET total=1 WHERE ref='SO-1007'", /REV/],
  ["a confirmed order keeps its total", "UPDATE doc SET total=1, rev=rev+1 WHERE ref='SO-1009'", /FROZEN/],
  [
    "a confirmed order keeps its lines",
    `INSERT INTO doc_line(doc, n, sku, qty, price, tax_rate) VALUES (${order("SO-1009")}, 9, 'HO-VAC', 1000, 1, 0)`,
    /FROZEN/,
  ],
  ["a number stays", "UPDATE doc SET number=99, rev=rev+1 WHERE ref='SO-1007'", /FROZEN/],
  [
    "numbers have no gaps",
    `${draft("order")} UPDATE doc SET number=99, rev=rev+1 WHERE id=(SELECT max(id) FROM doc)`,
    /NUMBER_GAP/,
  ],
  ["no document is deleted", "DELETE FROM doc WHERE ref='SO-1007'", /APPEND_ONLY/],
  [
    "a document is born a draft",
    "INSERT INTO doc(kind, year, state, party, day, loc, total) VALUES ('order',0,'cancelled',1,'2026-03-16','MAIN',0)",
    /ILLEGAL_TRANSITION/,
  ],
  [
    "nothing but a draft is without a number",
    `${draft("order")} INSERT INTO doc_line(doc, n, sku, qty, price, tax_rate) VALUES ((SELECT max(id) FROM doc),1,'HO-VAC',1000,100,0);
     INSERT INTO reservation(doc, n, sku, loc, qty) VALUES ((SELECT max(id) FROM doc),1,'HO-VAC','MAIN',1000);
     UPDATE doc SET total=100, rev=rev+1 WHERE id=(SELECT max(id) FROM doc);
     UPDATE doc SET state='confirmed', rev=rev+1 WHERE id=(SELECT max(id) FROM doc)`,
    /CHECK/,
  ],
  [
    "a total is the sum of its lines",
    "UPDATE doc SET total=1, rev=rev+1 WHERE ref='SO-1007'; UPDATE doc SET state='confirmed', rev=rev+1 WHERE ref='SO-1007'",
    /BAD_TOTAL/,
  ],
  [
    "a delivery line has an order",
    `${draft("delivery")} INSERT INTO doc_line(doc, n, sku, qty, price, tax_rate) VALUES ((SELECT max(id) FROM doc),1,'HO-VAC',1000,1,0)`,
    /BAD_SOURCE/,
  ],
  [
    "no more is delivered than ordered",
    `${draft("delivery", 7)} INSERT INTO doc_line(doc, n, sku, qty, price, tax_rate, src_doc, src_n) VALUES ((SELECT max(id) FROM doc),1,'FI-DUST',11000,1,0,${order("SO-1009")},1)`,
    /EXCEEDS_SOURCE/,
  ],
  [
    "a draft is not delivered",
    `${draft("delivery")} INSERT INTO doc_line(doc, n, sku, qty, price, tax_rate, src_doc, src_n) VALUES ((SELECT max(id) FROM doc),1,'BR-MAIN-36',1000,1,0,${order("SO-1007")},1)`,
    /BAD_SOURCE/,
  ],
  [
    "a shipped order is not delivered again",
    `${draft("delivery", `(SELECT party FROM doc WHERE ref='SO-1008')`)} INSERT INTO doc_line(doc, n, sku, qty, price, tax_rate, src_doc, src_n) VALUES ((SELECT max(id) FROM doc),1,'BR-SIDE-18',1000,1,0,${order("SO-1008")},1)`,
    /NOT_CONFIRMED/,
  ],
  [
    "a cancelled order is not delivered",
    `${draft("delivery", `(SELECT party FROM doc WHERE ref='SO-1011')`)} INSERT INTO doc_line(doc, n, sku, qty, price, tax_rate, src_doc, src_n) VALUES ((SELECT max(id) FROM doc),1,'WH-CASTER',1000,1,0,${order("SO-1011")},1)`,
    /BAD_SOURCE/,
  ],
  [
    "goods leave from where they were reserved",
    `INSERT INTO doc(kind, year, state, party, day, loc, total) VALUES ('delivery',2026,'draft',7,'2026-03-16','VAN',0);
     INSERT INTO doc_line(doc, n, sku, qty, price, tax_rate, src_doc, src_n) VALUES ((SELECT max(id) FROM doc),1,'FI-DUST',1000,1,0,${order("SO-1009")},1)`,
    /WRONG_PLACE/,
  ],
  [
    "a delivery is not done before its goods have left",
    `${draft("delivery", 7)} INSERT INTO doc_line(doc, n, sku, qty, price, tax_rate, src_doc, src_n) VALUES ((SELECT max(id) FROM doc),1,'FI-DUST',1000,1,0,${order("SO-1009")},1);
     UPDATE doc SET total=1, rev=rev+1 WHERE id=(SELECT max(id) FROM doc); UPDATE doc SET state='done', number=1+(SELECT max(number) FROM doc WHERE kind='delivery' AND year=2026), rev=rev+1 WHERE id=(SELECT max(id) FROM doc)`,
    /NOT_MOVED/,
  ],
  [
    "a party's paper is in the books once under its own number",
    `${draft("order")} ${draft("order")} UPDATE doc SET external_ref='4711', rev=rev+1 WHERE id=(SELECT max(id) FROM doc);
     UPDATE doc SET external_ref='4711', rev=rev+1 WHERE id=(SELECT max(id) - 1 FROM doc)`,
    /UNIQUE/,
  ],
  [
    "a posted paper keeps what the other side calls it",
    "UPDATE doc SET external_ref='4711', rev=rev+1 WHERE kind='bill'",
    /FROZEN/,
  ],
  [
    "nothing is attached to a record that is not there",
    `INSERT INTO attachment(record, day, name, sha256, bytes, media, source) VALUES ('SO-4711','2026-03-16','x','${"9f".repeat(32)}',1,'a/b','x')`,
    /NO_RECORD/,
  ],
  [
    "a fingerprint is one",
    "INSERT INTO attachment(record, day, name, sha256, bytes, media, source) VALUES ('SO-1007','2026-03-16','x','9f86',1,'a/b','x')",
    /CHECK/,
  ],
  ["a reorder level keeps its place", "UPDATE reorder SET loc='VAN' WHERE sku='SQ-34'", /FROZEN/],
  ["no reorder level is deleted", "DELETE FROM reorder WHERE sku='SQ-34'", /APPEND_ONLY/],
  [
    "an invoice is not posted without its entry",
    `${draft("payment")} UPDATE doc SET total=5, rev=rev+1 WHERE id=(SELECT max(id) FROM doc); UPDATE doc SET state='posted', number=1+(SELECT max(number) FROM doc WHERE kind='payment' AND year=2026), rev=rev+1 WHERE id=(SELECT max(id) FROM doc)`,
    /NOT_BOOKED/,
  ],
  [
    "no more is paid than is open",
    `${draft("payment")} UPDATE doc SET total=99999999, rev=rev+1 WHERE id=(SELECT max(id) FROM doc); INSERT INTO allocation(payment, invoice, amount) VALUES ((SELECT max(id) FROM doc), ${someInvoice}, 99999999)`,
    /OVERPAID/,
  ],
  [
    "no more is spread than was paid",
    `${draft("payment")} INSERT INTO allocation(payment, invoice, amount) VALUES ((SELECT max(id) FROM doc), ${someInvoice}, 1)`,
    /OVERPAID/,
  ],
  [
    "an open invoice is not paid",
    `UPDATE doc SET state='paid', rev=rev+1 WHERE id=${someInvoice}`,
    /NOT_PAID/,
  ],
  ["the record of an action is not changed", "UPDATE applied_action SET result='x'", /APPEND_ONLY/],
  [
    "the record of an action is not replaced",
    "INSERT OR REPLACE INTO applied_action SELECT seq, action_id, 'x', effect_hash, result, chain, seal FROM applied_action",
    /APPEND_ONLY/,
  ],
  ["the cost that stock is valued at stays", "UPDATE item SET cost=cost+1 WHERE sku='HO-VAC'", /COST_FROZEN/],
  [
    "an item of no kind is not stocked",
    entry +
      "INSERT INTO stock_move(day, sku, loc, qty, value, entry, why) VALUES ('2026-03-16','NO-SUCH','MAIN',1000,1,(SELECT max(id) FROM entry),'x')",
    /FOREIGN KEY/,
  ],
];
