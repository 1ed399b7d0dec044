// Whether anything but drafts was ever made out to a partner: a confirmed order, or a posted invoice or bill.
import { isKnownBy } from "../../src/remote-erp/new-party.ts";
import type { Domain } from "./database.ts";
import type { Desk } from "./desk.ts";

/** `party`: the partner's id. */
export async function isNewParty({ db }: Desk, party: string): Promise<boolean> {
  const partner = ["partner_id", "=", Number(party)] as const;
  const has = (model: string, state: Domain[number]) => async (): Promise<boolean> => {
    const found = await db.look(model, { domain: [partner, state], fields: ["id"], limit: 1 });
    return found.length > 0;
  };
  return !(await isKnownBy([
    has("sale.order", ["state", "in", ["sale", "done"]]),
    has("account.move", ["state", "=", "posted"]),
  ]));
}
