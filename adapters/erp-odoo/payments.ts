// Money in for an invoice, money out for a bill: Odoo's own form, filled in by Nova and carried out in one call, which
// creates the payment, posts it and matches it. The form by itself binds nobody; the stamp stands in the payment's memo.
import { z } from "zod";
import { refused } from "../../src/remote-erp/fault.ts";
import { Cents, moneyText, toAmount } from "../../src/remote-erp/figures.ts";
import { Day, Money, Named, defineRemoteOperation } from "../../src/remote-erp/operation.ts";
import { stampText } from "../../src/remote-erp/stamp.ts";
import type { Desk } from "./desk.ts";
import { partyKeyOf, partyOf, readPosted } from "./moves.ts";
import type { Move, OpenKind } from "./moves.ts";
import { Link, Text } from "./records.ts";

const wizard = "account.payment.register";
const record = "new payment";
const Created = z.array(z.int()).length(1);

const words = {
  out_invoice: {
    noun: "Invoice",
    party: "customer",
    account: "into",
    summary: (amount: string, party: string, number: string) =>
      `Register payment of ${amount} from ${party} for invoice ${number}`,
  },
  in_invoice: {
    noun: "Bill",
    party: "supplier",
    account: "from",
    summary: (amount: string, party: string, number: string) =>
      `Pay ${amount} to ${party} for bill ${number}`,
  },
} as const;

type Paid = { readonly number: string; readonly amountCents: number; readonly day: string };

function planPayment(kind: OpenKind) {
  const { party, account, summary } = words[kind];
  return async (desk: Desk, paid: Paid) => {
    const move = await openMove(desk, kind, paid);
    const journal = await journalOf(desk);
    const amount = moneyText(paid.amountCents, desk.currency);
    return {
      summary: summary(amount, partyOf(move), move.name),
      changes: [
        { label: party, after: partyOf(move) },
        { label: "amount", after: amount },
        { label: account, after: journal.name },
        { label: "for", after: move.name },
        { label: "day", after: paid.day },
      ].map(({ label, after }) => ({ record, label, before: null, after })),
      deltas: [],
      guards: [],
      warnings: [],
      amountCents: paid.amountCents,
      party: partyKeyOf(move),
      isExternal: kind === "in_invoice",
      undo: null,
      tokens: { [move.name]: move.write_date },
      send: async (stamp: Parameters<typeof stampText>[0], signal: AbortSignal) => {
        const vals = {
          payment_date: paid.day,
          amount: toAmount(paid.amountCents),
          journal_id: journal.id,
          communication: `${move.name} ${stampText(stamp)}`,
        };
        // The form takes what it is for from the context, as it does when a person opens it on the invoice.
        const context = { active_model: "account.move", active_ids: [move.id] };
        const made = await desk.db.do(wizard, "create", { context, args: { vals_list: [vals] }, signal });
        await desk.db.do(wizard, "action_create_payments", { ids: Created.parse(made), context, signal });
        return [move.name];
      },
    };
  };
}

/** What can still be paid on it: only where nothing is under way, because Odoo may count that as open until the bank says so. */
async function openMove(desk: Desk, kind: OpenKind, { number, amountCents }: Paid): Promise<Move> {
  const { noun } = words[kind];
  const move = await readPosted(desk, kind, number);
  if (move.payment_state === "paid" || move.amount_residual <= 0)
    throw refused(`${noun} ${move.name} is paid already.`);
  if (move.payment_state !== "not_paid" && move.payment_state !== "partial")
    throw refused(
      `A payment for ${move.name} is under way in Odoo (${move.payment_state}). See to it there.`,
    );
  const money = (cents: number): string => moneyText(cents, desk.currency);
  if (amountCents > move.amount_residual)
    throw refused(
      `${noun} ${move.name} has ${money(move.amount_residual)} open, ${money(amountCents)} is more. Say at most the open amount.`,
    );
  await demandOnePart(desk, move);
  return move;
}

/** Where it is due in several parts, Odoo asks which of them is meant. */
async function demandOnePart({ db }: Desk, move: Move): Promise<void> {
  const parts = await db.look("account.move.line", {
    domain: [
      ["move_id", "=", move.id],
      ["display_type", "=", "payment_term"],
    ],
    fields: ["move_id"],
  });
  if (parts.length !== 1) throw refused(`${move.name} is due in several parts. Pay them in Odoo.`);
}

const Journal = z.object({ id: z.int(), name: z.string() });

async function journalOf({ db }: Desk): Promise<z.infer<typeof Journal>> {
  const [row] = await db.look("account.journal", {
    domain: [["type", "=", "bank"]],
    fields: ["name"],
    order: "sequence asc, id asc",
    limit: 1,
  });
  if (row === undefined)
    throw refused("Odoo has no bank journal that the money could go through. Make one first.");
  return Journal.parse(row);
}

const Payment = z.object({
  state: z.string(),
  memo: Text,
  amount: Cents,
  date: z.string(),
  partner_id: z.union([Link, z.literal(false)]),
  journal_id: Link,
});

function standOf(kind: OpenKind) {
  const { party, account } = words[kind];
  return async (desk: Desk, number: string, stamp: Parameters<typeof stampText>[0]) => {
    const [raw] = await desk.db.look("account.payment", {
      domain: [["memo", "ilike", stampText(stamp)]],
      fields: Object.keys(Payment.shape),
      limit: 1,
    });
    if (raw === undefined) return null;
    const payment = Payment.parse(raw);
    const values = [
      { label: party, value: payment.partner_id === false ? "" : payment.partner_id.name },
      { label: "amount", value: moneyText(payment.amount, desk.currency) },
      { label: account, value: payment.journal_id.name },
      { label: "for", value: payment.memo.startsWith(`${number} `) ? number : payment.memo },
      { label: "day", value: payment.date },
    ].map((one) => ({ record, ...one }));
    return { isWhole: true, values };
  };
}

async function namedAmount(desk: Desk, kind: OpenKind, said: { number: string; cents: number | undefined }) {
  const move = await readPosted(desk, kind, said.number);
  return { number: move.name, amountCents: said.cents ?? Math.max(1, move.amount_residual) };
}

const shape = { amountCents: Money, day: Day };
const optional = { amountCents: Money.optional(), day: Day.optional() };

export const registerPayment = defineRemoteOperation({
  input: z.strictObject({ invoice: Named, ...optional }),
  args: z.strictObject({ invoice: Named, ...shape }),
  resolve: async (desk: Desk, { invoice, amountCents: cents, day }) => {
    const found = await namedAmount(desk, "out_invoice", { number: invoice, cents });
    return { invoice: found.number, amountCents: found.amountCents, day: day ?? desk.today };
  },
  plan: async (desk, { invoice: number, ...paid }) => planPayment("out_invoice")(desk, { number, ...paid }),
  stand: async (desk, { invoice }, stamp) => standOf("out_invoice")(desk, invoice, stamp),
});

export const payBill = defineRemoteOperation({
  input: z.strictObject({ bill: Named, ...optional }),
  args: z.strictObject({ bill: Named, ...shape }),
  resolve: async (desk: Desk, { bill, amountCents: cents, day }) => {
    const found = await namedAmount(desk, "in_invoice", { number: bill, cents });
    return { bill: found.number, amountCents: found.amountCents, day: day ?? desk.today };
  },
  plan: async (desk, { bill: number, ...paid }) => planPayment("in_invoice")(desk, { number, ...paid }),
  stand: async (desk, { bill }, stamp) => standOf("in_invoice")(desk, bill, stamp),
});
