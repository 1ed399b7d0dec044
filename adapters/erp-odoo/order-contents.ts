// What a sales order of Odoo's says, value by value.
import type { Content } from "../../src/remote-erp/contents.ts";
import { moneyText } from "../../src/remote-erp/figures.ts";
import { pricedLineText } from "../../src/remote-erp/priced-line.ts";
import type { Desk } from "./desk.ts";
import { toPricedLine } from "./records.ts";
import type { Order, OrderLine } from "./records.ts";

/**
 * All that somebody approves with a step of an order: another customer, price or quantity is another order. Not its day,
 * which Odoo sets anew when it is confirmed.
 */
export const contentsOf = (
  { currency }: Desk,
  order: Order,
  lines: readonly OrderLine[],
): readonly Content[] => [
  { label: "total", text: moneyText(order.amount_total, currency) },
  ...lines.map((line, index) => ({
    label: `line ${index + 1}`,
    text: `${pricedLineText(currency, toPricedLine(line))} and ${moneyText(line.price_tax, currency)} tax (product ${line.product.id})`,
  })),
  { label: "customer", text: `${order.partner_id.name} (P-${order.partner_id.id})` },
];
