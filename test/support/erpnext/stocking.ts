// Stock in the fake ERPNext: bins hold what is on hand and what of it is reserved, and nothing may fall below nothing.
import { type Doc, type Fields, fail, num, rowsOf, text } from "./doc.ts";
import type { Hooks, Store } from "./store.ts";

function binOf(store: Store, item: string, warehouse: string): Doc {
  const known = store.all("Bin").find((bin) => bin["item_code"] === item && bin["warehouse"] === warehouse);
  return known ?? store.insert("Bin", { item_code: item, warehouse, actual_qty: 0, reserved_qty: 0 });
}
const isStocked = (store: Store, row: Fields): boolean =>
  num(store.get("Item", text(row, "item_code")), "is_stock_item") === 1;

type Move = { readonly warehouse: string; readonly actual?: number; readonly reserved?: number };

export function moveStock(store: Store, row: Fields, { warehouse, actual = 0, reserved = 0 }: Move): void {
  if (!isStocked(store, row)) return;
  const bin = binOf(store, text(row, "item_code"), warehouse);
  bin["actual_qty"] = num(bin, "actual_qty") + actual;
  bin["reserved_qty"] = num(bin, "reserved_qty") + reserved;
}

export function demandStock(
  store: Store,
  row: Fields,
  { warehouse, qty }: { warehouse: string; qty: number },
): void {
  if (!isStocked(store, row)) return;
  const item = text(row, "item_code");
  if (num(binOf(store, item, warehouse), "actual_qty") < qty)
    fail(
      `${qty} units of ${item} needed in ${warehouse} to complete this transaction.`,
      "NegativeStockError",
    );
}

const stockEntry: Partial<Hooks> = {
  validate: (store, entry) => {
    const isReceipt = entry["stock_entry_type"] === "Material Receipt";
    if (!isReceipt && entry["stock_entry_type"] !== "Material Issue") fail("Unknown stock entry type");
    for (const row of rowsOf(entry, "items")) {
      if (text(row, isReceipt ? "t_warehouse" : "s_warehouse") === "") fail("Warehouse is mandatory");
      const item = store.find("Item", text(row, "item_code"));
      row["item_name"] = item === null ? "" : text(item, "item_name");
      row["s_warehouse"] ??= null;
      row["t_warehouse"] ??= null;
    }
  },
  submit: (store, entry) => {
    for (const row of rowsOf(entry, "items")) {
      const qty = num(row, "qty");
      const [to, from] = [text(row, "t_warehouse"), text(row, "s_warehouse")];
      if (from !== "") demandStock(store, row, { warehouse: from, qty });
      if (from !== "") moveStock(store, row, { warehouse: from, actual: -qty });
      if (to !== "") moveStock(store, row, { warehouse: to, actual: qty });
    }
  },
};

export const stockHooks: Readonly<Record<string, Partial<Hooks>>> = { "Stock Entry": stockEntry };
