// Stock that a count, a loss or a find corrects: the counted quantity is noted on the quant, where it moves nothing, and
// applied in one call, which Odoo refuses to carry out when something moved in between. The move carries the stamp.
import { z } from "zod";
import { ErpFault, refused } from "../../src/remote-erp/fault.ts";
import { Thousandths, quantityText, signed, toQuantity } from "../../src/remote-erp/figures.ts";
import { Day, Named, defineRemoteOperation } from "../../src/remote-erp/operation.ts";
import { stampText } from "../../src/remote-erp/stamp.ts";
import { StockDifference, planStockChange } from "../../src/remote-erp/stock-change.ts";
import { chooseOne } from "../../src/remote-erp/words.ts";
import type { Desk } from "./desk.ts";
import { chooseProduct, codeOf, listProducts } from "./products.ts";
import type { Product } from "./products.ts";
import { Link, ProductLink, Text } from "./records.ts";

const Args = z.strictObject({
  item: Named,
  location: Named,
  changeThousandths: StockDifference,
  reason: z.string().trim().min(1).max(200),
});
const record = "new stock move";

export const adjustStock = defineRemoteOperation({
  input: z.strictObject({ ...Args.shape, location: Named.optional(), day: Day.optional() }),
  args: Args,
  resolve: async (desk: Desk, { item, location, changeThousandths, reason }) => {
    const product = chooseProduct(await listProducts(desk), item);
    const quant = await quantOf(desk, product, location);
    return { item: codeOf(product), location: quant.location_id.name, changeThousandths, reason };
  },
  plan: async (desk, args) => {
    const product = chooseProduct(await listProducts(desk), args.item);
    const quant = await quantOf(desk, product, args.location);
    const shelf = {
      code: args.item,
      name: product.name,
      location: args.location,
      onHand: quant.quantity,
      reserved: quant.reserved_quantity,
    };
    const change = signed(quantityText(args.changeThousandths));
    const after = quant.quantity + args.changeThousandths;
    const shown = { item: product.name, location: args.location, change, reason: args.reason };
    return {
      summary: `Adjust stock of ${product.name} at ${args.location} by ${change}: ${args.reason}`,
      changes: valuesOf(shown).map(({ label, value }) => ({ record, label, before: null, after: value })),
      ...planStockChange(shelf, args.changeThousandths),
      send: async (stamp, signal) => {
        await apply(desk, { id: quant.id, after, name: `${args.reason} ${stampText(stamp)}` }, signal);
        return [`${args.item}@${args.location}`];
      },
    };
  },
  stand: async (desk, args, stamp) => {
    const [raw] = await desk.db.look("stock.move", {
      domain: [["inventory_name", "ilike", stampText(stamp)]],
      fields: ["inventory_name", "product_id", "product_uom_qty", "location_id", "location_dest_id"],
      limit: 1,
    });
    if (raw === undefined) return null;
    const move = Move.parse(raw);
    const isOut = move.location_id.name === args.location;
    const shown = {
      item: move.product_id.name,
      location: isOut ? move.location_id.name : move.location_dest_id.name,
      change: signed(quantityText(isOut ? -move.product_uom_qty : move.product_uom_qty)),
      reason: move.inventory_name.startsWith(`${args.reason} `) ? args.reason : move.inventory_name,
    };
    return { isWhole: true, values: valuesOf(shown).map((one) => ({ record, ...one })) };
  },
  undo: (_desk, { item, location, changeThousandths }) => ({
    op: "stock.adjust",
    args: { item, location, changeThousandths: -changeThousandths, reason: "undone" },
  }),
});

type Count = { readonly id: number; readonly after: number; readonly name: string };

/** Noted first, which moves nothing; Odoo compares what lies there with what lay there then, and applies it or asks back. */
async function apply({ db }: Desk, { id, after, name }: Count, signal: AbortSignal): Promise<void> {
  const context = { inventory_mode: true };
  const vals = { inventory_quantity: toQuantity(after) };
  await db.do("stock.quant", "write", { ids: [id], context, args: { vals }, signal });
  const named = { ...context, inventory_name: name };
  const answer = await db.do("stock.quant", "action_apply_inventory", { ids: [id], context: named, signal });
  if (Dialog.safeParse(answer).success)
    throw new ErpFault(
      "stale",
      "Something of it moved meanwhile, so Odoo applied nothing. The count waits there.",
    );
}

/** What Odoo answers with where it wants to be asked again. */
const Dialog = z.looseObject({ res_model: z.string() });
const Move = z.object({
  inventory_name: Text,
  product_id: ProductLink,
  product_uom_qty: Thousandths,
  location_id: Link,
  location_dest_id: Link,
});

type Shown = {
  readonly item: string;
  readonly location: string;
  readonly change: string;
  readonly reason: string;
};
const valuesOf = ({ item, location, change, reason }: Shown) => [
  { label: "item", value: item },
  { label: "location", value: location },
  { label: "change", value: change },
  { label: "reason", value: reason },
];

const Part = z.union([Link, z.literal(false)]);
const Quant = z.object({
  id: z.int(),
  location_id: Link,
  quantity: Thousandths,
  reserved_quantity: Thousandths,
  inventory_quantity_set: z.boolean(),
  lot_id: Part,
  package_id: Part,
  owner_id: Part,
});
type Quant = z.infer<typeof Quant>;

/** The one place where it lies, by name where there are several; what is kept by lot, package or owner is left to people. */
async function quantOf({ db }: Desk, product: Product, location: string | undefined): Promise<Quant> {
  if (!product.is_storable) throw refused(`${product.name} is not kept in stock.`);
  const rows = await db.look("stock.quant", {
    domain: [
      ["product_id", "=", product.id],
      ["location_id.usage", "=", "internal"],
    ],
    fields: Object.keys(Quant.shape).filter((field) => field !== "id"),
  });
  const quants = rows.map((row) => Quant.parse(row));
  const places = [...new Set(quants.map(({ location_id: { name } }) => name))];
  if (places.length === 0)
    throw refused(`Nothing of ${product.name} ever lay in stock. Count it for the first time in Odoo.`);
  if (location === undefined && places.length > 1)
    throw refused(`${product.name} lies at ${places.join(", ")}. Say at which of them.`);
  const named = places.map((name) => ({ id: name, name }));
  const place = location === undefined ? places[0] : chooseOne("stock location", location, named).name;
  const [quant, another] = quants.filter(({ location_id: { name } }) => name === place);
  const isPlain =
    quant !== undefined && [quant.lot_id, quant.package_id, quant.owner_id].every((one) => one === false);
  if (!isPlain || another !== undefined)
    throw refused(`${product.name} is kept by lot, package or owner. Count it in Odoo.`);
  if (quant.inventory_quantity_set)
    throw refused(
      `A count of ${product.name} waits at ${place ?? ""} in Odoo. Apply or clear it there first.`,
    );
  return quant;
}
