// Counting stock in the fake Odoo: a counted quantity waits on the quant and moves nothing; applying it makes the move that
// the count asks for, or answers with a dialog, and does nothing, where something moved since it was counted.
import { z } from "zod";
import { type Row, type Store, num } from "./store.ts";

const Context = z.looseObject({
  inventory_mode: z.boolean().optional(),
  inventory_name: z.string().optional(),
});

/** Right after a quant was written: its difference is kept as of that moment. */
export function count(quant: Row): void {
  quant["inventory_quantity_set"] = true;
  quant["inventory_diff_quantity"] = num(quant, "inventory_quantity") - num(quant, "quantity");
}

export function applyInventory(store: Store, quant: Row, context: unknown): unknown {
  const { inventory_name: name = "Product Quantity Updated" } = Context.parse(context);
  const change = num(quant, "inventory_diff_quantity");
  if (num(quant, "inventory_quantity") - change !== num(quant, "quantity"))
    return { type: "ir.actions.act_window", res_model: "stock.inventory.conflict", target: "new" };
  const loss = store.findBy("stock.location", "usage", "inventory").id;
  const here = num(quant, "location_id");
  store.insert("stock.move", {
    // The user's name is put behind it.
    inventory_name: `${name} (Nova)`,
    is_inventory: true,
    state: "done",
    product_id: quant["product_id"],
    product_uom_qty: Math.abs(change),
    location_id: change < 0 ? here : loss,
    location_dest_id: change < 0 ? loss : here,
  });
  quant["quantity"] = num(quant, "inventory_quantity");
  quant["inventory_quantity"] = 0;
  quant["inventory_quantity_set"] = false;
  return null;
}
