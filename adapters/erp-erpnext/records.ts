// ERPNext's documents as Nova reads them, parsed at this door, and the names people use for them.
import { z } from "zod";
import { refused } from "../../src/remote-erp/fault.ts";
import { Cents, DecimalText, QuantityFigure, Thousandths } from "../../src/remote-erp/figures.ts";
import { pricedLineText } from "../../src/remote-erp/priced-line.ts";
import type { PricedLine } from "../../src/remote-erp/priced-line.ts";
import { chooseOne } from "../../src/remote-erp/words.ts";
import type { Candidate } from "../../src/remote-erp/words.ts";
import type { Desk } from "./desk.ts";

const Name = z.string().min(1);
const Steps = z.string().nullish();
/** Six decimals and more: a quantity that ERPNext divided is rounded to the thousandth that people read. */
const Loose = QuantityFigure.transform(({ parts }) => parts);

const OrderItem = z.looseObject({
  item_code: Name,
  item_name: Name,
  qty: Thousandths,
  uom: z.string(),
  /** Of one piece, with as many decimals as ERPNext keeps. */
  rate: DecimalText,
  amount: Cents,
  delivered_qty: Loose.default(0),
  warehouse: z.string().nullish(),
});
export const Order = z.looseObject({
  name: Name,
  docstatus: z.int(),
  status: z.string(),
  customer: Name,
  customer_name: Name,
  transaction_date: z.string(),
  currency: z.string(),
  grand_total: Cents,
  per_delivered: z.number(),
  per_billed: z.number(),
  set_warehouse: z.string().nullish(),
  modified: Name,
  custom_nova_steps: Steps,
  items: z.array(OrderItem),
});
export type Order = z.infer<typeof Order>;

/** Nova's word for where an order stands. */
export function orderState(
  order: Pick<Order, "docstatus" | "status" | "per_delivered" | "per_billed">,
): string {
  if (order.docstatus === 0) return "draft";
  if (order.docstatus === 2) return "cancelled";
  if (order.status === "Closed" || order.status === "On Hold") return order.status.toLowerCase();
  if (order.per_delivered < 100) return "confirmed";
  return order.per_billed < 100 ? "shipped" : "invoiced";
}

const found = <T>(raw: unknown, schema: z.ZodType<T>, sentence: string): T => {
  if (raw === null) throw refused(sentence);
  return schema.parse(raw);
};

export const readOrder = async ({ site }: Desk, name: string): Promise<Order> =>
  found(await site.get("Sales Order", name), Order, `There is no order ${name}. Check the number.`);

type Wanted = { readonly states: readonly string[]; readonly verb: string };

/** The order, if it stands where the step needs it and in the company's own currency. */
export async function orderIn(desk: Desk, name: string, { states, verb }: Wanted): Promise<Order> {
  const order = await readOrder(desk, name);
  const state = orderState(order);
  if (!states.includes(state))
    throw refused(`Order ${order.name} is ${state}: only a ${states.join(" or ")} order can be ${verb}.`);
  if (order.currency !== desk.settings.currency)
    throw refused(
      `Order ${order.name} is in ${order.currency}: Nova only handles orders in ${desk.settings.currency}.`,
    );
  return order;
}

export const warehouseOf = (
  { settings }: Desk,
  line: { readonly warehouse?: string | null | undefined },
): string => line.warehouse ?? settings.warehouse;

type SoldLine = {
  readonly item_name: string;
  readonly qty: number;
  readonly rate: string;
  readonly amount: number;
};

export const toPricedLine = ({ item_name: name, qty, rate: price, amount: net }: SoldLine): PricedLine => ({
  name,
  qty,
  price,
  net,
});

export const lineText = ({ settings }: Desk, line: SoldLine): string =>
  pricedLineText(settings.currency, toPricedLine(line));

export const Invoice = z.looseObject({
  name: Name,
  docstatus: z.int(),
  status: z.string(),
  customer: Name,
  customer_name: Name,
  currency: z.string(),
  grand_total: Cents,
  outstanding_amount: Cents,
  is_return: z.number().default(0),
  modified: Name,
});
export type Invoice = z.infer<typeof Invoice>;

export const readInvoice = async ({ site }: Desk, name: string): Promise<Invoice> =>
  found(await site.get("Sales Invoice", name), Invoice, `There is no invoice ${name}. Check the number.`);

export const Item = z.looseObject({
  name: Name,
  item_name: Name,
  item_group: z.string(),
  stock_uom: z.string(),
  is_stock_item: z.number(),
});
export type Item = z.infer<typeof Item>;
const itemFields = ["name", "item_name", "item_group", "stock_uom", "is_stock_item"];

export async function listItems({ site }: Desk): Promise<readonly Item[]> {
  const rows = await site.list("Item", {
    fields: itemFields,
    filters: [["disabled", "=", 0]],
    order: "name asc",
  });
  return rows.map((row) => Item.parse(row));
}

/** The item that words name, by code or name, among all that are not disabled. */
export function chooseItem(items: readonly Item[], text: string): Item {
  const candidates = items.map(({ name, item_name }) => ({ id: name, name: item_name }));
  const { id } = chooseOne("item", text, candidates);
  return found(items.find(({ name }) => name === id) ?? null, Item, `There is no item ${id}.`);
}
export const nameItem = async (desk: Desk, text: string): Promise<Item> =>
  chooseItem(await listItems(desk), text);

const Listed = z.looseObject({ name: Name });

const candidates = (rows: readonly unknown[], label: string): readonly Candidate[] =>
  rows.map((raw) => {
    const row = Listed.parse(raw);
    return { id: row.name, name: z.string().catch(row.name).parse(row[label]) };
  });

export async function nameCustomer({ site }: Desk, text: string): Promise<Candidate> {
  const fields = ["name", "customer_name"];
  const rows = await site.list("Customer", { fields, filters: [["disabled", "=", 0]], order: "name asc" });
  return chooseOne("customer", text, candidates(rows, "customer_name"));
}

export async function nameWarehouse({ site, settings }: Desk, text: string | undefined): Promise<string> {
  const fields = ["name", "warehouse_name"];
  const filters = [
    ["company", "=", settings.company],
    ["is_group", "=", 0],
  ] as const;
  const rows = await site.list("Warehouse", { fields, filters, order: "name asc" });
  return chooseOne("stock location", text ?? settings.warehouse, candidates(rows, "warehouse_name")).id;
}

const Bin = z.object({ item_code: Name, warehouse: Name, actual_qty: Loose, reserved_qty: Loose });
export type Bin = z.infer<typeof Bin>;

/** What lies where: on hand, and of that reserved for confirmed orders, in thousandths. */
export async function readBins({ site }: Desk, items: readonly string[] | null): Promise<readonly Bin[]> {
  const fields = ["item_code", "warehouse", "actual_qty", "reserved_qty"];
  const filters = items === null ? [] : [["item_code", "in", items] as const];
  return (await site.list("Bin", { fields, filters, order: "item_code asc" })).map((row) => Bin.parse(row));
}

export const emptyBin = (item_code: string, warehouse: string): Bin => ({
  item_code,
  warehouse,
  actual_qty: 0,
  reserved_qty: 0,
});

/** Codes of those that lie in stock at all; a service has none to run out of. */
export async function stockedItems({ site }: Desk, codes: readonly string[]): Promise<ReadonlySet<string>> {
  const filters = [
    ["name", "in", codes],
    ["is_stock_item", "=", 1],
  ] as const;
  const rows = await site.list("Item", { fields: ["name"], filters });
  return new Set(rows.map((row) => Listed.parse(row).name));
}
