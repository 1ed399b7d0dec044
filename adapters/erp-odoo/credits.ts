// A credit note for a whole invoice: Odoo drafts it in one call with Nova's stamp in its reference, and it is posted in
// another, once it is sure that it takes back exactly what the invoice asked for.
import { z } from "zod";
import { ErpFault, refused } from "../../src/remote-erp/fault.ts";
import { moneyText } from "../../src/remote-erp/figures.ts";
import { Day, Named, defineRemoteOperation } from "../../src/remote-erp/operation.ts";
import { stampText } from "../../src/remote-erp/stamp.ts";
import type { Desk } from "./desk.ts";
import { findMoves, partyKeyOf, partyOf, readPosted } from "./moves.ts";
import type { Move } from "./moves.ts";

const wizard = "account.move.reversal";
const record = "new credit note";
const Created = z.array(z.int()).length(1);
const Args = z.strictObject({ invoice: Named, day: Day });

export const postCredit = defineRemoteOperation({
  input: z.strictObject({
    invoice: Named,
    day: Day.optional(),
    goodsReturned: z.boolean().optional(),
    lines: z.array(z.unknown()).optional(),
  }),
  args: Args,
  resolve: async (desk: Desk, input) => {
    if (input.lines !== undefined)
      throw refused("Nova credits invoices of Odoo only as a whole. Credit a part of one there.");
    if (input.goodsReturned === true)
      throw refused(
        "In Odoo goods come back with a return of their delivery. Do that there, and credit after it.",
      );
    return {
      invoice: (await readPosted(desk, "out_invoice", input.invoice)).name,
      day: input.day ?? desk.today,
    };
  },
  plan: async (desk, args) => {
    const invoice = await creditable(desk, args.invoice);
    const total = moneyText(invoice.amount_total, desk.currency);
    const shown = { customer: partyOf(invoice), invoice: invoice.name, day: args.day, total };
    return {
      summary: `Post a credit note for invoice ${invoice.name} to ${partyOf(invoice)}: ${total}`,
      changes: valuesOf(shown).map(({ label, value }) => ({ record, label, before: null, after: value })),
      deltas: [],
      guards: [],
      warnings: [],
      amountCents: invoice.amount_total,
      party: partyKeyOf(invoice),
      isExternal: true,
      undo: null,
      tokens: { [invoice.name]: invoice.write_date },
      send: async (stamp, signal) => {
        const context = { active_model: "account.move", active_ids: [invoice.id] };
        const vals = { reason: stampText(stamp), date: args.day };
        const made = await desk.db.do(wizard, "create", { context, args: { vals_list: [vals] }, signal });
        await desk.db.do(wizard, "refund_moves", { ids: Created.parse(made), context, signal });
        const draft = await stampedNote(desk, stampText(stamp));
        if (draft?.state !== "draft" || draft.amount_total !== invoice.amount_total)
          throw new ErpFault(
            "rejected",
            `Odoo did not draft a credit note over ${total} for ${invoice.name}, so none was posted: look at its drafts there.`,
          );
        await desk.db.do("account.move", "action_post", { ids: [draft.id], signal });
        return [String(draft.id)];
      },
    };
  },
  stand: async (desk, args, stamp) => {
    const note = await stampedNote(desk, stampText(stamp));
    if (note?.state !== "posted") return null;
    const shown = {
      customer: partyOf(note),
      invoice: note.ref.includes(args.invoice) ? args.invoice : note.ref,
      day: note.invoice_date,
      total: moneyText(note.amount_total, desk.currency),
    };
    return { isWhole: true, values: valuesOf(shown).map((one) => ({ record, ...one })) };
  },
});

type Shown = {
  readonly customer: string;
  readonly invoice: string;
  readonly day: string;
  readonly total: string;
};
const valuesOf = ({ customer, invoice, day, total }: Shown) => [
  { label: "customer", value: customer },
  { label: "for", value: invoice },
  { label: "day", value: day },
  { label: "total", value: total },
];

const stampedNote = async (desk: Desk, stamp: string): Promise<Move | null> =>
  (
    await findMoves(desk, [
      ["move_type", "=", "out_refund"],
      ["ref", "ilike", stamp],
      ["state", "!=", "cancel"],
    ])
  )[0] ?? null;

/** A posted invoice of which nothing was credited, not even in a draft. */
async function creditable(desk: Desk, number: string): Promise<Move> {
  const invoice = await readPosted(desk, "out_invoice", number);
  const [note] = await findMoves(desk, [
    ["reversed_entry_id", "=", invoice.id],
    ["state", "!=", "cancel"],
  ]);
  if (note === undefined) return invoice;
  throw refused(
    note.state === "draft"
      ? `Invoice ${invoice.name} has a draft credit note in Odoo. Post or delete it there.`
      : `Invoice ${invoice.name} is credited already, by ${note.name}.`,
  );
}
