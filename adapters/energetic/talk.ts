// What the embedder's thread is asked, and what it tells.
import { z } from "zod";

export const Asked = z.strictObject({ id: z.number().int(), texts: z.array(z.string()) });

export const Told = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ready") }),
  z.strictObject({ kind: z.literal("broken"), why: z.string() }),
  z.strictObject({
    kind: z.literal("vectors"),
    id: z.number().int(),
    vectors: z.array(z.instanceof(Float32Array)),
  }),
  z.strictObject({ kind: z.literal("failed"), id: z.number().int(), why: z.string() }),
]);
export type Told = z.infer<typeof Told>;
