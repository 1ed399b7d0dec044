// The door of the terminal: lines in, lines out, as through a pipe. One person sits here, and types decisions.
import { PassThrough } from "node:stream";
import { createTerminal } from "../../../adapters/terminal/index.ts";
import { verbSpecs } from "../../../src/verbs.ts";
import type { Door } from "./door.ts";

export function terminalDoor(): Door {
  let input = new PassThrough();
  const printed: string[] = [];
  const type = (line: string): void => void input.write(`${line}\n`);
  return {
    name: "terminal",
    kit: "terminal:me",
    maya: null,
    channel: "terminal:main",
    open: async (world) => {
      input = new PassThrough();
      const output = new PassThrough();
      output.on("data", (chunk: Buffer) => printed.push(chunk.toString("utf8")));
      return createTerminal({ ...world, input, output, isTty: false, verbs: verbSpecs });
    },
    says: async (text) => type(text),
    verb: async (verb, rest = "") => type(`/${verb} ${rest}`.trim()),
    // Lines are cut to the width of a terminal; what was said in one piece is read in one piece.
    seen: async () => [printed.join("").replaceAll(/\n[ │]+/gu, " ")],
    press: async (label, { words: given = "", twice = false, fields = {} } = {}) => {
      const line = lineFor(printed.join(""), label);
      const typed = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
      const words = [given, ...typed].join(" ");
      for (let press = 0; press < (twice ? 2 : 1); press += 1) type(`${line} ${words}`.trim());
    },
    hold: async (label) => {
      const line = lineFor(printed.join(""), label);
      return async () => type(line);
    },
    complaints: () => [],
    close: async () => void input.end(),
  };
}

const signs: Readonly<Record<string, string>> = { "Why?": "?", "👍": "+", "👎": "-" };
const verbs: Readonly<Record<string, string>> = {
  Approve: "approve",
  "Approve…": "approve",
  "Reject…": "reject",
  Details: "details",
  "Edit…": "edit",
  "Undo…": "undo",
};

/** What to type for the newest button with this label, not what was typed before: a card is decided by its id, everything else is a choice. */
function lineFor(text: string, label: string): string {
  const sign = signs[label];
  if (sign !== undefined) return `/choose ${sign}`;
  // A card's Stop is typed with its id; a run's is a choice.
  if (label === "Stop" && /(?<!› )\/stop p-/u.test(text)) return lineOf(text, "stop");
  const decision = verbs[label] ?? null;
  if (decision === null) return `/choose ${numberOf(text, label)}`;
  return lineOf(text, decision);
}

function lineOf(text: string, decision: string): string {
  const id = [...text.matchAll(new RegExp(String.raw`(?<!› )/${decision} (p-[0-9a-f]+)`, "gu"))].at(-1)?.[1];
  if (id === undefined) throw new Error(`nothing to ${decision} in the terminal`);
  return `/${decision} ${id}`;
}

/** The number printed before the newest choice with this label. */
function numberOf(text: string, label: string): string {
  const line = text
    .split("\n")
    .findLast((printed) => /^\W*(?:choose )?\d+\W/u.test(printed) && printed.includes(label));
  const number = line === undefined ? undefined : /\d+/u.exec(line)?.[0];
  if (number === undefined) throw new Error(`no choice "${label}" in the terminal`);
  return number;
}
