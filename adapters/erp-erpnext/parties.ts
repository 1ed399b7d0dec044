// Customers, and notes on any record. ERPNext keeps cities in addresses and terms in templates, which are documents of
// their own: what can't be done in one transaction is refused instead of half done.
import { z } from "zod";
import { refused } from "../../src/remote-erp/fault.ts";
import { Cents, moneyText, toAmount } from "../../src/remote-erp/figures.ts";
import { Named, defineRemoteOperation } from "../../src/remote-erp/operation.ts";
import { stampPrefix, stampText } from "../../src/remote-erp/stamp.ts";
import type { Desk } from "./desk.ts";
import { nameCustomer } from "./records.ts";
import { actionField, bornBy, findCreated, stepsField, stepsWith } from "./stamps.ts";

const Limit = z.int().min(0).max(100_000_000_000);
/** The embedded ERP's arguments; those that ERPNext keeps elsewhere are refused with where. */
const Elsewhere = {
  city: z.string().trim().max(200).optional(),
  termsDays: z.int().min(0).max(365).optional(),
};
const PartyArgs = z.strictObject({
  name: Named,
  email: z.union([z.email(), z.literal("")]),
  creditLimitCents: Limit,
});
const record = "new customer";
const Row = z.looseObject({ credit_limit: Cents, company: z.string() });
const Customer = z.looseObject({
  name: z.string(),
  customer_name: z.string(),
  email_id: z.string().nullish(),
  credit_limits: z.array(Row).default([]),
  modified: z.string(),
  custom_nova_steps: z.string().nullish(),
});
type Customer = z.infer<typeof Customer>;
const Name = z.looseObject({ name: z.string() });

function refuseElsewhere(input: {
  readonly city?: string | undefined;
  readonly termsDays?: number | undefined;
}): void {
  if ((input.city ?? "") !== "")
    throw refused("ERPNext keeps a city in the customer's address. Leave it out, and add the address there.");
  if (input.termsDays !== undefined)
    throw refused("ERPNext keeps days to pay in a payment terms template. Leave them out, and set it there.");
}

const limitOf = ({ settings }: Desk, { credit_limits: limits }: Customer): number =>
  limits.find(({ company }) => company === settings.company)?.credit_limit ?? 0;
const limitText = ({ settings }: Desk, cents: number): string =>
  cents === 0 ? "none" : moneyText(cents, settings.currency);

export const createParty = defineRemoteOperation({
  input: z.strictObject({
    ...PartyArgs.partial().required({ name: true }).shape,
    ...Elsewhere,
    kind: z.enum(["customer", "supplier"]).optional(),
  }),
  args: PartyArgs,
  resolve: async (_desk: Desk, input) => {
    refuseElsewhere(input);
    if (input.kind === "supplier")
      throw refused("Nova creates only customers in ERPNext. Add the supplier there.");
    return { name: input.name, email: input.email ?? "", creditLimitCents: input.creditLimitCents ?? 0 };
  },
  plan: async (desk, args) => {
    const known = await desk.site.list("Customer", {
      fields: ["name"],
      filters: [["customer_name", "=", args.name]],
      limit: 1,
    });
    if (known[0] !== undefined)
      throw refused(
        `${args.name} is in the ERP already (${Name.parse(known[0]).name}). Use that record, or another name.`,
      );
    const values = valuesOf(desk, { name: args.name, email: args.email, limit: args.creditLimitCents });
    return {
      summary: `Create customer ${args.name}`,
      changes: values.map(({ label, value }) => ({ record, label, before: null, after: value })),
      ...quiet,
      undo: "It can be left unused: nothing refers to it.",
      tokens: {},
      send: async (stamp, signal) => {
        const body = {
          customer_name: args.name,
          customer_type: "Company",
          ...(args.email === "" ? {} : { email_id: args.email }),
          credit_limits: limitRows(desk, [], args.creditLimitCents),
          [actionField]: stampText(stamp),
          ...bornBy(stamp),
        };
        return [Name.parse(await desk.site.create("Customer", { body, signal })).name];
      },
    };
  },
  stand: async (desk, _args, stamp) => {
    const name = await findCreated(desk, "Customer", stamp);
    if (name === null) return null;
    const doc = Customer.parse(await desk.site.get("Customer", name));
    const shown = { name: doc.customer_name, email: doc.email_id ?? "", limit: limitOf(desk, doc) };
    return { isWhole: true, values: valuesOf(desk, shown) };
  },
});

