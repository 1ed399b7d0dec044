// Words of the trade in plain language, as a reader, so that an explanation rests on something that was looked up.
import { z } from "zod";
import { defineReader } from "../effects.ts";

const mostTerms = 5;

// term, other words for it | what it means to somebody who has never heard it
const table = `
  net 30, net 14, net 45, payment terms, days to pay, zahlungsziel | The days that a customer has to pay after the invoice's date. "Net 30" is thirty days, without a discount for paying earlier.
  skonto, cash discount, early payment discount | A small discount for whoever pays early, for example two percent within ten days.
  credit note, gutschrift, credit memo | The opposite of an invoice: it takes back all or a part of one, because goods came back or the price was wrong. Less is owed afterwards.
  credit limit, kreditlimit | How much a customer may owe at most before new orders need a decision.
  dunning, dunning letter, mahnung | Reminding a customer of an invoice that is past its due date, in steps that become firmer.
  overdue, überfällig | Past the day on which it had to be paid.
  receivable, receivables, forderung, forderungen | What customers still owe us.
  payable, payables, verbindlichkeit, verbindlichkeiten | What we still owe our suppliers.
  ledger, general ledger, hauptbuch | The book in which every movement of money and value is written, account by account.
  trial balance | A list of all accounts with their balances on one day, to see that debit and credit are equal.
  profit and loss, p&l, guv | What came in against what it cost over a time, and what is left of it.
  balance sheet, bilanz | What a company owns and owes on one day.
  cost of goods, cost of goods sold, cogs, wareneinsatz | What the goods that were sold have cost in buying.
  gross margin, margin, marge, rohertrag | What is left of the price once the goods are paid for.
  accrual, accruals, abgrenzung | Booking something in the month it belongs to, although the money moves in another.
  period lock, locked period, closing the books, close the books, monatsabschluss | Nothing can be booked on an earlier day any more, so that a reported month stays as it was reported.
  draft order, draft | Written down and not binding yet: nothing is reserved and nobody is told.
  confirmed order | Agreed: its goods are reserved, so that less is free for others.
  quote, offer, angebot | A price that we offer for a while. It becomes an order when the customer accepts it.
  purchase order, bestellung | Our order at a supplier. Once it was sent it binds us.
  purchase request, bedarfsanforderung | Somebody's wish that something is bought. It binds nobody.
  delivery note, lieferschein | The paper that travels with the goods and says what is in the parcel; it is no invoice.
  back order, backorder, rückstand | Ordered by a customer and not deliverable yet, because there is too little in stock.
  reorder level, reorder point, meldebestand | The stock below which more should be bought.
  on hand, free stock, reserved stock | On hand is what lies on the shelf. Reserved is promised to orders. Free is what is left to sell.
  sku, article number, item number, artikelnummer | The number under which an item is kept in the catalogue.
  lead time, lieferzeit, wiederbeschaffungszeit | The time between ordering something and having it.
  moq, minimum order quantity, mindestmenge | The least that a supplier sells at once.
  oem, oem part, original part | Made by, or for, the maker of the machine; the opposite of a part that only fits.
  vat, sales tax, mehrwertsteuer, umsatzsteuer, ust | Tax on top of the price. We collect it from customers and pass it on, less what we paid ourselves.
  reverse charge | The customer owes the tax instead of the seller, usual between companies of different countries of the EU.
  proposal, approval card, approval | In Nova: a change that was prepared and waits. Nothing has been done until a listed person presses Approve on its card.
  stakes, high stakes | How much could go wrong with a change, from low to high. High stakes can ask for a second person.
  pipeline, run | A job of several steps that Nova works through on its own and that survives a restart. What changes something still waits for approval.
  commission, take rate, provision | The share that a marketplace keeps of each sale.
  listing, inserat | One offer on a marketplace, with pictures, price and description.
  dibond, aluminium composite, acm, alu-dibond | A stiff board of two thin sheets of aluminium with plastic between them; the usual material of flat outdoor signs.
  channel letter, channel letters, profilbuchstaben | Single letters with depth, often lit from inside or behind.
  ip rating, ip65, ip44, schutzart | How well electrics are shut against dust and water: the higher the two figures, the better.
  dns, name server, nameserver | The address book of the internet: it says which server a domain leads to. A change can take hours to reach everybody.
  ssl, tls, https, certificate | What makes the connection to a web site private, shown by the lock in the browser.
  redirect, 301, weiterleitung | Sends whoever calls an old address on to the new one, so that links and search engines find it.
  cms, content management system | The programme in which the pages of a web site are edited without writing code.
  staging, staging site, test site | A copy of the web site for trying things out, which visitors do not see.
  imprint, impressum, legal notice | The page that says who is responsible for a web site; the law of some countries demands it.
  cookie banner, consent banner | Asks visitors before anything is stored or measured that the site does not need to work.
  release, version, release notes | A state of a product that users get, with a number; the notes say what is new in it.
  changelog, change log | The list of what changed from version to version.
  api | The door through which one programme uses another.
  incident, outage, störung | Something that should work does not, for people who need it now.
  downtime, ausfallzeit | The time in which something could not be used.
  backup, sicherungskopie | A copy that is kept elsewhere, to restore from after a loss.
`;

type Term = {
  readonly id: string;
  readonly term: string;
  readonly names: readonly string[];
  readonly text: string;
};
const spaced = (text: string): string =>
  ` ${(text.toLowerCase().match(/[\p{L}\p{N}&]+/gu) ?? []).join(" ")} `;

const terms: readonly Term[] = table
  .trim()
  .split("\n")
  .map((row) => {
    const [head = "", text = ""] = row.split(" | ").map((cell) => cell.trim());
    const names = head.split(", ");
    const [name = ""] = names;
    const id = `term:${name.replaceAll(" ", "-")}`;
    return { id, term: name, names: names.map(spaced), text: `**${name}**: ${text}` };
  });

/** How long the longest of a term's names is that the text says; 0 when it says none. Plurals count as the word. */
function saidOf({ names }: Term, text: string): number {
  const said = names.filter((name) => text.includes(name) || text.includes(`${name.trimEnd()}s `));
  return Math.max(0, ...said.map((name) => name.length));
}

export const readGlossary = defineReader({
  name: "readGlossary",
  description:
    "Explains words of business, stock, signs, web sites and software in plain language: give it the whole text that holds them.",
  examples: ["What does net 30 mean?", "What is a credit note?", "Explain reorder level in simple words"],
  input: z.object({
    text: z.string().trim().min(1).max(4_000).describe("the whole text that holds the words to explain"),
  }),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        id: z.string(),
        term: z.string(),
        source: z.literal("Nova's glossary"),
        text: z.string(),
      }),
    ),
    total: z.number().int(),
    note: z.string(),
  }),
  read: async ({ text }) => {
    const asked = spaced(text);
    const rows = terms
      .map((term) => ({ term, said: saidOf(term, asked) }))
      .filter(({ said }) => said > 0)
      .toSorted((left, right) => right.said - left.said)
      .slice(0, mostTerms)
      .map(({ term: { id, term, text } }) => ({ id, term, source: "Nova's glossary" as const, text }));
    const note = rows.length === 0 ? "The glossary does not hold that word." : "";
    return { rows, total: rows.length, note };
  },
});
