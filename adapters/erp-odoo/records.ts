// Odoo's records as Nova reads them, parsed at this door, and the names people use for them. An empty field is `false`.
import { z } from "zod";
import { refused } from "../../src/remote-erp/fault.ts";
import {
  Cents,
  DecimalText,
  MoneyFigure,
  QuantityFigure,
  Thousandths,
} from "../../src/remote-erp/figures.ts";
import type { PricedLine } from "../../src/remote-erp/priced-line.ts";
import { chooseOne } from "../../src/remote-erp/words.ts";
import type { Candidate } from "../../src/remote-erp/words.ts";
import type { Database } from "./database.ts";
import type { Desk } from "./desk.ts";

/** A link: id and name, or false. */
export const Link = z.tuple([z.int(), z.string()]).transform(([id, name]) => ({ id, name }));
/** A product by its display name, which begins with its reference in brackets: `[GEAR-12] Gear 12 teeth`. */
export const ProductLink = Link.transform(({ id, name }) => ({ id, name: bareName(name) }));
export const bareName = (displayName: string): string => displayName.replace(/^\[[^\]]*\] /u, "");
export const Text = z.union([z.string(), z.literal(false)]).transform((text) => (text === false ? "" : text));
/** Odoo rounds quantities to the unit's precision, which floats carry only nearly. */
export const Loose = QuantityFigure.transform(({ parts }) => parts);

export const orderFields = [
  "name",
  "state",
  "partner_id",
  "date_order",
  "currency_id",
  "amount_total",
  "write_date",
  "client_order_ref",
  "invoice_status",
  "delivery_status",
  "warehouse_id",
  "order_line",
  "picking_ids",
  "locked",
];
export const Order = z.object({
  id: z.int(),
  name: z.string(),
  state: z.string(),
  partner_id: Link,
  date_order: z.string(),
  currency_id: Link,
  amount_total: Cents,
  write_date: z.string(),
  client_order_ref: Text,
  invoice_status: Text,
  delivery_status: Text,
  warehouse_id: Link,
  order_line: z.array(z.int()),
  picking_ids: z.array(z.int()),
  locked: z.boolean(),
});
export type Order = z.infer<typeof Order>;
/** For lists, which show whatever total there is. */
export const ListedOrder = Order.extend({ amount_total: MoneyFigure });
export type ListedOrder = z.infer<typeof ListedOrder>;

/** Nova's word for where an order stands. */
export function orderState(order: Pick<Order, "state" | "invoice_status" | "delivery_status">): string {
  if (order.state === "draft" || order.state === "sent") return "draft";
  if (order.state === "cancel") return "cancelled";
  if (order.invoice_status === "invoiced") return "invoiced";
  return order.delivery_status === "full" ? "shipped" : "confirmed";
}

async function lookOrder({ db }: Desk, number: string): Promise<unknown> {
  const domain = [["name", "=ilike", number.trim()]] as const;
  const [row] = await db.look("sale.order", { domain, fields: orderFields, limit: 1 });
  return row ?? null;
}
export const findOrder = async (desk: Desk, number: string): Promise<Order | null> =>
  Order.nullable().parse(await lookOrder(desk, number));
export const findListed = async (desk: Desk, number: string): Promise<ListedOrder | null> =>
  ListedOrder.nullable().parse(await lookOrder(desk, number));

export async function readOrder(desk: Desk, number: string): Promise<Order> {
  const order = await findOrder(desk, number);
  if (order === null) throw refused(`There is no order ${number}. Check the number.`);
  return order;
}

type Wanted = { readonly states: readonly string[]; readonly verb: string };

