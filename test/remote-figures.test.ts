// Figures from an ERP's server, whatever decimals they have: what a row shows is what stood there, to the last digit, and
// an effect is computed from it or refused, never from something that was rounded on the way.
import { array, assert, constantFrom, integer, nat, property, record } from "fast-check";
import { expect, test } from "vitest";
import {
  Cents,
  DecimalText,
  MoneyFigure,
  QuantityFigure,
  lineCents,
  priceText,
  toFields,
} from "../src/remote-erp/figures.ts";
import { ItemRow, OrderLineRow } from "../src/tools/erp-rows.ts";
import { openErpnext } from "./support/open-erpnext.ts";
import { openOdoo } from "./support/open-odoo.ts";

/** Decimal text with up to so many digits after the point, no zero at its end. */
const decimals = (places: number) =>
  record({
    sign: constantFrom("", "-"),
    whole: nat(999_999),
    digits: array(nat(9), { maxLength: places }),
  }).map(({ sign, whole, digits }) => {
    const fraction = digits.join("").replace(/0+$/u, "");
    const text = fraction === "" ? String(whole) : `${whole}.${fraction}`;
    return text === "0" ? text : `${sign}${text}`;
  });
const runs = { numRuns: 2_000 };

test("a decimal comes through as it was written, as text, as a number, with zeros behind it or with an exponent", () => {
  assert(
    property(decimals(9), (text) => {
      expect(DecimalText.parse(text)).toBe(text);
      expect(DecimalText.parse(Number(text))).toBe(text);
      expect(DecimalText.parse(text.includes(".") ? `${text}000` : `${text}.000`)).toBe(text);
      expect(DecimalText.parse(Number(text).toExponential())).toBe(text);
    }),
    runs,
  );
  expect(DecimalText.parse(0.1 + 0.2)).toBe("0.3");
  expect(DecimalText.parse(5e-7)).toBe("0.0000005");
});

test("a row never throws and never loses a digit: the reader shows exactly what stood there", () => {
  assert(
    property(decimals(9), decimals(9), (price, quantity) => {
      const figures = { price: MoneyFigure.parse(price), quantity: QuantityFigure.parse(quantity) };
      const nothing = { net: MoneyFigure.parse(0), tax: MoneyFigure.parse(0), free: QuantityFigure.parse(0) };
      const words = { record: "S1#1", line: 1, sku: "A", name: "A", unit: "kg", currency: "EUR" };
      const row = OrderLineRow.parse({ ...words, ...toFields({ ...figures, ...nothing }) });
      expect(row.price.endsWith(" EUR")).toBe(true);
      expect(DecimalText.parse(row.price.slice(0, -4))).toBe(price);
      expect(DecimalText.parse(row.quantity)).toBe(quantity);
    }),
    runs,
  );
});

test("cents are exact or refused, and a line is rounded once, half up, from the exact price", () => {
  assert(
    property(decimals(9), integer({ min: 1, max: 100_000_000 }), (text, thousandths) => {
      const [, fraction = ""] = text.split(".");
      expect(Cents.safeParse(text).success).toBe(fraction.length <= 2);
      const price = text.replace("-", "");
      const scale = 10n ** BigInt(fraction.length);
      const parts = BigInt(price.replace(".", "")) * BigInt(thousandths) * 100n;
      const rounded = Number((parts * 2n + 1000n * scale) / (2000n * scale));
      expect(lineCents(thousandths, price)).toBe(rounded);
    }),
    runs,
  );
});

test("a price of one piece reads with two decimals at least", () => {
  expect(priceText("1020.125", "EUR")).toBe("1,020.125 EUR");
  expect(priceText("-0.5", "EUR")).toBe("-0.50 EUR");
  expect(priceText("7", "EUR")).toBe("7.00 EUR");
});

test("Odoo: a price of 0.0375 is shown, ordered and checked as it is; an amount finer than a cent is left to people", async () => {
  const { erp, fake, dispose } = await openOdoo();
  const gear = fake.store.findBy("product.product", "default_code", "GEAR-12");
  gear["lst_price"] = 0.0375;
  const items = await erp.query({ kind: "items", text: "GEAR-12", limit: 1 });
  expect(items.rows.map((row) => ItemRow.parse(row))).toMatchObject([{ price: "0.0375 USD" }]);
  const command = { connector: "odoo", instance: "main" };
  const lines = [{ item: "GEAR-12", quantityThousandths: 100_000 }];
  const made = await erp.prepare({ ...command, op: "order.create", args: { customer: "Acme", lines } });
  expect(made).toMatchObject({ kind: "prepared" });
  expect(JSON.stringify(made)).toContain("100 × Gear 12 teeth at 0.0375 USD = 3.75 USD");
  const order = fake.store.findBy("sale.order", "name", "S00001");
  order["amount_total"] = 66.605;
  const listed = await erp.query({ kind: "orders", text: "S00001", state: null, limit: 1 });
  expect(listed.rows).toMatchObject([{ totalCents: 6661, exact: { total: "66.605" } }]);
  expect(await erp.prepare({ ...command, op: "order.confirm", args: { order: "S00001" } })).toEqual({
    kind: "refused",
    why: "Nova can't work with what Odoo answered (amount_total: 66.605 is no whole number of cents), so do this in Odoo.",
  });
  await dispose();
});

test("ERPNext: a rate of six decimals is shown, ordered and delivered as it is", async () => {
  const { erp, fake, dispose } = await openErpnext();
  const price = fake.store.all("Item Price").find((one) => one["item_code"] === "GEAR-12");
  if (price === undefined) throw new Error("the sample has no price for it");
  price["price_list_rate"] = 18.333333;
  const items = await erp.query({ kind: "items", text: "GEAR-12", limit: 1 });
  expect(items.rows.map((row) => ItemRow.parse(row))).toMatchObject([{ price: "18.333333 USD" }]);
  const lines = [{ item: "GEAR-12", quantityThousandths: 3_000 }];
  const args = { customer: "Acme", lines };
  const made = await erp.prepare({ connector: "erpnext", instance: "main", op: "order.create", args });
  expect(JSON.stringify(made)).toContain("3 × Gear 12 teeth at 18.333333 USD = 55.00 USD");
  await dispose();
});
