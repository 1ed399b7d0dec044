// Room 3, assign: exactly one thing to do for every turn. Presses and commands are looked up, text is routed by the
// pure function in src/routing; only its narrow question to a model and the journal's look-ups happen here.
import type { Assigned, Assignment, Route, Turn } from "../message.ts";
import type { Journal } from "../ports.ts";
import type { ButtonAction } from "../proposal.ts";
import { decideRoute } from "../routing/decide.ts";
import type { RouteInput, Routing } from "../routing/route.ts";
import type { Router } from "../routing/training.ts";
import type { Roster } from "../roster.ts";
import { nearestNames } from "../nearest.ts";
import type { AskRoute } from "./router-model.ts";
import { toAssignment } from "./assignment.ts";
import { unreadableReason } from "./unreadable.ts";

export type RouterDeps = {
  readonly journal: Journal;
  readonly roster: Roster;
  readonly router: Router;
  /** Null where no language model is configured: the same function with fewer signals. */
  readonly askModel: AskRoute | null;
  readonly verbs: readonly { readonly name: string; readonly isTerminalOnly: boolean }[];
};
type Asked = { readonly text: string; readonly address: string | null; readonly origin: string };

export function createRouterRoom(deps: RouterDeps): (turn: Turn) => Promise<Assigned> {
  const routing = deps.roster.toRouting();
  return async (turn) => {
    const { body } = turn.message;
    switch (body.kind) {
      case "text":
        return routeText(deps, routing, { turn, asked: { text: body.text, address: null, origin: turn.id } });
      case "command":
        return routeCommand(deps, routing, turn);
      case "press":
        return routePress(deps, routing, turn);
      case "signal":
        return told(turn, { kind: "news", signal: body.signal, run: body.ref }, "news of a run");
    }
  };
}

type Entries = RouteInput["roster"];

async function routeText(
  deps: RouterDeps,
  roster: Entries,
  given: { readonly turn: Turn; readonly asked: Asked },
): Promise<Assigned> {
  const { turn, asked } = given;
  const unreadable = unreadableReason(asked.text);
  if (unreadable !== null)
    return told(turn, { kind: "say", text: unreadable, isPrivate: false }, "unreadable");
  const { waiting } = turn.thread;
  const input: RouteInput = {
    router: deps.router,
    roster,
    person: turn.person.class,
    projectAgents: turn.project?.agents ?? null,
    thread: { ...turn.thread, waiting: waiting === null ? null : waiting },
    address: asked.address,
    text: asked.text,
    modelReady: deps.askModel !== null,
  };
  const { decision } = await withModel(deps, input, decideRoute(input));
  const route: Route = { stage: decision.stage, reasons: decision.reasons, candidates: decision.candidates };
  return { ...turn, route, assignment: toAssignment(deps.roster, decision, { ...asked, waiting }) };
}

/** Stage 7: only when the classifier abstains; what the model says goes back through the same pure function. */
async function withModel(deps: RouterDeps, input: RouteInput, routing: Routing): Promise<Routing> {
  if (routing.ask === null || deps.askModel === null) return routing;
  return decideRoute({ ...input, modelChoice: await deps.askModel(routing.ask) });
}

async function routeCommand(deps: RouterDeps, roster: Entries, turn: Turn): Promise<Assigned> {
  const { body } = turn.message;
  if (body.kind !== "command") return told(turn, stale, "not a command");
  const verb = body.verb.toLowerCase();
  const rest = body.rest.trim();
  const known = deps.verbs.find(({ name }) => name === verb);
  if (known === undefined) {
    const near = nearestNames(
      verb,
      deps.verbs.map(({ name }) => name),
      2,
    );
    return told(
      turn,
      {
        kind: "say",
        text: `I don't know the verb "${verb.slice(0, 40)}". Did you mean ${near.join(" or ")}? \`help\` lists all.`,
        isPrivate: false,
      },
      "unknown verb",
    );
  }
  if (verb === "ask" || verb === "run") {
    const [first = "", ...words] = rest.split(/\s+/u);
    const isAddressed = verb === "run" || deps.roster.find(first) !== null;
    if (rest === "") return told(turn, { kind: "verb", verb: "help", rest: verb }, "nothing asked");
    const address = isAddressed ? addressOf(verb, first) : null;
    const text = isAddressed ? words.join(" ") : rest;
    return routeText(deps, roster, {
      turn,
      asked: { text: text === "" ? first : text, address, origin: turn.id },
    });
  }
  if (verb === "approve" || verb === "reject") return routeTyped(turn, verb, rest);
  return told(turn, { kind: "verb", verb, rest }, `the verb ${verb}`);
}

