// Steps of a sales order that stands in Odoo: confirming, cancelling, shipping. Odoo checks no versions: Nova reads the
// order's `write_date` right before, announces the step on the order, presses one button, and reads back.
import { z } from "zod";
import type { AggregateDelta, Guard } from "../../src/ports.ts";
import { toBound, toStanding } from "../../src/remote-erp/contents.ts";
import { refused } from "../../src/remote-erp/fault.ts";
import { moneyText, quantityText, signed } from "../../src/remote-erp/figures.ts";
import { Day, Named, defineRemoteOperation } from "../../src/remote-erp/operation.ts";
import type { Plan, Standing } from "../../src/remote-erp/operation.ts";
import type { Stamp } from "../../src/remote-erp/stamp.ts";
import type { Desk } from "./desk.ts";
import { doAnnounced, findMessages } from "./marks.ts";
import { listProducts } from "./products.ts";
import { contentsOf } from "./order-contents.ts";
import { orderIn, orderState, readLines, readOrder } from "./records.ts";
import type { Order, OrderLine } from "./records.ts";

const Input = z.strictObject({ order: Named, day: Day.optional() });
const Args = z.strictObject({ order: Named });
const oneOrder = {
  input: Input,
  args: Args,
  resolve: async (desk: Desk, { order }: { order: string }) => ({
    order: (await readOrder(desk, order)).name,
  }),
  stand: async (desk: Desk, { order }: { order: string }, stamp: Stamp) => standOf(desk, order, stamp),
};

async function standOf(desk: Desk, number: string, { actionId }: Stamp): Promise<Standing | null> {
  const order = await readOrder(desk, number);
  const announced = await findMessages(desk, actionId);
  if (!announced.some(({ model, res_id }) => model === "sale.order" && res_id === order.id)) return null;
  const state = { record: order.name, label: "state", value: orderState(order) };
  const contents = contentsOf(desk, order, await readLines(desk, order));
  return { isWhole: true, values: [state, ...toStanding(order.name, contents)] };
}

type Found = { readonly order: Order; readonly lines: readonly OrderLine[] };
type Step = {
  readonly op: string;
  readonly after: string;
  readonly model: string;
  readonly ids: readonly number[];
};

/** The part of a plan that every step shares. `ids` of `model` are what its button is pressed on. */
function planStep(
  desk: Desk,
  { order, lines }: Found,
  { op, after, model, ids, method }: Step & { readonly method: string },
): Omit<Plan, "summary" | "deltas" | "guards" | "isExternal" | "undo"> {
  return {
    changes: [
      { record: order.name, label: "state", before: orderState(order), after },
      ...toBound(order.name, contentsOf(desk, order, lines)),
    ],
    warnings: [],
    amountCents: order.amount_total,
    party: String(order.partner_id.id),
    tokens: { [order.name]: order.write_date },
    send: async (stamp, signal) => {
      const task = async (): Promise<unknown> => desk.db.do(model, method, { ids, signal });
      await doAnnounced(desk, { model: "sale.order", id: order.id, op }, { stamp, signal, task });
      return [order.name];
    },
  };
}

type Need = { readonly name: string; readonly code: string; readonly qty: number; readonly free: number };

async function needsOf(desk: Desk, lines: readonly OrderLine[]): Promise<readonly Need[]> {
  const products = await listProducts(desk);
  const needs = new Map<number, Need>();
  for (const line of lines) {
    const product = products.find(({ id }) => id === line.product.id);
    if (product === undefined || !product.is_storable) continue;
    const qty = (needs.get(product.id)?.qty ?? 0) + line.product_uom_qty;
    const code = product.default_code === "" ? product.name : product.default_code;
    needs.set(product.id, { name: product.name, code, qty, free: product.free_qty });
  }
  return [...needs.values()];
}

const movesOf = (needs: readonly Need[], figure: string, direction: 1 | -1): readonly AggregateDelta[] =>
  needs.map(({ name, code, qty, free }) => ({
    record: code,
    label: `${name}, ${figure}`,
    delta: signed(quantityText(direction * qty)),
    before: quantityText(free),
    after: quantityText(free + direction * qty),
  }));

