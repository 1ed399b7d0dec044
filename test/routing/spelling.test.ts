// Slips of the finger: mended towards words that the agents' examples hold often, and nothing else.
import { expect, test } from "vitest";
import { features } from "../../src/routing/features.ts";
import { rank } from "../../src/routing/ranking.ts";
import { respell } from "../../src/routing/spelling.ts";
import { countBuckets, createVocabulary } from "../../src/routing/vocabulary.ts";
import { ownRoster as roster, ownRouter as router } from "../support/trained-router.ts";

const common = ["the", "price", "invoice", "supplier"];
const rare = ["flywheel"];
const texts = [...Array.from({ length: 1_999 }, () => common.join(" ")), rare.join(" ")];
const vocabulary = createVocabulary(countBuckets(texts.map(features)));
const spelled = (text: string): string | null =>
  respell(text, { words: new Set([...common, ...rare]), vocabulary });

test.each([
  ["teh pirce", "the price"],
  ["Teh INVOCIE?", "the invoice?"],
  ["suplier", "supplier"],
  ["the invice", "the invoice"],
])("%j was meant as %j", (typed, meant) => {
  expect(spelled(typed)).toBe(meant);
});

test.each([
  ["is spelled well", "the supplier"],
  ["is a word that hardly any example holds", "flywhel"],
  ["has a letter too many, as a plural has", "prices"],
  ["has another letter, as another word has", "invoile"],
  ["is too short to say", "te"],
  ["holds a number", "pirce1"],
  ["is one endless word", "pirce".repeat(600)],
  ["is too long to be looked through", `pirce ${"zebra ".repeat(40)}`],
])("nothing is mended where it %s", (_, text) => {
  expect(spelled(text)).toBeNull();
});

test("a request with slips is read like the one that was meant", () => {
  const [best] = rank({ router }, roster, "whats teh pirce of the squeegee blaed");
  expect(best?.agent.id).toBe("erp/items");
});
