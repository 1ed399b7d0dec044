// Nova's own ERP rows as a person would jot them down: one short line that fits a phone. A single row may say more.
// Null for anything else, which is then shown field by field.
import { z } from "zod";
import type { Json, JsonObject } from "../../src/ports.ts";

const text = z.string();
const Stock = z.object({
  record: text,
  name: text,
  location: text,
  free: z.number(),
  onHand: z.number(),
  unit: text,
  isLow: z.boolean(),
  reorderLevel: z.number().nullable(),
});
const Item = z.object({ record: text, name: text, price: text, free: z.number(), unit: text });
const Party = z.object({
  record: text,
  name: text,
  role: text,
  city: text,
  email: text,
  termsDays: z.int().nullable(),
  open: text,
  creditLimit: text,
});
const OrderLine = z.object({
  record: text,
  name: text,
  sku: text,
  quantity: z.number(),
  unit: text,
  net: text,
  free: z.number(),
});
const Invoice = z.object({
  record: text,
  party: text,
  due: text,
  daysOverdue: z.int(),
  total: text,
  open: text,
});
const Order = z.object({ record: text, party: text, state: text, day: text, total: text });
const Offer = z.object({
  record: text,
  party: text,
  day: text,
  item: text,
  quantity: z.number(),
  unit: text,
  price: text,
});
const Entry = z.object({ record: text, day: text, memo: text, account: text, booked: text });
const Account = z.object({ record: text, account: text, balance: text });

const isNothing = (money: string): boolean => /^0\.00\b/.test(money);
const days = (count: number): string => (count === 1 ? "1 day" : `${String(count)} days`);

function stockLine({ record, name, location, ...row }: z.infer<typeof Stock>): string {
  const onHand = row.onHand === row.free ? "" : `, ${String(row.onHand)} on hand`;
  const low = row.isLow ? `, **low** (reorder at ${String(row.reorderLevel)})` : "";
  return `**${name}**, ${location}: ${String(row.free)} ${row.unit} free${onHand}${low} (${record})`;
}

function partyLine(party: z.infer<typeof Party>, isOnly: boolean): string {
  const { name, record, role, city, open } = party;
  const owes = role !== "customer" || isNothing(open) ? "" : `, owes ${open}`;
  // Not every ERP tells a city or the days with its list of parties.
  if (!isOnly) return `**${name}** (${record})${city === "" ? "" : `, ${city}`}${owes}`;
  const limit = party.creditLimit === "none" ? "no credit limit" : `credit limit ${party.creditLimit}`;
  const pays = party.termsDays === null ? "days to pay unknown" : `${days(party.termsDays)} to pay`;
  const known = [party.email, pays, limit].filter((part) => part !== "");
  return `**${name}** (${record}), ${role}${city === "" ? "" : ` in ${city}`}\n${known.join(", ")}${owes}`;
}

function invoiceLine({ record, party, ...row }: z.infer<typeof Invoice>, isOnly: boolean): string {
  const head = `**${record}** ${party}`;
  if (isNothing(row.open)) return `${head}: paid, ${row.total}`;
  const of = isOnly && row.open !== row.total ? ` of ${row.total}` : "";
  const overdue = row.daysOverdue === 0 ? "" : `${days(row.daysOverdue)} overdue`;
  const due = isOnly || overdue === "" ? `due ${row.due}` : "";
  return `${head}: ${[`${row.open} open${of}`, due, overdue].filter((part) => part !== "").join(", ")}`;
}

/** Most telling shape first: a shape with fewer fields also fits a row that has more. */
const shapes: readonly ((row: JsonObject, isOnly: boolean) => string | null)[] = [
  (row) => drawn(Stock, row, stockLine),
  (row) =>
    drawn(
      OrderLine,
      row,
      (line) =>
        `${String(line.quantity)} ${line.unit} **${line.name}** (${line.sku}): ${line.net} net, ${String(line.free)} free`,
    ),
  (row) =>
    drawn(
      Item,
      row,
      (item) => `**${item.name}** (${item.record}): ${item.price}, ${String(item.free)} ${item.unit} free`,
    ),
  (row, isOnly) => drawn(Party, row, (party) => partyLine(party, isOnly)),
  (row, isOnly) => drawn(Invoice, row, (invoice) => invoiceLine(invoice, isOnly)),
  (row) =>
    drawn(
      Order,
      row,
      (order) => `**${order.record}** ${order.party}: ${order.state}, ${order.total}, ${order.day}`,
    ),
  (row) =>
    drawn(
      Offer,
      row,
      (offer) =>
        `**${offer.party}**: ${String(offer.quantity)} ${offer.unit} ${offer.item} at ${offer.price}, ${offer.day} (${offer.record})`,
    ),
  (row) =>
    drawn(
      Entry,
      row,
      (entry) => `${entry.day} **${entry.account}**: ${entry.booked}, ${entry.memo} (${entry.record})`,
    ),
  (row) =>
    drawn(
      Account,
      row,
      (entry) => `**${entry.account}** (${entry.record}): ${entry.balance.replace(/^-(.*)$/, "$1 credit")}`,
    ),
];

function drawn<T>(shape: z.ZodType<T>, row: JsonObject, draw: (known: T) => string): string | null {
  const known = shape.safeParse(row);
  return known.success ? draw(known.data) : null;
}

export function recordLine(row: JsonObject, isOnly: boolean): string | null {
  for (const shape of shapes) {
    const line = shape(row, isOnly);
    if (line !== null) return line;
  }
  return null;
}

const Sums = z.object({
  total: z.int(),
  freeInAll: z.number().nullish(),
  onHandInAll: z.number().nullish(),
  unitInAll: text.nullish(),
  openInAll: text.nullish(),
  overdueInAll: text.nullish(),
  totalInAll: text.nullish(),
});

/** What the reader added up over all rows, as the answer's first line; null where it added nothing up. */
export function sumLine(result: Json, noun: string): string | null {
  const parsed = Sums.safeParse(result);
  if (!parsed.success || parsed.data.total < 2) return null;
  const { total, freeInAll, onHandInAll, unitInAll, openInAll, overdueInAll, totalInAll } = parsed.data;
  if (freeInAll != null) {
    const onHand = onHandInAll === freeInAll ? "" : `, ${String(onHandInAll)} on hand`;
    return `**${String(freeInAll)} ${unitInAll ?? ""}** free in all${onHand}.`;
  }
  const count = `${String(total)} ${noun}`;
  if (overdueInAll != null && overdueInAll !== openInAll)
    return `**${openInAll ?? ""}** open in all (${count}), ${overdueInAll} overdue.`;
  if (openInAll != null)
    return isNothing(openInAll) ? `${count}.` : `**${openInAll}** open in all (${count}).`;
  return totalInAll == null ? null : `${count}, **${totalInAll}** in all.`;
}
