// The role factories: a role decides what its card may hold, so a chat agent with effects or a language agent
// with tools does not compile. The brand they leave is what the roster asks for at boot, when types are gone.
import type { z } from "zod";
import type { Effect, Reader } from "./effects.ts";

export type Role = "chat" | "language" | "erp" | "pipeline" | "coordinator";
/** Parts of the project's context that an agent may be briefed with. */
export type Sight = "profile" | "conventions" | "open items" | "summary" | "facts" | "history" | "agents";

/** Every reply has the words for the person in `answer`; what else it promises is the agent's own. */
export type ReplySchema = z.ZodObject<{ answer: z.ZodString } & z.ZodRawShape>;
export type Decline = { readonly text: string; /** Agent id that should get it. */ readonly instead: string };
/** `needs`: on the offline model, which extracts and does not write, the check can't hold. */
type Tried = { readonly ask: string; readonly needs?: "language model" };
/** A change that was proposed, as its command at the ERP. */
export type Proposed = { readonly op: string; readonly args: Readonly<Record<string, unknown>> };
type OnReply<R extends ReplySchema> = {
  readonly arm?: "fulfilled";
  /** Operations that have to be proposed, in order, e.g. "order.confirm"; absent: none may be. */
  readonly proposes?: readonly string[];
  expect(reply: z.infer<R>, proposed: readonly Proposed[]): boolean;
};
/** Asking back is the right answer here, and nothing may be proposed. */
type OnQuestion = { readonly arm: "needs"; expect(asked: { readonly question: string }): boolean };
/** It is for somebody else, by id, or for nobody; naming the right one is the check. */
type OnRefusal = { readonly arm: "declined"; readonly instead: string | null };
/** One of the contract's three arms is right; without `arm` it is the reply. */
export type Eval<R extends ReplySchema = ReplySchema> = Tried & (OnReply<R> | OnQuestion | OnRefusal);
/** A rehearsal: every proposal is taken for approved, and nothing is executed. */
export type Rehearsal<I> = {
  /** What the launch read from the words; null: something is missing, and the person is asked. */
  readonly inputs: I | null;
  /** Operations that were proposed, in order. */
  readonly proposed: readonly string[];
  readonly answer: string;
};
type PipelineEval<I> = Tried & { expect(end: Rehearsal<I>): boolean };
/** Who got which part of the request, and what came of it. */
export type PlannedAnswer = { readonly agent: string; readonly text: string; readonly answer: string };
type CoordinatorEval = Tried & { expect(parts: readonly PlannedAnswer[]): boolean };

type Common = {
  /** One sentence: what it is for. Shown in `/nova agents` and in questions. */
  readonly job: string;
  /** Requests it answers: 25 or more, in people's own words. They train the router. */
  readonly handles: readonly string[];
  /** Near misses and who should get them instead; five or more. They train the router too. */
  readonly declines: readonly Decline[];
};
type Talking<R extends ReplySchema> = Common & {
  readonly reply: R;
  readonly sees: readonly Sight[];
  readonly instructions: string;
  readonly evals: readonly Eval<R>[];
  /** Upper bound of the answer in words; part of the contract. */
  readonly maxWords: number;
};

export type AgentCard<R extends ReplySchema = ReplySchema> = Talking<R> & {
  readonly kind: "agent";
  readonly role: "chat" | "language" | "erp";
  readonly reads: readonly Reader[];
  readonly effects: readonly Effect[];
};
export type PipelineCard = Common & {
  readonly kind: "pipeline";
  readonly role: "pipeline";
  /** Raised with every change of the steps: a run finishes on the version that it began with. */
  readonly version: number;
  readonly inputs: z.ZodObject<z.ZodRawShape>;
  readonly run: (input: unknown, step: Step) => Promise<PipelineResult>;
  readonly evals: readonly PipelineEval<unknown>[];
};
/** One part of a standing plan: who gets it, and what is asked of that agent when the person said `said`. */
export type StandingPart = { readonly card: AgentCard; readonly ask: (said: string) => string };
type Coordinating = Common & {
  readonly maxParts: number;
  /** A standing plan, for a request that is always the same several ones; absent: the request itself is split. */
  readonly parts?: readonly StandingPart[];
  readonly evals: readonly CoordinatorEval[];
};
export type CoordinatorCard = Coordinating & { readonly kind: "coordinator"; readonly role: "coordinator" };
export type Card = AgentCard | PipelineCard | CoordinatorCard;
export type PipelineResult = { readonly answer: string };

/** The durable parts a pipeline may be made of. Each has a name, unique in its pipeline, and a deadline. */
export type Step = {
  readonly agent: <R extends ReplySchema>(
    name: string,
    card: AgentCard<R>,
    text: string,
  ) => Promise<z.infer<R>>;
  readonly read: (name: string, reader: Reader, input: unknown) => Promise<unknown>;
  /** Proposes, waits for the person, and says what became of it. Never executes without the approval. */
  readonly effect: (name: string, effect: Effect, input: unknown) => Promise<EffectOutcome>;
};
export type EffectOutcome = {
  readonly state: "applied" | "rejected" | "expired" | "failed";
  readonly detail: string;
};

const cards = new WeakSet<object>();
function brand<T extends object>(card: T): T {
  cards.add(card);
  return Object.freeze(card);
}
/** True only for what a role factory made. */
export const isCard = (value: unknown): value is Card =>
  typeof value === "object" && value !== null && cards.has(value);

/** Conversation and answers from project context. No effects, no pipelines: there is no field to put them in. */
export function chat<R extends ReplySchema>(
  card: Talking<R> & { readonly reads: readonly Reader[] },
): AgentCard<R> {
  return brand({ ...card, kind: "agent", role: "chat", effects: [] } as const);
}

/** Drafts, summaries, translation, tone. Holds no tool at all; its length is part of its contract. */
export function language<R extends ReplySchema>(card: Talking<R>): AgentCard<R> {
  return brand({ ...card, kind: "agent", role: "language", reads: [], effects: [] } as const);
}

/** Knows one area of the ERP: reads it live and proposes. It cannot execute: an effect has nothing to call. */
export function erpSpecialist<R extends ReplySchema>(
  card: Talking<R> & { readonly reads: readonly [Reader, ...Reader[]]; readonly effects: readonly Effect[] },
): AgentCard<R> {
  return brand({ ...card, kind: "agent", role: "erp" } as const);
}

/** A declared job of durable steps; what is not declared does not exist for it. */
export function pipeline<I extends z.ZodRawShape>(
  card: Common & {
    readonly version: number;
    readonly inputs: z.ZodObject<I>;
    readonly run: (input: z.infer<z.ZodObject<I>>, step: Step) => Promise<PipelineResult>;
    readonly evals: readonly PipelineEval<z.infer<z.ZodObject<I>>>[];
  },
): PipelineCard {
  return brand({
    ...card,
    kind: "pipeline",
    role: "pipeline",
    // Parsed again in the run: stored input is untrusted after a restart or an upgrade.
    run: async (input: unknown, step: Step) => card.run(card.inputs.parse(input), step),
  } as const);
}

/** Splits a request over several agents and shows a checklist; does no work itself, so it has neither tools nor words. */
export function coordinator(card: Coordinating): CoordinatorCard {
  return brand({ ...card, kind: "coordinator", role: "coordinator" } as const);
}
