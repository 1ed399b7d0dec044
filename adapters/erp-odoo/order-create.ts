// A new quotation at the products' sales prices. Nova computes the total with the products' own taxes before a person
// approves it, sends the prices along, and compares what Odoo made of it (a fiscal position may tax differently).
import { z } from "zod";
import { refused } from "../../src/remote-erp/fault.ts";
import { Cents, lineCents, moneyText, taxCents, toQuantity } from "../../src/remote-erp/figures.ts";
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
import { chooseProduct, codeOf, listProducts } from "./products.ts";
import type { Product } from "./products.ts";
import {
  nameById,
  namePartner,
  nameWarehouse,
  orderFields,
  Order,
  orderState,
  partnerId,
  readLines,
  toPricedLine,
} from "./records.ts";

const Created = z.array(z.int()).length(1);

export const createOrder = defineRemoteOperation({
  input: NewOrderInput,
  args: NewOrder,
  resolve: async (desk: Desk, input) => {
    const products = await listProducts(desk);
    return {
      customer: (await namePartner(desk, input.customer)).id,
      location: (await nameWarehouse(desk, input.location)).name,
      day: input.day ?? desk.today,
      lines: input.lines.map((line) => ({ ...line, item: codeOf(chooseProduct(products, line.item)) })),
    };
  },
  plan: async (desk, args) => {
    const products = await listProducts(desk);
    const customer = await nameById(desk.db, "res.partner", partnerId(args.customer));
    const lines = args.lines.map((line) => ({
      product: chooseProduct(products, line.item),
      qty: line.quantityThousandths,
    }));
    const total = await totalOf(desk, lines);
    const shown = lines.map(({ product, qty }) => ({
      name: product.name,
      qty,
      price: product.lst_price,
      net: lineCents(qty, product.lst_price),
    }));
    return {
      summary: `Create draft order for ${customer}: ${moneyText(total, desk.currency)}`,
      changes: newOrderChanges(desk.currency, { ...args, customer, lines: shown, total, state: "draft" }),
      deltas: [],
      guards: [],
      warnings: await twins(desk, args, total),
      amountCents: total,
      party: String(partnerId(args.customer)),
      isExternal: false,
      undo: "Cancel the draft order.",
      tokens: {},
      send: async (stamp, signal) => {
        const vals = { ...(await valuesOf(desk, args, lines)), client_order_ref: stampText(stamp) };
        const made = await desk.db.do("sale.order", "create", { args: { vals_list: [vals] }, signal });
        return Created.parse(made).map(String);
      },
    };
  },
  stand: async (desk, _args, stamp) => {
    const domain = [["client_order_ref", "=", stampText(stamp)]] as const;
    const [raw] = await desk.db.look("sale.order", { domain, fields: orderFields, limit: 1 });
    if (raw === undefined) return null;
    const order = Order.parse(raw);
    const lines = (await readLines(desk, order)).map((line) => toPricedLine(line));
    const shown = {
      customer: order.partner_id.name,
      location: order.warehouse_id.name,
      day: order.date_order.slice(0, 10),
      lines,
      total: order.amount_total,
      state: orderState(order),
    };
    return { isWhole: true, values: newOrderValues(desk.currency, shown) };
  },
});

type Asked = { readonly product: Product; readonly qty: number };
const Tax = z.object({
  id: z.int(),
  amount_type: z.string(),
  amount: z.number(),
  price_include: z.boolean(),
});

/** Net and tax; Odoo rounds tax per line unless its company rounds globally, and what differs shows at the read-back. */
async function totalOf({ db }: Desk, lines: readonly Asked[]): Promise<number> {
  const ids = [...new Set(lines.flatMap(({ product }) => product.taxes_id))];
  const fields = ["amount_type", "amount", "price_include"];
  const rows = ids.length === 0 ? [] : await db.look("account.tax", { domain: [["id", "in", ids]], fields });
  const taxes = rows.map((row) => Tax.parse(row));
  const odd = taxes.find(({ amount_type, price_include }) => amount_type !== "percent" || price_include);
  if (odd !== undefined)
    throw refused("An item has a tax that is not a plain percentage: make this order in Odoo.");
  return lines.reduce((total, { product, qty }) => {
    const net = lineCents(qty, product.lst_price);
    const own = taxes.filter(({ id }) => product.taxes_id.includes(id));
    return own.reduce((sum, { amount }) => sum + taxCents(net, Math.round(amount * 100)), total + net);
  }, 0);
}

async function valuesOf(desk: Desk, args: NewOrder, lines: readonly Asked[]) {
  const { id: warehouse } = await nameWarehouse(desk, args.location);
  return {
    partner_id: partnerId(args.customer),
    warehouse_id: warehouse,
    date_order: `${args.day} 12:00:00`,
    // 0 in front: "create this one", Odoo's way to say what becomes of a line.
    order_line: lines.map(({ product, qty }) => [
      0,
      0,
      // The shortest text of a double is the decimal that it was read from.
      { product_id: product.id, product_uom_qty: toQuantity(qty), price_unit: Number(product.lst_price) },
    ]),
  };
}

const Twin = z.object({ name: z.string(), amount_total: Cents });

async function twins({ db }: Desk, args: NewOrder, total: number): Promise<readonly string[]> {
  const rows = await db.look("sale.order", {
    domain: [
      ["partner_id", "=", partnerId(args.customer)],
      ["date_order", ">=", `${args.day} 00:00:00`],
      ["date_order", "<=", `${args.day} 23:59:59`],
      ["state", "!=", "cancel"],
    ],
    fields: ["name", "amount_total"],
  });
  const others = rows.map((row) => Twin.parse(row));
  return twinWarnings(
    others.map(({ name, amount_total }) => ({ name, total: amount_total })),
    total,
  );
}
