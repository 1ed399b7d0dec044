// Sales in Tryton: confirm (goods are promised), cancel. Each stands on the sale as it was read, and is done only
// where the sale still says so.
import { z } from "zod";
import type { DocumentChange, Verified } from "../../src/ports.ts";
import { toBound, toStanding } from "../../src/remote-erp/contents.ts";
import { saleContents } from "./contents.ts";
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
export const boundOf = (sale: Sale, lines: readonly SaleLine[]): readonly DocumentChange[] =>
  toBound(sale.ref, saleContents(sale, lines));

const moves = (sale: Sale, to: string): DocumentChange => ({
  record: sale.ref,
  label: "state",
  before: stateOf(sale),
  after: to,
});
export const tokenOf = (sale: Sale): Record<string, string> => ({ [`sale.sale,${sale.id}`]: sale.token });
export const money = (sale: Sale): string => `${centsText(sale.totalCents)} ${sale.currency}`;

type Looked = { readonly anchor: Anchor; readonly args: Args | null };

/** The marked sale as it stands, judged by its state and read back under the name that it was approved by. */
const lookAtSale =
  (to: string, judge: (state: Sale["state"]) => Verified) =>
  async ({ tryton }: Desk, { anchor, args }: Looked): Promise<Standing> => {
    const sale = await readSale(tryton, anchor.id);
    const record = args?.order ?? sale.ref;
    const contents = saleContents(sale, await readSaleLines(tryton, sale));
    const values = toStanding(record, [{ label: "state", text: to }, ...contents]);
    return { verified: judge(sale.state), ids: [sale.ref], values };
  };

export const confirmOrder = defineOperation({
  ...oneOrder,
  plan: async (desk, args) => {
    const { sale, lines } = await saleIn(desk, args.order, { states: ["draft"], verb: "confirmed" });
    const { guards, deltas } = await checkStock(desk, { ...sale, needs: lines }, "free");
    return {
      summary: `Confirm order ${sale.ref} for ${sale.party.rec_name}: ${money(sale)}`,
      changes: [moves(sale, "confirmed"), ...boundOf(sale, lines)],
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
  // A confirmed sale is processed by a task of its own, now or later, whose failure Tryton only logs: it is watched until
  // shipment and invoice are there.
  look: lookAtSale("confirmed", (state) => {
    if (state === "confirmed") return "underway";
    return state === "processing" || state === "done" ? "applied" : "absent";
  }),
});

export const cancelOrder = defineOperation({
  ...oneOrder,
  plan: async (desk, args) => {
    const { sale, lines } = await saleIn(desk, args.order, { states: ["draft"], verb: "cancelled in Nova" });
    return {
      summary: `Cancel draft order ${sale.ref} of ${sale.party.rec_name}`,
      changes: [moves(sale, "cancelled"), ...boundOf(sale, lines)],
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
  look: lookAtSale("cancelled", (state) => (state === "cancelled" ? "applied" : "absent")),
});
