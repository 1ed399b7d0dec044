// Conversation without a language model: greetings, and answers quoted from the context with their source and date.
import { honesty, say } from "./act.ts";
import type { Act, Found } from "./act.ts";
import type { ContextItem, Scene } from "./scene.ts";
import { contentWords, countWords, sentencesOf, stem, stemsOf } from "./words.ts";

const greeting =
  /^(?:hi|hello|hey|yo|good (?:morning|evening|afternoon|day)|moin|hallo|guten (?:tag|morgen|abend)|hola|bonjour)\b/i;
const thanks =
  /^(?:ok(?:ay)?,? )?(?:many )?(?:thanks|thank you|thx|cheers|great|perfect|cool|vielen dank|danke|merci|gracias)\b/i;
const identity =
  /\b(?:who|what) are you\b|\bare you (?:a |an )?(?:bot|human|robot|ai|person|real)\b|\bhow are you\b|\bwhat(?:'s| is) (?:nova|(?:all )?this(?: thing)?(?: here)?\W*$)/i;

/** Null: it is no small talk. */
export function greet({ text, context }: Scene): Act | null {
  const words = contentWords(text).filter(
    (word) =>
      !/^(?:good|morning|evening|afternoon|night|there|everyone|day|guten|tag|morgen|abend)$/.test(word),
  );
  const next = triesFor(context);
  if (greeting.test(text) && words.length <= 1)
    return say(`Hello! Ask away, or say “what can you do?”.${next} ${honesty}`);
  if (thanks.test(text) && words.length <= 3) return say("You're welcome.");
  if (/^(?:bye|goodbye|good night|see you|tschüss)\b/i.test(text)) return say("Goodbye.");
  if (identity.test(text))
    return say(
      `I'm Nova, a program and not a human: I pass what you write to the agent that knows the area. ${honesty}${next}`,
    );
  return null;
}

const isHelp = (text: string): boolean =>
  /\bwhat (?:all |else )?(?:can|do|could) (?:you|i|nova)\b.*\b(?:do|help|ask|offer)\b|\bwhat are you (?:able|good)\b|^\/?(?:help|hilfe)\b|\bwhich agents\b|\bwho else works\b|\bi need help\b|\bwas kannst du\b/i.test(
    text,
  );

/** Requests that show something at once, each for the agent that has to be there for it. */
const firstSteps = [
  ["erp/stock", "what is running low?"],
  ["erp/invoices", "who owes us money?"],
  ["erp/sales", "show the draft orders"],
  ["pipeline/weekly-review", "run the weekly review"],
] as const;

function triesFor(context: Scene["context"]): string {
  const known = firstSteps.filter(([agent]) => context.some(({ id }) => id === `agent:${agent}`));
  return known.length === 0 ? "" : ` Try ${known.map(([, words]) => `“${words}”`).join(", ")}.`;
}

const isOverview = (text: string): boolean =>
  /\b(?:this|the) (?:project|channel)\b|\bwhere do we stand\b|\bcatch me up\b|\bwhat'?s (?:new|open)\b/i.test(
    text,
  );

const isRoster = ({ source }: ContextItem): boolean => /roster|agents/i.test(source);

/** The jobs of the roster, when the person asks for them and the context lists them. */
export function abilitiesOf({ text, context, maxWords }: Scene): Extract<Act, { kind: "say" }> | null {
  if (!isHelp(text)) return null;
  const jobs = context.filter(isRoster);
  if (jobs.length === 0) return { kind: "say", answer: honesty, rows: [] };
  const head = "Write what you need, and I pass it to the agent that knows the area:";
  const foot = `Whatever would change something waits for your approval; \`help\` lists the commands.${triesFor(context)}\n\n${honesty}`;
  const whole = listed(jobs).join("\n");
  const isRoomy = countWords(`${head} ${whole} ${foot}`) <= maxWords;
  const list = isRoomy ? whole : jobs.map(({ id }) => id.replace("agent:", "")).join(", ");
  return { kind: "say", answer: `${head}\n${list}\n\n${foot}`, rows: rowsFrom(jobs) };
}

/** More than a handful of one kind are named in one line: it should fit one message on a phone. */
const handful = 6;

function listed(jobs: readonly ContextItem[]): readonly string[] {
  const kindOf = ({ id }: ContextItem): string => id.replace("agent:", "").split("/")[0] ?? "";
  return [...new Set(jobs.map(kindOf))].flatMap((kind) => {
    const same = jobs.filter((job) => kindOf(job) === kind);
    if (same.length <= handful) return same.map(({ text }) => `- ${text}`);
    return [`- ${kind}: ${same.map(({ id }) => id.slice(id.indexOf("/") + 1)).join(", ")}`];
  });
}

const foreign =
  /(?<!\p{L})(?:wie|viele|welche[rsn]?|haben|unsere?|sind|bitte|zeige?|wer|ist|gibt|kannst|schuldet|combien|avons|sommes|quelles?|cuánt[oa]s|tenemos|hay|quién)(?!\p{L})/iu;

/** A guess at a language that is not read here says that it is one. */
export function inPlainEnglish({ text }: Scene, act: Act): Act {
  if (act.kind !== "say" || !foreign.test(text)) return act;
  return {
    ...act,
    answer: `${act.answer}\n\n(Without a language model I only read English, so I went by the names alone.)`,
  };
}

/** How this project stands, in the words of its own context. */
export function tellOverview({ text, context }: Scene): Act | null {
  if (!isOverview(text)) return null;
  const standing = context
    .filter(({ id, source }) => /profile|summary|open/i.test(`${id} ${source}`))
    .slice(0, 5);
  return standing.length === 0
    ? say(
        "Nothing is on record about this project yet: `context profile …` and `context open …` put it there.",
      )
    : say(standing.map((item) => cite(item.text, item)).join("\n"), rowsFrom(standing));
}

/** The sentences of the context that come nearest to the question; null when none comes near. */
export function quote(scene: Scene): Act | null {
  const nearest = nearestIn(scene, 0.5);
  if (nearest.length === 0) return null;
  const answer = nearest.map(({ item, sentence }) => cite(sentence, item)).join("\n");
  return say(answer, rowsFrom(nearest.map(({ item }) => item)));
}

/** What people had Nova remember, beside what was looked up: always with its source and day. */
export function quoteFacts(scene: Scene, least: number): string | null {
  const isFact = ({ source }: ContextItem): boolean => /^(?:fact|decision) by /.test(source);
  if (contentWords(scene.text).length < 2 || scene.results.some(({ tool }) => tool.name === "recallFacts"))
    return null;
  const nearest = nearestIn({ ...scene, context: scene.context.filter(isFact) }, least);
  if (nearest.length === 0) return null;
  return `From memory: ${nearest.map(({ item, sentence }) => cite(sentence, item)).join("\n")}`;
}

function nearestIn(scene: Scene, least: number) {
  const asked = [...new Set(stemsOf(scene.text))];
  const found = scene.context
    .filter((item) => !isRoster(item))
    .flatMap((item) =>
      sentencesOf(item.text).map((sentence) => ({ item, sentence, share: shareOf(asked, item, sentence) })),
    )
    .filter(({ share }) => share >= least)
    .toSorted((left, right) => right.share - left.share)
    .slice(0, 2);
  return found.filter(({ share }) => share >= (found[0]?.share ?? 0) * 0.8);
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
