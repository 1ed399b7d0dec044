// Words of a person that go from one agent to another: who gave them to whom, how often that has happened to them by now,
// and what became of it. A row of the journal, and what the receiving side parses before it takes anything.
import { z } from "zod";
import type { Usage } from "./pack.ts";

const AgentId = z.string().regex(/^[a-z]+\/[a-z0-9][a-z0-9-]*$/u);

/** So often may the same words be handed on. */
export const mostHandOffs = 4;

export const HandOff = z.strictObject({
  from: AgentId,
  to: AgentId,
  /** 1: the first time. One more than may be is kept too, as what was stopped. */
  depth: z
    .number()
    .int()
    .min(1)
    .max(mostHandOffs + 1),
  reason: z.string().min(1).max(4_000),
  /** `taken`: at once, by the law; `pressed`: a person did; `offered`: one may; `planned`: a part of a coordinator's plan; the others were stopped. */
  state: z.enum(["taken", "pressed", "offered", "planned", "refused", "circle", "too deep"]),
  /** Epoch milliseconds. */
  at: z.number().int(),
});
export type HandOff = z.infer<typeof HandOff>;

/** The way of a turn's words so far. */
export type Trail = {
  /** Agents that have had these words and handed them on, in order; also in earlier turns. */
  readonly passed: readonly string[];
  /** Of this turn. */
  readonly handOffs: readonly HandOff[];
  /** What the agents before this one have cost. */
  readonly spent: Usage;
};
export const noTrail: Trail = {
  passed: [],
  handOffs: [],
  spent: { inputTokens: 0, outputTokens: 0, dollars: 0 },
};

/** "chat/general → chat/guide". */
export const chainWords = (agents: readonly string[]): string => agents.join(" → ");
