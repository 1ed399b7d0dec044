// The invoice for a shipped order: Odoo draws it up as a draft, which binds nobody and is compared with what was approved;
// only then is it posted, in one call. A draft that came out differently is left as one, and said.
import { z } from "zod";
import type { DocumentChange } from "../../src/ports.ts";
import { ErpFault, refused } from "../../src/remote-erp/fault.ts";
import { moneyText } from "../../src/remote-erp/figures.ts";
import { Day, Named, defineRemoteOperation } from "../../src/remote-erp/operation.ts";
import { pricedLineText } from "../../src/remote-erp/priced-line.ts";
import type { PricedLine } from "../../src/remote-erp/priced-line.ts";
import type { Stamp } from "../../src/remote-erp/stamp.ts";
import type { Desk } from "./desk.ts";
import { doAnnounced, findMessages } from "./marks.ts";
import { findMoves, partyOf, readMoveLines } from "./moves.ts";
import type { Move } from "./moves.ts";
import { Link, findOrder, orderIn, orderState, readLines, readOrder } from "./records.ts";
import type { Order } from "./records.ts";

const Args = z.strictObject({ order: Named, day: Day });
const record = "new invoice";
const op = "invoice.post";
const wizard = "sale.advance.payment.inv";
const Created = z.array(z.int()).length(1);

export const postInvoice = defineRemoteOperation({
  input: z.strictObject({ order: Named, day: Day.optional() }),
  args: Args,
  resolve: async (desk: Desk, { order, day }) => ({
    order: (await readOrder(desk, order)).name,
    day: day ?? desk.today,
  }),
  plan: async (desk, args) => {
    const { order, customer } = await billable(desk, args.order);
    const lines = (await readLines(desk, order)).map((line) => ({
      name: line.product.name,
      qty: line.product_uom_qty,
      price: line.price_unit,
      net: line.price_subtotal,
    }));
    const total = moneyText(order.amount_total, desk.currency);
    const state = { record: order.name, label: "state", before: orderState(order), after: "invoiced" };
    return {
      summary: `Post invoice for order ${order.name} to ${customer}: ${total}`,
      changes: [...changesOf(desk, { customer, lines, total, day: args.day }), state],
      deltas: [],
      guards: [],
      warnings: [],
      amountCents: order.amount_total,
      party: String(order.partner_id.id),
      isExternal: true,
      undo: null,
      tokens: { [order.name]: order.write_date },
      send: async (stamp, signal) => postDrawn(desk, { order, day: args.day }, { stamp, signal }),
    };
  },
  stand: async (desk, args, stamp) => {
    const move = await announcedMove(desk, stamp);
    const order = await findOrder(desk, args.order);
    if (move === null || order === null) return null;
    const shown = {
      customer: partyOf(move),
      lines: await readMoveLines(desk, move),
      total: moneyText(move.amount_total, desk.currency),
      day: move.invoice_date,
    };
    const own = changesOf(desk, shown).map(({ label, after }) => ({ record, label, value: after ?? "" }));
    return {
      isWhole: true,
      values: [...own, { record: order.name, label: "state", value: orderState(order) }],
    };
  },
});

type Sending = { readonly stamp: Stamp; readonly signal: AbortSignal };

async function postDrawn(
  desk: Desk,
  { order, day }: { readonly order: Order; readonly day: string },
  { stamp, signal }: Sending,
): Promise<readonly string[]> {
  const { id, amount_total: drawn } = await drawUp(desk, order, signal);
  const money = (cents: number): string => moneyText(cents, desk.currency);
  if (drawn !== order.amount_total)
    throw new ErpFault(
      "rejected",
      `Odoo drew the invoice up at ${money(drawn)} instead of ${money(order.amount_total)}. It was left as a draft: look at it there.`,
    );
  const vals = { invoice_date: day };
  await desk.db.do("account.move", "write", { ids: [id], args: { vals }, signal });
  const task = async (): Promise<unknown> => desk.db.do("account.move", "action_post", { ids: [id], signal });
  await doAnnounced(desk, { model: "account.move", id, op }, { stamp, signal, task });
  return [String(id)];
}

type Shown = {
  readonly customer: string;
  readonly lines: readonly PricedLine[];
  readonly total: string;
  readonly day: string;
};
const changesOf = (desk: Desk, { customer, lines, total, day }: Shown): readonly DocumentChange[] =>
  [
    { label: "customer", after: customer },
    { label: "day", after: day },
    ...lines.map((line, index) => ({
      label: `line ${index + 1}`,
      after: pricedLineText(desk.currency, line),
    })),
    { label: "total", after: total },
  ].map(({ label, after }) => ({ record, label, before: null, after }));

const Billing = z.object({ invoice_ids: z.array(z.int()), partner_invoice_id: Link });
const Billable = z.object({ qty_to_invoice: z.number(), product_uom_qty: z.number() });

const billingOf = async ({ db }: Desk, { id }: Pick<Order, "id">): Promise<z.infer<typeof Billing>> => {
  const fields = ["invoice_ids", "partner_invoice_id"];
  const [row] = await db.look("sale.order", { domain: [["id", "=", id]], fields, limit: 1 });
  return Billing.parse(row);
};
const invoicesOf = async (desk: Desk, ids: readonly number[]): Promise<readonly Move[]> =>
  ids.length === 0
    ? []
    : findMoves(desk, [
        ["id", "in", ids],
        ["state", "!=", "cancel"],
      ]);

/** Only a whole order that left the house, of which nothing is invoiced yet. */
async function billable(desk: Desk, number: string) {
  const found = await readOrder(desk, number);
  const { invoice_ids: ids, partner_invoice_id: customer } = await billingOf(desk, found);
  // Odoo counts a draft as invoiced already.
  if ((await invoicesOf(desk, ids)).some(({ state }) => state === "draft"))
    throw refused(`Order ${found.name} has a draft invoice in Odoo. Post or delete it there.`);
  const order = await orderIn(desk, number, { states: ["shipped"], verb: "invoiced" });
  const rows = await desk.db.look("sale.order.line", {
    domain: [["id", "in", order.order_line]],
    fields: ["qty_to_invoice", "product_uom_qty"],
  });
  const lines = rows.map((row) => Billable.parse(row));
  if (lines.some((line) => line.qty_to_invoice !== line.product_uom_qty))
    throw refused(`Order ${order.name} is not to be invoiced as a whole. Invoice it in Odoo.`);
  return { order, customer: customer.name };
}

/** Two calls: what they leave behind is a draft, or a form that nobody sees. */
async function drawUp(desk: Desk, order: Order, signal: AbortSignal): Promise<Move> {
  const vals = { advance_payment_method: "delivered", sale_order_ids: [[6, 0, [order.id]]] };
  const made = await desk.db.do(wizard, "create", { args: { vals_list: [vals] }, signal });
  await desk.db.do(wizard, "create_invoices", { ids: Created.parse(made), signal });
  const { invoice_ids: ids } = await billingOf(desk, order);
  const drafts = (await invoicesOf(desk, ids)).filter(({ state }) => state === "draft");
  const [draft, another] = drafts;
  if (draft === undefined || another !== undefined)
    throw new ErpFault(
      "rejected",
      `Odoo drew up ${drafts.length} invoices instead of one. Look at ${order.name} there.`,
    );
  return draft;
}

async function announcedMove(desk: Desk, { actionId }: Stamp): Promise<Move | null> {
  const messages = await findMessages(desk, actionId);
  const message = messages.find(({ model }) => model === "account.move");
  if (message === undefined) return null;
  const [move] = await findMoves(desk, [["id", "=", message.res_id]]);
  return move ?? null;
}
