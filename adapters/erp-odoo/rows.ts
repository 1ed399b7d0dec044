// Stock, items, parties, and what is owed: Odoo's records as Nova's rows.
import { z } from "zod";
import type { ErpRow } from "../../src/ports.ts";
import { MoneyFigure, toFields } from "../../src/remote-erp/figures.ts";
import type { Desk } from "./desk.ts";
import { codeOf, listProducts } from "./products.ts";
import { Link, Loose, Text } from "./records.ts";

const Quant = z.object({ product_id: Link, location_id: Link, quantity: Loose, reserved_quantity: Loose });

export async function readStock(desk: Desk): Promise<readonly ErpRow[]> {
  const [products, quants] = await Promise.all([
    listProducts(desk),
    desk.db.look("stock.quant", {
      domain: [["location_id.usage", "=", "internal"]],
      fields: ["product_id", "location_id", "quantity", "reserved_quantity"],
    }),
  ]);
  const lying = quants.map((row) => Quant.parse(row));
  return products.flatMap((product) =>
    lying
      .filter(({ product_id: { id } }) => id === product.id)
      .map(({ location_id: { name: location }, quantity: onHand, reserved_quantity: reserved }) => ({
        record: `${codeOf(product)}@${location}`,
        sku: codeOf(product),
        name: product.name,
        category: product.categ_id,
        location,
        unit: product.uom_id,
        freeThousandths: onHand - reserved,
        onHandThousandths: onHand,
        reservedThousandths: reserved,
        // Odoo's reordering rules are not read.
        reorderThousandths: null,
      })),
  );
}

export async function readItems(desk: Desk): Promise<readonly ErpRow[]> {
  return (await listProducts(desk)).map((product) => ({
    record: codeOf(product),
    sku: codeOf(product),
    name: product.name,
    category: product.categ_id,
    unit: product.uom_id,
    ...toFields({ price: MoneyFigure.parse(product.lst_price) }),
    currency: desk.currency,
    freeThousandths: product.free_qty,
  }));
}

const kinds = {
  customer: { rank: "customer_rank", invoices: "out_invoice" },
  supplier: { rank: "supplier_rank", invoices: "in_invoice" },
} as const;
const Party = z.object({ id: z.int(), name: Text, city: Text, email: Text });
const Open = z.object({ partner_id: z.union([Link, z.literal(false)]), amount_residual: MoneyFigure });

export async function readParties(desk: Desk, role: keyof typeof kinds | null): Promise<readonly ErpRow[]> {
  const roles = role === null ? (["customer", "supplier"] as const) : [role];
  const found = roles.map(async (one) => {
    const { rank, invoices } = kinds[one];
    const [rows, open] = await Promise.all([
      desk.db.look("res.partner", {
        domain: [[rank, ">", 0]],
        fields: ["name", "city", "email"],
        order: "name asc",
      }),
      desk.db.look("account.move", {
        domain: [
          ["move_type", "=", invoices],
          ["state", "=", "posted"],
        ],
        fields: ["partner_id", "amount_residual"],
      }),
    ]);
    const owed = open.map((row) => Open.parse(row));
    return rows.map((raw) => {
      const { id, name, city, email } = Party.parse(raw);
      const own = owed.filter(({ partner_id: partner }) => partner !== false && partner.id === id);
      return {
        record: `P-${id}`,
        name,
        role: one,
        city,
        email,
        // Terms and limits are records of Odoo's accounting, which are not read.
        termsDays: null,
        creditLimitCents: null,
        openCents: own.reduce((sum, { amount_residual: amount }) => sum + amount.parts, 0),
        currency: desk.currency,
      };
    });
  });
  return (await Promise.all(found)).flat();
}

const Owed = z.object({
  name: z.string(),
  partner_id: z.union([Link, z.literal(false)]),
  invoice_date: Text,
  invoice_date_due: Text,
  amount_total: MoneyFigure,
  amount_residual: MoneyFigure,
});
const dayMs = 86_400_000;
const owedKinds = { invoices: "out_invoice", bills: "in_invoice" } as const;

/** `overdueOn`: ISO day; only what is open and was due before it. */
export async function readOwed(
  { db, currency, today }: Desk,
  kind: keyof typeof owedKinds,
  overdueOn: string | null,
): Promise<readonly ErpRow[]> {
  const late =
    overdueOn === null
      ? []
      : ([
          ["amount_residual", ">", 0],
          ["invoice_date_due", "<", overdueOn],
        ] as const);
  const rows = await db.look("account.move", {
    domain: [["move_type", "=", owedKinds[kind]], ["state", "=", "posted"], ...late],
    fields: ["name", "partner_id", "invoice_date", "invoice_date_due", "amount_total", "amount_residual"],
    order: "invoice_date_due asc, name asc",
  });
  return rows.map((raw) => {
    const row = Owed.parse(raw);
    const due = row.invoice_date_due === "" ? row.invoice_date : row.invoice_date_due;
    const isLate = row.amount_residual.parts > 0 && due < today;
    return {
      record: row.name,
      state: row.amount_residual.parts === 0 ? "paid" : "posted",
      party: row.partner_id === false ? "" : row.partner_id.name,
      day: row.invoice_date,
      due,
      ...toFields({ total: row.amount_total, open: row.amount_residual }),
      currency,
      daysOverdue: isLate ? Math.round((Date.parse(today) - Date.parse(due)) / dayMs) : 0,
    };
  });
}
