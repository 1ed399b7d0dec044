// A new sales order as a draft, at list prices and with the tax of the configured template. Nova computes the total before
// a person approves it, tells ERPNext to leave pricing rules aside, and compares what ERPNext made of it.
import { z } from "zod";
import type { DocumentChange } from "../../src/ports.ts";
import { refused } from "../../src/remote-erp/fault.ts";
import {
  Cents,
  DecimalText,
  lineCents,
  moneyText,
  taxCents,
  toQuantity,
} from "../../src/remote-erp/figures.ts";
import { Day, Named, Quantity, defineRemoteOperation } from "../../src/remote-erp/operation.ts";
import { stampText } from "../../src/remote-erp/stamp.ts";
import type { Desk } from "./desk.ts";
import { chooseItem, lineText, listItems, nameCustomer, nameWarehouse, readOrder } from "./records.ts";
import type { Item, Order } from "./records.ts";
import { actionField, bornBy, findCreated } from "./stamps.ts";
import { taxBody, taxRows } from "./taxes.ts";

const Line = z.strictObject({ item: Named, quantityThousandths: Quantity });
const Args = z.strictObject({
  customer: Named,
  location: Named,
  day: Day,
  lines: z.array(Line).min(1).max(50),
});
type Args = z.infer<typeof Args>;

const record = "new sales order";
const Name = z.looseObject({ name: z.string() });

export const createOrder = defineRemoteOperation({
  input: z.strictObject({ ...Args.shape, location: Named.optional(), day: Day.optional() }),
  args: Args,
  resolve: async (desk: Desk, input) => {
    const items = await listItems(desk);
    return {
      customer: (await nameCustomer(desk, input.customer)).id,
      location: await nameWarehouse(desk, input.location),
      day: input.day ?? desk.today,
      lines: input.lines.map((line) => ({ ...line, item: chooseItem(items, line.item).name })),
    };
  },
  plan: async (desk, args) => {
    const { currency } = desk.settings;
    const { name: customer } = await nameCustomer(desk, args.customer);
    const items = await listItems(desk);
    const lines = await Promise.all(
      args.lines.map(async (line) => priced(desk, chooseItem(items, line.item), line.quantityThousandths)),
    );
    const taxes = await taxRows(desk);
    const net = lines.reduce((sum, line) => sum + line.amount, 0);
    const total = net + taxes.reduce((sum, row) => sum + taxCents(net, row.basisPoints), 0);
    return {
      summary: `Create draft order for ${customer}: ${moneyText(total, currency)}`,
      changes: changesOf(desk, { customer, day: args.day, location: args.location, lines, total }),
      deltas: [],
      guards: [],
      warnings: await twins(desk, args, total),
      amountCents: total,
      party: args.customer,
      isExternal: false,
      undo: "Delete the draft order in ERPNext.",
      tokens: {},
      send: async (stamp, signal) => {
        const body = {
          ...bodyOf(desk, args, lines),
          ...taxBody(desk, taxes),
          [actionField]: stampText(stamp),
          ...bornBy(stamp),
        };
        return [Name.parse(await desk.site.create("Sales Order", { body, signal })).name];
      },
    };
  },
  stand: async (desk, args, stamp) => {
    const name = await findCreated(desk, "Sales Order", stamp);
    if (name === null) return null;
    const order = await readOrder(desk, name);
    const shown = {
      customer: order.customer_name,
      day: order.transaction_date,
      location: order.set_warehouse ?? args.location,
      lines: order.items,
      total: order.grand_total,
    };
    const values = changesOf(desk, shown).map(({ label, after }) => ({ record, label, value: after ?? "" }));
    return { isWhole: true, values };
  },
});

type Shown = {
  readonly customer: string;
  readonly day: string;
  readonly location: string;
  readonly lines: Order["items"] | readonly PricedLine[];
  readonly total: number;
};

const changesOf = (desk: Desk, { customer, day, location, lines, total }: Shown): readonly DocumentChange[] =>
  [
    { label: "customer", after: customer },
    { label: "day", after: day },
    { label: "location", after: location },
    ...lines.map((line, index) => ({ label: `line ${index + 1}`, after: lineText(desk, line) })),
    { label: "total", after: moneyText(total, desk.settings.currency) },
    { label: "state", after: "draft" },
  ].map(({ label, after }) => ({ record, label, before: null, after }));

type PricedLine = {
  readonly item: Item;
  readonly item_name: string;
  readonly qty: number;
  readonly rate: string;
  readonly amount: number;
};
const Price = z.object({ price_list_rate: DecimalText });

async function priced(desk: Desk, item: Item, qty: number): Promise<PricedLine> {
  const { priceList, currency } = desk.settings;
  const [row] = await desk.site.list("Item Price", {
    fields: ["price_list_rate"],
    filters: [
      ["item_code", "=", item.name],
      ["price_list", "=", priceList],
      ["currency", "=", currency],
      ["selling", "=", 1],
    ],
    order: "valid_from desc",
    limit: 1,
  });
  if (row === undefined)
    throw refused(`${item.item_name} has no price in "${priceList}". Give it one in ERPNext first.`);
  const rate = Price.parse(row).price_list_rate;
  return { item, item_name: item.item_name, qty, rate, amount: lineCents(qty, rate) };
}

const bodyOf = ({ settings }: Desk, args: Args, lines: readonly PricedLine[]) => ({
  customer: args.customer,
  company: settings.company,
  currency: settings.currency,
  selling_price_list: settings.priceList,
  ignore_pricing_rule: 1,
  transaction_date: args.day,
  delivery_date: args.day,
  set_warehouse: args.location,
  items: lines.map(({ item, qty, rate }) => ({
    item_code: item.name,
    qty: toQuantity(qty),
    uom: item.stock_uom,
    // The shortest text of a double is the decimal that it was read from.
    rate: Number(rate),
    warehouse: args.location,
    delivery_date: args.day,
  })),
});

const Twin = z.object({ name: z.string(), grand_total: Cents });

/** An order of the same day, customer and total is most likely this one, made twice. */
async function twins({ site, settings }: Desk, args: Args, total: number): Promise<readonly string[]> {
  const rows = await site.list("Sales Order", {
    fields: ["name", "grand_total"],
    filters: [
      ["customer", "=", args.customer],
      ["company", "=", settings.company],
      ["transaction_date", "=", args.day],
      ["docstatus", "!=", 2],
    ],
  });
  return rows
    .map((row) => Twin.parse(row))
    .filter(({ grand_total }) => grand_total === total)
    .map(({ name }) => `Order ${name} of the same day has the same customer and total.`);
}
