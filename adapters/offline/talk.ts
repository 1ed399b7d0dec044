// Conversation without a language model: greetings, and answers quoted from the context with their source and date.
import { honesty, say } from "./act.ts";
import type { Act, Found } from "./act.ts";
import type { ContextItem, Scene } from "./scene.ts";
import { contentWords, sentencesOf, stem, stemsOf } from "./words.ts";

/** Null: it is no small talk. */
export function greet(text: string): Act | null {
  const words = contentWords(text).filter(
    (word) => !/^(?:good|morning|evening|afternoon|night|there|everyone|day)$/.test(word),
  );
  if (
    /^(?:hi|hello|hey|good (?:morning|evening|afternoon|day)|moin|hallo)\b/i.test(text) &&
    words.length === 0
  )
    return say(`Hello! ${honesty} Ask “what can you do?” to see what I can look up.`);
  if (
    /^(?:ok(?:ay)?,? )?(?:many )?(?:thanks|thank you|thx|cheers|great|perfect|cool)\b/i.test(text) &&
    words.length <= 3
  )
    return say("You're welcome.");
  if (/^(?:bye|goodbye|good night|see you)\b/i.test(text)) return say("Goodbye.");
  if (
    /\b(?:who|what) are you\b|\bare you (?:a |an )?(?:bot|human|robot|ai|person|real)\b|\bhow are you\b/i.test(
      text,
    )
  )
    return say(`I'm Nova, a program and not a human. ${honesty}`);
  return null;
}

const isHelp = (text: string): boolean =>
  /\bwhat (?:can|do|could) (?:you|i)\b.*\b(?:do|help|ask|offer)\b|\bwhat are you (?:able|good)\b|^\/?help\b|\bwhich agents\b|\bwho else works\b/i.test(
    text,
  );
const isOverview = (text: string): boolean =>
  /\b(?:this|the) (?:project|channel)\b|\bwhere do we stand\b|\bcatch me up\b|\bwhat'?s (?:new|open)\b/i.test(
    text,
  );

const isRoster = ({ source }: ContextItem): boolean => /roster|agents/i.test(source);

/** The jobs of the roster, when the person asks for them and the context lists them. */
export function abilitiesOf({ text, context }: Scene): Extract<Act, { kind: "say" }> | null {
  if (!isHelp(text)) return null;
  const jobs = context.filter(isRoster);
  const list = jobs.map((job) => `- ${job.text}`).join("\n");
  return { kind: "say", answer: list === "" ? honesty : `${list}\n\n${honesty}`, rows: rowsFrom(jobs) };
}

/** How this project stands, in the words of its own context. */
export function tellOverview({ text, context }: Scene): Act | null {
  if (!isOverview(text)) return null;
  const standing = context
    .filter(({ id, source }) => /profile|summary|open/i.test(`${id} ${source}`))
    .slice(0, 5);
  return standing.length === 0
    ? null
    : say(standing.map((item) => cite(item.text, item)).join("\n"), rowsFrom(standing));
}

/** The sentences of the context that come nearest to the question; null when none comes near. */
export function quote(scene: Scene): Act | null {
  const asked = [...new Set(stemsOf(scene.text))];
  const found = scene.context
    .filter((item) => !isRoster(item))
    .flatMap((item) =>
      sentencesOf(item.text).map((sentence) => ({ item, sentence, share: shareOf(asked, item, sentence) })),
    )
    .filter(({ share }) => share >= 0.5)
    .toSorted((left, right) => right.share - left.share)
    .slice(0, 2);
  const nearest = found.filter(({ share }) => share >= (found[0]?.share ?? 0) * 0.8);
  if (nearest.length === 0) return null;
  const answer = nearest.map(({ item, sentence }) => cite(sentence, item)).join("\n");
  return say(answer, rowsFrom(nearest.map(({ item }) => item)));
}

const rowsFrom = (items: readonly ContextItem[]): readonly Found[] =>
  items.map(({ id, source, label }) => ({ from: "context", row: { id, source, label } }));

function shareOf(asked: readonly string[], item: ContextItem, sentence: string): number {
  if (asked.length === 0) return 0;
  const words = new Set([...stemsOf(sentence), ...stemsOf(item.source)].map(stem));
  return asked.filter((word) => words.has(stem(word))).length / asked.length;
}

function cite(sentence: string, { id, source, day, label }: ContextItem): string {
  const age = day === "" || day === "standing" || day === "-" ? "" : `, ${day}`;
  return `“${sentence}” (${source}${age}${label === "current" ? "" : `, ${label}`}; ${id})`;
}
