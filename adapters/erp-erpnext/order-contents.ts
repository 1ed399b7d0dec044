// What a sales order of ERPNext's says, value by value.
import type { Content } from "../../src/remote-erp/contents.ts";
import { moneyText } from "../../src/remote-erp/figures.ts";
import type { Desk } from "./desk.ts";
import { lineText, warehouseOf } from "./records.ts";
import type { Order } from "./records.ts";

/** All that somebody approves with a step of it: another customer, day, price or quantity is another order. */
export const contentsOf = (desk: Desk, order: Order): readonly Content[] => [
  { label: "total", text: moneyText(order.grand_total, desk.settings.currency) },
  ...order.items.map((line, index) => ({
    label: `line ${index + 1}`,
    text: `${lineText(desk, line)} (${line.item_code}, ${line.uom}, ${warehouseOf(desk, line)})`,
  })),
  { label: "customer", text: `${order.customer_name} (${order.customer})` },
  { label: "day", text: order.transaction_date },
];
