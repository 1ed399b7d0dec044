// Commands: verbs are looked up, `ask` and `run` name an agent, and typed decisions exist only in the owner's terminal.
import type { Assigned, Turn } from "../message.ts";
import { nearestNames } from "../nearest.ts";
import type { ButtonAction } from "../proposal.ts";
import { asideTyped } from "./route-aside.ts";
import { routeSummary } from "./route-summary.ts";
import { routeText, told } from "./route-text.ts";
import type { RouterRoom } from "./route-text.ts";

export type Command = Extract<Turn["message"]["body"], { kind: "command" }>;

export async function routeCommand(room: RouterRoom, turn: Turn, command: Command): Promise<Assigned> {
  const verb = command.verb.toLowerCase();
  const rest = command.rest.trim();
  const known = room.verbs.find(({ name }) => name === verb);
  if (known === undefined) return unknownVerb(room, turn, verb);
  if (verb === "summarise") return routeSummary(room, turn);
  if (verb === "ask" || verb === "run") {
    const [first = ""] = rest.split(/\s+/u);
    const isAddressed = verb === "run" || room.roster.find(first) !== null;
    if (rest === "") return told(turn, { kind: "verb", verb: "help", rest: verb }, "nothing asked");
    const address = isAddressed ? addressOf(verb, first) : null;
    const text = isAddressed ? rest.slice(first.length).trim() : rest;
    return routeText(room, {
      turn,
      asked: { text: text === "" ? first : text, address, origin: turn.id },
    });
  }
  if (isTyped(verb)) return routeTyped(turn, verb, rest);
  if (verb === "stop" && isAtTerminal(turn) && rest.startsWith("p-")) {
    const action: ButtonAction = { kind: "withhold", proposal: rest };
    return told(turn, { kind: "decision", action, words: null }, "typed stop");
  }
  const { quoted } = command;
  return told(
    turn,
    { kind: "verb", verb, rest, ...(quoted === undefined ? {} : { quoted }) },
    `the verb ${verb}`,
  );
}

function unknownVerb(room: RouterRoom, turn: Turn, verb: string): Assigned {
  const names = room.verbs.map(({ name }) => name);
  const near = nearestNames(verb, names, 2).join(" or ");
  const text = `I don't know the verb "${verb.slice(0, 40)}". Did you mean ${near}? \`help\` lists all.`;
  return told(turn, { kind: "say", text, isPrivate: false }, "unknown verb");
}

type Tick = "tick" | "untick";
type Aside = "edit" | "details" | "undo";
type TypedVerb = "approve" | "reject" | Tick | Aside;
const isAside = (verb: string): verb is Aside => verb === "edit" || verb === "details" || verb === "undo";
const isTyped = (verb: string): verb is TypedVerb =>
  verb === "approve" || verb === "reject" || isTick(verb) || isAside(verb);
const isTick = (verb: string): verb is Tick => verb === "tick" || verb === "untick";

const isAtTerminal = ({ message }: Turn): boolean => message.thread.startsWith("terminal:");

const addressOf = (verb: "ask" | "run", name: string): string =>
  verb === "run" && !name.includes("/") ? `pipeline/${name}` : name;

/** Typed decisions exist only in the owner's own terminal; anywhere else only a button decides. */
function routeTyped(turn: Turn, verb: TypedVerb, rest: string): Assigned {
  if (isAtTerminal(turn)) {
    if (isAside(verb)) return told(turn, asideTyped(verb, rest), `typed ${verb}`);
    const [proposal = "", ...reason] = rest.split(/\s+/u);
    const action: ButtonAction = isTick(verb)
      ? { kind: "tick", proposal, isTicked: verb === "tick" }
      : { kind: verb, proposal };
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
