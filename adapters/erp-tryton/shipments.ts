// The shipment that a sale has waiting, with the goods that it would really carry: somebody may have changed it in Tryton,
// and then it is not what the sale says.
import { z } from "zod";
import type { Content } from "../../src/remote-erp/contents.ts";
import { quantityText } from "../../src/remote-erp/figures.ts";
import { itemText, numbered, partyText } from "./contents.ts";
import { readRows } from "./names.ts";
import { refuse } from "./operation.ts";
import type { Desk } from "./operation.ts";
import { Party } from "./records.ts";
import type { Sale } from "./records.ts";
import type { Tryton } from "./rpc.ts";
import { Thousandths } from "./values.ts";

const Row = z
  .object({
    id: z.int(),
    number: z.string().nullable(),
    state: z.string(),
    inventory_moves: z.array(z.int()),
    outgoing_moves: z.array(z.int()),
    "customer.": Party,
    "delivery_address.": z.object({ rec_name: z.string() }),
    _timestamp: z.string(),
  })
  .transform((row) => ({
    id: row.id,
    ref: /^\d+$/u.test(row.number ?? "") ? `DEL-${row.number?.padStart(4, "0")}` : `DEL-draft ${row.id}`,
    state: row.state,
    // Where goods are first fetched from their shelves, it is those moves that say how much goes out.
    fetched: row.inventory_moves,
    outgoing: row.outgoing_moves,
    party: row["customer."],
    to: row["delivery_address."].rec_name,
    token: row._timestamp,
  }));
export type Shipment = z.infer<typeof Row>;

const model = "stock.shipment.out";
const fields = [
  "number",
  "state",
  "inventory_moves",
  "outgoing_moves",
  "customer.rec_name",
  "delivery_address.rec_name",
  "_timestamp",
];

export async function readShipments(tryton: Tryton, ids: readonly number[]): Promise<readonly Shipment[]> {
  return ids.length === 0 ? [] : readRows(tryton, { model, ids }, { schema: Row, fields });
}

/** The one shipment of the sale that is still to go out; the sentence that says why there is no such one. */
export async function openShipment({ tryton }: Desk, sale: Sale): Promise<Shipment> {
  const shipments = await readShipments(tryton, sale.shipments);
  const [open, ...more] = shipments.filter(({ state }) => state !== "done" && state !== "cancelled");
  if (open === undefined)
    throw refuse(`Order ${sale.ref} has no shipment in Tryton yet. Look at the order there.`);
  if (more.length > 0)
    throw refuse(`Order ${sale.ref} has ${more.length + 1} shipments to go out. Ship them in Tryton.`);
  return open;
}

const Move = z
  .object({
    id: z.int(),
    state: z.string(),
    quantity: Thousandths,
    internal_quantity: Thousandths,
    "product.": z.object({ id: z.int(), code: z.string().nullable(), rec_name: z.string() }),
    "uom.": z.object({ rec_name: z.string() }),
  })
  .transform((row) => ({
    state: row.state,
    text: `${quantityText(row.quantity)} ${row["uom."].rec_name} × ${itemText(row["product."].rec_name)}`,
    product: row["product."].id,
    code: row["product."].code ?? `item ${row["product."].id}`,
    name: row["product."].rec_name.replace(/^\[[^\]]*\] /u, ""),
    // In the unit that stock is counted in.
    quantity: row.internal_quantity,
  }));
type Move = z.infer<typeof Move>;
const moveFields = [
  "state",
  "quantity",
  "internal_quantity",
  "product.code",
  "product.rec_name",
  "uom.rec_name",
];

/** What goes out, or went out once it is done. */
export async function readGoods(tryton: Tryton, shipment: Shipment): Promise<readonly Move[]> {
  const isFetched = shipment.state !== "done" && shipment.fetched.length > 0;
  const ids = isFetched ? shipment.fetched : shipment.outgoing;
  const rows = await readRows(tryton, { model: "stock.move", ids }, { schema: Move, fields: moveFields });
  return rows.filter(({ state, quantity }) => state !== "cancelled" && quantity !== 0);
}

/** The same words in whatever order Tryton keeps them. */
export const shipmentContents = ({ party, to }: Shipment, goods: readonly Move[]): readonly Content[] => [
  ...numbered("goods", goods.map(({ text }) => text).toSorted()),
  { label: "party", text: partyText(party) },
  { label: "ship to", text: to },
];
