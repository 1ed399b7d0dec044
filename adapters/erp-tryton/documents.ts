// The port's papers in Tryton: which of its records each kind is, and what every one of them says at its head.
import { z } from "zod";
import type { DocumentKind, ErpRow } from "../../src/ports.ts";
import { findOwed } from "./owed-queries.ts";
import { findSales } from "./sale-queries.ts";
import { currencyOf, searchRows, wordsIn } from "./search.ts";
import type { Asked } from "./search.ts";
import { Cents, Day, Price, Thousandths } from "./values.ts";

/** `at`: the record in Tryton, for its lines. */
export type Paper = { readonly row: ErpRow; readonly at: { readonly model: string; readonly id: number } };
type Find = (asked: Asked, text: string | null) => Promise<readonly Paper[]>;
type Head = Readonly<Record<"record" | "kind" | "state" | "party" | "day" | "currency", string>> & {
  readonly totalCents: number;
};
const toPaper = (model: string, id: number, head: Head): Paper => ({
  row: { ...head, due: null, rev: 0 },
  at: { model, id },
});

const pad = (number: string): string => (/^\d+$/u.test(number) ? number.padStart(4, "0") : number);

/** A sale that was offered: it is the same record as the order that it becomes. */
const findQuotes: Find = async (asked, text) =>
  (await findSales(asked, { text, domain: [["state", "=", "quotation"]] })).map((sale) => {
    const { ref: record, day, currency, totalCents } = sale;
    const head = { record, kind: "quote", state: "sent", party: sale.party.rec_name, day, currency };
    return toPaper("sale.sale", sale.id, { ...head, totalCents });
  });

const findCredits: Find = async (asked, text) =>
  (await findOwed(asked, { kind: "invoices", text }))
    .filter(({ totalCents }) => totalCents < 0)
    .map((note) => {
      const { ref: record, day, currency, totalCents, state } = note;
      const head = { record, kind: "credit", state, party: note.party.rec_name, day, currency };
      return toPaper("account.invoice", note.id, { ...head, totalCents: -totalCents });
    });

const Paid = z.object({
  id: z.int(),
  debit: Cents,
  credit: Cents,
  "move.": z.object({ date: Day, number: z.string(), post_number: z.string().nullable() }),
  "party.": z.object({ rec_name: z.string() }).nullish(),
});

/** What was paid on invoices of this type, as Tryton ties it to them. */
const findPaid =
  (kind: "payment" | "payout", type: "out" | "in"): Find =>
  async ({ tryton }, text) => {
    const found = await searchRows(tryton, "account.move.line", {
      domain: [["invoice_payments.type", "=", type], ...wordsIn(text, "party.rec_name")],
      order: [["id", "DESC"]],
      fields: ["debit", "credit", "move.date", "move.number", "move.post_number", "party.rec_name"],
      schema: Paid,
    });
    const currency = await currencyOf(tryton);
    return found.map(({ id, debit, credit, "move.": move, "party.": party }) => {
      const number = pad(move.post_number ?? move.number);
      const record = `${type === "out" ? "PAY" : "OUT"}-${move.date.slice(0, 4)}-${number}`;
      const head = { record, kind, state: "posted", party: party?.rec_name ?? "", day: move.date, currency };
      return toPaper("account.move.line", id, { ...head, totalCents: Math.abs(debit - credit) });
    });
  };

const Named = z.object({ rec_name: z.string() });
const Shipment = z.object({
  id: z.int(),
  number: z.string().nullable(),
  state: z.string(),
  effective_date: Day.nullable(),
  planned_date: Day.nullable(),
  "customer.": Named.optional(),
  "supplier.": Named.optional(),
});
const Moved = z.object({ shipment: z.string(), quantity: Thousandths, unit_price: Price.nullable() });

