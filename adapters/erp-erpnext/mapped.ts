// Documents that ERPNext itself derives from another one. Its mappers only compute: they answer with an unsaved document,
// which Nova shows, and then creates and submits in one request.
import { z } from "zod";
import { Cents, DecimalText, Thousandths } from "../../src/remote-erp/figures.ts";
import { stampText } from "../../src/remote-erp/stamp.ts";
import type { Stamp } from "../../src/remote-erp/stamp.ts";
import type { Desk } from "./desk.ts";
import { actionField, findCreated } from "./stamps.ts";

const MappedLine = z.looseObject({
  item_code: z.string(),
  item_name: z.string(),
  qty: Thousandths,
  rate: DecimalText,
  amount: Cents,
  warehouse: z.string().nullish(),
});
export const Mapped = z.looseObject({
  customer: z.string(),
  customer_name: z.string(),
  grand_total: Cents,
  items: z.array(MappedLine),
});
export type Mapped = z.infer<typeof Mapped>;
export const Body = z.record(z.string(), z.unknown());
const Name = z.looseObject({ name: z.string() });

const mappers = {
  "Delivery Note": "erpnext.selling.doctype.sales_order.sales_order.make_delivery_note",
  "Sales Invoice": "erpnext.selling.doctype.sales_order.sales_order.make_sales_invoice",
} as const;

/** The delivery or invoice for an order: as it came, to be sent back, and as Nova reads it. */
export async function mapOrder(
  { site }: Desk,
  doctype: keyof typeof mappers,
  order: string,
): Promise<{ readonly body: z.infer<typeof Body>; readonly mapped: Mapped }> {
  const body = Body.parse(await site.ask(mappers[doctype], { source_name: order }));
  return { body, mapped: Mapped.parse(body) };
}

/** Creates and submits it, stamped. What ERPNext keeps for its own screens (`__islocal` and the like) stays behind. */
export const submitNew =
  ({ site }: Desk, doctype: string, body: Readonly<Record<string, unknown>>) =>
  async (stamp: Stamp, signal: AbortSignal): Promise<readonly string[]> => {
    const own = Object.entries(body).filter(([key]) => !key.startsWith("__") && key !== "name");
    const sent = { ...Object.fromEntries(own), docstatus: 1, [actionField]: stampText(stamp) };
    return [Name.parse(await site.create(doctype, { body: sent, signal })).name];
  };

/** The document that bears the stamp, whole. */
export async function readCreated<T extends { readonly docstatus: number }>(
  desk: Desk,
  schema: z.ZodType<T>,
  { doctype, stamp }: { readonly doctype: string; readonly stamp: Stamp },
): Promise<{ readonly doc: T; readonly isWhole: boolean } | null> {
  const name = await findCreated(desk, doctype, stamp);
  if (name === null) return null;
  const doc = schema.parse(await desk.site.get(doctype, name));
  return { doc, isWhole: doc.docstatus === 1 };
}
