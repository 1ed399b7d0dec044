// What follows a confirmed order: its goods leave with a Delivery Note, and what was delivered is invoiced.
import { z } from "zod";
import type { DocumentChange } from "../../src/ports.ts";
import { refused } from "../../src/remote-erp/fault.ts";
import { moneyText, signed } from "../../src/remote-erp/figures.ts";
import { Day, Named, defineRemoteOperation } from "../../src/remote-erp/operation.ts";
import type { Standing } from "../../src/remote-erp/operation.ts";
import type { Stamp } from "../../src/remote-erp/stamp.ts";
import type { Desk } from "./desk.ts";
import { movesOf, needsOf, presentGuards } from "./goods.ts";
import { Mapped, mapOrder, readCreated, submitNew } from "./mapped.ts";
import { stateChange } from "./orders.ts";
import { lineText, orderIn, orderState, readOrder } from "./records.ts";

const Args = z.strictObject({ order: Named, day: Day });
const orderAndDay = {
  input: z.strictObject({ order: Named, day: Day.optional() }),
  args: Args,
  resolve: async (desk: Desk, input: { readonly order: string; readonly day?: string | undefined }) => ({
    order: (await readOrder(desk, input.order)).name,
    day: input.day ?? desk.today,
  }),
};
const Created = z.looseObject({ ...Mapped.shape, docstatus: z.int() });
type Kind = { readonly doctype: "Delivery Note" | "Sales Invoice"; readonly record: string };
const delivery: Kind = { doctype: "Delivery Note", record: "new delivery note" };
const invoice: Kind = { doctype: "Sales Invoice", record: "new invoice" };

const changesOf = (desk: Desk, record: string, doc: Mapped): readonly DocumentChange[] =>
  [
    { label: "customer", after: `${doc.customer_name} (${doc.customer})` },
    ...doc.items.map((line, index) => ({
      label: `line ${index + 1}`,
      after: `${lineText(desk, line)} (${line.item_code})`,
    })),
    { label: "total", after: moneyText(doc.grand_total, desk.settings.currency) },
  ].map(({ label, after }) => ({ record, label, before: null, after }));

async function standOf(
  desk: Desk,
  { doctype, record }: Kind,
  { order, stamp }: { readonly order: string; readonly stamp: Stamp },
): Promise<Standing | null> {
  const found = await readCreated<z.infer<typeof Created>>(desk, Created, { doctype, stamp });
  if (found === null) return null;
  const source = await readOrder(desk, order);
  const own = changesOf(desk, record, found.doc).map(({ label, after }) => ({
    record,
    label,
    value: after ?? "",
  }));
  const values = [...own, { record: source.name, label: "state", value: orderState(source) }];
  return { isWhole: found.isWhole, values };
}

export const shipOrder = defineRemoteOperation({
  ...orderAndDay,
  plan: async (desk: Desk, args) => {
    const order = await orderIn(desk, args.order, { states: ["confirmed"], verb: "shipped" });
    if (order.per_delivered > 0)
      throw refused(`Order ${order.name} is delivered in part. Deliver the rest in ERPNext.`);
    const { body, mapped } = await mapOrder(desk, "Delivery Note", order.name);
    const needs = await needsOf(desk, mapped.items);
    return {
      summary: `Ship order ${order.name} to ${order.customer_name}: ${moneyText(mapped.grand_total, desk.settings.currency)}`,
      changes: [...changesOf(desk, delivery.record, mapped), stateChange(order, "shipped")],
      deltas: [...movesOf(needs, "on hand", -1), ...movesOf(needs, "reserved", -1)],
      guards: presentGuards(needs, order.name),
      warnings: [],
      amountCents: mapped.grand_total,
      party: mapped.customer,
      isExternal: true,
      undo: null,
      tokens: { [order.name]: order.modified },
      send: submitNew(desk, "Delivery Note", { ...body, posting_date: args.day, set_posting_time: 1 }),
    };
  },
  stand: async (desk, { order }, stamp) => standOf(desk, delivery, { order, stamp }),
});

/** Only what left the house is invoiced, so that an invoice never runs ahead of its goods. */
export const postInvoice = defineRemoteOperation({
  ...orderAndDay,
  plan: async (desk: Desk, args) => {
    const { currency } = desk.settings;
    const order = await orderIn(desk, args.order, { states: ["shipped"], verb: "invoiced" });
    if (order.per_billed > 0)
      throw refused(`Order ${order.name} is invoiced in part. Invoice the rest in ERPNext.`);
    const { body, mapped } = await mapOrder(desk, "Sales Invoice", order.name);
    const total = moneyText(mapped.grand_total, currency);
    return {
      summary: `Post invoice for order ${order.name} to ${order.customer_name}: ${total}`,
      changes: [...changesOf(desk, invoice.record, mapped), stateChange(order, "invoiced")],
      deltas: [await owedMore(desk, mapped)],
      guards: [],
      warnings: [],
      amountCents: mapped.grand_total,
      party: mapped.customer,
      isExternal: true,
      undo: null,
      tokens: { [order.name]: order.modified },
      send: submitNew(desk, "Sales Invoice", { ...body, posting_date: args.day, set_posting_time: 1 }),
    };
  },
  stand: async (desk, { order }, stamp) => standOf(desk, invoice, { order, stamp }),
});

const Open = z.object({ outstanding_amount: Mapped.shape.grand_total });

async function owedMore({ site, settings }: Desk, { customer, customer_name, grand_total }: Mapped) {
  const filters = [
    ["customer", "=", customer],
    ["company", "=", settings.company],
    ["docstatus", "=", 1],
  ] as const;
  const rows = await site.list("Sales Invoice", { fields: ["outstanding_amount"], filters });
  const owed = rows.reduce<number>((sum, row) => sum + Open.parse(row).outstanding_amount, 0);
  return {
    record: customer,
    label: `owed by ${customer_name}`,
    delta: signed(moneyText(grand_total, settings.currency)),
    before: moneyText(owed, settings.currency),
    after: moneyText(owed + grand_total, settings.currency),
  };
}
