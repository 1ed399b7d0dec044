// The documents of the embedded ERP: what each is numbered as, whose it is, what it is made from and how it may move.
// SQL is generated from this table, so that a kind is described once.

type Kind = {
  /** Of its number: `SO-1007`, or with the year where the series starts anew each January: `INV-2026-0003`. */
  readonly prefix: string;
  readonly isYearly: boolean;
  readonly party: "customer" | "supplier";
  /** Where goods leave from or arrive; due: payable by, or a quote's last day. */
  readonly hasPlace: boolean;
  readonly hasDue: boolean;
  /** Its lines come from this kind's lines, and never ask for more than those. */
  readonly source: { readonly kind: string; readonly isRequired: boolean } | null;
  /** The control account that its total is booked to when it leaves draft. */
  readonly control: string | null;
  readonly moves: readonly (readonly [from: string, to: string])[];
};

const sale = { party: "customer", hasPlace: false, hasDue: false, source: null, control: null } as const;
const buy = { ...sale, party: "supplier" } as const;
const from = (kind: string, isRequired = true) => ({ kind, isRequired });

export const kinds = {
  quote: {
    ...sale,
    prefix: "QU",
    isYearly: false,
    hasDue: true,
    moves: [
      ["draft", "sent"],
      ["draft", "cancelled"],
      ["sent", "accepted"],
      ["sent", "declined"],
    ],
  },
  order: {
    ...sale,
    prefix: "SO",
    isYearly: false,
    hasPlace: true,
    source: from("quote", false),
    moves: [
      ["draft", "confirmed"],
      ["draft", "cancelled"],
      ["confirmed", "cancelled"],
      ["confirmed", "shipped"],
      ["shipped", "invoiced"],
    ],
  },
  delivery: {
    ...sale,
    prefix: "DEL",
    isYearly: true,
    hasPlace: true,
    source: from("order"),
    moves: [["draft", "done"]],
  },
  invoice: {
    ...sale,
    prefix: "INV",
    isYearly: true,
    hasDue: true,
    source: from("delivery"),
    control: "1100",
    moves: [
      ["draft", "posted"],
      ["posted", "paid"],
      ["posted", "credited"],
    ],
  },
  credit: {
    ...sale,
    prefix: "CN",
    isYearly: true,
    source: from("invoice"),
    control: "1100",
    moves: [["draft", "posted"]],
  },
  payment: { ...sale, prefix: "PAY", isYearly: true, control: "1100", moves: [["draft", "posted"]] },
  request: {
    ...buy,
    prefix: "PR",
    isYearly: false,
    hasPlace: true,
    moves: [
      ["draft", "open"],
      ["open", "ordered"],
      ["open", "cancelled"],
    ],
  },
  purchase: {
    ...buy,
    prefix: "PO",
    isYearly: false,
    hasPlace: true,
    source: from("request", false),
    moves: [
      ["draft", "sent"],
      ["draft", "cancelled"],
      ["sent", "cancelled"],
      ["sent", "received"],
      ["received", "billed"],
    ],
  },
  receipt: {
    ...buy,
    prefix: "RCV",
    isYearly: true,
    hasPlace: true,
    source: from("purchase"),
    moves: [["draft", "done"]],
  },
  bill: {
    ...buy,
    prefix: "BILL",
    isYearly: true,
    hasDue: true,
    source: from("receipt"),
    control: "2100",
    moves: [
      ["draft", "posted"],
      ["posted", "paid"],
    ],
  },
  payout: { ...buy, prefix: "OUT", isYearly: true, control: "2100", moves: [["draft", "posted"]] },
} as const satisfies Record<string, Kind>;

export type DocKind = keyof typeof kinds;
export const docKinds: readonly DocKind[] = [
  "quote",
  "order",
  "delivery",
  "invoice",
  "credit",
  "payment",
  "request",
  "purchase",
  "receipt",
  "bill",
  "payout",
];

const entries: readonly (readonly [string, Kind])[] = Object.entries(kinds);
const listed = (fits: (kind: Kind) => boolean): string =>
  entries
    .filter(([, kind]) => fits(kind))
    .map(([name]) => `'${name}'`)
    .join(",");

/** Lists and expressions for the schema: `kind IN (${kindSql.yearly})`. */
export const kindSql = {
  all: listed(() => true),
  yearly: listed(({ isYearly }) => isYearly),
  placed: listed(({ hasPlace }) => hasPlace),
  due: listed(({ hasDue }) => hasDue),
  suppliers: listed(({ party }) => party === "supplier"),
  money: "'payment','payout'",
  ref: `CASE WHEN number IS NULL THEN NULL ELSE CASE kind ${entries
    .map(([name, { prefix }]) => `WHEN '${name}' THEN '${prefix}-'`)
    .join(" ")} END || CASE WHEN year=0 THEN 1000 + number
      ELSE year || '-' || substr('0000' || number, -max(4, length(number))) END END`,
  moves: entries
    .flatMap(([name, { moves }]) => moves.map(([src, dst]) => `('${name}','${src}','${dst}')`))
    .join(", "),
  flows: entries
    .flatMap(([name, { source }]) =>
      source === null ? [] : [`('${name}','${source.kind}',${source.isRequired ? 1 : 0})`],
    )
    .join(", "),
  controls: entries
    .flatMap(([name, { control }]) => (control === null ? [] : [`('${name}','${control}')`]))
    .join(", "),
} as const;
