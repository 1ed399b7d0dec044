// What Odoo sells: products with their prices and what of them is free, and the words that name one.
import { z } from "zod";
import { refused } from "../../src/remote-erp/fault.ts";
import { DecimalText } from "../../src/remote-erp/figures.ts";
import { chooseOne } from "../../src/remote-erp/words.ts";
import type { Desk } from "./desk.ts";
import { Link, Loose, Text, bareName } from "./records.ts";

const productFields = [
  "display_name",
  "default_code",
  "categ_id",
  "uom_id",
  "lst_price",
  "is_storable",
  "taxes_id",
  "free_qty",
];
const Product = z
  .object({
    id: z.int(),
    /** The same name that lines link to, so that both can be compared; a variant has its attributes in it. */
    display_name: z.string(),
    default_code: Text,
    categ_id: z.union([Link.transform(({ name }) => name), z.literal(false).transform(() => "")]),
    uom_id: Link.transform(({ name }) => name),
    lst_price: DecimalText,
    is_storable: z.boolean(),
    taxes_id: z.array(z.int()),
    free_qty: Loose,
  })
  .transform(({ display_name: name, ...product }) => ({ ...product, name: bareName(name) }));
export type Product = z.infer<typeof Product>;
export const codeOf = ({ default_code: code, name }: Pick<Product, "default_code" | "name">): string =>
  code === "" ? name : code;

export async function listProducts({ db }: Desk): Promise<readonly Product[]> {
  const domain = [["sale_ok", "=", true]] as const;
  const rows = await db.look("product.product", { domain, fields: productFields, order: "name asc" });
  return rows.map((row) => Product.parse(row));
}

/** The product that words name, by its reference or name. */
export function chooseProduct(products: readonly Product[], text: string): Product {
  const { id } = chooseOne(
    "item",
    text,
    products.map((one) => ({ id: codeOf(one), name: one.name })),
  );
  const found = products.find((one) => codeOf(one) === id);
  if (found === undefined) throw refused(`There is no item "${text}" in the ERP. Check the name.`);
  return found;
}
