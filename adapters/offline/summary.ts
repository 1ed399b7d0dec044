// Summaries by extraction: the sentences that carry most, word for word and in their order.
import { honesty, say } from "./act.ts";
import { attachedWords } from "./attached.ts";
import type { Act } from "./act.ts";
import type { Scene } from "./scene.ts";
import { contentWords, countWords, numberOf, sentencesOf, stem } from "./words.ts";

export function summarise(scene: Scene): Act {
  const source = sourceOf(scene);
  if (source === null)
    return { kind: "ask", question: "Which text should I sum up? Paste it after a colon." };
  const sentences = sentencesOf(source);
  const limit = limitOf(scene, countWords(source));
  const ranked = rank(sentences);
  const chosen = new Set<number>();
  let words = 0;
  for (const { index, sentence } of ranked) {
    const length = countWords(sentence);
    if (chosen.size >= limit.sentences || (chosen.size > 0 && words + length > limit.words)) continue;
    chosen.add(index);
    words += length;
  }
  const kept = sentences
    .filter((_, index) => chosen.has(index))
    .map((sentence) => clip(sentence, limit.words));
  const answer = limit.isList ? kept.map((sentence) => `- ${sentence}`).join("\n") : kept.join(" ");
  const points = ranked.filter(({ index }) => chosen.has(index)).slice(0, 5);
  return say(
    answer,
    points.map(({ sentence }) => ({ from: "text", row: { point: clip(sentence, limit.words) } })),
  );
}

const order =
  /\b(?:summari[sz]e|summary|summery|sum\b.{0,20}\bup|tl;?dr|condense|shorten|boil|recap|gist|key points|main points|takeaways|bottom line|short version|action items|bullet|bullets|in short|digest|zusammen)\b/i;
const mostOrderWords = 12;

/** Commands, menus and Nova's words about itself are no part of what was talked about. */
const isMachinery = (line: string): boolean =>
  /^\s*\/|^\s*[-•*]? ?\**(?:chat|language|erp|pipeline|coordinator)\/[a-z-]+|^(?:Which of these|None of my agents|The nearest ones|For “|Write what you need|Whatever would change|Type the number|As of|hi|hello|hey|help|thanks?)\b/iu.test(
    line,
  ) || line.includes(honesty);

/**
 * What stands in quotes, behind the order, or is no order at all; only a bare order means the conversation so far.
 * An address such as "summarise: …" is gone before the text comes here, and leaves the text alone.
 */
function sourceOf({ text, before, context }: Scene): string | null {
  const talk = context.find(({ id, source }) => id === "thread" && source.startsWith("said in this thread"));
  if (talk !== undefined) return withoutQuoting(talk.text);
  const quoted = /["“„«]([^"“”„«»]{20,})["”“»]/u.exec(text)?.[1];
  if (quoted !== undefined) return quoted;
  const attached = attachedWords({ context });
  if (attached !== null) return attached;
  const cut = /^[^\n:]{0,120}(?::\s+|\n+)/.exec(text);
  const isOrdered = order.test(cut?.[0] ?? text.slice(0, 120));
  const rest = text.slice(cut?.[0].length ?? text.length).trim();
  if (isOrdered && rest !== "") return rest;
  if (!isOrdered || countWords(text) > mostOrderWords) return text;
  const said = before.flatMap((post) => post.split("\n")).filter((line) => !isMachinery(line));
  return said.length === 0 ? null : said.join("\n");
}

/** The words alone: who said them, and that they are quoted, stands before each line. */
function withoutQuoting(text: string): string | null {
  const lines = text.split("\n").map((line) => line.replace(/^> (?:[^:]{1,80}: )?/u, ""));
  const said = lines.filter((line) => line.trim() !== "" && !isMachinery(line));
  return said.length === 0 ? null : said.join("\n");
}

type Limit = { readonly words: number; readonly sentences: number; readonly isList: boolean };

function limitOf({ text, maxWords }: Scene, sourceWords: number): Limit {
  const head = text.slice(0, 120);
  const asked = (unit: string): number | null => {
    const word = new RegExp(String.raw`\b(\p{L}+|\d+)[ -](?:short |key |main )?(?:${unit})`, "iu").exec(
      head,
    )?.[1];
    return word === undefined ? null : numberOf(word);
  };
  return {
    words: Math.min(maxWords, asked("words?") ?? Math.max(30, Math.round(sourceWords * 0.4))),
    sentences: asked("sentences?|bullets?|points?") ?? Infinity,
    isList: /bullet|points|takeaways|action items/i.test(head),
  };
}

function rank(
  sentences: readonly string[],
): readonly { readonly index: number; readonly sentence: string }[] {
  const counts = new Map<string, number>();
  for (const word of sentences.flatMap(contentWords).map(stem)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const scoreOf = (sentence: string, index: number): number => {
    const words = contentWords(sentence).map(stem);
    const weight =
      words.reduce((sum, word) => sum + (counts.get(word) ?? 0), 0) / Math.sqrt(words.length + 1);
    const facts = (sentence.match(/\d+|(?<=\s)\p{Lu}\p{L}+/gu) ?? []).length;
    return weight + Math.min(facts, 4) * 0.6 + (index === 0 ? 1 : 0);
  };
  return sentences
    .map((sentence, index) => ({ index, sentence, score: scoreOf(sentence, index) }))
    .toSorted((left, right) => right.score - left.score || left.index - right.index);
}

const clip = (sentence: string, words: number): string => {
  const all = sentence.split(/\s+/);
  return all.length <= words ? sentence : `${all.slice(0, words).join(" ")} …`;
};
