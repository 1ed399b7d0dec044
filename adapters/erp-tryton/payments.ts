// Money that came in for an invoice. Tryton books it as a move of its own, which bears Nova's mark as its description: the
// open amount alone would not say whose payment it was.
import { z } from "zod";
import { toStanding } from "../../src/remote-erp/contents.ts";
import { invoiceAt, invoiceById, invoiceToken, openInvoice } from "./invoices.ts";
import { referenceOf } from "./mark.ts";
import { IsoDay, Named, absent, defineOperation, refuse } from "./operation.ts";
import type { Desk, Standing } from "./operation.ts";
import { Cents, centsText, toDate, toDecimal } from "./values.ts";
import { runWizard } from "./wizard.ts";

const Paid = z.int().min(1).max(100_000_000_000);
const Args = z.strictObject({ invoice: Named, amountCents: Paid, isWhole: z.boolean(), day: IsoDay });
const Input = z.strictObject({
  invoice: Named,
  amountCents: Paid.optional(),
  isWhole: z.boolean().optional(),
  day: IsoDay.optional(),
});
const Method = z.object({ id: z.int() });
const Move = z.object({ debit: Cents, credit: Cents });

export const registerPayment = defineOperation({
  input: Input,
  args: Args,
  resolve: async (desk, { invoice: ref, amountCents, day }) => {
    const { ref: invoice, openCents } = await openInvoice(desk, ref);
    const paid = amountCents ?? Math.max(1, openCents);
    return { invoice, amountCents: paid, isWhole: paid === openCents, day: day ?? desk.today };
  },
  plan: async (desk, args) => {
    const invoice = await openInvoice(desk, args.invoice);
    const { currency } = invoice;
    if (invoice.openCents <= 0) throw refuse(`Invoice ${invoice.ref} is paid already.`);
    if (args.amountCents > invoice.openCents)
      throw refuse(
        `Invoice ${invoice.ref} has ${centsText(invoice.openCents)} open, ${centsText(args.amountCents)} is more. Register at most the open amount.`,
      );
    const amount = `${centsText(args.amountCents)} ${currency}`;
    const after = centsText(invoice.openCents - args.amountCents);
    const open = { record: invoice.ref, label: "open amount", before: centsText(invoice.openCents), after };
    return {
      summary: `Register payment of ${amount} from ${invoice.party.rec_name} for invoice ${invoice.ref}`,
      changes: [open],
      deltas: [],
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
      payment_method: await methodOf(desk),
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
    const params = [[["move.description", "=", referenceOf(actionId)]], 0, 50, null, ["debit", "credit"]];
    const lines = z.array(Move).parse(await desk.tryton.call("model.account.move.line.search_read", params));
    if (lines.length === 0) return absent;
    const booked = lines.reduce((sum, { debit }) => sum + debit, 0);
    const isAsked = args === null || booked === args.amountCents;
    const { ref, openCents } = await invoiceById(desk, anchor.id);
    const values = toStanding(ref, [{ label: "open amount", text: centsText(openCents) }]);
    return { verified: isAsked ? "applied" : "diverged", ids: [ref], values };
  },
});

async function methodOf({ tryton }: Desk): Promise<number> {
  const params = [[], 0, 1, null, ["id"]];
  const told = await tryton.call("model.account.invoice.payment.method.search_read", params);
  const [method] = z.array(Method).parse(told);
  if (method === undefined) throw refuse("Tryton has no payment method. Set one up there first.");
  return method.id;
}
