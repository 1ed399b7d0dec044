// A line of an order or invoice as a person reads it, the same on every card of every ERP over a network.
import { moneyText, priceText, quantityText } from "./figures.ts";

/** `qty` in thousandths, `price` as the ERP writes it, `net` in cents. */
export type PricedLine = {
  readonly name: string;
  readonly qty: number;
  readonly price: string;
  readonly net: number;
};

export const pricedLineText = (currency: string, { name, qty, price, net }: PricedLine): string =>
  `${quantityText(qty)} × ${name} at ${priceText(price, currency)} = ${moneyText(net, currency)}`;
