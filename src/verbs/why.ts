// Why an answer was what it was: route, context with ages, and cost, of the last answer here or of the one whose button
// was pressed.
import { ageInWords } from "../memory/staleness.ts";
import type { PackItem } from "../pack.ts";
import { say } from "../post.ts";
import type { WalkRow } from "../ports.ts";
import { answered } from "../work/spoken.ts";
import type { Task } from "../work/work.ts";
import type { Verb, VerbDeps } from "./verb.ts";

export const whyVerb: Verb = {
  name: "why",
  summary: "Route, context and cost of the last answer here",
  usage: "why",
  isTerminalOnly: false,
  isForEveryone: true,
  run: async (task, deps) => {
    const { body, account } = task.message;
    const isPress = body.kind === "press";
    const walk = isPress ? await walkOf(task, deps) : await deps.journal.lastWalk(task.message.thread);
    const text =
      walk === null ? nothing(isPress) : wordsOf(walk, await handedIn(walk, deps), deps.clock.now());
    // Whoever asks by a button asks for themselves; everybody else goes on talking.
    return answered(task, say(text, isPress ? { kind: "notice", only: account.id } : {}));
  },
};

const nothing = (isPress: boolean): string =>
  isPress ? "I no longer know how that was answered." : "Nothing has been answered in this thread yet.";

/** The press was found to stand on that turn's own post, so no name of a turn opens another one. A guest sees the own turns. */
async function walkOf(task: Task<"verb">, { journal }: VerbDeps): Promise<WalkRow | null> {
  const turn = task.assignment.rest;
  if (task.person.class === "owner" || task.person.class === "member") return journal.walk(turn);
  const stored = await journal.turn(turn);
  return stored?.message.account.id === task.message.account.id ? journal.walk(turn) : null;
}

/** One line per hand-off on the way to this answer. */
async function handedIn({ turn }: WalkRow, { journal }: VerbDeps): Promise<readonly string[]> {
  const handOffs = await journal.handOffs(turn);
  if (handOffs === null) return ["Handed on: its rows were changed outside Nova, so I don't say."];
  return handOffs.map(
    ({ from, to, depth, reason, state }) => `Handed on (${depth}, ${state}): ${from} → ${to}: ${reason}`,
  );
}

function wordsOf(walk: WalkRow, handed: readonly string[], now: number): string {
  const { route, pack, usage } = walk;
  const candidates = (route?.candidates ?? [])
    .map(({ agent, probability }) => `${agent} ${(probability * 100).toFixed(0)} %`)
    .join(", ");
  const items = pack?.items ?? [];
  const earlier = pack?.history.length ?? 0;
  return [
    `**${walk.agent ?? "Nova itself"}** answered (${walk.outcome}, ${ageInWords(walk.at, now)}).`,
    `Route: ${route === null ? "none, it failed before" : `${route.stage}: ${route.reasons.join(" ")}`}`,
    ...handed,
    ...(candidates === "" ? [] : [`Candidates: ${candidates}`]),
    `Context: ${items.length === 0 ? "none" : items.map((item) => itemWords(item, now)).join(", ")}${earlier > 0 ? `; ${earlier} earlier exchanges` : ""}`,
    ...(pack?.dropped ?? []).map(({ id, why }) => `Left out: ${id}, ${why}`),
    ...(walk.verification === null ? [] : [`Trust: ${walk.verification}`]),
    `Cost: ${usage.inputTokens} tokens in, ${usage.outputTokens} out, $${usage.dollars.toFixed(4)}`,
  ].join("\n");
}

const itemWords = ({ id, label, at }: PackItem, now: number): string =>
  `${id} (${[label, ...(at === null ? [] : [ageInWords(at, now)])].join(", ")})`;
