// Sales in Tryton: confirm (goods are promised), cancel, ship. Each stands on the sale as it was read, and is done only
// where the sale still says so.
import { z } from "zod";
import type { DocumentChange, Verified } from "../../src/ports.ts";
import { quantityText } from "../../src/remote-erp/figures.ts";
import type { Anchor } from "./mark.ts";
import { findSale } from "./names.ts";
import { IsoDay, Named, defineOperation, refuse } from "./operation.ts";
import type { Desk, Standing } from "./operation.ts";
import { readSale, readSaleLines, stateOf } from "./records.ts";
import type { Sale, SaleLine } from "./records.ts";
import { checkStock } from "./stock-guard.ts";
import { centsText } from "./values.ts";

const Input = z.strictObject({ order: Named, day: IsoDay.optional() });
const Args = z.strictObject({ order: Named, day: IsoDay });
type Args = z.infer<typeof Args>;

export const oneOrder = {
  input: Input,
  args: Args,
  resolve: async (desk: Desk, input: z.infer<typeof Input>): Promise<Args> => {
    const sale = await readSale(desk.tryton, await findSale(desk.tryton, input.order));
    return { order: sale.ref, day: input.day ?? desk.today };
  },
  anchor: async ({ tryton }: Desk, { order }: Args): Promise<Anchor> => ({
    model: "sale.sale",
    id: await findSale(tryton, order),
  }),
};

type Wanted = { readonly states: readonly string[]; readonly verb: string };

/** The sale with its lines, if it stands where the step needs it; otherwise the sentence that says where it stands. */
export async function saleIn(
  desk: Desk,
  ref: string,
  wanted: Wanted,
): Promise<{ readonly sale: Sale; readonly lines: readonly SaleLine[] }> {
  const sale = await readSale(desk.tryton, await findSale(desk.tryton, ref));
  const state = stateOf(sale);
  if (!wanted.states.includes(state)) {
    throw refuse(
      `Order ${sale.ref} is ${state}: only a ${wanted.states.join(" or ")} order can be ${wanted.verb}.`,
    );
  }
  return { sale, lines: await readSaleLines(desk.tryton, sale) };
}

/** What the sale says, bound with equal before and after: it may not differ when it is done. */
export function contentsOf(sale: Sale, lines: readonly SaleLine[]): readonly DocumentChange[] {
  const same = (label: string, text: string): DocumentChange => ({
    record: sale.ref,
    label,
    before: text,
    after: text,
  });
  return [
    same("total", centsText(sale.totalCents)),
    ...lines.map((line) =>
      same(
        `${quantityText(line.quantity)} × ${line.name} (${line.code}) at ${line.priceText}`,
        `${centsText(line.netCents)} net`,
      ),
    ),
    same("party", sale.party.rec_name),
    same("day", sale.day),
  ];
}

const moves = (sale: Sale, to: string): DocumentChange => ({
  record: sale.ref,
  label: "state",
  before: stateOf(sale),
  after: to,
});
const tokenOf = (sale: Sale): Record<string, string> => ({ [`sale.sale,${sale.id}`]: sale.token });
const money = (sale: Sale): string => `${centsText(sale.totalCents)} ${sale.currency}`;

/** The marked sale as it stands, judged by its state. */
const lookAtSale =
  (judge: (sale: Sale, desk: Desk) => Verified | Promise<Verified>) =>
  async (desk: Desk, { anchor }: { readonly anchor: Anchor }): Promise<Standing> => {
    const sale = await readSale(desk.tryton, anchor.id);
    return { verified: await judge(sale, desk), ids: [sale.ref] };
  };

