// What a message says: words, a verb, a press, a thumb, or word from Nova itself: a run's end, an effect that may run now.
import { z } from "zod";
import { Mark } from "./proposal.ts";

/** A file that came with a message: what its sender says of it, and where its bytes are. It is fetched when it is worked on. */
export const FileRef = z.strictObject({
  name: z.string(),
  /** As declared; what it really is, its first bytes say. */
  type: z.string().nullable(),
  sizeBytes: z.number().int().nonnegative().nullable(),
  /** An address at the platform, or what the surface itself calls it. */
  where: z.string(),
});
export type FileRef = z.infer<typeof FileRef>;

/** Who wrote the words that a shortcut was used on: a name for people to read, no identity. */
export const Quoted = z.strictObject({ by: z.string(), at: z.number().int() });
export type Quoted = z.infer<typeof Quoted>;

/** What arrived. A `signal` can only come from Nova itself; inbound adapters never make one. */
export const Body = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string(), files: z.array(FileRef).optional() }),
  z.strictObject({
    kind: z.literal("command"),
    verb: z.string(),
    rest: z.string(),
    /** Whose words `rest` is, and since when, where a shortcut took it from a message that stands there. */
    quoted: Quoted.optional(),
  }),
  z.strictObject({
    kind: z.literal("press"),
    nonce: z.string(),
    /** Platform id of the message that carries the button, as the platform reports it. */
    onMessage: z.string(),
    /** Words typed into a dialog that the button opened, e.g. the reason of a rejection. */
    words: z.string().nullable(),
    /** What was filled into a dialog with several fields, by field. */
    fields: z.record(z.string(), z.string()).optional(),
  }),
  /** A thumb put under a post of Nova's or taken away again; any other reaction is none of Nova's business. */
  z.strictObject({
    kind: z.literal("reaction"),
    mark: Mark,
    isAdded: z.boolean(),
    onMessage: z.string(),
  }),
  z.strictObject({
    kind: z.literal("signal"),
    signal: z.enum(["run.finished", "run.failed", "effect.due"]),
    /** The run, or the proposal. */
    ref: z.string(),
  }),
]);
export type Body = z.infer<typeof Body>;
