// Items, what lies where, customers and suppliers: ERPNext's master data as Nova's rows.
import { z } from "zod";
import type { ErpRow } from "../../src/ports.ts";
import { MoneyFigure, toFields } from "../../src/remote-erp/figures.ts";
import type { Desk } from "./desk.ts";
import { listItems, readBins } from "./records.ts";
import type { Item } from "./records.ts";

const sorted = (items: readonly Item[]): readonly Item[] =>
  items.toSorted((left, right) => left.item_name.localeCompare(right.item_name, "en"));

export async function readStock(desk: Desk): Promise<readonly ErpRow[]> {
  const [items, bins] = await Promise.all([listItems(desk), readBins(desk, null)]);
  return sorted(items).flatMap((item) =>
    bins
      .filter(({ item_code: code }) => code === item.name)
      .map(({ warehouse, actual_qty: onHand, reserved_qty: reserved }) => ({
        record: `${item.name}@${warehouse}`,
        sku: item.name,
        name: item.item_name,
        category: item.item_group,
        location: warehouse,
        unit: item.stock_uom,
        freeThousandths: onHand - reserved,
        onHandThousandths: onHand,
        reservedThousandths: reserved,
        // Reorder levels are rows of the item's own table, which no list gives.
        reorderThousandths: null,
      })),
  );
}

const Price = z.object({ item_code: z.string(), price_list_rate: MoneyFigure });

export async function readItems(desk: Desk): Promise<readonly ErpRow[]> {
  const { priceList, currency } = desk.settings;
  const filters = [
    ["price_list", "=", priceList],
    ["currency", "=", currency],
    ["selling", "=", 1],
  ] as const;
  const fields = ["item_code", "price_list_rate"];
  const [items, bins, prices] = await Promise.all([
    listItems(desk),
    readBins(desk, null),
    desk.site.list("Item Price", { fields, filters, order: "valid_from desc" }),
  ]);
  const priced = prices.map((row) => Price.parse(row));
  // What has no price in this list can't be sold from it, so it is not offered at nothing.
  return sorted(items).flatMap((item) => {
    const price = priced.find(({ item_code: code }) => code === item.name);
    if (price === undefined) return [];
    const own = bins.filter(({ item_code: code }) => code === item.name);
    return [
      {
        record: item.name,
        sku: item.name,
        name: item.item_name,
        category: item.item_group,
        unit: item.stock_uom,
        ...toFields({ price: price.price_list_rate }),
        currency,
        freeThousandths: own.reduce((sum, bin) => sum + bin.actual_qty - bin.reserved_qty, 0),
      },
    ];
  });
}

const kinds = {
  customer: {
    doctype: "Customer",
    label: "customer_name",
    bills: "Sales Invoice",
    party: "customer",
    mail: "email_id",
  },
  supplier: {
    doctype: "Supplier",
    label: "supplier_name",
    bills: "Purchase Invoice",
    party: "supplier",
    mail: "email_id",
  },
} as const;
const Party = z.looseObject({ name: z.string(), email_id: z.string().nullish() });
const Open = z.looseObject({ outstanding_amount: MoneyFigure });
const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? "");

async function partiesOf({ site, settings }: Desk, role: keyof typeof kinds): Promise<readonly ErpRow[]> {
  const { doctype, label, bills, party, mail } = kinds[role];
  const filters = [
    ["company", "=", settings.company],
    ["docstatus", "=", 1],
    ["outstanding_amount", "!=", 0],
  ] as const;
  const [rows, open] = await Promise.all([
    site.list(doctype, { fields: ["name", label, mail], filters: [["disabled", "=", 0]], order: "name asc" }),
    site.list(bills, { fields: [party, "outstanding_amount"], filters }),
  ]);
  const owed = open.map((row) => Open.parse(row));
  return rows.map((raw) => {
    const row = Party.parse(raw);
    return {
      record: row.name,
      name: Text.parse(row[label]),
      role,
      // Cities, terms and limits are in documents of their own; a list does not show them.
      city: "",
      email: row.email_id ?? "",
      termsDays: null,
      creditLimitCents: null,
      openCents: owed
        .filter((one) => one[party] === row.name)
        .reduce((sum, one) => sum + one.outstanding_amount.parts, 0),
      currency: settings.currency,
    };
  });
}

export async function readParties(
  desk: Desk,
  role: "customer" | "supplier" | null,
): Promise<readonly ErpRow[]> {
  const roles = role === null ? (["customer", "supplier"] as const) : [role];
  return (await Promise.all(roles.map(async (one) => partiesOf(desk, one)))).flat();
}
