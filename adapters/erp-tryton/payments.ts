// Money that came in for an invoice. Tryton books it as a move of its own, which bears Nova's mark as its description: the
// open amount alone would not say whose payment it was.
import { z } from "zod";
import { toStanding } from "../../src/remote-erp/contents.ts";
import { booksOf, readBookings } from "./bookings.ts";
import { invoiceAt, invoiceById, invoiceToken, openInvoice } from "./invoices.ts";
import { referenceOf } from "./mark.ts";
import { IsoDay, Named, absent, defineOperation, newValue, refuse } from "./operation.ts";
import type { Desk, Standing } from "./operation.ts";
import { centsText, toDate, toDecimal } from "./values.ts";
import { runWizard } from "./wizard.ts";

const Paid = z.int().min(1).max(100_000_000_000);
const Args = z.strictObject({
  invoice: Named,
  amountCents: Paid,
  isWhole: z.boolean(),
  day: IsoDay,
  /** Which cash or bank account it is booked to. */
  method: z.int(),
});
const Input = z.strictObject({
  invoice: Named,
  amountCents: Paid.optional(),
  isWhole: z.boolean().optional(),
  day: IsoDay.optional(),
  method: z.int().optional(),
});
const record = "new payment";
const value = newValue(record);

export const registerPayment = defineOperation({
  input: Input,
  args: Args,
  resolve: async (desk, { invoice: ref, amountCents, day, method }) => {
    const { ref: invoice, openCents } = await openInvoice(desk, ref);
    const paid = amountCents ?? Math.max(1, openCents);
    const { id } = await methodOf(desk, method);
    return { invoice, amountCents: paid, isWhole: paid === openCents, day: day ?? desk.today, method: id };
  },
  plan: async (desk, args) => {
    const invoice = await openInvoice(desk, args.invoice);
    const { currency } = invoice;
    if (invoice.openCents <= 0) throw refuse(`Invoice ${invoice.ref} is paid already.`);
    if (args.amountCents > invoice.openCents)
      throw refuse(
        `Invoice ${invoice.ref} has ${centsText(invoice.openCents)} open, ${centsText(args.amountCents)} is more. Register at most the open amount.`,
      );
    const { name, debit_account: into, "journal.": journal } = await methodOf(desk, args.method);
    const books = await booksOf(desk.tryton, invoice, [
      { account: into, cents: args.amountCents },
      { account: invoice.account, cents: -args.amountCents },
    ]);
    const amount = `${centsText(args.amountCents)} ${currency}`;
    const after = centsText(invoice.openCents - args.amountCents);
    const open = { record: invoice.ref, label: "open amount", before: centsText(invoice.openCents), after };
    return {
      summary: `Register payment of ${amount} from ${invoice.party.rec_name} for invoice ${invoice.ref} by ${name}`,
      changes: [open, value("books", books.text), value("journal", journal.rec_name), value("day", args.day)],
      deltas: books.deltas,
      guards: [],
      amountCents: args.amountCents,
      party: invoice.party.rec_name,
      currency,
      isExternal: false,
      undo: null,
      tokens: invoiceToken(invoice),
    };
  },
  anchor: async (desk, args) => invoiceAt((await openInvoice(desk, args.invoice)).id),
  run: async (desk, args, { mark, signal }) => {
    const invoice = await openInvoice(desk, args.invoice);
    const fill = {
      amount: toDecimal(args.amountCents),
      date: toDate(args.day),
      payment_method: args.method,
      description: referenceOf(mark.id),
    };
    const start = { state: "start", fill, button: "choice" };
    // What is left open is asked about, and stays open.
    const steps = args.isWhole
      ? [start]
      : [start, { state: "ask", fill: { type: "partial" }, button: "pay" }];
    await runWizard(desk.tryton, { name: "account.invoice.pay", on: invoiceAt(invoice.id), steps, signal });
  },
  look: async (desk, { anchor, actionId, args }): Promise<Standing> => {
    const { tryton } = desk;
    const booked = await readBookings(tryton, [["move.description", "=", referenceOf(actionId)]]);
    if (booked === null) return absent;
    const isAsked = args === null || booked.debitCents === args.amountCents;
    const invoice = await invoiceById(desk, anchor.id);
    const { ref, openCents } = invoice;
    const { text } = await booksOf(tryton, invoice, booked.bookings);
    const values = [
      ...toStanding(ref, [{ label: "open amount", text: centsText(openCents) }]),
      ...toStanding(record, [
        { label: "books", text },
        { label: "journal", text: booked.journal },
        { label: "day", text: booked.day },
      ]),
    ];
    return { verified: isAsked ? "applied" : "diverged", ids: [ref], values };
  },
});

const Method = z.object({
  id: z.int(),
  name: z.string(),
  debit_account: z.int(),
  "journal.": z.object({ rec_name: z.string() }),
});

/** The one that was resolved, or the first in Tryton's own order: its name and its account are on the card either way. */
async function methodOf({ tryton }: Desk, id?: number): Promise<z.infer<typeof Method>> {
  const domain = id === undefined ? [] : [["id", "=", id]];
  const params = [domain, 0, 1, null, ["name", "debit_account", "journal.rec_name"]];
  const told = await tryton.call("model.account.invoice.payment.method.search_read", params);
  const [method] = z.array(Method).parse(told);
  if (method !== undefined) return method;
  throw refuse(
    id === undefined
      ? "Tryton has no payment method. Set one up there first."
      : "The payment method is not in Tryton any more. Ask again.",
  );
}
