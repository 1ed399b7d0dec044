// Parity of the features: a changed bucket or weight silently invalidates every measured figure, so it must show.
import { expect, test } from "vitest";
import { features, normalise, wordsOf } from "../../src/routing/features.ts";
import { countBuckets, createVocabulary, toVector, unseenShare } from "../../src/routing/vocabulary.ts";

const training = ["how many brushes are in stock?", "post invoice 42", "translate this into German"].map(
  features,
);
const vocabulary = createVocabulary(countBuckets(training));

function fingerprint(text: string): readonly number[] {
  const { buckets, counts, wordBuckets } = features(text);
  const vector = toVector(vocabulary, features(text));
  const sum = buckets.reduce((total, bucket, at) => (total * 31 + bucket * (counts[at] ?? 0)) % 1_000_003, 7);
  const weight = vector.values.reduce((total, value) => total + value, 0);
  return [buckets.length, wordBuckets, sum, vector.columns.length, Math.round(weight * 1e6)];
}

test.each([
  ["how many brushes are in stock?", [104, 16, 774953, 104, 13326798]],
  ["post invoice 42", [54, 8, 397917, 54, 9559178]],
  ["", [0, 0, 7, 0, 0]],
  ["a", [4, 1, 212725, 1, 448438]],
  ["no no no", [8, 2, 513303, 1, 302450]],
  ["Grüße aus Köln, ﬁx it!", [75, 9, 603422, 7, 536905]],
  ["在庫はいくつですか", [35, 1, 163493, 0, 0]],
  ["🙂🙂 👍", [18, 0, 825616, 0, 0]],
  ["see https://example.com/x?y=1 and <@U123>", [89, 7, 938051, 11, 750992]],
  ["don't post SO-1004!!", [70, 8, 807488, 18, 2166272]],
])("keeps the buckets and weights of %j", (text, pinned) => {
  expect(fingerprint(text)).toEqual(pinned);
});

test("counts a short chunk once and every longer one in all its character grams", () => {
  // " a ": two pairs and one triple; the padded chunk has no longer grams.
  expect(features("a").buckets.length - features("a").wordBuckets).toBe(3);
  // " ab ": three pairs, two triples, one of four.
  expect(features("ab").buckets.length - features("ab").wordBuckets).toBe(6);
});

test("reads mentions, links and mail addresses as fixed words, in any case and width", () => {
  expect(wordsOf(normalise("ＳＴＯＣＫ of <@U1> <#C2|parts> at HTTPS://A.example/b"))).toEqual([
    "stock",
    "of",
    "persontoken",
    "channeltoken",
    "at",
    "linktoken",
  ]);
  expect(features("ask <@111111>")).toEqual(features("ask <@222222>"));
  expect(features("mail a.b@example.com")).toEqual(features("mail kit@nova.example"));
});

test("keeps unseen buckets in the norm, so a half-strange text weighs less than a familiar one", () => {
  const squareOf = (text: string): number =>
    toVector(vocabulary, features(text)).values.reduce((sum, value) => sum + value * value, 0);
  expect(squareOf("post invoice 42")).toBeCloseTo(2, 9);
  expect(squareOf("post invoice 42 zyx wvu")).toBeLessThan(1.2);
  expect(squareOf("zzqqk")).toBeLessThan(0.05);
});

test("says which share of the words training has never seen", () => {
  expect(unseenShare(vocabulary, features("post invoice zzz yyy"))).toBe(0.5);
  expect(unseenShare(vocabulary, features("!!"))).toBe(1);
});

test("bounds a pasted text but still sees its beginning and its end", () => {
  const pasted = `translate this: ${"lorem ipsum ".repeat(90_000)} thank you`;
  const counted = features(pasted);
  expect(normalise(pasted).length).toBeLessThanOrEqual(4001);
  expect(counted.words.slice(0, 2)).toEqual(features("translate this").words);
  expect(counted.words.slice(-2)).toEqual(features("thank you").words);
});
