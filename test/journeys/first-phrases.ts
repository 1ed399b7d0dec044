// What people say first, in their own words: none of it stands on a card, so that routing is measured and not repeated.

type Phrase = readonly [text: string, agent: string, answer: RegExp];

const overview =
  /erp: customers, .*stock, suppliers.*waits for your approval.*No language model is connected/u;

/** The sentence, who should have it, and what the answer says (its lines joined). */
export const first: readonly Phrase[] = [
  ["hello", "chat/general", /Hello!.*what can you do.*No language model/u],
  ["what can you do?", "chat/general", overview],
  ["help", "chat/general", overview],
  ["what is this?", "chat/general", /I'm Nova, a program and not a human/u],
  ["thanks!", "chat/general", /You're welcome/u],
  ["how do I approve a change?", "chat/guide", /presses Approve/u],
  ["how do I start one of the pipelines?", "chat/guide", /`run <pipeline> \[inputs\]`/u],
  [
    "how many brushes are there in stock?",
    "erp/stock",
    /pcs free in all\. .*Gutter broom.*low \(reorder at 8\)/u,
  ],
  ["how many brushes do we have?", "erp/stock", /71 pcs free in all/u],
  ["stock of vacuum hoses", "erp/stock", /18 pcs free in all|16 pcs free in all/u],
  [
    "what is running low?",
    "erp/stock",
    /Below the reorder level: • Side brush 18 in[^•]*• Speed limit[^•]*• Squeegee blade 34 in[^•]*As of/u,
  ],
  ["what do we need to reorder?", "erp/stock", /Below the reorder level:/u],
  ["anything below the reorder level?", "erp/stock", /Below the reorder level:/u],
  ["do we have any squeegee blades left?", "erp/stock", /Squeegee blade 28 in, Main warehouse: 16 pcs free/u],
  ["what does a spray nozzle cost?", "erp/items", /Spray nozzle \(WA-NOZZLE\): 12\.40 USD/u],
  ["receive 20 spray nozzles", "erp/stock", /Receive 20 of Spray nozzle.*Waiting for Kit/u],
  ["wie viele Filter sind da?", "erp/stock", /Panel filter.*only read English/u],
  ["who owes us money right now?", "erp/invoices", /\d USD open in all \(5 open invoices\)(?!.*: paid)/u],
  ["anything unpaid?", "erp/invoices", /USD open in all \(5 open invoices\)(?!.*: paid)/u],
  ["are there overdue invoices?", "erp/invoices", /\(4 overdue invoices\)\./u],
  [
    "how much does Northgate still owe us?",
    "erp/invoices",
    /INV-\d{4}-0002 Northgate Shopping Center: 530\.51 USD open/u,
  ],
  ["is invoice INV-1999-0001 paid already?", "erp/invoices", /I found nothing for “INV-1999-0001”/u],
  ["how much cash have we got?", "erp/ledger", /Cash \(1000\): \d+\.\d\d USD As of/u],
  [
    "show me the draft orders",
    "erp/sales",
    /3 draft orders, 2604\.06 USD in all\.(?!.*(?:confirmed|shipped|cancelled),)/u,
  ],
  ["what's in SO-1007?", "erp/sales", /SO-1007 Lakeside Facility Services: draft.*3 pcs Main brush 36 in/u],
  ["what's in SO-9999?", "erp/sales", /nothing for “SO-9999”/u],
  ["which orders are waiting to ship?", "erp/sales", /4 open orders/u],
  ["what has Lakeside ordered from us?", "erp/sales", /2 orders, .*SO-1007 Lakeside.*SO-1001 Lakeside/u],
  ["confirm order SO-1007", "erp/sales", /Confirm order SO-1007.*Waiting for Kit/u],
  [
    "order 3 main brushes 36 in for Ironwood Logistics",
    "erp/sales",
    /Create draft order for Ironwood Logistics: 606\.69 USD/u,
  ],
  [
    "create a customer called Acme GmbH in Berlin",
    "erp/customers",
    /name: none → Acme GmbH .*city: none → Berlin/u,
  ],
  ["tell me who our customers are", "erp/customers", /Brightway Parking \(P-105\), Dayton, owes/u],
  ["list our suppliers", "erp/suppliers", /Kestrel Brush Works \(P-110\), Buffalo/u],
  ["what is the email of Lakeside?", "erp/customers", /office@lakeside-facility-services\.example/u],
  [
    "do we know Moon Rover Rentals?",
    "erp/customers",
    /nothing for “moon rover rental”|Which of these|erp\/customers/u,
  ],
  [
    "who supplies the traction battery?",
    "erp/suppliers",
    /nothing for “traction battery”.*All suppliers: • Kestrel Brush Works/u,
  ],
  ["who sells us spray nozzles?", "erp/suppliers", /Union Filter and Hose.*PO-1001/u],
  ["what is the email of Kestrel Brush Works?", "erp/suppliers", /office@kestrel-brush-works\.example/u],
  [
    "add a supplier called Rotorwerk in Bremen",
    "erp/suppliers",
    /name: none → Rotorwerk .*city: none → Bremen.*Waiting for Kit/u,
  ],
  ["price of the rear dust skirt", "erp/items", /Rear dust skirt \(SK-REAR\): 49\.80 USD/u],
  ["which signs do we sell?", "erp/items", /Exit sign, photoluminescent \(SG-EXIT\): 34\.60 USD/u],
  [
    "set the price of the rear dust skirt to 51.50",
    "erp/items",
    /Change the price of Rear dust skirt \(SK-REAR\) to 51\.50 USD.*Waiting for Kit/u,
  ],
  ["which quotes are still waiting?", "erp/quotes", /2 open quotes, .*QU-1003 Oakfield.*QU-1002 Pinecrest/u],
  ["what's in QU-1002?", "erp/quotes", /QU-1002 Pinecrest Schools: sent.*2 pcs Gutter broom/u],
  [
    "quote 3 water pumps for Ironwood Logistics",
    "erp/quotes",
    /Create draft quote for Ironwood Logistics: 445\.8\d USD.*Waiting for Kit/u,
  ],
  ["Pinecrest Schools accepted quote QU-1002", "erp/quotes", /Accept quote QU-1002.*Waiting for Kit/u],
  ["which purchase orders are still on their way?", "erp/purchasing", /PO-1003 Kestrel Brush Works: sent/u],
  ["what's in PO-1002?", "erp/purchasing", /PO-1002 Plainview Sign Supply: billed.*20 pcs Wet floor stand/u],
  ["any purchase requests?", "erp/purchasing", /PR-1004 Plainview Sign Supply: open/u],
  [
    "buy 30 side brushes 14 in from Kestrel Brush Works",
    "erp/purchasing",
    /Create draft purchase order at Kestrel Brush Works.*Waiting for Kit/u,
  ],
  [
    "the goods of purchase order PO-1003 have arrived",
    "erp/purchasing",
    /Receive the goods of PO-1003.*Waiting for Kit/u,
  ],
  [
    "what do we still owe our suppliers?",
    "erp/payments",
    /BILL-\d{4}-000\d Plainview Sign Supply: \d+\.\d\d USD open/u,
  ],
  ["which payments have come in lately?", "erp/payments", /PAY-\d{4}-000\d Ironwood Logistics/u],
  [
    "Northgate paid 250 dollars on INV-2026-0002",
    "erp/payments",
    /Register payment of 250\.00 USD.*INV-2026-0002.*Waiting for Kit/u,
  ],
  ["pay bill BILL-2026-0002", "erp/payments", /Pay \d+\.\d\d USD to Plainview.*Waiting for Kit/u],
  ["show the last bookings", "erp/ledger", /USD (?:debit|credit)/u],
  ["what is our revenue so far?", "erp/ledger", /Revenue \(4000\): \d+\.\d\d USD credit/u],
  ["close the books before 2026-08-01", "erp/ledger", /Close the books before 2026-08-01.*Waiting for Kit/u],
  [
    "make a credit note for INV-2026-0003",
    "erp/invoices",
    /Post credit note for invoice INV-2026-0003.*Waiting for Kit/u,
  ],
  [
    "set the credit limit of Brightway to 8000",
    "erp/customers",
    /Change the details of Brightway Parking.*Waiting for Kit/u,
  ],
  ["what did we decide about the banner?", "chat/decisions", /Nothing about this is on record/u],
  ["draft an email to Lakeside about the late delivery", "language/email", /Hello Lakeside.*late delivery/u],
  ["translate this to German: good morning", "language/translate", /needs a language model/u],
  ["fix the typos: I has a order", "language/edit", /needs a language model/u],
  ["run the weekly review for us", "pipeline/weekly-review", /pipeline\/weekly-review/u],
];

/** Nobody does these. */
export const strange: readonly string[] = [
  "order me a pizza",
  "what's the weather tomorrow?",
  "tell me a joke please",
  "book a flight to Rome",
  "asdf jklö",
  "how many moons does jupiter have?",
  "pay my phone bill",
  "turn on the lights in the hall",
];
