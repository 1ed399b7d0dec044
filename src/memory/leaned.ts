// Which remembered facts an answer rests on: those it names, and those whose telling words it repeats. Judged by code,
// because a model that leans on something old is the last to say so.
import type { PackItem } from "../pack.ts";

/** Most of a fact's telling words have to come back; a shared name alone is a coincidence. */
const share = 0.6;
const leastWords = 2;

export function leanedOn(
  reply: { readonly answer: string },
  items: readonly PackItem[],
): readonly PackItem[] {
  const facts = items.filter(({ source, at }) => at !== null && /^(?:fact|decision) by /u.test(source));
  if (facts.length === 0) return [];
  const written = JSON.stringify(reply);
  const said = tellingWords(reply.answer);
  return facts.filter(({ id, text }) => written.includes(`"${id}"`) || isRepeated(tellingWords(text), said));
}

function isRepeated(words: ReadonlySet<string>, said: ReadonlySet<string>): boolean {
  const back = [...words].filter((word) => said.has(word)).length;
  return back >= leastWords && back >= words.size * share;
}

/** Words of four letters and more, and whatever holds a digit. */
const tellingWords = (text: string): ReadonlySet<string> =>
  new Set(
    (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length > 3 || /\d/u.test(word)),
  );