const addressOf = (verb: "ask" | "run", name: string): string =>
  verb === "run" && !name.includes("/") ? `pipeline/${name}` : name;

/** Typed decisions exist only in the owner's own terminal; anywhere else only a button decides. */
function routeTyped(turn: Turn, verb: "approve" | "reject", rest: string): Assigned {
  if (turn.message.thread.startsWith("terminal:")) {
    const [proposal = "", ...reason] = rest.split(/\s+/u);
    const action: ButtonAction = { kind: verb, proposal };
    return told(
      turn,
      { kind: "decision", action, words: reason.length > 0 ? reason.join(" ") : null },
      `typed ${verb}`,
    );
  }
  return told(
    turn,
    { kind: "say", text: "Only the buttons on the card decide here.", isPrivate: true },
    "typed decision refused",
  );
}

const stale: Assignment = {
  kind: "say",
  text: "This button is no longer valid; nothing happened.",
  isPrivate: true,
};

async function routePress(deps: RouterDeps, roster: Entries, turn: Turn): Promise<Assigned> {
  const { button, message } = turn;
  if (message.body.kind !== "press" || button === null) return told(turn, stale, "unknown button");
  // The same post in the same thread, or a card that was forwarded or forged; a press may be quicker than our own receipt.
  const isOnItsPost = button.platformId === null || button.platformId === message.body.onMessage;
  if (button.thread !== message.thread || !isOnItsPost) return told(turn, stale, "button on another message");
  const { action } = button;
  if (action.kind === "approve" || action.kind === "reject") {
    return told(turn, { kind: "decision", action, words: message.body.words }, `pressed ${action.kind}`);
  }
  return routeAgain(deps, roster, { turn, action });
}

type Again = { readonly turn: Turn; readonly action: Exclude<ButtonAction, { kind: "approve" | "reject" }> };

/** Buttons that act on an earlier message: once, and only for who wrote it or an owner. */
async function routeAgain(deps: RouterDeps, roster: Entries, { turn, action }: Again): Promise<Assigned> {
  if (action.kind === "stop")
    return told(turn, { kind: "verb", verb: "stop", rest: action.run }, "pressed stop");
  const stored = await deps.journal.turn(action.turn);
  if (stored === null || turn.button === null) return told(turn, stale, "unknown turn");
  const isTheirs = stored.message.account.id === turn.message.account.id || turn.person.class === "owner";
  if (!isTheirs)
    return told(
      turn,
      { kind: "say", text: "Only the person who asked can press this.", isPrivate: true },
      "not theirs",
    );
  if (!(await deps.journal.useButton(turn.button.nonce, turn.id))) {
    return told(turn, { kind: "say", text: "This was already pressed.", isPrivate: true }, "pressed before");
  }
  if (action.kind === "drop")
    return told(turn, { kind: "say", text: "Dropped.", isPrivate: false }, "dropped");
  if (action.kind === "choose" && action.agent === null) {
    return told(
      turn,
      {
        kind: "say",
        text: "Then tell me in other words what you need, or `help` for what I can do.",
        isPrivate: false,
      },
      "something else",
    );
  }
  const original = { ...turn, message: { ...turn.message, body: stored.message.body } };
  const address = action.kind === "choose" ? action.agent : null;
  const { body } = stored.message;
  if (body.kind === "command" && address === null)
    return keepTurn(await routeCommand(deps, roster, original), turn);
  const text = body.kind === "text" ? body.text : body.kind === "command" ? body.rest : "";
  return routeText(deps, roster, { turn, asked: { text, address, origin: action.turn } });
}

/** Runs again what was asked, but the turn stays the press. */
const keepTurn = (assigned: Assigned, turn: Turn): Assigned => ({ ...assigned, ...turn });

function told(turn: Turn, assignment: Assignment, reason: string): Assigned {
  return { ...turn, assignment, route: { stage: "address", reasons: [reason], candidates: [] } };
}
