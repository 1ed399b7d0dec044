// A new sales order as a draft, at list prices and with the tax of the configured template. Nova computes the total before
// a person approves it, tells ERPNext to leave pricing rules aside, and compares what ERPNext made of it.
import { z } from "zod";
import { refused } from "../../src/remote-erp/fault.ts";
import {
  Cents,
  DecimalText,
  lineCents,
  moneyText,
  taxCents,
  toQuantity,
} from "../../src/remote-erp/figures.ts";
import {
  NewOrder,
  NewOrderInput,
  newOrderChanges,
  newOrderValues,
  twinWarnings,
} from "../../src/remote-erp/new-order.ts";
import { defineRemoteOperation } from "../../src/remote-erp/operation.ts";
import { stampText } from "../../src/remote-erp/stamp.ts";
import type { Desk } from "./desk.ts";
import { chooseItem, listItems, nameCustomer, nameWarehouse, readOrder, toPricedLine } from "./records.ts";
import type { Item } from "./records.ts";
import { actionField, bornBy, findCreated } from "./stamps.ts";
import { taxBody, taxRows } from "./taxes.ts";

const Name = z.looseObject({ name: z.string() });

export const createOrder = defineRemoteOperation({
  input: NewOrderInput,
  args: NewOrder,
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
      changes: newOrderChanges(currency, {
        ...args,
        customer,
        lines: lines.map((line) => toPricedLine(line)),
        total,
        state: "draft",
      }),
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
      lines: order.items.map((line) => toPricedLine(line)),
      total: order.grand_total,
      state: "draft",
    };
    return { isWhole: true, values: newOrderValues(desk.settings.currency, shown) };
  },
});

type AskedLine = {
  readonly item: Item;
  readonly item_name: string;
  readonly qty: number;
  readonly rate: string;
  readonly amount: number;
};
const Price = z.object({ price_list_rate: DecimalText });

async function priced(desk: Desk, item: Item, qty: number): Promise<AskedLine> {
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

const bodyOf = ({ settings }: Desk, args: NewOrder, lines: readonly AskedLine[]) => ({
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

async function twins({ site, settings }: Desk, args: NewOrder, total: number): Promise<readonly string[]> {
  const rows = await site.list("Sales Order", {
    fields: ["name", "grand_total"],
    filters: [
      ["customer", "=", args.customer],
      ["company", "=", settings.company],
      ["transaction_date", "=", args.day],
      ["docstatus", "!=", 2],
    ],
  });
  const others = rows.map((row) => Twin.parse(row));
  return twinWarnings(
    others.map(({ name, grand_total }) => ({ name, total: grand_total })),
    total,
  );
}
