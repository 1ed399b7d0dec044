// Routing as one pure function: the stages in order, the first that decides wins. No clock, no I/O, no default agent.
import { candidatesOf, isSplitter } from "./candidates.ts";
import { decision, sureness, toAgent, toQuestion, toRefusal, type Scene } from "./decision.ts";
import { normalise, wordsOf } from "./features.ts";
import { canTakePart, findPlan } from "./plan.ts";
import { isGuarded, rank, reachesLine, type Ranked } from "./ranking.ts";
import type { ModelRequest, RouteDecision, RouteInput, Routing } from "./route.ts";
import { byAddress, byDoubt, byLeaning, byReference, byThread, byWaiting, type StageRule } from "./stages.ts";
import { withheld } from "./withheld.ts";

/** Below this nobody is likely enough to be offered: an honest "nobody does this" is the better answer. */
const plausible = 0.2;
/** An option this much less likely than the first is noise on a phone, not a choice. */
const worthOffering = 0.01;
const mostOptions = 3;
const modelCandidates = 5;
const modelHandles = 2;

/** 5: a plan for the coordinator, or a question when a part is not sure enough. */
const bySplit: StageRule = (scene) => {
  const plan = findPlan(scene.input, scene.candidates, scene.ranking);
  if (plan === null) return null;
  const agents = [...new Set(plan.parts.map((part) => part.ranked.agent.id))];
  const reasons = plan.parts.map((part) => `"${part.text.slice(0, 80)}": ${sureness(scene, part.ranked)}`);
  const coordinator = scene.candidates.find(isSplitter);
  const parts = plan.parts.map(({ text, ranked }) => ({ text, agent: ranked.agent.id }));
  if (!plan.isSure || coordinator === undefined) {
    const isShareable = coordinator !== undefined && plan.parts.every(canTakePart);
    const all = isShareable ? { coordinator: coordinator.id, parts } : undefined;
    return toQuestion(scene, "split", { options: agents, reasons, needs: "answer", all });
  }
  return decision(scene, {
    stage: "split",
    target: { kind: "plan", coordinator: coordinator.id, parts },
    needs: "nothing",
    reasons: [`Several requests in one message, for ${agents.join(" and ")}.`, ...reasons],
  });
};

/** 6: the likeliest candidate, when it reaches the line of its stakes. */
const byClassifier: StageRule = (scene) => {
  const [best] = scene.ranking;
  if (best === undefined || !hasWords(scene) || !reachesLine(scene.input.router, best)) return null;
  return toAgent(scene, "classifier", { agent: best.agent.id, reasons: [sureness(scene, best)] });
};

/** 7: a model's choice out of the five. It can choose, not raise trust: a guarded agent is asked about first. */
const byModel: StageRule = (scene) => {
  const choice = scene.input.modelChoice;
  if (choice === undefined || choice === null) return null;
  const five = offered(scene);
  if (choice === "none") {
    const nearest = five.map(({ agent }) => agent.id);
    return toRefusal(scene, "model", { nearest, reasons: ["The model found no agent that does this."] });
  }
  const chosen = five.find(({ agent }) => agent.id === choice);
  if (chosen === undefined) return null;
  const { id } = chosen.agent;
  if (!isGuarded(chosen.agent)) {
    return toAgent(scene, "model", { agent: id, reasons: [`The model chose ${id} out of ${five.length}.`] });
  }
  const reasons = [`The model chose ${id}, which can change things, so you are asked first.`];
  return toQuestion(scene, "model", { options: [id], reasons, needs: "confirm" });
};

/** 8: buttons when somebody is plausible, otherwise an honest no with the nearest three. */
function askOrRefuse(scene: Scene): RouteDecision {
  const [best] = scene.ranking;
  const options = optionsOf(scene);
  if (best === undefined) {
    return toRefusal(scene, "none", { nearest: [], reasons: ["No agent may be used here by this person."] });
  }
  if (!hasWords(scene)) {
    return toRefusal(scene, "none", { nearest: options, reasons: ["The message has no words to go by."] });
  }
  const isWanted = scene.input.modelChoice === "ask";
  if (best.probability < plausible && !isWanted) {
    const reasons = ["None of the agents here does this.", `Nearest: ${sureness(scene, best)}`];
    return toRefusal(scene, "none", { nearest: options, reasons });
  }
  const reasons = ["Nobody is sure enough to take this unasked.", sureness(scene, best)];
  return toQuestion(scene, "ask", { options, reasons, needs: "answer" });
}

/** The likeliest three; whoever has the thread is one of them, because an unclear message often goes on with something. */
function optionsOf({ ranking, candidates, input }: Scene): readonly string[] {
  const [best] = ranking;
  const likely = ranking
    .slice(0, mostOptions)
    .filter(({ probability }) => probability >= (best?.probability ?? 0) * worthOffering)
    .map(({ agent }) => agent.id);
  const holder = candidates.find(({ id }) => id === input.thread.lastAgent);
  if (holder === undefined || likely.includes(holder.id)) return likely;
  return [...likely.slice(0, mostOptions - 1), holder.id];
}

function hasWords(scene: Scene): boolean {
  return wordsOf(normalise(scene.input.text)).length > 0;
}

function offered(scene: Scene): readonly Ranked[] {
  return scene.ranking.slice(0, modelCandidates);
}

/** The handles that share most words with the message; the first of the card where none does. */
function nearestHandles(handles: readonly string[], text: string): readonly string[] {
  const wanted = new Set(wordsOf(normalise(text)));
  return handles
    .map((handle, at) => {
      const own = wordsOf(normalise(handle));
      return { handle, at, shared: own.filter((word) => wanted.has(word)).length / Math.max(own.length, 1) };
    })
    .toSorted((a, b) => b.shared - a.shared || a.at - b.at)
    .slice(0, modelHandles)
    .map(({ handle }) => handle);
}

function requestFor(scene: Scene): ModelRequest | null {
  const { input } = scene;
  const canAsk = input.modelReady && input.modelChoice === undefined;
  if (!canAsk || !hasWords(scene) || scene.ranking.length === 0) return null;
  const candidates = offered(scene).map(({ agent: { id, job, handles } }) => ({
    id,
    job,
    handles: nearestHandles(handles, input.text),
  }));
  return { text: input.text, candidates };
}

/**
 * Every message ends in exactly one decision. `ask` is set when a model could still better it: the room asks, and
 * calls again with `modelChoice`; late, failing or not understood is `modelChoice: null`.
 */
export function decideRoute(input: RouteInput): Routing {
  const candidates = candidatesOf(input);
  const byId = new Map(input.roster.map((entry) => [entry.id, entry]));
  const scene: Scene = { input, candidates, byId, ranking: rank(input, candidates, input.text) };
  for (const stage of [
    byAddress,
    byWaiting,
    byLeaning,
    bySplit,
    byThread,
    byDoubt,
    byClassifier,
    byReference,
    byModel,
  ]) {
    const decided = stage(scene);
    if (decided !== null) return { decision: withheld(scene, decided), ask: null };
  }
  return { decision: withheld(scene, askOrRefuse(scene)), ask: requestFor(scene) };
}
