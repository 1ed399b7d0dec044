// From a tool's input to the arguments of an ERP command: exact integers, and nothing that was not said.
import { z } from "zod";
import type { JsonObject } from "../ports/erp.ts";
import { ItemName, Quantity, toThousandths } from "./erp-fields.ts";

/** Absent fields stay absent: the ERP fills in its own default and shows it on the card. */
export function present(fields: Record<string, JsonObject[string] | undefined>): JsonObject {
  const args: Record<string, JsonObject[string]> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) args[name] = value;
  return args;
}

const Line = z.object({ item: ItemName, quantity: Quantity });

/** One line said plainly, and whatever else belongs on the same document. */
export const lineFields = {
  item: ItemName,
  quantity: Quantity,
  more: z.array(Line).max(49).optional().describe("further lines of the same document"),
};
type Lines = z.infer<z.ZodObject<typeof lineFields>>;

export const linesOf = ({ item, quantity, more }: Lines) =>
  [{ item, quantity }, ...(more ?? [])].map((line) => ({
    item: line.item,
    quantityThousandths: toThousandths(line.quantity),
  }));
