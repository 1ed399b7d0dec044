// Customers in Tryton. A new party bears Nova's mark as its code: codes are unique there, so no second one can be made.
import { z } from "zod";
import { toStanding } from "../../src/remote-erp/contents.ts";
import { leaveMark, referenceOf } from "./mark.ts";
import { Named, absent, defineOperation, newValue, quiet, refuse } from "./operation.ts";
import type { Desk, Plan, Standing } from "./operation.ts";

const Args = z.strictObject({ name: Named, city: z.string().max(200), email: z.string().max(200) });
const Input = z.strictObject({
  name: Named,
  kind: z.literal("customer", "Tryton has no suppliers apart: create a party there").optional(),
  city: z.string().trim().max(200).optional(),
  email: z.union([z.email(), z.literal("")]).optional(),
});
const Row = z.object({ id: z.int(), code: z.string(), name: z.string(), email: z.string().nullish() });
const record = "new customer";
const value = newValue(record);

async function search({ tryton }: Desk, domain: readonly unknown[]): Promise<readonly z.infer<typeof Row>[]> {
  const params = [domain, 0, 5, null, ["code", "name", "email"]];
  return z.array(Row).parse(await tryton.call("model.party.party.search_read", params));
}

export const createParty = defineOperation({
  input: Input,
  args: Args,
  resolve: async (_desk, { name, city = "", email = "" }) => ({ name, city, email }),
  plan: async (desk, { name, city, email }): Promise<Plan> => {
    if ((await search(desk, [["name", "ilike", name.replaceAll(/[\\%_]/gu, "\\$&")]])).length > 0)
      throw refuse(`${name} is in the ERP already. Use that record, or another name.`);
    const fields = [value("name", name), value("city", city), value("email", email)];
    return {
      ...quiet,
      summary: `Create customer ${name}`,
      changes: fields.filter(({ after }) => after !== ""),
      undo: "It can be left unused, or made inactive in Tryton.",
    };
  },
  anchor: null,
  run: async ({ tryton }, { name, city, email }, { mark, signal }) => {
    const party = {
      name,
      code: referenceOf(mark.id),
      ...(city === "" ? {} : { addresses: [["create", [{ city }]]] }),
      ...(email === "" ? {} : { contact_mechanisms: [["create", [{ type: "email", value: email }]]] }),
    };
    const told = await tryton.call("model.party.party.create", [[party]], { signal });
    const [id] = z.tuple([z.int()]).parse(told);
    await leaveMark(tryton, { model: "party.party", id }, { mark, signal });
  },
  look: async (desk, { anchor }): Promise<Standing> => {
    const [made] = await search(desk, [["id", "=", anchor.id]]);
    if (made === undefined) return absent;
    const contents = [
      { label: "name", text: made.name },
      { label: "city", text: await cityOf(desk, anchor.id) },
      { label: "email", text: made.email ?? "" },
    ];
    return { verified: "applied", ids: [`P-${made.code}`], values: toStanding(record, contents) };
  },
});

const Address = z.object({ city: z.string().nullable() });

async function cityOf({ tryton }: Desk, party: number): Promise<string> {
  const params = [[["party", "=", party]], 0, 2, null, ["city"]];
  const told = await tryton.call("model.party.address.search_read", params);
  const [address] = z.array(Address).parse(told);
  return address?.city ?? "";
}
