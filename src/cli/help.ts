// What `--help` prints: all commands in a line each, or one with its flags. Fits a terminal of 80 columns.
import { commands } from "./commands.ts";
import type { Command } from "./commands.ts";

/** One line, for whoever typed a command that there is not. */
export const briefUsage = `Usage: nova ${Object.keys(commands).join(" | ")}`;

export const helpWords = (): string =>
  [
    briefUsage,
    ...Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(10)}${about}`),
    "`--help` behind a command says what it takes.",
  ].join("\n");

export function usageWords({ usage, about, ends, flags = [] }: Command): string {
  const heads = flags.map(({ name, value }) => (value === undefined ? name : `${name} ${value}`));
  const width = Math.max(0, ...heads.map((head) => head.length)) + 2;
  return [
    ...usage.map((line, at) => `${at === 0 ? "Usage: nova " : "       nova "}${line}`),
    about,
    ...flags.map((flag, at) => `  ${(heads[at] ?? "").padEnd(width)}${flag.about}`),
    ...(ends === undefined ? [] : [`Ends with ${ends}`]),
  ].join("\n");
}
