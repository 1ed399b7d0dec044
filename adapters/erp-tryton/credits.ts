// Crediting an invoice as a whole: Tryton's dialog drafts the note, which is then dated and posted like an invoice. The
// note's lines say which invoice they come from, and by that it is found again.
import { z } from "zod";
import { toStanding } from "../../src/remote-erp/contents.ts";
import { moneyText } from "../../src/remote-erp/figures.ts";
import { booksOf, invoiceBookings } from "./bookings.ts";
import { invoiceContents } from "./contents.ts";
import { readInvoiceLines, readInvoices } from "./invoice-records.ts";
import { invoiceAt, invoiceById, invoiceToken, isPosted, openInvoice, postedContents } from "./invoices.ts";
import { IsoDay, Named, absent, defineOperation, newValue, newValues, refuse } from "./operation.ts";
import type { Desk, Standing } from "./operation.ts";
import { toDate } from "./values.ts";
import { runWizard } from "./wizard.ts";

const Args = z.strictObject({ invoice: Named, day: IsoDay });
const Input = z.strictObject({
  invoice: Named,
  lines: z.array(z.unknown()).max(0, "Tryton credits an invoice as a whole").optional(),
  goodsReturned: z.literal(false, "goods come back by a return shipment in Tryton").optional(),
  day: IsoDay.optional(),
});
const record = "new credit note";
const value = newValue(record);

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
    const total = moneyText(-invoice.totalCents, invoice.currency);
    const lines = await readInvoiceLines(desk.tryton, invoice);
    const books = await booksOf(
      desk.tryton,
      invoice,
      await invoiceBookings(desk.tryton, { invoice, lines }, -1),
    );
    return {
      summary: `Post credit note for invoice ${invoice.ref} to ${invoice.party.rec_name}: ${total}`,
      changes: [
        value("state", "posted"),
        value("credits", invoice.ref),
        value("day", args.day),
        value("books", books.text),
        ...newValues(record, invoiceContents(invoice, lines, -1)),
      ],
      deltas: books.deltas,
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
    if (credit === undefined) return absent;
    const ids = [credit.ref];
    if (more.length > 0) return { ...absent, verified: "diverged", ids };
    if (!isPosted(credit)) return { ...absent, verified: "partial", ids };
    const credits = { label: "credits", text: (await invoiceById(desk, anchor.id)).ref };
    const values = toStanding(record, [credits, ...(await postedContents(desk, credit))]);
    return { verified: "applied", ids, values };
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
