// What people's choices may teach the router: a message that somebody sent on by a button is a candidate, and trains only
// after a person put it into this file. Otherwise anybody who can press a button could teach the router.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { BootError } from "../boot-error.ts";
import type { Choice } from "../ports/journal-feedback.ts";
import type { RosterEntry } from "../routing/route.ts";

export const Reviewed = z.strictObject({
  /** Of text and agent, so that the same choice made twice is reviewed once. */
  id: z.string(),
  text: z.string(),
  agent: z.string(),
  verdict: z.enum(["accepted", "dropped"]),
});
export type Reviewed = z.infer<typeof Reviewed>;

export type Candidate = Choice & { readonly id: string };

const fileName = "examples.jsonl";
/** Longer ones are pasted texts, not requests. */
const longestExample = 300;

export function exampleId({ text, agent }: Pick<Choice, "text" | "agent">): string {
  return createHash("sha256")
    .update(JSON.stringify([agent, text.trim()]))
    .digest("hex")
    .slice(0, 8);
}

/** In the order of the reviews. Throws a BootError for a damaged file: what trains the router is never guessed. */
export function loadReviewed(folder: string): readonly Reviewed[] {
  const file = join(folder, fileName);
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, at) => {
      if (line.trim() === "") return [];
      try {
        return [Reviewed.parse(JSON.parse(line))];
      } catch {
        throw new BootError(`${file}:${at + 1} is no reviewed example; correct or remove the line.`);
      }
    });
}

/** Written beside and put in place, so that a crash leaves the old file or the new one. The newest verdict of an id counts. */
export function keepReviewed(folder: string, added: readonly Reviewed[]): void {
  const ids = new Set(added.map(({ id }) => id));
  const all = [...loadReviewed(folder).filter(({ id }) => !ids.has(id)), ...added];
  mkdirSync(folder, { recursive: true });
  const file = join(folder, fileName);
  writeFileSync(`${file}.new`, all.map((one) => `${JSON.stringify(one)}\n`).join(""), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Choices that nobody has reviewed yet, each once. */
export function candidatesIn(
  choices: readonly Choice[],
  reviewed: readonly Reviewed[],
): readonly Candidate[] {
  const known = new Set(reviewed.map(({ id }) => id));
  return choices.flatMap((choice) => {
    const id = exampleId(choice);
    const isExample = choice.text.trim() !== "" && choice.text.length <= longestExample;
    if (!isExample || known.has(id)) return [];
    known.add(id);
    return [{ ...choice, id }];
  });
}

/** The roster as it trains: accepted examples stand beside an agent's own. An agent that is gone takes its examples along. */
export function withExamples(
  roster: readonly RosterEntry[],
  reviewed: readonly Reviewed[],
): readonly RosterEntry[] {
  const accepted = reviewed.filter(({ verdict }) => verdict === "accepted");
  return roster.map((entry) => {
    const texts = accepted.filter(({ agent }) => agent === entry.id).map(({ text }) => text.trim());
    return texts.length === 0 ? entry : { ...entry, handles: [...new Set([...entry.handles, ...texts])] };
  });
}
