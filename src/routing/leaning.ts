// Messages that lean on the conversation: "and the other one?", "same for May", "why?". They have no content of
// their own, so their words say nothing about who should have them.
import { features, normalise, wordsOf } from "./features.ts";
import { isSeen, type Vocabulary } from "./vocabulary.ts";

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

const functionWords = words(
  "a an the this that these those it its he she they them him her his their there here " +
    "and or but so then also too as well plus again more less another other others one ones same else only just " +
    "is are was were be been am do does did done can could would should will shall may might must have has had " +
    "not no yes yeah yep nope ok okay sure right exactly please " +
    "i me my mine you your yours we us our ours " +
    "what which who whom whose when where why how much many " +
    "of for to from in on at by with without about into over under than like if because " +
    "all any both each every either neither none some such next last previous first second third now later instead " +
    "really what's how's that's it's i'm don't isn't go ahead continue it",
);
const datesAndNumbers = words(
  "january february march april may june july august september october november december " +
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow " +
    "week month year quarter two three four five six seven eight nine ten",
);
const openers = /^(?:and|also|or|then|same|what about|how about|now|the same|the other)\b/;
const mostWords = 8;

function isEmpty(word: string): boolean {
  return functionWords.has(word) || datesAndNumbers.has(word) || /^\d+$/.test(word);
}

/**
 * True for a short text without a content word of its own. After an opener ("and ...", "same for ...") one word that
 * training never saw is still leaning: it is a name, not a request. A text without any word leans on nothing.
 */
export function isLeaning(text: string, vocabulary: Vocabulary): boolean {
  const normalised = normalise(text).trim();
  const spoken = wordsOf(normalised);
  if (spoken.length === 0 || spoken.length > mostWords) return false;
  const content = spoken.filter((word) => !isEmpty(word));
  if (content.length === 0) return true;
  if (content.length > 1 || !openers.test(normalised)) return false;
  return features(content[0] ?? "").words.every((bucket) => !isSeen(vocabulary, bucket));
}

const references = words(
  "it that those them they these there one ones he she too instead before das die davon dazu darauf",
);
const goesOn =
  /^(?:ok(?:ay)?\b[\s,]*|no\b[\s,]*|nein\b[\s,]*|thx\b[\s,]*|thanks\b[\s,]*)*(?:and|or|only|just|but|also|same|und|oder|nur)\b/;

// More words than this say enough by themselves.
const mostReferring = 5;

/** True for a few words that go on with what was said, or point at it, whatever else they say. */
export function refersBack(text: string): boolean {
  const normalised = normalise(text).trim();
  const spoken = wordsOf(normalised);
  if (spoken.length === 0 || spoken.length > mostReferring) return false;
  return goesOn.test(normalised) || spoken.some((word) => references.has(word));
}
