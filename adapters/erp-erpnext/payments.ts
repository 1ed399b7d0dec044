// Money that came in for one invoice, as a submitted Payment Entry that ERPNext itself derives from the invoice.
import { z } from "zod";
import { refused } from "../../src/remote-erp/fault.ts";
import { Cents, moneyText, toAmount } from "../../src/remote-erp/figures.ts";
import { Day, Money, Named, defineRemoteOperation } from "../../src/remote-erp/operation.ts";
import type { Desk } from "./desk.ts";
import { Body, readCreated, submitNew } from "./mapped.ts";
import { readInvoice } from "./records.ts";
import type { Invoice } from "./records.ts";

const Args = z.strictObject({ invoice: Named, amountCents: Money, day: Day });
const record = "new payment";
const doctype = "Payment Entry";
const mapper = "erpnext.accounts.doctype.payment_entry.payment_entry.get_payment_entry";

export const registerPayment = defineRemoteOperation({
  input: z.strictObject({ invoice: Named, amountCents: Money.optional(), day: Day.optional() }),
  args: Args,
  resolve: async (desk: Desk, input) => {
    const invoice = await readInvoice(desk, input.invoice);
    const amountCents = input.amountCents ?? invoice.outstanding_amount;
    if (amountCents <= 0) throw refused(`Invoice ${invoice.name} is paid already.`);
    return { invoice: invoice.name, amountCents, day: input.day ?? desk.today };
  },
  plan: async (desk, args) => {
    const invoice = await openInvoice(desk, args);
    const { body, account } = await mapPayment(desk, args);
    const money = (cents: number): string => moneyText(cents, desk.settings.currency);
    const amount = args.amountCents;
    return {
      summary: `Register payment of ${money(amount)} from ${invoice.customer_name} for invoice ${invoice.name}`,
      changes: [
        { record, label: "customer", before: null, after: invoice.customer_name },
        { record, label: "amount", before: null, after: money(amount) },
        { record, label: "into", before: null, after: account },
        {
          record: invoice.name,
          label: "open",
          before: money(invoice.outstanding_amount),
          after: money(invoice.outstanding_amount - amount),
        },
      ],
      deltas: [],
      guards: [],
      warnings: [],
      amountCents: amount,
      party: invoice.customer,
      isExternal: false,
      undo: null,
      tokens: { [invoice.name]: invoice.modified },
      send: async (stamp, signal) => {
        // A bank account wants a reference; the action id leads back to who approved it.
        const reference = { reference_no: `nova ${stamp.actionId}`, reference_date: args.day };
        return submitNew(desk, doctype, { ...body, ...reference })(stamp, signal);
      },
    };
  },
  stand: async (desk, args, stamp) => {
    const found = await readCreated(desk, Created, { doctype, stamp });
    if (found === null) return null;
    const invoice = await readInvoice(desk, args.invoice);
    const { party_name, paid_amount, paid_to } = found.doc;
    const money = (cents: number): string => moneyText(cents, desk.settings.currency);
    const values = [
      { record, label: "customer", value: party_name },
      { record, label: "amount", value: money(paid_amount) },
      { record, label: "into", value: paid_to },
      { record: invoice.name, label: "open", value: money(invoice.outstanding_amount) },
    ];
    return { isWhole: found.isWhole, values };
  },
});

type Args = z.infer<typeof Args>;
const Created = z.looseObject({
  docstatus: z.int(),
  party_name: z.string(),
  paid_amount: Cents,
  paid_to: z.string(),
});

async function openInvoice(desk: Desk, args: Args): Promise<Invoice> {
  const invoice = await readInvoice(desk, args.invoice);
  const { currency } = desk.settings;
  const open = invoice.outstanding_amount;
  if (invoice.docstatus !== 1 || invoice.is_return !== 0)
    throw refused(`Invoice ${invoice.name} is ${invoice.status.toLowerCase()}: nothing can be paid on it.`);
  if (invoice.currency !== currency)
    throw refused(`Invoice ${invoice.name} is in ${invoice.currency}: Nova only handles ${currency}.`);
  if (open <= 0) throw refused(`Invoice ${invoice.name} is paid already.`);
  if (args.amountCents > open)
    throw refused(
      `Invoice ${invoice.name} has ${moneyText(open, currency)} open, ${moneyText(args.amountCents, currency)} is more. Register at most the open amount.`,
    );
  return invoice;
}

const Mapped = z.looseObject({
  paid_to: z.string().nullish(),
  references: z.array(z.record(z.string(), z.unknown())),
});

async function mapPayment({ site }: Desk, args: Args) {
  const body = Body.parse(await site.ask(mapper, { dt: "Sales Invoice", dn: args.invoice }));
  const { paid_to: account, references } = Mapped.parse(body);
  const [reference, another] = references;
  if (account === null || account === undefined || account === "")
    throw refused(
      "ERPNext does not know where the money goes: give the company a default bank or cash account.",
    );
  if (reference === undefined || another !== undefined)
    throw refused(`Invoice ${args.invoice} is due in several parts. Register its payments in ERPNext.`);
  const amount = toAmount(args.amountCents);
  const own = {
    posting_date: args.day,
    paid_amount: amount,
    received_amount: amount,
    references: [{ ...reference, allocated_amount: amount }],
  };
  return { account, body: { ...body, ...own } };
}
