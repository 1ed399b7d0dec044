// Customers: created with the stamp in their reference, changed in one write that is announced on them first.
import { z } from "zod";
import type { DocumentChange } from "../../src/ports.ts";
import { refused } from "../../src/remote-erp/fault.ts";
import { Named, defineRemoteOperation } from "../../src/remote-erp/operation.ts";
import { byWords, stampText } from "../../src/remote-erp/stamp.ts";
import type { Stamp } from "../../src/remote-erp/stamp.ts";
import type { Desk } from "./desk.ts";
import { Text, namePartner, partnerId } from "./records.ts";

const Words = z.string().trim().max(200);
const Mail = z.union([z.email(), z.literal("")]);
const Elsewhere = {
  termsDays: z.int().min(0).max(365).optional(),
  creditLimitCents: z.int().min(0).optional(),
};
const CreateArgs = z.strictObject({ name: Named, city: Words, email: Mail });
const record = "new customer";
const Partner = z.object({ id: z.int(), name: Text, city: Text, email: Text, write_date: z.string() });
type Partner = z.infer<typeof Partner>;
const Created = z.array(z.int()).length(1);

function refuseElsewhere(input: {
  readonly termsDays?: number | undefined;
  readonly creditLimitCents?: number | undefined;
}): void {
  if (input.termsDays !== undefined || input.creditLimitCents !== undefined)
    throw refused(
      "Odoo keeps payment terms and credit limits in its accounting. Leave them out, and set them there.",
    );
}

async function readPartner(
  { db }: Desk,
  domain: readonly (readonly [string, string, unknown])[],
): Promise<Partner | null> {
  const fields = ["name", "city", "email", "write_date"];
  const [row] = await db.look("res.partner", { domain, fields, limit: 1 });
  return row === undefined ? null : Partner.parse(row);
}

export const createParty = defineRemoteOperation({
  input: z.strictObject({
    ...CreateArgs.partial().required({ name: true }).shape,
    ...Elsewhere,
    kind: z.enum(["customer", "supplier"]).optional(),
  }),
  args: CreateArgs,
  resolve: async (_desk: Desk, input) => {
    refuseElsewhere(input);
    if (input.kind === "supplier")
      throw refused("Nova creates only customers in Odoo. Add the supplier there.");
    return { name: input.name, city: input.city ?? "", email: input.email ?? "" };
  },
  plan: async (desk, args) => {
    const known = await readPartner(desk, [["name", "=ilike", args.name]]);
    if (known !== null)
      throw refused(`${known.name} is in the ERP already (P-${known.id}). Use that record, or another name.`);
    return {
      summary: `Create customer ${args.name}`,
      changes: valuesOf(args).map(({ label, value }) => ({ record, label, before: null, after: value })),
      ...quiet,
      undo: "It can be left unused: nothing refers to it.",
      tokens: {},
      send: async (stamp, signal) => {
        const vals = { ...args, is_company: true, customer_rank: 1, ref: stampText(stamp) };
        const made = await desk.db.do("res.partner", "create", { args: { vals_list: [vals] }, signal });
        return Created.parse(made).map((id) => `P-${id}`);
      },
    };
  },
  stand: async (desk, _args, stamp) => {
    const partner = await readPartner(desk, [["ref", "=", stampText(stamp)]]);
    return partner === null ? null : { isWhole: true, values: valuesOf(partner) };
  },
});

const valuesOf = ({ name, city, email }: z.infer<typeof CreateArgs>) => [
  { record, label: "name", value: name },
  { record, label: "city", value: city },
  { record, label: "email", value: email },
];
const quiet = { deltas: [], guards: [], warnings: [], amountCents: null, isExternal: false } as const;

const ChangeArgs = z.strictObject({ party: Named, city: Words, email: Mail });
const changed = ["city", "email"] as const;

/** Odoo's write takes no stamp beside the fields, so the comment field does: what stood in it stays before it. */
export const changeParty = defineRemoteOperation({
  input: z.strictObject({ ...ChangeArgs.partial().required({ party: true }).shape, ...Elsewhere }),
  args: ChangeArgs,
  resolve: async (desk: Desk, input) => {
    refuseElsewhere(input);
    const { id } = await namePartner(desk, input.party);
    const now = await readPartner(desk, [["id", "=", partnerId(id)]]);
    return { party: id, city: input.city ?? now?.city ?? "", email: input.email ?? now?.email ?? "" };
  },
  plan: async (desk, args) => {
    const now = await readPartner(desk, [["id", "=", partnerId(args.party)]]);
    if (now === null) throw refused(`There is no customer ${args.party}.`);
    const changes: readonly DocumentChange[] = changed
      .filter((label) => now[label] !== args[label])
      .map((label) => ({ record: args.party, label, before: now[label], after: args[label] }));
    if (changes.length === 0) throw refused(`${now.name} has exactly these details already.`);
    return {
      summary: `Change the details of ${now.name}`,
      changes,
      ...quiet,
      undo: "Change them back.",
      tokens: { [args.party]: now.write_date },
      send: async (stamp, signal) => {
        const vals = {
          city: args.city,
          email: args.email,
          [stepField]: await stepsWith(desk, args.party, stamp),
        };
        await desk.db.do("res.partner", "write", { ids: [now.id], args: { vals }, signal });
        return [args.party];
      },
    };
  },
  stand: async (desk, args, stamp) => {
    const domain = [
      ["id", "=", partnerId(args.party)],
      [stepField, "ilike", stampText(stamp)],
    ] as const;
    const partner = await readPartner(desk, domain);
    if (partner === null) return null;
    return {
      isWhole: true,
      values: changed.map((label) => ({ record: args.party, label, value: partner[label] })),
    };
  },
  undo: (_desk, { party }, changes) => ({
    op: "party.change",
    args: { party, ...Object.fromEntries(changes.map(({ label, before }) => [label, before ?? ""])) },
  }),
});

/** The partner's internal notes (HTML); Nova adds a line to them in the very write that changes the fields. */
const stepField = "comment";

async function stepsWith({ db }: Desk, party: string, stamp: Stamp): Promise<string> {
  const domain = [["id", "=", partnerId(party)]] as const;
  const [row] = await db.look("res.partner", { domain, fields: [stepField], limit: 1 });
  const before = z.object({ comment: Text }).parse(row).comment;
  return `${before}<p>Changed by Nova as approved${byWords(stamp)}: ${stampText(stamp)}</p>`;
}
