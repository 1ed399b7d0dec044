// The tax that goes on a new order: the rows of the configured template, as far as Nova can compute what they come to.
import { z } from "zod";
import { refused } from "../../src/remote-erp/fault.ts";
import type { Desk } from "./desk.ts";

const TaxRow = z.looseObject({
  charge_type: z.string(),
  account_head: z.string(),
  description: z.string(),
  rate: z.number(),
  included_in_print_rate: z.number().default(0),
});
const Template = z.looseObject({ taxes: z.array(TaxRow) });
type Tax = z.infer<typeof TaxRow> & { readonly basisPoints: number };

export async function taxRows({ site, settings }: Desk): Promise<readonly Tax[]> {
  if (settings.taxTemplate === null) return [];
  const template = Template.parse(await site.get("Sales Taxes and Charges Template", settings.taxTemplate));
  return template.taxes.map((row) => {
    if (row.charge_type !== "On Net Total" || row.included_in_print_rate !== 0)
      throw refused(
        `The tax template ${settings.taxTemplate ?? ""} has more than taxes on the net total: make this order in ERPNext.`,
      );
    return { ...row, basisPoints: Math.round(row.rate * 100) };
  });
}

export const taxBody = ({ settings }: Desk, taxes: readonly Tax[]) =>
  settings.taxTemplate === null
    ? {}
    : {
        taxes_and_charges: settings.taxTemplate,
        taxes: taxes.map(({ charge_type, account_head, description, rate }) => ({
          charge_type,
          account_head,
          description,
          rate,
        })),
      };
