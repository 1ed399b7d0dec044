// A person's words as a full-text query: each distinct term quoted, so that none can be read as query grammar.
const stopWords: ReadonlySet<string> = new Set(
  `a about after again all also am an and any are as at be because been before being but by can could did do does
  doing done down for from had has have having he her here hers him his how i if in into is it its just let like me
  more most my no nor not now of off on once only or other our out over own please same she should so some such tell
  than that the their them then there these they this those through to too under until up very was we were what when
  where which while who whom why will with would you your yours
  aber als am an auch auf aus bei bin bis bist da das dass dem den der des die doch du ein eine einem einen einer
  es für hat ich ihr im in ist ja kann mein mich mir mit nach nicht noch nur oder sich sie sind so und uns von war
  was wenn wer wie wir wird wo zu zum zur`.split(/\s+/u),
);

/** Null when there is no term at all: an empty query is an error of the index's grammar, not "everything". */
export function searchTermsOf(text: string): string | null {
  const words = [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])];
  const telling = words.filter((word) => !stopWords.has(word));
  const chosen = telling.length > 0 ? telling : words;
  return chosen.length === 0 ? null : chosen.map((word) => `"${word}"`).join(" OR ");
}
