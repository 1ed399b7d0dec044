// A plan without a language model: the steps that the person said, in their order and words. Steps that nobody said are
// not made up; the questions are asked that a plan needs answered.
import type { JsonObject } from "../../src/ports.ts";
import { honesty, say } from "./act.ts";
import type { Act } from "./act.ts";
import { listIn, piecesOf } from "./pieces.ts";
import { findDay } from "./values.ts";

const order = /\b(?:then|first|after that|afterwards|finally|dann|danach|zuerst)\b/iu;
const lead =
  /^(?:please |can you |could you |i need |we need |i want |we want )*(?:(?:make|give|draw up|write|set|plane?|break|turn|split|structure|organi[sz]e|mach|zerlege)\b\s*)?(?:(?:me|mir|us|down|up|an?|the|this|das|einen?|into|out of|in|tasks?|steps?|plan|to-?do list|roadmap|for|of|für|to|von)\b\s*)*/iu;
const somebody =
  /^(?!(?:We|I|You|They|It|Then|Wir|Ich|Die|Der|Das|The|This|That)\b)(\p{Lu}\p{Ll}+)\s+\p{Ll}+/u;
const until = /\b(?:by|until|before|bis)\s+((?:\p{Lu}\p{L}+|\d)[\p{L}\p{N} .]*)$/u;
const questions = [
  "What tells that it is done?",
  "Who takes which step?",
  "Until when does it have to be done?",
] as const;

export function plan(text: string): Act {
  const listed = listIn(text);
  const isOrdered = order.test(text);
  const wish = text
    .trim()
    .replace(lead, "")
    .replace(/[.!?]+$/u, "");
  const titles = listed === null ? [wish] : piecesOf(listed);
  const [first = ""] = titles;
  if (first === "")
    return { kind: "ask", question: "What shall be planned? Say the wish, or the steps that you see." };
  const tasks = titles.map((title, at): JsonObject => ({
    title,
    owner: somebody.exec(title)?.[1] ?? null,
    due: findDay(title) ?? until.exec(title)?.[1] ?? null,
    after: isOrdered && at > 0 ? [at] : [],
  }));
  const open = listed === null ? ["Which steps are there?", ...questions] : openIn(tasks);
  const lines = titles.map(
    (title, at) => `${at + 1}. ${title.replace(/^./u, (letter) => letter.toUpperCase())}`,
  );
  const asked = open.length === 0 ? [] : ["", "Open:", ...open.map((question) => `- ${question}`)];
  const note = listed === null ? " Say the steps behind a colon, and I list them." : "";
  const answer = [...lines, ...asked, "", `(Your own words as tasks.${note} ${honesty})`];
  return say(answer.join("\n"), [], { tasks, open });
}

/** Only what no task says. */
const openIn = (tasks: readonly JsonObject[]): readonly string[] => [
  ...(tasks.some(({ owner }) => owner === null) ? [questions[1]] : []),
  ...(tasks.some(({ due }) => due === null) ? [questions[2]] : []),
];
