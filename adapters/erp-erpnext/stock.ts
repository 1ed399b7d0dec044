// Stock that a count, a loss or a find corrects, and stock that comes in: one submitted Stock Entry each.
import { z } from "zod";
import { refused } from "../../src/remote-erp/fault.ts";
import { Thousandths, quantityText, signed, toQuantity } from "../../src/remote-erp/figures.ts";
import { Day, Named, Quantity, defineRemoteOperation } from "../../src/remote-erp/operation.ts";
import type { Plan, Standing } from "../../src/remote-erp/operation.ts";
import { StockDifference, planStockChange } from "../../src/remote-erp/stock-change.ts";
import type { Stamp } from "../../src/remote-erp/stamp.ts";
import type { Desk } from "./desk.ts";
import { readCreated, submitNew } from "./mapped.ts";
import { emptyBin, nameItem, nameWarehouse, readBins } from "./records.ts";

const Reason = z.string().trim().min(1).max(200);
const AdjustArgs = z.strictObject({
  item: Named,
  location: Named,
  changeThousandths: StockDifference,
  reason: Reason,
  day: Day,
});
const ReceiveArgs = z.strictObject({ item: Named, location: Named, quantityThousandths: Quantity, day: Day });
const optional = { location: Named.optional(), day: Day.optional() };

const doctype = "Stock Entry";
const record = "new stock entry";
type Place = {
  readonly item: string;
  readonly location?: string | undefined;
  readonly day?: string | undefined;
};

const placed = async (desk: Desk, input: Place) => ({
  item: (await nameItem(desk, input.item)).name,
  location: await nameWarehouse(desk, input.location),
  day: input.day ?? desk.today,
});

/** A difference, not a new level: two people who correct at once don't undo each other. */
export const adjustStock = defineRemoteOperation({
  input: z.strictObject({ ...AdjustArgs.shape, ...optional }),
  args: AdjustArgs,
  resolve: async (desk: Desk, input) => ({ ...input, ...(await placed(desk, input)) }),
  plan: async (desk, args) =>
    planMove(
      desk,
      { ...args, qty: args.changeThousandths, why: args.reason },
      (name, change) => `Adjust stock of ${name} at ${args.location} by ${change}: ${args.reason}`,
    ),
  stand: async (desk, _args, stamp) => standOf(desk, stamp),
  undo: (_desk, { item, location, changeThousandths }) => ({
    op: "stock.adjust",
    args: { item, location, changeThousandths: -changeThousandths, reason: "undone" },
  }),
});

export const receiveStock = defineRemoteOperation({
  input: z.strictObject({ ...ReceiveArgs.shape, ...optional }),
  args: ReceiveArgs,
  resolve: async (desk: Desk, input) => ({ ...input, ...(await placed(desk, input)) }),
  plan: async (desk, args) =>
    planMove(
      desk,
      { ...args, qty: args.quantityThousandths, why: "received" },
      (name) => `Receive ${quantityText(args.quantityThousandths)} of ${name} at ${args.location}`,
    ),
  stand: async (desk, _args, stamp) => standOf(desk, stamp),
  undo: (_desk, { item, location, quantityThousandths }) => ({
    op: "stock.adjust",
    args: { item, location, changeThousandths: -quantityThousandths, reason: "undone" },
  }),
});

type Move = {
  readonly item: string;
  readonly location: string;
  readonly day: string;
  readonly qty: number;
  readonly why: string;
};

async function planMove(
  desk: Desk,
  move: Move,
  summarise: (name: string, change: string) => string,
): Promise<Plan> {
  const item = await nameItem(desk, move.item);
  if (item.is_stock_item === 0) throw refused(`${item.item_name} is not kept in stock.`);
  const bins = await readBins(desk, [item.name]);
  const bin = bins.find(({ warehouse }) => warehouse === move.location) ?? emptyBin(item.name, move.location);
  const shelf = {
    code: item.name,
    name: item.item_name,
    location: move.location,
    onHand: bin.actual_qty,
    reserved: bin.reserved_qty,
  };
  const values = valuesOf({ item: item.item_name, location: move.location, qty: move.qty, why: move.why });
  return {
    summary: summarise(item.item_name, signed(quantityText(move.qty))),
    changes: values.map(({ label, value }) => ({ record, label, before: null, after: value })),
    ...planStockChange(shelf, move.qty),
    send: submitNew(desk, doctype, bodyOf(desk, move, item.stock_uom)),
  };
}

function bodyOf({ settings }: Desk, { item, location, day, qty, why }: Move, unit: string) {
  const kind = qty > 0 ? "Material Receipt" : "Material Issue";
  const where = qty > 0 ? { t_warehouse: location } : { s_warehouse: location };
  const line = { item_code: item, qty: toQuantity(Math.abs(qty)), uom: unit, stock_uom: unit };
  return {
    stock_entry_type: kind,
    purpose: kind,
    company: settings.company,
    posting_date: day,
    set_posting_time: 1,
    remarks: why,
    items: [{ ...line, conversion_factor: 1, ...where }],
  };
}

type Shown = { readonly item: string; readonly location: string; readonly qty: number; readonly why: string };
const valuesOf = ({ item, location, qty, why }: Shown) => [
  { record, label: "item", value: item },
  { record, label: "location", value: location },
  { record, label: "change", value: signed(quantityText(qty)) },
  { record, label: "reason", value: why },
];

const Created = z.looseObject({
  docstatus: z.int(),
  remarks: z.string().nullish(),
  items: z
    .array(
      z.looseObject({
        item_name: z.string(),
        qty: Thousandths,
        s_warehouse: z.string().nullish(),
        t_warehouse: z.string().nullish(),
      }),
    )
    .min(1),
});

async function standOf(desk: Desk, stamp: Stamp): Promise<Standing | null> {
  const found = await readCreated(desk, Created, { doctype, stamp });
  if (found === null) return null;
  const values = found.doc.items.flatMap(({ item_name: item, qty, s_warehouse: from, t_warehouse: to }) =>
    valuesOf({
      item,
      location: to ?? from ?? "",
      qty: to === null || to === undefined ? -qty : qty,
      why: found.doc.remarks ?? "",
    }),
  );
  return { isWhole: found.isWhole, values };
}
