// A new sale: Tryton computes price, taxes and totals from its own rules before anything is written; the sale is
// created with Nova's mark as its reference, because Tryton has no number that is unique to who asked.
import { z } from "zod";
import type { DocumentChange } from "../../src/ports.ts";
import { quantityText } from "../../src/remote-erp/figures.ts";
import { leaveMark, referenceOf } from "./mark.ts";
import { nameRecord, readRows } from "./names.ts";
import { IsoDay, Named, defineOperation, newValue, refuse } from "./operation.ts";
import type { Desk, Standing } from "./operation.ts";
import { readSale } from "./records.ts";
import { draftSale } from "./sale-draft.ts";
import type { Drafted } from "./sale-draft.ts";
import { centsText, toDate } from "./values.ts";

const Thing = z.union([z.int(), Named]);
const Quantity = z.int().min(1).max(100_000_000);
const Line = z.strictObject({ item: z.int(), itemName: z.string(), quantityThousandths: Quantity });
const Args = z.strictObject({
  customer: z.int(),
  customerName: z.string(),
  day: IsoDay,
  lines: z.array(Line).min(1).max(50),
});
type Args = z.infer<typeof Args>;
const Input = z.strictObject({
  customer: Thing,
  customerName: z.string().optional(),
  day: IsoDay.optional(),
  lines: z
    .array(z.strictObject({ item: Thing, itemName: z.string().optional(), quantityThousandths: Quantity }))
    .min(1)
    .max(50),
});

/** Resolving what is resolved changes nothing; a name never comes from anywhere but the ERP. */
async function named(
  { tryton }: Desk,
  model: "party.party" | "product.product",
  thing: number | string,
): Promise<{ readonly id: number; readonly name: string }> {
  if (typeof thing === "string") return nameRecord(tryton, model, thing);
  const [row] = await readRows(tryton, { model, ids: [thing] }, { schema: Titled, fields: ["rec_name"] });
  if (row === undefined) throw refuse("The request names a record that is not in the ERP.");
  return { id: thing, name: row.rec_name };
}
const Titled = z.object({ rec_name: z.string() });

const value = newValue("new order");

function changesOf(args: Args, drafted: Drafted): readonly DocumentChange[] {
  return [
    value("state", "draft"),
    value("total", centsText(drafted.totals.total_amount)),
    value("tax", centsText(drafted.totals.tax_amount)),
    ...drafted.lines.map(({ name, quantity, unit_price, amount }) =>
      value(
        `${quantityText(Math.round(quantity * 1000))} × ${name} at ${unit_price.decimal}`,
        `${amount.decimal} net`,
      ),
    ),
    value("party", args.customerName),
    value("day", args.day),
  ];
}

const Created = z.tuple([z.int()]);

export const createOrder = defineOperation({
  input: Input,
  args: Args,
  resolve: async (desk, input) => {
    const customer = await named(desk, "party.party", input.customer);
    const lines = [];
    for (const line of input.lines) {
      const item = await named(desk, "product.product", line.item);
      lines.push({ item: item.id, itemName: item.name, quantityThousandths: line.quantityThousandths });
    }
    return {
      customer: customer.id,
      customerName: customer.name,
      day: input.day ?? desk.today,
      lines,
    };
  },
  plan: async (desk, args) => {
    const drafted = await draftSale(desk, args);
    const total = drafted.totals.total_amount;
    return {
      summary: `Create draft order for ${args.customerName}: ${centsText(total)} ${drafted.currency.code}`,
      changes: changesOf(args, drafted),
      deltas: [],
      guards: [],
      amountCents: total,
      party: args.customerName,
      currency: drafted.currency.code,
      isExternal: false,
      undo: "Cancel the draft order.",
      tokens: {},
    };
  },
  anchor: null,
  run: async (desk, args, { mark, signal }) => {
    const { terms, lines, currency } = await draftSale(desk, args);
    const sale = {
      party: args.customer,
      currency: currency.id,
      reference: referenceOf(mark.id),
      sale_date: toDate(args.day),
      payment_term: terms.payment_term ?? null,
      invoice_address: terms.invoice_address ?? null,
      shipment_address: terms.shipment_address ?? null,
      lines: [["create", lines.map((line) => toLine(line))]],
    };
    const told = await desk.tryton.call("model.sale.sale.create", [[sale]], { signal });
    const [id] = Created.parse(told);
    await leaveMark(desk.tryton, { model: "sale.sale", id }, { mark, signal });
    // Quoting gives the sale its number; nothing is promised by it.
    await desk.tryton.call("model.sale.sale.quote", [[id]], { signal });
  },
  look: async (desk, { anchor, args }): Promise<Standing> => {
    const made = await readSale(desk.tryton, anchor.id);
    const isAsked =
      args === null || (made.party.id === args.customer && made.lines.length === args.lines.length);
    return { verified: isAsked ? "applied" : "diverged", ids: [made.ref] };
  },
});

const toLine = ({ product, quantity, unit, unit_price, taxes }: Drafted["lines"][number]) => ({
  type: "line",
  product,
  quantity,
  unit,
  unit_price,
  taxes: [["add", (taxes?.add ?? []).map(([, { id }]) => id)]],
});
