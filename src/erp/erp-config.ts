// How each kind of ERP is named in the config: strict, and never with a secret in it. Keys and passwords are in the
// environment; the config says under which name.
import { z } from "zod";

const EmbeddedErp = z.strictObject({ kind: z.literal("embedded"), sample: z.boolean().default(false) });

const Variable = z.string().regex(/^[A-Z][A-Z0-9_]*$/u, "must be the name of an environment variable");
const Url = z.url({ protocol: /^https?$/u }).transform((text) => text.replace(/\/+$/u, ""));
const Words = z.string().trim().min(1);
const Currency = z.string().regex(/^[A-Z]{3}$/u, 'must be three letters, e.g. "EUR"');

const TrytonErp = z.strictObject({
  kind: z.literal("tryton"),
  url: Url,
  database: Words,
  /** A user made for Nova, with the rights that Nova may have at most. */
  user: Words,
  /** Names the environment variable that holds the user's password. */
  password: Variable,
});

const ErpnextErp = z.strictObject({
  kind: z.literal("erpnext"),
  url: Url,
  /** Names the environment variable that holds `api_key:api_secret` of a user made for Nova. */
  key: Variable,
  company: Words,
  currency: Currency,
  warehouse: Words,
  priceList: Words.default("Standard Selling"),
  taxTemplate: Words.nullable().default(null),
});

const OdooErp = z.strictObject({
  kind: z.literal("odoo"),
  url: Url,
  /** Only where the server has several. */
  database: Words.nullable().default(null),
  /** Names the environment variable that holds an API key of a user made for Nova. */
  key: Variable,
  currency: Currency,
});

/** Adding a kind of ERP: its shape here, its opening in `src/erp/erps.ts`. */
const shapes = [EmbeddedErp, TrytonErp, ErpnextErp, OdooErp] as const;

export const ErpConfig = z.discriminatedUnion("kind", shapes);
export type ErpConfig = z.infer<typeof ErpConfig>;

/** Every key that an ERP may have in the config, for "did you mean". */
export const erpKeys: readonly string[] = shapes.flatMap((shape) => Object.keys(shape.shape));
