// The words of routing: what a decision is made from, and what a decision is.
import { z } from "zod";
import type { Router } from "./training.ts";

const AgentId = z.string().regex(/^[a-z]+\/[a-z0-9][a-z0-9-]*$/u);
const Stakes = z.enum(["low", "medium", "high"]);
type Stakes = z.infer<typeof Stakes>;

/** What routing knows of an agent's card. */
export interface RosterEntry {
  readonly id: string;
  readonly role: "chat" | "language" | "erp" | "pipeline" | "coordinator";
  readonly job: string;
  readonly handles: readonly string[];
  /** Near misses; an `instead` that is no agent of the roster means that nobody does it. */
  readonly declines: readonly { readonly text: string; readonly instead: string }[];
  readonly hasEffects: boolean;
  readonly stakes: Stakes;
  /** True for a coordinator with a standing plan: it takes a request whole and splits none. */
  readonly hasPlan?: boolean;
  /** Only agents made for the public site may meet its visitors; everybody else meets the others. */
  readonly surface?: "site";
}

export type PersonClass = "owner" | "member" | "guest" | "visitor";

type WaitingFor =
  | { readonly kind: "clarification"; readonly options: readonly string[] }
  | { readonly kind: "input"; readonly agent: string };

interface RoutingThread {
  readonly lastAgent: string | null;
  /** The thread's last message to that agent. */
  readonly lastText: string | null;
  readonly waiting: WaitingFor | null;
}

export interface RouteInput {
  readonly router: Router;
  readonly roster: readonly RosterEntry[];
  readonly person: PersonClass;
  /** Patterns such as `erp/*`; null outside any project, where nothing is narrowed. */
  readonly projectAgents: readonly string[] | null;
  readonly thread: RoutingThread;
  /** Agent named by a command, a button or a modal: exact, wins always. */
  readonly address: string | null;
  readonly text: string;
  /** Nats per agent from configuration and accepted routes; held within half a nat. */
  readonly priors?: Readonly<Record<string, number>>;
  /** True when a model may be asked: a key is set and the budget allows it. */
  readonly modelReady: boolean;
  /** The model's parsed answer: an agent, "none" or "ask"; null when it was late, failed or was not understood. */
  readonly modelChoice?: string | null;
}

const AgentTarget = z.strictObject({ kind: z.literal("agent"), agent: AgentId });
const PlanTarget = z.strictObject({
  kind: z.literal("plan"),
  coordinator: AgentId,
  parts: z.array(z.strictObject({ text: z.string(), agent: AgentId })).min(2),
});
/** What all of it would be, where a message probably holds several requests: an answer like any option. */
const Shared = z.strictObject({
  coordinator: AgentId,
  parts: z.array(z.strictObject({ text: z.string(), agent: AgentId })).min(2),
});
const AskTarget = z.strictObject({
  kind: z.literal("ask"),
  options: z.array(AgentId).min(1).max(3),
  all: Shared.optional(),
});
const NoneTarget = z.strictObject({ kind: z.literal("none"), nearest: z.array(AgentId).max(3) });
// A press on a card never reaches the scoring stages; the room makes this target from the stored button.
const DecisionTarget = z.strictObject({ kind: z.literal("decision"), proposal: z.string().min(1) });

const Stage = z.enum([
  "address",
  "waiting",
  "thread",
  "split",
  "classifier",
  "model",
  "ask",
  "none",
  "withheld",
]);

export const RouteDecision = z.strictObject({
  stage: Stage,
  target: z.discriminatedUnion("kind", [AgentTarget, DecisionTarget, PlanTarget, AskTarget, NoneTarget]),
  candidates: z.array(z.strictObject({ agent: AgentId, probability: z.number().min(0).max(1) })).max(5),
  stakes: Stakes,
  /** Probability the target had to reach; 1 where no probability is enough. */
  line: z.number(),
  needs: z.enum(["nothing", "answer", "confirm"]),
  /** What `/nova why` shows, in a person's words. */
  reasons: z.array(z.string()).min(1),
  models: z.strictObject({ features: z.string(), classifier: z.string(), embedder: z.string().nullable() }),
});
export type RouteDecision = z.infer<typeof RouteDecision>;

/** What the room may ask a model: five candidates at most, no memory, no tools. */
export interface ModelRequest {
  readonly text: string;
  readonly candidates: readonly {
    readonly id: string;
    readonly job: string;
    readonly handles: readonly string[];
  }[];
}

/** `decision` stands as it is; with `ask`, a model's answer may still better it. */
export interface Routing {
  readonly decision: RouteDecision;
  readonly ask: ModelRequest | null;
}
