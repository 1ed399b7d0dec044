// Whether anything but drafts was ever made out to a party: a confirmed sale, or a posted invoice.
import { isKnownBy } from "../../src/remote-erp/new-party.ts";
import type { Tryton } from "./rpc.ts";
import { countRows } from "./search.ts";

/** `party`: its name in Tryton's own words, as plans give it. */
export async function isNewParty(tryton: Tryton, party: string): Promise<boolean> {
  const has = (model: string, states: readonly string[]) => async (): Promise<boolean> => {
    const domain = [
      ["party.rec_name", "=", party],
      ["state", "in", states],
    ];
    return (await countRows(tryton, model, domain)) > 0;
  };
  return !(await isKnownBy([
    has("sale.sale", ["confirmed", "processing", "done"]),
    has("account.invoice", ["posted", "paid"]),
  ]));
}
