// What a piece of a message looks like, apart from what it is about: a question or a wish, a deed, the name of a thing,
// or a sentence that only tells something.
import { isTelling } from "./context.ts";
import { normalise, wordsOf } from "./features.ts";
import { unheard } from "./openings.ts";

export interface Form {
  /** Opens as a question or a wish does. */
  readonly isAsking: boolean;
  /** How often its first word opens a request: near 1 for a deed, near 0 for the name of a thing. */
  readonly opening: number;
  /** Tells something, or what not to do. */
  readonly isTelling: boolean;
  readonly isAmount: boolean;
  readonly isShort: boolean;
  /** Says "it", "them" or "that": it may lean on what was said before. */
  readonly hasPointer: boolean;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

const softeners = words(
  "please pls plz bitte also auch now jetzt just ok okay so hi hey hello hallo maybe mal finally lastly first zuerst",
);
const questionWords = words(
  "what what's whats which who who's whose whom when where where's why how how's is are was were do does did has have " +
    "had can could will would should any anybody anyone anything wer was wann wo wie welche welcher welches wem wen " +
    "wieviel warum hat haben ist sind gibt kann können",
);
const pointers = words("it them that this those him her");
const wish =
  /^(?:i'd like|(?:i|we) (?:also )?(?:need|want)|let's|let us|kannst du|ich (?:brauche|möchte|will)|wir brauchen)\b/;
/** What is not to be done is told of a request, and is none. */
const forbidding = /^(?:don't|do not|dont|ignore|nicht|kein|keine|keinen)\b/;
const fewWords = 2;

/** `openings`: the share of each word's uses that begin a request. */
export function formOf(text: string, openings: ReadonlyMap<string, number>): Form {
  const all = wordsOf(normalise(text));
  const begin = all.findIndex((word) => !softeners.has(word));
  const spoken = begin < 0 ? all : all.slice(begin);
  const [first = ""] = spoken;
  const isAsking = questionWords.has(first) || wish.test(spoken.slice(0, 4).join(" "));
  return {
    isAsking,
    opening: isAsking ? 0 : (openings.get(first) ?? unheard),
    isTelling: isTelling(text) || forbidding.test(spoken.slice(0, 2).join(" ")),
    isAmount: /^\d/.test(first),
    isShort: spoken.length <= fewWords,
    hasPointer: spoken.some((word) => pointers.has(word)),
  };
}
