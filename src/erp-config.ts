// How each kind of ERP is named in the config: strict, and never with a secret in it. Keys and passwords are in the
// environment; the config says under which name.
import { z } from "zod";

const EmbeddedErp = z.strictObject({ kind: z.literal("embedded"), sample: z.boolean().default(false) });

/** Adding a kind of ERP: its shape here, its opening in `src/erps.ts`. */
const shapes = [EmbeddedErp] as const;

export const ErpConfig = z.discriminatedUnion("kind", shapes);
export type ErpConfig = z.infer<typeof ErpConfig>;

/** Every key that an ERP may have in the config, for "did you mean". */
export const erpKeys: readonly string[] = shapes.flatMap((shape) => Object.keys(shape.shape));
