// Orders with figures that have to be rounded, the same in the embedded ERP and in a real Tryton: 1 to 5 lines, prices and
// quantities that make fractions of a cent, two tax rates. Reckoned a third time here, in whole numbers.
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Erp } from "../../src/ports.ts";
import { createChance } from "../support/chance.ts";
import { openEmbeddedErp } from "../support/embedded-erp.ts";
import { act, perform } from "../support/tryton/deeds.ts";
import { freshTryton, hasTryton } from "../support/tryton/database.ts";

const goods = [
  { sku: "OIL-A", name: "Oil A", priceCents: 735, taxBasisPoints: 2000 },
  { sku: "SALT-B", name: "Salt B", priceCents: 33, taxBasisPoints: 700 },
  { sku: "WIRE-C", name: "Wire C", priceCents: 1999, taxBasisPoints: 700 },
  { sku: "GRIT-D", name: "Grit D", priceCents: 45, taxBasisPoints: 2000 },
] as const;
const quantities = [125, 500, 1_500, 1_000, 3_000, 7_250, 10_001, 333_000] as const;
const seed = 20_260_316;
const stocked = 100_000_000;

type Item = (typeof goods)[number];
type Line = { readonly item: Item; readonly quantity: number };
const chance = createChance(seed);
const orders: readonly (readonly Line[])[] = Array.from({ length: 6 }, () =>
  Array.from({ length: 1 + chance.below(5) }, () => ({
    item: chance.pick(goods),
    quantity: chance.pick(quantities),
  })),
);

/** `half`: where exactly half a cent goes: the embedded ERP rounds it up, Tryton to the even cent. */
function rounded(value: bigint, unit: bigint, half: "up" | "even"): number {
  const whole = value / unit;
  const rest = (value % unit) * 2n;
  const isUp = rest > unit || (rest === unit && (half === "up" || whole % 2n === 1n));
  return Number(isUp ? whole + 1n : whole);
}
const exact = ({ item, quantity }: Line): bigint => BigInt(quantity) * BigInt(item.priceCents);
const netOf = (line: Line, half: "up" | "even"): number => rounded(exact(line), 1000n, half);
const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);

/** Each line is taxed by itself. */
const embeddedTax = (lines: readonly Line[]): number =>
  sum(
    lines.map((line) => rounded(BigInt(netOf(line, "up")) * BigInt(line.item.taxBasisPoints), 10_000n, "up")),
  );
/** Each rate is rounded once, over all that it taxes. */
const trytonTax = (lines: readonly Line[]): number =>
  sum(
    [...Map.groupBy(lines, ({ item }) => item.taxBasisPoints)].map(([rate, taxed]) =>
      rounded(taxed.reduce((total, line) => total + exact(line), 0n) * BigInt(rate), 10_000_000n, "even"),
    ),
  );

async function openEmbedded() {
  const { erp, dispose } = openEmbeddedErp();
  for (const item of goods) {
    await perform(erp, act("item.create", { ...item, costCents: 10 }));
    await perform(erp, act("stock.receive", { item: item.sku, quantityThousandths: stocked }));
  }
  await perform(erp, act("party.create", { name: "Acme Industrial" }));
  return { erp, dispose };
}

const Ids = z.array(z.int());
const decimal = (text: string) => ({ __class__: "Decimal", decimal: text });