export const confirmOrder = defineOperation({
  ...oneOrder,
  plan: async (desk, args) => {
    const found = await saleIn(desk, args.order, { states: ["draft"], verb: "confirmed" });
    const { sale, lines } = found;
    const { guards, deltas } = await checkStock(desk, found, "free");
    return {
      summary: `Confirm order ${sale.ref} for ${sale.party.rec_name}: ${money(sale)}`,
      changes: [moves(sale, "confirmed"), ...contentsOf(sale, lines)],
      deltas,
      guards,
      amountCents: sale.totalCents,
      party: sale.party.rec_name,
      currency: sale.currency,
      isExternal: true,
      // Tryton has no way back from a processed sale but by undoing its shipment and invoice by hand.
      undo: null,
      tokens: tokenOf(sale),
    };
  },
  run: async ({ tryton }, args, { tokens, signal }) => {
    const sale = await readSale(tryton, await findSale(tryton, args.order));
    // The token guards the first step that writes; a button in the wrong state would not even look at it.
    const guarded = { context: { _timestamp: tokens }, signal };
    if (sale.state === "draft") await tryton.call("model.sale.sale.quote", [[sale.id]], guarded);
    const rest = sale.state === "draft" ? { signal } : guarded;
    await tryton.call("model.sale.sale.confirm", [[sale.id]], rest);
  },
  // A confirmed sale is processed by a task of its own, whose failure Tryton only logs.
  look: lookAtSale(({ state }) => {
    if (state === "confirmed") return "partial";
    return state === "processing" || state === "done" ? "applied" : "absent";
  }),
});

export const cancelOrder = defineOperation({
  ...oneOrder,
  plan: async (desk, args) => {
    const { sale, lines } = await saleIn(desk, args.order, { states: ["draft"], verb: "cancelled in Nova" });
    return {
      summary: `Cancel draft order ${sale.ref} of ${sale.party.rec_name}`,
      changes: [moves(sale, "cancelled"), ...contentsOf(sale, lines)],
      deltas: [],
      guards: [],
      amountCents: sale.totalCents,
      party: sale.party.rec_name,
      currency: sale.currency,
      isExternal: false,
      undo: "Create the order again.",
      tokens: tokenOf(sale),
    };
  },
  run: async ({ tryton }, args, { tokens, signal }) => {
    const id = await findSale(tryton, args.order);
    await tryton.call("model.sale.sale.cancel", [[id]], { context: { _timestamp: tokens }, signal });
  },
  look: lookAtSale(({ state }) => (state === "cancelled" ? "applied" : "absent")),
});

export const shipOrder = defineOperation({
  ...oneOrder,
  plan: async (desk, args) => {
    const found = await saleIn(desk, args.order, { states: ["confirmed"], verb: "shipped" });
    const { sale, lines } = found;
    if (sale.shipments.length === 0)
      throw refuse(`Order ${sale.ref} has no shipment in Tryton yet. Look at the order there.`);
    const { guards, deltas } = await checkStock(desk, found, "onHand");
    return {
      summary: `Ship order ${sale.ref} to ${sale.party.rec_name}: ${money(sale)}`,
      changes: [moves(sale, "shipped"), ...contentsOf(sale, lines)],
      deltas,
      guards,
      amountCents: sale.totalCents,
      party: sale.party.rec_name,
      currency: sale.currency,
      isExternal: true,
      undo: null,
      tokens: tokenOf(sale),
    };
  },
  run: async ({ tryton }, args, { signal }) => {
    const sale = await readSale(tryton, await findSale(tryton, args.order));
    const ids = sale.shipments;
    const isAssigned = await tryton.call("model.stock.shipment.out.assign_try", [ids], { signal });
    if (isAssigned !== true) throw refuse(`Tryton could not set the goods of ${sale.ref} aside.`);
    for (const step of ["pick", "pack", "done"])
      await tryton.call(`model.stock.shipment.out.${step}`, [ids], { signal });
  },
  look: lookAtSale(async ({ shipments }, { tryton }) => {
    const told = await tryton.call("model.stock.shipment.out.read", [shipments, ["state"]]);
    const states = z.array(z.object({ state: z.string() })).parse(told);
    if (states.length > 0 && states.every(({ state }) => state === "done")) return "applied";
    return states.every(({ state }) => state === "waiting" || state === "draft") ? "absent" : "partial";
  }),
});
