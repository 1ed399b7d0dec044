// The stages that need no scores of their own or use them with the thread: address, waiting thread, thread prior.
// Each returns a decision, or null to leave the message to the next one.
import { namedAgents, nearestNames, parseAddress } from "./address.ts";
import { mayAnswer } from "./awaited.ts";
import { whyNotHere } from "./candidates.ts";
import { percent, sureness, toAgent, toQuestion, toRefusal, type Scene } from "./decision.ts";
import { normalise, wordsOf } from "./features.ts";
import { isLeaning, refersBack } from "./leaning.ts";
import { isGuarded, rank, reachesLine, type Ranked } from "./ranking.ts";
import type { RosterEntry, RouteDecision } from "./route.ts";

export type StageRule = (scene: Scene) => RouteDecision | null;

/** By how much another agent must be likelier to take a thread from the one that has it. */
const switchMargin = 0.15;

function isCandidate(scene: Scene, id: string): boolean {
  return scene.candidates.some((entry) => entry.id === id);
}

/** 1: exact, wins always. An unknown name gets the nearest names, never a default agent. */
export const byAddress: StageRule = (scene) => {
  const { input, candidates } = scene;
  const name = input.address ?? parseAddress(input.text, input.roster)?.name;
  if (name === undefined) return null;
  const named = namedAgents(name, input.roster);
  const usable = named.filter((entry) => isCandidate(scene, entry.id));
  const [only] = usable;
  if (only !== undefined && usable.length === 1) {
    return toAgent(scene, "address", { agent: only.id, reasons: [`Addressed to ${only.id}.`] });
  }
  const [known] = named;
  const nearest = usable.length > 1 ? usable.map((entry) => entry.id) : nearestNames(name, candidates);
  if (usable.length === 0 && known !== undefined) {
    return toRefusal(scene, "address", { nearest, reasons: [whyNotHere(known, input)] });
  }
  const reason =
    usable.length > 1
      ? `"${name}" names more than one agent; use the full name.`
      : `No agent is called "${name.slice(0, 80)}".`;
  return toRefusal(scene, "address", { nearest, reasons: [reason] });
};

const politeness =
  /\b(?:the|a|an|one|ones|please|agent|option|number|i|mean|meant|want|use|ask|take|to|it|is|that)\b/g;
const ordinals = [/^(?:1|1st|first)$/, /^(?:2|2nd|second)$/, /^(?:3|3rd|third)$/];

