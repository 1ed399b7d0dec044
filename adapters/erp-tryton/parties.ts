// Customers in Tryton. A new party bears Nova's mark as its code: codes are unique there, so no second one can be made.
import { z } from "zod";
import { leaveMark, referenceOf } from "./mark.ts";
import { Named, defineOperation, newValue, quiet, refuse } from "./operation.ts";
import type { Desk, Plan, Standing } from "./operation.ts";

const Args = z.strictObject({ name: Named, city: z.string().max(200), email: z.string().max(200) });
const Input = z.strictObject({
  name: Named,
  kind: z.literal("customer", "Tryton has no suppliers apart: create a party there").optional(),
  city: z.string().trim().max(200).optional(),
  email: z.union([z.email(), z.literal("")]).optional(),
});
const Row = z.object({ id: z.int(), code: z.string(), name: z.string() });
const value = newValue("new customer");

async function search({ tryton }: Desk, domain: readonly unknown[]): Promise<readonly z.infer<typeof Row>[]> {
  const params = [domain, 0, 5, null, ["code", "name"]];
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
  look: async (desk, { anchor, args }): Promise<Standing> => {
    const [made] = await search(desk, [["id", "=", anchor.id]]);
    if (made === undefined) return { verified: "absent", ids: [] };
    const isAsked = args === null || made.name === args.name;
    return { verified: isAsked ? "applied" : "diverged", ids: [`P-${made.code}`] };
  },
});
