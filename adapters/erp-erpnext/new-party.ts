// Whether anything but drafts was ever made out to a customer: a submitted order or a submitted invoice, of any company.
import { isKnownBy } from "../../src/remote-erp/new-party.ts";
import type { Desk } from "./desk.ts";

/** `party`: the customer's name, which is its id. */
export async function isNewParty({ site }: Desk, party: string): Promise<boolean> {
  const has = (doctype: string) => async (): Promise<boolean> => {
    const filters = [
      ["customer", "=", party],
      ["docstatus", "=", 1],
    ] as const;
    return (await site.list(doctype, { fields: ["name"], filters, limit: 1 })).length > 0;
  };
  return !(await isKnownBy([has("Sales Order"), has("Sales Invoice")]));
}