/** The order, if it stands where the step needs it and in the company's own currency. */
export async function orderIn(desk: Desk, number: string, { states, verb }: Wanted): Promise<Order> {
  const order = await readOrder(desk, number);
  const state = orderState(order);
  if (!states.includes(state))
    throw refused(`Order ${order.name} is ${state}: only a ${states.join(" or ")} order can be ${verb}.`);
  if (order.locked) throw refused(`Order ${order.name} is locked. Unlock it in Odoo first.`);
  if (order.currency_id.name !== desk.currency)
    throw refused(
      `Order ${order.name} is in ${order.currency_id.name}: Nova only handles orders in ${desk.currency}.`,
    );
  return order;
}

const lineFields = ["product_id", "product_uom_qty", "price_unit", "price_subtotal", "price_tax", "name"];
const Sold = z.union([ProductLink, z.literal(false)]);
const OrderLine = z.object({
  id: z.int(),
  product_id: Sold,
  product_uom_qty: Thousandths,
  /** Of one piece, with as many decimals as Odoo keeps. */
  price_unit: DecimalText,
  price_subtotal: Cents,
  price_tax: Cents,
  name: Text,
});
const ShownLine = z.object({
  product_id: Sold,
  product_uom_qty: QuantityFigure,
  price_unit: MoneyFigure,
  price_subtotal: MoneyFigure,
  price_tax: MoneyFigure,
});
type OfProduct = { readonly product: { readonly id: number; readonly name: string } };
export type OrderLine = z.infer<typeof OrderLine> & OfProduct;

/** Lines that sell something; sections and notes between them have no product. */
async function linesOf<T extends { readonly product_id: z.infer<typeof Sold> }>(
  { db }: Desk,
  { order_line: ids }: Pick<Order, "order_line">,
  schema: z.ZodType<T>,
): Promise<readonly (T & OfProduct)[]> {
  const domain = [["id", "in", ids]] as const;
  const rows = await db.look("sale.order.line", { domain, fields: lineFields, order: "id asc" });
  return rows.flatMap((raw) => {
    const line = schema.parse(raw);
    return line.product_id === false ? [] : [{ ...line, product: line.product_id }];
  });
}
export const readLines = async (desk: Desk, order: Pick<Order, "order_line">) =>
  linesOf(desk, order, OrderLine);
/** As a card shows it. */
export const toPricedLine = (line: OrderLine): PricedLine => ({
  name: line.product.name,
  qty: line.product_uom_qty,
  price: line.price_unit,
  net: line.price_subtotal,
});
export const readShownLines = async (desk: Desk, order: Pick<Order, "order_line">) =>
  linesOf(desk, order, ShownLine);

const Partner = z.object({ id: z.int(), name: Text });

/** Found by its id, e.g. `P-7`, or by its name. */
export async function namePartner({ db }: Desk, text: string): Promise<Candidate> {
  const domain = [["parent_id", "=", false]] as const;
  const rows = await db.look("res.partner", { domain, fields: ["name"], order: "name asc" });
  return chooseOne("customer", text, rows.map((row) => Partner.parse(row)).map(toParty));
}
const toParty = ({ id, name }: z.infer<typeof Partner>): Candidate => ({ id: `P-${id}`, name });
export const partnerId = (code: string): number => Number(code.slice(2));

export async function nameWarehouse(
  { db }: Desk,
  text: string | undefined,
): Promise<{ id: number; name: string }> {
  const rows = await db.look("stock.warehouse", {
    domain: [],
    fields: ["name"],
    order: "sequence asc, id asc",
  });
  const places = rows.map((row) => Partner.parse(row));
  const [first] = places;
  if (first === undefined) throw refused("Odoo has no warehouse. Install its inventory first.");
  if (text === undefined) return first;
  const { name } = chooseOne(
    "stock location",
    text,
    places.map((one) => ({ id: one.name, name: one.name })),
  );
  return places.find((one) => one.name === name) ?? first;
}

/** Links of any model by id: what the record is called. */
export async function nameById(db: Database, model: string, id: number): Promise<string> {
  const [row] = await db.look(model, { domain: [["id", "=", id]], fields: ["name"], limit: 1 });
  return row === undefined ? "" : Partner.parse(row).name;
}
