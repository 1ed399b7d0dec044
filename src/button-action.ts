// What a button does when pressed. It is stored and sealed; the platform only ever sees the nonce.
import { z } from "zod";

/** A thumb: how an answer was. */
export const Mark = z.enum(["up", "down"]);
export type Mark = z.infer<typeof Mark>;

/** Some words of the stored message instead of all of them: one part of several requests. */
const words = z.string().min(1).optional();

/** A message shared out: which words go to whom. */
export const Shares = z.array(z.strictObject({ text: z.string(), agent: z.string() })).min(2);
export type Shares = z.infer<typeof Shares>;

export const ButtonAction = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("approve"), proposal: z.string() }),
  z.strictObject({ kind: z.literal("reject"), proposal: z.string() }),
  /** Takes back what was approved, while it waits before it runs. */
  z.strictObject({ kind: z.literal("withhold"), proposal: z.string() }),
  /** One item of a batch: the next approval covers it, or does not. */
  z.strictObject({ kind: z.literal("tick"), proposal: z.string(), isTicked: z.boolean() }),
  /** Runs the stored original message with this agent. */
  z.strictObject({
    kind: z.literal("choose"),
    turn: z.string(),
    agent: z.string().nullable(),
    /** Agents that had these words and handed them on, in order; the last one named this agent. */
    passed: z.array(z.string()).optional(),
    /** The agent is a coordinator, and these are the parts that it shares the message out in. */
    parts: Shares.optional(),
    words,
  }),
  z.strictObject({ kind: z.literal("retry"), turn: z.string() }),
  z.strictObject({ kind: z.literal("drop"), turn: z.string() }),
  z.strictObject({ kind: z.literal("stop"), run: z.string() }),
  z.strictObject({ kind: z.literal("details"), proposal: z.string() }),
  z.strictObject({ kind: z.literal("edit"), proposal: z.string() }),
  z.strictObject({ kind: z.literal("undo"), proposal: z.string() }),
  /** Under an agent's answer: route, context and cost of that turn; a thumb for it. */
  z.strictObject({ kind: z.literal("why"), turn: z.string() }),
  z.strictObject({ kind: z.literal("rate"), turn: z.string(), mark: Mark }),
  /** Offers the stored message to somebody else than `not`. */
  z.strictObject({ kind: z.literal("elsewhere"), turn: z.string(), not: z.string().nullable(), words }),
  z.strictObject({ kind: z.literal("rerun"), run: z.string() }),
  z.strictObject({
    kind: z.literal("fact"),
    fact: z.string(),
    change: z.enum(["confirm", "update", "forget"]),
  }),
  /** Draws the board anew where the button stands. */
  z.strictObject({ kind: z.literal("refresh") }),
]);
export type ButtonAction = z.infer<typeof ButtonAction>;
