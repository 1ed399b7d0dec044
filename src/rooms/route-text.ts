// Text finds its agent: the pure function in src/routing decides; only its narrow question to a model is asked here.
import { isWordless, wordsIn } from "../files/file-names.ts";
import type { Assignment, Route } from "../assignment.ts";
import { billOf } from "../budget-lines.ts";
import type { Assigned, Turn, Waiting } from "../message.ts";
import { outsiderWords } from "../people.ts";
import type { Directory } from "../people.ts";
import type { Clock, Journal } from "../ports.ts";
import type { Roster } from "../roster.ts";
import { isWithdrawal } from "../routing/awaited.ts";
import { candidatesOf } from "../routing/candidates.ts";
import { decideRoute } from "../routing/decide.ts";
import { parseAddress } from "../routing/address.ts";
import type { RouteDecision, RouteInput, Routing } from "../routing/route.ts";
import type { Router } from "../routing/training.ts";
import { toAssignment } from "./assignment.ts";
import type { AskRoute } from "./router-model.ts";
import { isStopWord } from "../turns/stop-words.ts";
import { unreadableReason } from "./unreadable.ts";

export type RouterDeps = {
  readonly clock: Pick<Clock, "now">;
  readonly journal: Journal;
  readonly directory: Pick<Directory, "personOf">;
  readonly roster: Roster;
  readonly router: Router;
  /** Null where no language model is configured: the same function with fewer signals. */
  readonly askModel: AskRoute | null;
  readonly verbs: readonly { readonly name: string; readonly isTerminalOnly: boolean }[];
};
export type RouterRoom = RouterDeps & {
  /** What routing knows of the roster, made once. */
  readonly routing: RouteInput["roster"];
};
export type Asked = { readonly text: string; readonly address: string | null; readonly origin: string };

export async function routeText(
  room: RouterRoom,
  given: { readonly turn: Turn; readonly asked: Asked },
): Promise<Assigned> {
  const { turn, asked } = given;
  const demoted = toldOutsider(turn);
  if (demoted !== null) return demoted;
  const unreadable = unreadableReason(asked.text);
  if (unreadable !== null)
    return told(turn, { kind: "say", text: unreadable, isPrivate: false }, "unreadable");
  const { waiting } = turn.thread;
  // A word for Nova, not for an agent; only an agent's own question may be answered with it.
  if (waiting?.kind !== "input" && isStopWord(asked.text))
    return told(turn, { kind: "verb", verb: "stop", rest: "" }, "the word stop");
  if (waiting?.kind === "input" && isWithdrawal(asked.text)) {
    const text = `All right: ${waiting.agent} no longer waits for an answer, and nothing was done.`;
    return told(turn, { kind: "say", text, isPrivate: false }, "what was asked is taken back");
  }
  const input = routeInputOf(room, { turn, asked });
  const { decision } = await withModel(room, turn, { input, routing: decideRoute(input) });
  const route: Route = { stage: decision.stage, reasons: decision.reasons, candidates: decision.candidates };
  return {
    ...turn,
    route,
    assignment: toAssignment(room.roster, decision, {
      ...(await wordsOf(room, decision, { ...asked, waiting })),
      reachable: new Set(candidatesOf(input).map(({ id }) => id)),
    }),
  };
}

/** All that routing may look at: who asks where, in which thread, and the words. */
export const routeInputOf = (
  room: RouterRoom,
  { turn, asked }: { readonly turn: Turn; readonly asked: Asked },
): RouteInput => ({
  router: room.router,
  roster: room.routing,
  person: turn.person.class,
  projectAgents: turn.project?.agents ?? null,
  thread: turn.thread,
  address: asked.address,
  text: asked.text,
  modelReady: room.askModel !== null,
});

type Words = Asked & { readonly waiting: Waiting | null };

/** What the agent gets to read: a typed answer to "which one?" stands for the message that was asked about. */
async function wordsOf(room: RouterRoom, decision: RouteDecision, asked: Words): Promise<Words> {
  if (asked.waiting?.kind === "clarification" && names(asked.waiting, decision)) {
    const stored = await room.journal.turn(asked.waiting.turn);
    // Words that ask one of the offered agents in a sentence of their own are about the files that came before them.
    if (decision.stage !== "waiting" && stored !== null && isWordless(stored.message.body))
      return { ...asked, origin: asked.waiting.turn };
    if (decision.stage === "waiting" && stored?.message.body.kind === "text")
      return { ...asked, text: wordsIn(stored.message.body), origin: asked.waiting.turn };
  }
  const rest =
    decision.stage === "address" && asked.address === null
      ? parseAddress(asked.text, room.routing)?.rest
      : undefined;
  return rest === undefined || rest === "" ? asked : { ...asked, text: rest };
}

const names = (waiting: { readonly options: readonly string[] }, { target }: RouteDecision): boolean =>
  target.kind === "agent" && waiting.options.includes(target.agent);

/** Stage 7: only when the classifier abstains; what the model says goes back through the same pure function. */
async function withModel(
  room: RouterRoom,
  turn: Turn,
  { input, routing }: { readonly input: RouteInput; readonly routing: Routing },
): Promise<Routing> {
  if (routing.ask === null || room.askModel === null) return routing;
  return decideRoute({ ...input, modelChoice: await room.askModel(routing.ask, billOf(turn)) });
}

/** A listed person is never served with fewer rights without a word. */
export function toldOutsider(turn: Turn): Assigned | null {
  const { thread } = turn.message;
  const text = outsiderWords(turn.person, thread.slice(0, thread.indexOf(":")));
  return text === null ? null : told(turn, { kind: "say", text, isPrivate: true }, "not vouched for");
}

export function told(turn: Turn, assignment: Assignment, reason: string): Assigned {
  return { ...turn, assignment, route: { stage: "address", reasons: [reason], candidates: [] } };
}