/** Goods on their way to a customer, or from a supplier; their worth is what the moves are priced at. */
const findShipped =
  (kind: "delivery" | "receipt", who: "customer" | "supplier"): Find =>
  async ({ tryton }, text) => {
    const model = kind === "delivery" ? "stock.shipment.out" : "stock.shipment.in";
    const found = await searchRows(tryton, model, {
      domain: wordsIn(text, `${who}.rec_name`),
      order: [["id", "DESC"]],
      fields: ["number", "state", "effective_date", "planned_date", `${who}.rec_name`],
      schema: Shipment,
    });
    const moves = await searchRows(tryton, "stock.move", {
      domain: movesOf(
        model,
        found.map(({ id }) => id),
      ),
      fields: ["shipment", "quantity", "unit_price"],
      schema: Moved,
    });
    const currency = await currencyOf(tryton);
    return found.map((one) => {
      const { id, number, state, effective_date: done, planned_date: planned } = one;
      const worth = moves
        .filter(({ shipment }) => shipment === `${model},${id}`)
        .reduce((sum, { quantity, unit_price: price }) => sum + ((price?.cents ?? 0) * quantity) / 1000, 0);
      const record = `${kind === "delivery" ? "DEL" : "RCV"}-${pad(number ?? `draft ${id}`)}`;
      const stands = state === "done" || state === "cancelled" ? state : "draft";
      const party = one[`${who}.`]?.rec_name ?? "";
      const head = { record, kind, state: stands, party, day: done ?? planned ?? "", currency };
      return toPaper(model, id, { ...head, totalCents: Math.round(worth) });
    });
  };

/** The moves between the warehouse and whoever is outside: the ones within it are the same goods once more. */
export function movesOf(model: string, ids: readonly number[]): readonly unknown[] {
  const outside =
    model === "stock.shipment.out"
      ? ["to_location.type", "=", "customer"]
      : ["from_location.type", "=", "supplier"];
  return [["shipment", "in", ids.map((id) => `${model},${id}`)], outside, ["state", "!=", "cancelled"]];
}

const Purchase = z.object({
  id: z.int(),
  number: z.string().nullable(),
  state: z.string(),
  shipment_state: z.string(),
  total_amount: Cents,
  purchase_date: Day.nullable(),
  "party.": Named,
  "currency.": z.object({ code: z.string() }),
});

const findPurchases: Find = async ({ tryton }, text) => {
  const found = await searchRows(tryton, "purchase.purchase", {
    domain: wordsIn(text, "party.rec_name"),
    order: [["id", "DESC"]],
    fields: [
      "number",
      "state",
      "shipment_state",
      "total_amount",
      "purchase_date",
      "party.rec_name",
      "currency.code",
    ],
    schema: Purchase,
  });
  return found.map((one) => {
    const record = `PO-${pad(one.number ?? `draft ${one.id}`)}`;
    const head = { record, kind: "purchase", state: stateOf(one), party: one["party."].rec_name };
    const rest = {
      day: one.purchase_date ?? "",
      currency: one["currency."].code,
      totalCents: one.total_amount,
    };
    return toPaper("purchase.purchase", one.id, { ...head, ...rest });
  });
};

function stateOf({ state, shipment_state: goods }: z.infer<typeof Purchase>): string {
  if (state === "cancelled") return state;
  if (state === "done") return "billed";
  if (state === "draft" || state === "quotation") return "draft";
  return goods === "received" ? "received" : "sent";
}

type Kind = {
  /** Of Tryton's; it is there where the module that brings it is active. */
  readonly model: string;
  readonly find: Find;
};
/** Purchase requests are a module of Tryton's (purchase_request) that Nova does not read. */
export const documentKinds: Readonly<Record<Exclude<DocumentKind, "request">, Kind>> = {
  quote: { model: "sale.sale", find: findQuotes },
  delivery: { model: "stock.shipment.out", find: findShipped("delivery", "customer") },
  credit: { model: "account.invoice", find: findCredits },
  payment: { model: "account.move.line", find: findPaid("payment", "out") },
  payout: { model: "account.move.line", find: findPaid("payout", "in") },
  purchase: { model: "purchase.purchase", find: findPurchases },
  receipt: { model: "stock.shipment.in", find: findShipped("receipt", "supplier") },
};
