// A sale as Tryton's own forms would fill it in (price, taxes, terms, totals), asked for without writing anything: what is
// created past the forms has no taxes and whatever price was sent.
import { z } from "zod";
import { refuse } from "./operation.ts";
import type { Desk } from "./operation.ts";
import type { Tryton } from "./rpc.ts";
import { Cents } from "./values.ts";

type Asked = {
  readonly customer: number;
  readonly lines: readonly {
    readonly item: number;
    readonly itemName: string;
    readonly quantityThousandths: number;
  }[];
};
const Changed = z.tuple([z.record(z.string(), z.unknown())]);
const Terms = z.object({
  payment_term: z.int().nullish(),
  invoice_address: z.int().nullish(),
  shipment_address: z.int().nullish(),
});
const PricedLine = z.object({
  unit: z.int(),
  unit_price: z.looseObject({ decimal: z.string() }),
  amount: z.looseObject({ decimal: z.string() }),
  taxes: z.object({ add: z.array(z.tuple([z.int(), z.object({ id: z.int() })])) }).optional(),
});
const Totals = z.object({ untaxed_amount: Cents, tax_amount: Cents, total_amount: Cents });

export type Drafted = {
  readonly terms: z.infer<typeof Terms>;
  readonly lines: readonly (z.infer<typeof PricedLine> & {
    readonly product: number;
    readonly name: string;
    readonly unitName: string;
    readonly quantity: number;
  })[];
  readonly totals: z.infer<typeof Totals>;
  readonly currency: { readonly id: number; readonly code: string };
};

const CompanyRow = z.tuple([z.object({ "currency.": z.object({ id: z.int(), code: z.string() }) })]);

/** Throws a sentence when an item has no price. */
export async function draftSale({ tryton }: Desk, args: Asked): Promise<Drafted> {
  const company = await tryton.company();
  const read = await tryton.call("model.company.company.read", [[company], ["currency.code"]]);
  const currency = CompanyRow.parse(read)[0]["currency."];
  const sale = { party: args.customer, company, currency: currency.id };
  const terms = await onChange(tryton, "sale.sale", { values: { ...sale, lines: [] }, fields: ["party"] });
  const lines = [];
  for (const { item, itemName, quantityThousandths } of args.lines) {
    const quantity = quantityThousandths / 1000;
    const values = {
      type: "line",
      product: item,
      quantity,
      taxes: [],
      company,
      "_parent_sale.party": args.customer,
      "_parent_sale.currency": currency.id,
      "_parent_sale.company": company,
    };
    const told = await onChange(tryton, "sale.line", { values, fields: ["product", "quantity"] });
    const priced = PricedLine.safeParse(told);
    if (!priced.success) throw refuse(`Tryton has no sales price for ${itemName}. Set one there first.`);
    const unitName = await unitOf(tryton, priced.data.unit);
    lines.push({ ...priced.data, product: item, name: itemName, unitName, quantity });
  }
  const asked = lines.map(({ name: _name, unitName: _unitName, ...line }, index) => ({
    id: -1 - index,
    type: "line",
    ...line,
    taxes: taxesOf(line),
  }));
  const totals = await onChange(tryton, "sale.sale", {
    values: { ...sale, lines: asked },
    fields: ["lines"],
  });
  return { terms: Terms.parse(terms), lines, totals: Totals.parse(totals), currency };
}

const Unit = z.tuple([z.object({ rec_name: z.string() })]);

async function unitOf(tryton: Tryton, id: number): Promise<string> {
  const read = await tryton.call("model.product.uom.read", [[id], ["rec_name"]]);
  return Unit.parse(read)[0].rec_name;
}

const taxesOf = ({ taxes }: z.infer<typeof PricedLine>): readonly number[] =>
  (taxes?.add ?? []).map(([, { id }]) => id);

async function onChange(
  tryton: Tryton,
  model: string,
  { values, fields }: { readonly values: object; readonly fields: readonly string[] },
): Promise<Record<string, unknown>> {
  return Changed.parse(await tryton.call(`model.${model}.on_change`, [values, fields]))[0];
}