async function openTryton() {
  const tryton = freshTryton("company");
  const { behind } = tryton;
  const call = async (method: string, ...params: readonly unknown[]): Promise<number> =>
    Ids.parse(await behind.call(`model.${method}`, params))[0] ?? 0;
  const find = async (model: string, name: string): Promise<number> =>
    call(`${model}.search`, [["name", "=", name]]);
  const kilogram = await find("product.uom", "Kilogram");
  await behind.call("model.product.uom.write", [[kilogram], { rounding: 0.001, digits: 3 }]);
  const full = await find("product.category", "Goods");
  const tax = await call("account.tax.search", []);
  const lower = await call("account.tax.copy", [tax], { name: "Tax .07", rate: decimal("0.07") });
  const reduced = await call("product.category.copy", [full], { name: "Food" });
  const taxes = [
    ["remove", [tax]],
    ["add", [lower]],
  ];
  await behind.call("model.product.category.write", [[reduced], { customer_taxes: taxes }]);
  const counted = [];
  for (const { sku, name, priceCents, taxBasisPoints } of goods) {
    const template = {
      name,
      default_uom: kilogram,
      sale_uom: kilogram,
      type: "goods",
      salable: true,
      list_price: decimal((priceCents / 100).toFixed(2)),
      account_category: taxBasisPoints === 2000 ? full : reduced,
      products: [["create", [{ suffix_code: sku }]]],
    };
    await call("product.template.create", [template]);
    const product = await call("product.product.search", [["code", "=", sku]]);
    counted.push({ product, quantity: stocked / 1000, expected_quantity: 0 });
  }
  const location = await call("stock.location.search", [["code", "=", "STO"]]);
  const inventory = await call("stock.inventory.create", [{ location, lines: [["create", counted]] }]);
  await behind.call("model.stock.inventory.confirm", [[inventory]]);
  return { erp: tryton.open(), tryton, dispose: tryton.dispose };
}

const accounts = {
  embedded: ["Receivable", "Sales tax", "Revenue"],
  tryton: ["Main Receivable", "Main Tax", "Main Revenue"],
} as const;

async function booksIn(erp: Erp, names: readonly string[]): Promise<readonly number[]> {
  const { rows } = await erp.query({ kind: "ledger", limit: 500 });
  return names.map((name) =>
    z.number().parse(rows.find(({ account }) => account === name)?.["balanceCents"]),
  );
}

type Reckoned = { readonly nets: readonly number[]; readonly tax: number };

/** Ordered, shipped and invoiced: line by line, then as it is booked. */
async function trade(erp: Erp, lines: readonly Line[], { nets, tax }: Reckoned): Promise<void> {
  const wanted = lines.map(({ item, quantity }) => ({ item: item.sku, quantityThousandths: quantity }));
  const [order = ""] = await perform(
    erp,
    act("order.create", { customer: "Acme Industrial", lines: wanted }),
  );
  const [head, ...rows] = (await erp.query({ kind: "order", number: order })).rows;
  const what = JSON.stringify({ erp: erp.connector, seed, wanted });
  expect(
    rows.map((row) => row["quantityThousandths"]),
    what,
  ).toEqual(lines.map(({ quantity }) => quantity));
  expect(
    rows.map((row) => row["netCents"]),
    what,
  ).toEqual(nets);
  expect(sum(rows.map((row) => z.number().parse(row["taxCents"]))), what).toBe(tax);
  expect(head?.["totalCents"], what).toBe(sum(nets) + tax);
  const names = erp.connector === "tryton" ? accounts.tryton : accounts.embedded;
  const before = await booksIn(erp, names);
  for (const op of ["order.confirm", "order.ship", "invoice.post"]) await perform(erp, act(op, { order }));
  const booked = (await booksIn(erp, names)).map((after, at) => after - (before[at] ?? 0));
  expect(booked, what).toEqual([sum(nets) + tax, -tax, -sum(nets)]);
}

describe.skipIf(!hasTryton)("figures that have to be rounded", () => {
  test("come to the cent that each ERP's own rule says, in every line and in the books, and never further apart", async () => {
    const [embedded, tryton] = [await openEmbedded(), await openTryton()];
    let apart = 0;
    for (const lines of orders) {
      const up = { nets: lines.map((line) => netOf(line, "up")), tax: embeddedTax(lines) };
      const even = { nets: lines.map((line) => netOf(line, "even")), tax: trytonTax(lines) };
      await trade(embedded.erp, lines, up);
      await trade(tryton.erp, lines, even);
      for (const [at, net] of up.nets.entries()) {
        const difference = net - (even.nets[at] ?? 0);
        const line = lines[at];
        // Only exactly half a cent is a matter of taste.
        const isHalf = line !== undefined && exact(line) % 1000n === 500n;
        expect(isHalf ? [0, 1] : [0]).toContain(difference);
        apart += difference;
      }
      expect(Math.abs(up.tax - even.tax)).toBeLessThanOrEqual(lines.length);
    }
    // The seed meets what it is there for.
    expect(apart).toBeGreaterThan(0);
    await embedded.dispose();
    await tryton.dispose();
  });
});
