// A sale of the same day, customer and total is most likely the same one, made twice: the card warns of it.
import { z } from "zod";
import { twinWarnings } from "../../src/remote-erp/new-order.ts";
import { saleRef } from "./names.ts";
import type { Tryton } from "./rpc.ts";
import { Cents, toDate } from "./values.ts";

const Twin = z.object({ id: z.int(), number: z.string().nullable(), total_amount: Cents });
const most = 100;

/** `customer`: the party's id; `totalCents`: what Tryton computed for the new sale, with tax. */
export async function findTwins(
  tryton: Tryton,
  sale: { readonly customer: number; readonly day: string; readonly totalCents: number },
): Promise<readonly string[]> {
  const domain = [
    ["party", "=", sale.customer],
    ["sale_date", "=", toDate(sale.day)],
    ["state", "!=", "cancelled"],
  ];
  const params = [domain, 0, most, null, ["number", "total_amount"]];
  const rows = z.array(Twin).parse(await tryton.call("model.sale.sale.search_read", params));
  const others = rows.map(({ id, number, total_amount: total }) => ({
    name: saleRef(number ?? `draft ${id}`),
    total,
  }));
  return twinWarnings(others, sale.totalCents);
}
