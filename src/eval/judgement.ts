// One frozen message through the product's own decision, and what that decision was worth.
import { candidatesOf, isSplitter } from "../routing/candidates.ts";
import { decideRoute } from "../routing/decide.ts";
import { isGuarded, lineOf, rank } from "../routing/ranking.ts";
import { RouteDecision, type RosterEntry, type RouteInput } from "../routing/route.ts";
import { cutParts, textOf } from "../routing/split.ts";
import type { Router } from "../routing/training.ts";
import type { FrozenMessage } from "./frozen-set.ts";

/** What decisions are made with. `allowed`: the agents of each project of the config, by its id. */
export interface Bench {
  readonly router: Router;
  readonly roster: readonly RosterEntry[];
  readonly allowed: ReadonlyMap<string, readonly string[]>;
}

export interface Judged {
  readonly message: FrozenMessage;
  /** Null: no decision came, or one that is none. */
  readonly decision: RouteDecision | null;
  /** Agents that get the message, or a part of it, without a question. */
  readonly reached: readonly string[];
  /** Of automatic routes only; null: it was asked about or declined. */
  readonly isRight: boolean | null;
  /** Whether a right agent is among the buttons of a question; null: it was none, or nobody is right. */
  readonly isOffered: boolean | null;
  /** An agent with effects, or a pipeline, was reached although no text it was given passes its line. */
  readonly isBelowLine: boolean;
}

/** As an owner would write it, in a place of that project. */
export function toInput(bench: Bench, { text, project, after }: FrozenMessage): RouteInput {
  return {
    router: bench.router,
    roster: bench.roster,
    person: "owner",
    projectAgents: project === null ? null : (bench.allowed.get(project) ?? null),
    thread: { lastAgent: after?.agent ?? null, lastText: after?.text ?? null, waiting: null },
    address: null,
    text,
    modelReady: false,
  };
}

export function judge(bench: Bench, message: FrozenMessage): Judged {
  const input = toInput(bench, message);
  const decision = decided(input);
  const reached = decision === null ? [] : reachedBy(decision);
  return {
    message,
    decision,
    reached,
    isRight: reached.length === 0 ? null : isRight(message, reached) || isWantedPlan(bench, message, reached),
    isOffered: isOffered(message, decision),
    isBelowLine: decision !== null && isBelowLine(input, decision),
  };
}

/** An exception is what a person would see as silence, so it counts as no decision instead of ending the measurement. */
function decided(input: RouteInput): RouteDecision | null {
  try {
    return RouteDecision.parse(decideRoute(input).decision);
  } catch {
    return null;
  }
}

function reachedBy({ target }: RouteDecision): readonly string[] {
  if (target.kind === "agent") return [target.agent];
  return target.kind === "plan" ? [...new Set(target.parts.map(({ agent }) => agent))] : [];
}

const isSameSet = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((one) => right.includes(one));

function isRight({ kind, expect }: FrozenMessage, reached: readonly string[]): boolean {
  const [only] = reached;
  if (kind === "multi") return isSameSet(reached, [...new Set(expect.agents)]);
  if (only === undefined || reached.length > 1) return false;
  return expect.agents.includes(only);
}

function isOffered({ kind, expect }: FrozenMessage, decision: RouteDecision | null): boolean | null {
  const buttons = decision === null ? null : buttonsOf(decision);
  if (buttons === null || kind === "multi" || expect.agents.length === 0) return null;
  return buttons.some((option) => expect.agents.includes(option));
}

/** Who asks for the one that splits requests asks for its plan. */
function isWantedPlan(
  { roster }: Bench,
  { kind, expect }: FrozenMessage,
  reached: readonly string[],
): boolean {
  const splits = (id: string): boolean => roster.some((entry) => entry.id === id && isSplitter(entry));
  return kind !== "multi" && reached.length > 1 && expect.agents.some(splits);
}

/** Null: nobody was asked. A refusal shows its nearest agents too, but is no question; how often it comes is a figure of its own. */
const buttonsOf = ({ target }: RouteDecision): readonly string[] | null =>
  target.kind === "ask" ? target.options : null;

/** The set that several requests were found to be for, planned or asked about; null: taken for one request. */
export function foundSet({ decision, reached }: Judged): readonly string[] | null {
  if (decision === null) return null;
  if (decision.target.kind === "plan") return reached;
  return decision.stage === "split" && decision.target.kind === "ask" ? decision.target.options : null;
}

export function isExactSet(judged: Judged): boolean {
  const found = foundSet(judged);
  return found !== null && isSameSet(found, [...new Set(judged.message.expect.agents)]);
}

/** Scores again what the agent was reached with, apart from the stages that reached it. */
function isBelowLine(input: RouteInput, { stage, target }: RouteDecision): boolean {
  if (stage === "address" || stage === "waiting") return false;
  if (target.kind === "agent") {
    const text = stage === "thread" ? `${input.thread.lastText ?? ""}\n${input.text}` : input.text;
    return misses(input, target.agent, [text]);
  }
  if (target.kind !== "plan") return false;
  const verb = /[\p{L}']+/u.exec(input.text)?.[0] ?? "";
  return target.parts.some(({ text, agent }) => {
    const pieces = [text, ...cutParts(text, () => "neither").map((span) => textOf(text, span))];
    return misses(input, agent, [...pieces, ...pieces.map((piece) => `${verb} ${piece}`)]);
  });
}

function misses(input: RouteInput, agent: string, texts: readonly string[]): boolean {
  const entry = input.roster.find(({ id }) => id === agent);
  if (entry === undefined || !isGuarded(entry)) return false;
  const line = lineOf(input.router, entry);
  const best = Math.max(
    ...texts.map((text) => {
      const ranking = rank(input, candidatesOf(input), text);
      return ranking.find((ranked) => ranked.agent.id === agent)?.probability ?? 0;
    }),
  );
  return line === null || best < line;
}
