// Every command of the command line: what is typed, what it is for, which flags it takes, and what runs. What only one command
// needs is loaded with it.
import { WrongUse } from "./wrong-use.ts";
import { nearestNames } from "../nearest.ts";
import type { Settings } from "../settings.ts";

type Flag = {
  readonly name: `--${string}`;
  /** What follows it; absent: nothing does. */
  readonly value?: string;
  readonly about: string;
};
export type Command = {
  /** What is typed behind `nova`, one line each. */
  readonly usage: readonly [string, ...string[]];
  /** One sentence. */
  readonly about: string;
  /** What its exit codes mean, where that is more than 0 for well and 1 for not. */
  readonly ends?: string;
  readonly flags?: readonly Flag[];
  /** It takes no words beside its flags. */
  readonly isBare?: true;
  readonly run: (settings: Settings, words: readonly string[]) => Promise<number>;
};

const json = { name: "--json", about: "ends with one JSON object as the last line" } as const;

export const commands: Readonly<Record<string, Command>> = {
  start: {
    usage: ["start"],
    about: "Starts Nova: here, on its web page, and on each platform whose token is set.",
    isBare: true,
    run: async (settings) => (await import("./start.ts")).startNova(settings),
  },
  check: {
    usage: ["check"],
    about: "Tries config, tokens, ERPs and roster, and says how to mend what is wrong.",
    isBare: true,
    run: async (settings) => (await import("./check.ts")).check(settings),
  },
  agents: {
    usage: ["agents"],
    about: "Lists each agent, its job, and how far it is trusted by which evidence.",
    isBare: true,
    run: async (settings) => (await import("./agents.ts")).printAgents(settings),
  },
  route: {
    usage: ['route "text" [--project id]'],
    about: "Prints as JSON who would get that message, and why.",
    flags: [{ name: "--project", value: "id", about: "as in a channel of that project" }],
    run: async (settings, words) => (await import("./route.ts")).printRoute(settings, words),
  },
  eval: {
    usage: [
      "eval [--agent id] [--json] [--keep] [--baseline file]",
      "eval routing [--json] [--keep] [--misses] [--embedder]",
      "             [--set folder] [--data folder]",
      "eval boundary",
    ],
    about: "Measures every agent's evals on the configured model, or the router.",
    ends: "0: nothing is worse; 1: something is, or unmeasured; 2: asked wrongly.",
    flags: [
      { name: "--agent", value: "id", about: "this agent only; may be said several times" },
      json,
      { name: "--keep", about: "makes what was measured the baseline of later runs" },
      { name: "--baseline", value: "file", about: "compares with this file instead of the committed one" },
      { name: "--misses", about: "routing: lists the messages that went wrong" },
      { name: "--embedder", about: "routing: measures the optional embedder too" },
      { name: "--set", value: "folder", about: "routing: another frozen set of messages" },
      { name: "--data", value: "folder", about: "routing: where CLINC150 and BANKING77 are" },
    ],
    run: async (settings, words) => (await import("./eval.ts")).evaluate(settings, words),
  },
  examples: {
    usage: ["examples", "examples accept ID …", "examples drop ID …"],
    about: "Shows which choices could train the router, and takes or drops them.",
    run: async (settings, words) => (await import("./examples.ts")).examples(settings, words),
  },
  erp: {
    usage: ["erp [what] [words] [--erp name] [--hledger]"],
    about: "Shows a table of an ERP; it only looks.",
    flags: [
      { name: "--erp", value: "name", about: "this ERP of the config; the first one otherwise" },
      { name: "--hledger", about: "its journal for other bookkeeping programs" },
    ],
    run: async (settings, words) => (await import("./erp.ts")).showErp(settings, words),
  },
  mcp: {
    usage: ["mcp show [server]", "mcp accept server [fingerprint]"],
    about: "Shows what the configured MCP servers offer, and accepts it.",
    run: async (settings, words) => (await import("./mcp.ts")).mcp(settings, words),
  },
  audit: {
    usage: ["audit verify [end]", "audit export [file]", "audit accept"],
    about: "Proves the chain of decisions and effects, writes it out, or accepts it.",
    run: async (settings, words) => (await import("./audit.ts")).openAudit(settings, words),
  },
  backup: {
    usage: ["backup <file>"],
    about: "Writes all of Nova's data into one file, also while Nova runs.",
    run: async (settings, words) => (await import("./backup.ts")).backUp(settings, words),
  },
  restore: {
    usage: ["restore <file> [--force]"],
    about: "Puts a backup back as the data folder, while Nova is stopped.",
    flags: [{ name: "--force", about: "also where data is; that is moved aside, not deleted" }],
    run: async (settings, words) => (await import("./restore.ts")).restore(settings, words),
  },
};

/** A word that is only a flag: a text with spaces in it, or a lone dash, is none. */
const flagShape = /^--?\p{L}[\p{L}\p{N}-]*(?:=|$)/u;
const isFlag = (word: string): boolean => flagShape.test(word);

export const asksForHelp = (words: readonly string[]): boolean =>
  words.some((word) => word === "--help" || word === "-h");

/** The words as the commands read them, `--flag=value` as two. Throws WrongUse for a flag that this command does not have. */
export function readWords(name: string, command: Command, typed: readonly string[]): readonly string[] {
  const left = typed.values();
  const words: string[] = [];
  for (const word of left) {
    if (isFlag(word)) words.push(...readFlag(name, command, { word, next: () => left.next().value }));
    else if (command.isBare) throw new WrongUse(`\`${name}\` takes nothing more; leave "${word}" out.`);
    else words.push(word);
  }
  return words;
}

type Typed = { readonly word: string; readonly next: () => string | undefined };

function readFlag(name: string, { flags = [] }: Command, { word, next }: Typed): readonly string[] {
  const [said = "", ...given] = word.split("=");
  const flag = flags.find((one) => one.name === said);
  if (flag === undefined) throw new WrongUse(strangerWords(name, said, flags));
  if (flag.value === undefined) {
    if (given.length > 0) throw new WrongUse(`\`${said}\` takes no value.`);
    return [said];
  }
  const value = given.length > 0 ? given.join("=") : (next() ?? "");
  if (value === "" || isFlag(value))
    throw new WrongUse(`\`${said}\` needs a value: \`${said} ${flag.value}\`.`);
  return [said, value];
}

function strangerWords(name: string, said: string, flags: readonly Flag[]): string {
  const names = flags.map((flag) => flag.name);
  const [near] = nearestNames(said, names, 1);
  const taken = names.length === 0 ? "it takes none." : `it takes ${names.join(", ")}.`;
  return `\`${name}\` has no flag "${said}"; ${near === undefined ? taken : `did you mean "${near}"?`}`;
}
