// Crediting an invoice as a whole: Tryton's dialog drafts the note, which is then dated and posted like an invoice. The
// note's lines say which invoice they come from, and by that it is found again.
import { z } from "zod";
import { invoiceAt, invoiceToken, openInvoice } from "./invoices.ts";
import { IsoDay, Named, defineOperation, newValue, refuse } from "./operation.ts";
import type { Desk, Standing } from "./operation.ts";
import { readInvoices } from "./records.ts";
import { centsText, toDate } from "./values.ts";
import { runWizard } from "./wizard.ts";

const Args = z.strictObject({ invoice: Named, day: IsoDay });
const Input = z.strictObject({
  invoice: Named,
  lines: z.array(z.unknown()).max(0, "Tryton credits an invoice as a whole").optional(),
  goodsReturned: z.literal(false, "goods come back by a return shipment in Tryton").optional(),
  day: IsoDay.optional(),
});
const value = newValue("new credit note");

export const postCredit = defineOperation({
  input: Input,
  args: Args,
  resolve: async (desk, { invoice, day }) => ({
    invoice: (await openInvoice(desk, invoice)).ref,
    day: day ?? desk.today,
  }),
  plan: async (desk, args) => {
    const invoice = await openInvoice(desk, args.invoice);
    if (invoice.totalCents <= 0) throw refuse(`${invoice.ref} is a credit note itself.`);
    if ((await creditsOf(desk, invoice.id)).length > 0)
      throw refuse(`Invoice ${invoice.ref} is credited already: nothing of it is left.`);
    const total = centsText(-invoice.totalCents);
    return {
      summary: `Post credit note for invoice ${invoice.ref} to ${invoice.party.rec_name}: ${total} ${invoice.currency}`,
      changes: [
        value("state", "posted"),
        value("total", total),
        value("credits", invoice.ref),
        value("day", args.day),
      ],
      deltas: [],
      guards: [],
      amountCents: invoice.totalCents,
      party: invoice.party.rec_name,
      currency: invoice.currency,
      isExternal: true,
      undo: null,
      tokens: invoiceToken(invoice),
    };
  },
  anchor: async (desk, args) => invoiceAt((await openInvoice(desk, args.invoice)).id),
  run: async (desk, args, { signal }) => {
    const { tryton } = desk;
    const invoice = await openInvoice(desk, args.invoice);
    const on = invoiceAt(invoice.id);
    const steps = [{ state: "start", fill: { with_refund: false }, button: "credit" }];
    await runWizard(tryton, { name: "account.invoice.credit", on, steps, signal });
    const [credit] = await creditsOf(desk, invoice.id);
    if (credit === undefined) throw refuse(`Tryton made no credit note for ${invoice.ref}.`);
    const dated = { invoice_date: toDate(args.day) };
    await tryton.call("model.account.invoice.write", [[credit], dated], { signal });
    await tryton.call("model.account.invoice.post", [[credit]], { signal });
  },
  look: async (desk, { anchor }): Promise<Standing> => {
    const [credit, ...more] = await readInvoices(desk.tryton, await creditsOf(desk, anchor.id));
    if (credit === undefined) return { verified: "absent", ids: [] };
    const ids = [credit.ref];
    if (more.length > 0) return { verified: "diverged", ids };
    const isPosted = credit.state === "posted" || credit.state === "paid";
    return { verified: isPosted ? "applied" : "partial", ids };
  },
});

const Found = z.array(z.object({ id: z.int() }));

/** Ids of the notes that credit this invoice's lines. */
async function creditsOf({ tryton }: Desk, invoice: number): Promise<readonly number[]> {
  const search = async (model: string, domain: readonly unknown[]): Promise<readonly number[]> => {
    const rows = await tryton.call(`model.${model}.search_read`, [domain, 0, 500, null, ["id"]]);
    return Found.parse(rows).map(({ id }) => id);
  };
  const lines = await search("account.invoice.line", [["invoice", "=", invoice]]);
  const origins = lines.map((id) => `account.invoice.line,${id}`);
  return search("account.invoice", [
    ["lines.origin", "in", origins],
    ["state", "!=", "cancelled"],
  ]);
}
