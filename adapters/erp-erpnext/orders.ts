// Steps of a sales order that stands in ERPNext: submitting it (which reserves) and cancelling it. Each is one PUT that
// carries `modified`, the new docstatus and Nova's stamp, so that all three happen in one transaction or none does.
import { z } from "zod";
import type { DocumentChange, Guard } from "../../src/ports.ts";
import { toBound, toStanding } from "../../src/remote-erp/contents.ts";
import { refused } from "../../src/remote-erp/fault.ts";
import { Cents, moneyText } from "../../src/remote-erp/figures.ts";
import { Day, Named, defineRemoteOperation } from "../../src/remote-erp/operation.ts";
import type { Standing } from "../../src/remote-erp/operation.ts";
import { stampPrefix } from "../../src/remote-erp/stamp.ts";
import type { Stamp } from "../../src/remote-erp/stamp.ts";
import type { Desk } from "./desk.ts";
import { freeGuards, movesOf, needsOf } from "./goods.ts";
import { contentsOf } from "./order-contents.ts";
import { orderIn, orderState, readOrder } from "./records.ts";
import type { Order } from "./records.ts";
import { stepsField, stepsWith } from "./stamps.ts";

const Input = z.strictObject({ order: Named, day: Day.optional() });
const Args = z.strictObject({ order: Named });
const oneOrder = {
  input: Input,
  args: Args,
  resolve: async (desk: Desk, { order }: { order: string }) => ({
    order: (await readOrder(desk, order)).name,
  }),
};

/** What a person who approves a step reads of the order; the same words come out of the read-back. */
export const stateChange = (order: Order, after: string): DocumentChange => ({
  record: order.name,
  label: "state",
  before: orderState(order),
  after,
});

const setDocstatus =
  ({ site }: Desk, order: Order, docstatus: 1 | 2) =>
  async (stamp: Stamp, signal: AbortSignal): Promise<readonly string[]> => {
    const body = {
      docstatus,
      modified: order.modified,
      [stepsField]: stepsWith(order.custom_nova_steps, stamp),
    };
    await site.update("Sales Order", order.name, { body, signal });
    return [order.name];
  };

async function standOf(desk: Desk, name: string, stamp: Stamp): Promise<Standing | null> {
  const order = await readOrder(desk, name);
  if (!(order.custom_nova_steps ?? "").includes(stampPrefix(stamp.actionId))) return null;
  const state = { record: order.name, label: "state", value: orderState(order) };
  return { isWhole: true, values: [state, ...toStanding(order.name, contentsOf(desk, order))] };
}

export const confirmOrder = defineRemoteOperation({
  ...oneOrder,
  plan: async (desk: Desk, args) => {
    const order = await orderIn(desk, args.order, { states: ["draft"], verb: "confirmed" });
    const needs = await needsOf(desk, order.items);
    return {
      summary: `Confirm order ${order.name} for ${order.customer_name}: ${moneyText(order.grand_total, desk.settings.currency)}`,
      changes: [stateChange(order, "confirmed"), ...toBound(order.name, contentsOf(desk, order))],
      deltas: movesOf(needs, "reserved", 1),
      guards: [await creditGuard(desk, order), ...freeGuards(needs, order.name)],
      warnings: [],
      amountCents: order.grand_total,
      party: order.customer,
      isExternal: true,
      undo: "Cancel the order: its stock is free again.",
      tokens: { [order.name]: order.modified },
      send: setDocstatus(desk, order, 1),
    };
  },
  stand: async (desk, args, stamp) => standOf(desk, args.order, stamp),
  undo: (_desk, { order }) => ({ op: "order.cancel", args: { order } }),
});

export const cancelOrder = defineRemoteOperation({
  ...oneOrder,
  plan: async (desk: Desk, args) => {
    const found = await readOrder(desk, args.order);
    if (orderState(found) === "draft")
      throw refused(
        `Order ${found.name} is a draft: ERPNext has drafts deleted, not cancelled. Delete it there.`,
      );
    const order = await orderIn(desk, args.order, { states: ["confirmed"], verb: "cancelled" });
    if (order.per_delivered > 0 || order.per_billed > 0)
      throw refused(
        `Order ${order.name} is delivered or invoiced in part. Cancel those documents in ERPNext first.`,
      );
    return {
      summary: `Cancel confirmed order ${order.name} of ${order.customer_name}`,
      changes: [stateChange(order, "cancelled"), ...toBound(order.name, contentsOf(desk, order))],
      deltas: movesOf(await needsOf(desk, order.items), "reserved", -1),
      guards: [],
      warnings: [],
      amountCents: order.grand_total,
      party: order.customer,
      isExternal: false,
      undo: "Create the order again.",
      tokens: { [order.name]: order.modified },
      send: setDocstatus(desk, order, 2),
    };
  },
  stand: async (desk, args, stamp) => standOf(desk, args.order, stamp),
});

const Credit = z.looseObject({
  credit_limits: z.array(z.looseObject({ company: z.string(), credit_limit: Cents })).default([]),
});
const Owed = z.object({ outstanding_amount: Cents });
const Ordered = z.object({ grand_total: Cents, per_billed: z.number() });

/** What the customer owes and has ordered, with this order, against the credit limit for this company. 0 means no limit. */
async function creditGuard({ site, settings }: Desk, order: Order): Promise<Guard> {
  const mine = [
    ["customer", "=", order.customer],
    ["company", "=", settings.company],
    ["docstatus", "=", 1],
  ] as const;
  const [customer, invoices, orders] = await Promise.all([
    site.get("Customer", order.customer),
    site.list("Sales Invoice", { fields: ["outstanding_amount"], filters: mine }),
    site.list("Sales Order", {
      fields: ["grand_total", "per_billed"],
      filters: [...mine, ["status", "!=", "Closed"]],
    }),
  ]);
  const limits = Credit.parse(customer).credit_limits;
  const limit = limits.find(({ company }) => company === settings.company)?.credit_limit ?? 0;
  const owed = invoices.reduce<number>((sum, row) => sum + Owed.parse(row).outstanding_amount, 0);
  const ordered = orders
    .map((row) => Ordered.parse(row))
    .reduce((sum, one) => sum + Math.round((one.grand_total * (100 - one.per_billed)) / 100), 0);
  const exposure = owed + ordered + order.grand_total;
  const words = moneyText(exposure, settings.currency);
  if (limit > 0 && exposure > limit)
    throw refused(
      `${order.customer_name} would owe ${words}, above the credit limit of ${moneyText(limit, settings.currency)}. Register a payment first.`,
    );
  const bound = limit === 0 ? "no limit" : `limit ${moneyText(limit, settings.currency)}`;
  return { check: "credit", isMet: true, detail: `${words} with this order, ${bound}` };
}