/** Odoo confirms an order for what is not there, and only the delivery waits: Nova says so before anybody approves. */
const freeGuards = (needs: readonly Need[], order: string): readonly Guard[] =>
  needs.map(({ name, qty, free }) => {
    if (free < qty)
      throw refused(
        `Only ${quantityText(free)} of ${name} are free, order ${order} needs ${quantityText(qty)}. Receive stock first or make a smaller order.`,
      );
    return {
      check: `stock of ${name}`,
      isMet: true,
      detail: `${quantityText(free)} free, ${quantityText(qty)} needed`,
    };
  });

export const confirmOrder = defineRemoteOperation({
  ...oneOrder,
  plan: async (desk: Desk, args) => {
    const order = await orderIn(desk, args.order, { states: ["draft"], verb: "confirmed" });
    const lines = await readLines(desk, order);
    const needs = await needsOf(desk, lines);
    const step = { op: "order.confirm", after: "confirmed", model: "sale.order", ids: [order.id] };
    return {
      ...planStep(desk, { order, lines }, { ...step, method: "action_confirm" }),
      summary: `Confirm order ${order.name} for ${order.partner_id.name}: ${moneyText(order.amount_total, desk.currency)}`,
      deltas: movesOf(needs, "free", -1),
      guards: freeGuards(needs, order.name),
      isExternal: true,
      undo: "Cancel the order: its stock is free again.",
    };
  },
  undo: (_desk, { order }) => ({ op: "order.cancel", args: { order } }),
});

export const cancelOrder = defineRemoteOperation({
  ...oneOrder,
  plan: async (desk: Desk, args) => {
    const order = await orderIn(desk, args.order, { states: ["draft", "confirmed"], verb: "cancelled" });
    const state = orderState(order);
    if (order.delivery_status === "partial" || order.delivery_status === "started")
      throw refused(`Order ${order.name} is delivered in part. Take the goods back in Odoo first.`);
    const lines = await readLines(desk, order);
    const needs = state === "confirmed" ? await needsOf(desk, lines) : [];
    const step = { op: "order.cancel", after: "cancelled", model: "sale.order", ids: [order.id] };
    return {
      ...planStep(desk, { order, lines }, { ...step, method: "action_cancel" }),
      summary: `Cancel ${state} order ${order.name} of ${order.partner_id.name}`,
      deltas: movesOf(needs, "free", 1),
      guards: [],
      isExternal: false,
      undo: "Create the order again.",
    };
  },
});

const Picking = z.object({ id: z.int(), name: z.string(), state: z.string(), picking_type_code: z.string() });

/** Only where one transfer takes everything out: with several, or with some of it missing, Odoo asks back in a dialog. */
export const shipOrder = defineRemoteOperation({
  ...oneOrder,
  plan: async (desk: Desk, args) => {
    const order = await orderIn(desk, args.order, { states: ["confirmed"], verb: "shipped" });
    const rows = await desk.db.look("stock.picking", {
      domain: [["id", "in", order.picking_ids]],
      fields: ["name", "state", "picking_type_code"],
    });
    const open = rows.map((row) => Picking.parse(row)).filter(({ state }) => state !== "cancel");
    const [picking, another] = open;
    if (picking === undefined || another !== undefined || picking.picking_type_code !== "outgoing")
      throw refused(`Order ${order.name} is delivered in several steps. Do them in Odoo.`);
    if (picking.state !== "assigned")
      throw refused(
        `Not all of order ${order.name} is reserved (${picking.name} is ${picking.state}). Receive stock first.`,
      );
    const lines = await readLines(desk, order);
    const needs = await needsOf(desk, lines);
    const step = { op: "order.ship", after: "shipped", model: "stock.picking", ids: [picking.id] };
    return {
      ...planStep(desk, { order, lines }, { ...step, method: "button_validate" }),
      summary: `Ship order ${order.name} to ${order.partner_id.name}: ${moneyText(order.amount_total, desk.currency)}`,
      deltas: needs.map(({ name, code, qty }) => ({
        record: code,
        label: `${name}, leaving`,
        delta: signed(quantityText(-qty)),
        before: quantityText(qty),
        after: "0",
      })),
      guards: [{ check: `reserved for ${order.name}`, isMet: true, detail: `${picking.name} is ready` }],
      isExternal: true,
      undo: null,
    };
  },
});
