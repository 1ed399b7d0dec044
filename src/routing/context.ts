// Parts of a message that only tell what another part is about: "the customer is standing here", "please correct it".
// They are no requests, however well their words fit somebody.
import { normalise, wordsOf } from "./features.ts";

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

const tellers = words(
  "the a an my our your his her their its it this that these those i we he she they there one another both some " +
    "but because since as so only not no sorry good thanks der die das ein eine mein meine unser unsere wir ich er sie es aber weil",
);
const wishes = words(
  "need want would should can could must will brauche brauchen will wollen möchte möchten",
);
const states = words(
  "ve re s is are was were isn't aren't has have had been will called rang calls says said asks asked wants needs looks " +
    "seems came went ist sind war waren hat haben hatte kam will sagt fragt braucht",
);
const askers = words(
  "what which who whom whose when where why how is are was were do does did has have had can could will would " +
    "should any anything anybody wer was wann wo wie welche welcher welches wem wen hat haben ist sind gibt kann",
);
const pointers = words("it them that this they those him her so ihn es das dazu damit daran");
const speakers = words("i we he she they you it wir ich er sie es not only no sorry good thanks");
const softeners = words("please pls can could you bitte");
const numberWords = words("two three four five six seven eight nine ten zwei drei vier fünf zehn");

/** "they've" is "they" and a word of state; the possessive of a name isn't. */
const shortened = /^(i|we|you|he|she|they|it|there|that|these|those|this)'(ve|re|s)$/;

/** A sentence that tells something, or a bare amount in a list: it asks for nothing by itself. */
export function isTelling(text: string): boolean {
  const spoken = wordsOf(normalise(text)).flatMap((word) => shortened.exec(word)?.slice(1) ?? [word]);
  const [first = "", second = "", third = ""] = spoken;
  if (askers.has(first)) return false;
  if (/^\d+$/.test(first) || numberWords.has(first)) return spoken.length <= 4;
  if (states.has(second) || states.has(third)) return true;
  if (!tellers.has(first)) return false;
  const isWish =
    wishes.has(second) && (first === "i" || first === "we" || first === "ich" || first === "wir");
  return speakers.has(first) ? !isWish : spoken.slice(0, 6).some((word) => states.has(word));
}

/** A deed whose object was named before: "please correct it". */
export function isPointing(text: string): boolean {
  const spoken = wordsOf(normalise(text)).filter((word) => !softeners.has(word));
  return !askers.has(spoken[0] ?? "") && pointers.has(spoken[1] ?? "");
}