type Shown = { readonly name: string; readonly email: string; readonly limit: number };
const valuesOf = (desk: Desk, { name, email, limit }: Shown) => [
  { record, label: "name", value: name },
  { record, label: "email", value: email },
  { record, label: "credit limit", value: limitText(desk, limit) },
];
const quiet = { deltas: [], guards: [], warnings: [], amountCents: null, isExternal: false } as const;

/** Other companies' limits stay as they are; no row means no limit. */
const limitRows = (
  { settings }: Desk,
  rows: readonly z.infer<typeof Row>[],
  cents: number,
): readonly { readonly company: string; readonly credit_limit: number }[] => [
  ...rows
    .filter(({ company }) => company !== settings.company)
    .map((row) => ({ ...row, credit_limit: toAmount(row.credit_limit) })),
  ...(cents === 0 ? [] : [{ company: settings.company, credit_limit: toAmount(cents) }]),
];

const ChangeArgs = z.strictObject({ party: Named, creditLimitCents: Limit });

export const changeParty = defineRemoteOperation({
  input: z.strictObject({
    party: Named,
    creditLimitCents: Limit.optional(),
    email: z.string().optional(),
    ...Elsewhere,
  }),
  args: ChangeArgs,
  resolve: async (desk: Desk, input) => {
    refuseElsewhere(input);
    if (input.email !== undefined)
      throw refused("ERPNext keeps a customer's mail address in the contact. Change it there.");
    if (input.creditLimitCents === undefined) throw refused("Say what to change: the credit limit.");
    return { party: (await nameCustomer(desk, input.party)).id, creditLimitCents: input.creditLimitCents };
  },
  plan: async (desk, args) => {
    const doc = Customer.parse(await desk.site.get("Customer", args.party));
    const before = limitOf(desk, doc);
    if (before === args.creditLimitCents)
      throw refused(`${doc.customer_name} has exactly this credit limit already.`);
    const after = limitText(desk, args.creditLimitCents);
    return {
      summary: `Change the credit limit of ${doc.customer_name} to ${after}`,
      changes: [{ record: doc.name, label: "credit limit", before: limitText(desk, before), after }],
      ...quiet,
      undo: "Change it back.",
      tokens: { [doc.name]: doc.modified },
      send: async (stamp, signal) => {
        const body = {
          modified: doc.modified,
          credit_limits: limitRows(desk, doc.credit_limits, args.creditLimitCents),
          [stepsField]: stepsWith(doc.custom_nova_steps, stamp),
        };
        await desk.site.update("Customer", doc.name, { body, signal });
        return [doc.name];
      },
    };
  },
  stand: async (desk, args, stamp) => {
    const doc = Customer.parse(await desk.site.get("Customer", args.party));
    if (!(doc.custom_nova_steps ?? "").includes(stampPrefix(stamp.actionId))) return null;
    const value = limitText(desk, limitOf(desk, doc));
    return { isWhole: true, values: [{ record: doc.name, label: "credit limit", value }] };
  },
  undo: (desk, { party }, changes) => {
    const before = changes[0]?.before ?? "";
    const cents =
      before === "none" ? 0 : Number(before.replace(desk.settings.currency, "").replaceAll(/[,. ]/gu, ""));
    return { op: "party.change", args: { party, creditLimitCents: cents } };
  },
});
