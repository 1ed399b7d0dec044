// A new sale: Tryton computes price, taxes and totals from its own rules before anything is written; the sale is
// created with Nova's mark as its reference, because Tryton has no number that is unique to who asked.
import { z } from "zod";
import { toStanding } from "../../src/remote-erp/contents.ts";
import type { Content } from "../../src/remote-erp/contents.ts";
import { moneyText } from "../../src/remote-erp/figures.ts";
import { lineContents, partyText, saleContents } from "./contents.ts";
import { leaveMark, referenceOf } from "./mark.ts";
import { nameRecord, readRows } from "./names.ts";
import { IsoDay, Named, defineOperation, newValues, refuse } from "./operation.ts";
import type { Desk, Standing } from "./operation.ts";
import { readSale, readSaleLines } from "./records.ts";
import { draftSale } from "./sale-draft.ts";
import type { Drafted } from "./sale-draft.ts";
import { findTwins } from "./twins.ts";
import { Cents, Price, centsText, toDate } from "./values.ts";

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

const record = "new order";
const state = { label: "state", text: "draft" };

function contentsOf(args: Args, { totals, lines, currency }: Drafted): readonly Content[] {
  return [
    state,
    { label: "total", text: moneyText(totals.total_amount, currency.code) },
    { label: "tax", text: moneyText(totals.tax_amount, currency.code) },
    ...lineContents(
      lines.map(({ quantity, unitName, name, unit_price, amount }) => ({
        quantity: Math.round(quantity * 1000),
        unit: unitName,
        title: name,
        priceText: Price.parse(unit_price).text,
        netCents: Cents.parse(amount),
      })),
    ),
    { label: "party", text: partyText({ id: args.customer, rec_name: args.customerName }) },
    { label: "day", text: args.day },
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
      changes: newValues(record, contentsOf(args, drafted)),
      deltas: [],
      guards: [],
      warnings: await findTwins(desk.tryton, { customer: args.customer, day: args.day, totalCents: total }),
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
  look: async ({ tryton }, { anchor }): Promise<Standing> => {
    const made = await readSale(tryton, anchor.id);
    // Where it has gone since is not this deed's.
    const values = toStanding(record, [state, ...saleContents(made, await readSaleLines(tryton, made))]);
    return { verified: "applied", ids: [made.ref], values };
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
