// Invoices, bills and credit notes as Odoo keeps them: one model, `account.move`, told apart by its type.
import { z } from "zod";
import { refused } from "../../src/remote-erp/fault.ts";
import { Cents, DecimalText, Thousandths } from "../../src/remote-erp/figures.ts";
import type { PricedLine } from "../../src/remote-erp/priced-line.ts";
import type { Desk } from "./desk.ts";
import { Link, ProductLink, Text } from "./records.ts";

const Move = z.object({
  id: z.int(),
  /** Empty until it is posted. */
  name: Text,
  move_type: z.string(),
  state: z.string(),
  payment_state: Text,
  ref: Text,
  invoice_date: Text,
  partner_id: z.union([Link, z.literal(false)]),
  currency_id: Link,
  amount_total: Cents,
  amount_residual: Cents,
  write_date: z.string(),
});
export type Move = z.infer<typeof Move>;
const fields = Object.keys(Move.shape).filter((field) => field !== "id");

export type MoveDomain = readonly (readonly [field: string, operator: string, value: unknown])[];

export async function findMoves({ db }: Desk, domain: MoveDomain): Promise<readonly Move[]> {
  const rows = await db.look("account.move", { domain, fields, order: "id asc" });
  return rows.map((row) => Move.parse(row));
}

/** As orders name them too; null: nobody in particular. */
export const partyKeyOf = ({ partner_id: partner }: Move): string | null =>
  partner === false ? null : String(partner.id);
export const partyOf = ({ partner_id: partner }: Move): string => (partner === false ? "" : partner.name);

const nouns = { out_invoice: "invoice", in_invoice: "bill" } as const;
export type OpenKind = keyof typeof nouns;

/** A posted one of this kind and number, in the company's own currency. */
export async function readPosted(desk: Desk, kind: OpenKind, number: string): Promise<Move> {
  const noun = nouns[kind];
  const [move] = await findMoves(desk, [
    ["name", "=ilike", number.trim()],
    ["move_type", "=", kind],
  ]);
  if (move === undefined) throw refused(`There is no ${noun} ${number}. Check the number.`);
  if (move.state !== "posted")
    throw refused(`The ${noun} ${move.name} is ${move.state}: nothing can be done with it.`);
  if (move.currency_id.name !== desk.currency)
    throw refused(
      `The ${noun} ${move.name} is in ${move.currency_id.name}: Nova only handles ${desk.currency}.`,
    );
  return move;
}

const MoveLine = z.object({
  product_id: z.union([ProductLink, z.literal(false)]),
  name: Text,
  quantity: Thousandths,
  price_unit: DecimalText,
  price_subtotal: Cents,
});

/** What it sells or takes back; sections, notes, taxes and terms are lines of other kinds. */
export async function readMoveLines({ db }: Desk, { id }: Pick<Move, "id">): Promise<readonly PricedLine[]> {
  const rows = await db.look("account.move.line", {
    domain: [
      ["move_id", "=", id],
      ["display_type", "=", "product"],
    ],
    fields: ["product_id", "name", "quantity", "price_unit", "price_subtotal"],
    order: "id asc",
  });
  return rows.map((raw) => {
    const line = MoveLine.parse(raw);
    const name = line.product_id === false ? line.name : line.product_id.name;
    return { name, qty: line.quantity, price: line.price_unit, net: line.price_subtotal };
  });
}