/** The option that a typed answer names: by id, by short name or by its place; null for anything else. */
function namedOption(text: string, options: readonly string[]): string | null {
  const plain = normalise(text)
    .replace(/[.!?,:"'@]/g, " ")
    .trim();
  const core = plain.replace(politeness, " ").replaceAll(/\s+/g, " ").trim();
  const names = (option: string): boolean => {
    const short = option.slice(option.indexOf("/") + 1);
    return [option, short, short.replaceAll("-", " ")].some((name) => name === core || name === plain);
  };
  const named = options.filter(names);
  if (named.length === 1) return named[0] ?? null;
  return options.find((_, at) => ordinals[at]?.test(core) ?? false) ?? null;
}

/** 2: a typed answer that names an option, or the words a worker asked for. Anything else is for the other stages. */
export const byWaiting: StageRule = (scene) => {
  const { waiting } = scene.input.thread;
  if (waiting === null) return null;
  const agent =
    waiting.kind === "input" ? waiting.agent : namedOption(scene.input.text, waiting.options.slice(0, 3));
  if (agent === null || !isCandidate(scene, agent)) return null;
  if (wordsOf(normalise(scene.input.text)).length === 0) return null;
  const waiter = scene.byId.get(agent);
  if (waiting.kind === "input" && waiter !== undefined && !mayAnswer(scene, waiter)) return null;
  const reason =
    waiting.kind === "input"
      ? `${agent} asked for this answer.`
      : `Your answer names ${agent}, one of the choices.`;
  return toAgent(scene, "waiting", { agent, reasons: [reason] });
};

function holder(scene: Scene): RosterEntry | undefined {
  return scene.candidates.find((entry) => entry.id === scene.input.thread.lastAgent);
}

/** Neither what can change something nor a plan over several agents is begun again by habit. */
const keepsNothing = (agent: RosterEntry): boolean => isGuarded(agent) || agent.role === "coordinator";

/** A guarded agent keeps nothing by habit: the message and what it leans on must pass its line together. */
function continueGuarded(scene: Scene, agent: RosterEntry): RouteDecision {
  const { input, candidates } = scene;
  const [best] = rank(input, candidates, `${input.thread.lastText ?? ""}\n${input.text}`);
  const isSame = best !== undefined && best.agent.id === agent.id && agent.role !== "coordinator";
  if (isSame && reachesLine(input.router, best)) {
    const reasons = [`Together with the message before it, ${sureness(scene, best)}`];
    return toAgent(scene, "thread", { agent: agent.id, reasons });
  }
  const reasons = [`The message leans on ${agent.id}, but does not say enough to go on by itself.`];
  return toQuestion(scene, "thread", { options: [agent.id], reasons, needs: "confirm" });
}

/** 3a: a message without content of its own belongs to the thread's last agent. */
export const byLeaning: StageRule = (scene) => {
  const agent = holder(scene);
  if (agent === undefined || !isLeaning(scene.input.text, scene.input.router.classifier.vocabulary))
    return null;
  if (keepsNothing(agent)) return continueGuarded(scene, agent);
  return toAgent(scene, "thread", {
    agent: agent.id,
    reasons: [`The message leans on the conversation with ${agent.id}.`],
  });
};

/**
 * 3b: a thread stays with its agent unless another one is clearly likelier. Runs after the split, because a message
 * with several requests is unlikely for every single agent.
 */
export const byThread: StageRule = (scene) => {
  const agent = holder(scene);
  if (agent === undefined || keepsNothing(agent)) return null;
  if (wordsOf(normalise(scene.input.text)).length === 0) return null;
  const own = scene.ranking.find((ranked) => ranked.agent.id === agent.id);
  const rival = scene.ranking.find((ranked) => ranked.agent.id !== agent.id);
  if (own === undefined) return null;
  if (rival !== undefined && rival.probability - own.probability > switchMargin) return null;
  const reasons = [
    `${agent.id} has this thread (${percent(own.probability)}), and nobody fits clearly better.`,
  ];
  return toAgent(scene, "thread", { agent: agent.id, reasons });
};

/** Below this a message by itself says nothing of whom it is for. */
const silent = 0.4;

/** Whom the message and the one before it are likeliest for together. */
function bestOfBoth({ input, candidates }: Scene): Ranked | undefined {
  return rank(input, candidates, `${input.thread.lastText ?? ""}\n${input.text}`)[0];
}

/** 6a: what points back and would leave a thread that it may go on with is asked about. No line counts here: raising one adds no route. */
export const byDoubt: StageRule = (scene) => {
  const agent = holder(scene);
  const [best] = scene.ranking;
  if (agent === undefined || best === undefined || best.agent.id === agent.id) return null;
  if (!refersBack(scene.input.text) || !reachesLine(scene.input.router, best)) return null;
  if (bestOfBoth(scene)?.agent.id !== agent.id) return null;
  const reasons = [`The message points back: it may go on with ${agent.id}.`];
  return toQuestion(scene, "ask", { options: [best.agent.id, agent.id], reasons, needs: "answer" });
};

/** 6b: what points back and says little of its own goes on with a guarded agent where both messages together pass its line. */
export const byReference: StageRule = (scene) => {
  const agent = holder(scene);
  const [alone] = scene.ranking;
  if (agent === undefined || !isGuarded(agent) || (alone?.probability ?? 0) >= silent) return null;
  if (!refersBack(scene.input.text)) return null;
  const best = bestOfBoth(scene);
  if (best?.agent.id !== agent.id || !reachesLine(scene.input.router, best)) return null;
  const reasons = [`Together with the message before it, ${sureness(scene, best)}`];
  return toAgent(scene, "thread", { agent: agent.id, reasons });
};
