// Shipping a sale: what leaves the house is what its shipment in Tryton says, so that is what is shown, bound and read back.
import type { DocumentChange } from "../../src/ports.ts";
import { toBound, toStanding } from "../../src/remote-erp/contents.ts";
import { saleContents } from "./contents.ts";
import { findSale } from "./names.ts";
import { absent, defineOperation, refuse } from "./operation.ts";
import type { Desk, Standing } from "./operation.ts";
import { readSale, readSaleLines } from "./records.ts";
import { boundOf, money, oneOrder, saleIn, tokenOf } from "./sales.ts";
import { openShipment, readGoods, readShipments, shipmentContents } from "./shipments.ts";
import type { Shipment } from "./shipments.ts";
import { checkStock } from "./stock-guard.ts";

const model = "stock.shipment.out";

async function shipmentOf(desk: Desk, ref: string): Promise<Shipment> {
  return openShipment(desk, await readSale(desk.tryton, await findSale(desk.tryton, ref)));
}

const goesOut = ({ ref, state }: Shipment): DocumentChange => ({
  record: ref,
  label: "state",
  before: state,
  after: "done",
});

export const shipOrder = defineOperation({
  ...oneOrder,
  plan: async (desk, args) => {
    const { sale, lines } = await saleIn(desk, args.order, { states: ["confirmed"], verb: "shipped" });
    const shipment = await openShipment(desk, sale);
    const goods = await readGoods(desk.tryton, shipment);
    const { guards, deltas } = await checkStock(desk, { ...sale, needs: goods }, "onHand");
    return {
      summary: `Ship order ${sale.ref} to ${sale.party.rec_name}: ${money(sale)}`,
      changes: [
        goesOut(shipment),
        ...toBound(shipment.ref, shipmentContents(shipment, goods)),
        ...boundOf(sale, lines),
      ],
      deltas,
      guards,
      amountCents: sale.totalCents,
      party: sale.party.rec_name,
      currency: sale.currency,
      isExternal: true,
      undo: null,
      tokens: { ...tokenOf(sale), [`${model},${shipment.id}`]: shipment.token },
    };
  },
  anchor: async (desk, { order }) => ({ model, id: (await shipmentOf(desk, order)).id }),
  run: async (desk, { order }, { tokens, signal }) => {
    const { tryton } = desk;
    const { id } = await shipmentOf(desk, order);
    const context = { _timestamp: tokens };
    const isAssigned = await tryton.call(`model.${model}.assign_try`, [[id]], { context, signal });
    if (isAssigned !== true) throw refuse(`Tryton could not set the goods of ${order} aside.`);
    for (const step of ["pick", "pack", "done"])
      await tryton.call(`model.${model}.${step}`, [[id]], { signal });
  },
  look: async ({ tryton }, { anchor, args }): Promise<Standing> => {
    const [shipment] = await readShipments(tryton, [anchor.id]);
    if (shipment === undefined) return absent;
    const { ref, state } = shipment;
    const isBefore = state === "waiting" || state === "draft";
    if (state !== "done") return { ...absent, verified: isBefore ? "absent" : "partial", ids: [ref] };
    const contents = shipmentContents(shipment, await readGoods(tryton, shipment));
    const values = toStanding(ref, [{ label: "state", text: state }, ...contents]);
    if (args === null) return { verified: "applied", ids: [ref], values };
    const sale = await readSale(tryton, await findSale(tryton, args.order));
    const kept = toStanding(args.order, saleContents(sale, await readSaleLines(tryton, sale)));
    return { verified: "applied", ids: [args.order, ref], values: [...values, ...kept] };
  },
});
