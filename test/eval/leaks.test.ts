// What the files beside the config teach may not repeat a frozen message: figures would flatter.
import { expect, test } from "vitest";
import { apartFrom } from "../../src/eval/apart.ts";
import { loadFrozenSet } from "../../src/eval/frozen-set.ts";
import { withPhrases } from "../../src/training/phrases.ts";
import { normalise, wordsOf } from "../../src/routing/features.ts";
import { ownRoster } from "../support/trained-router.ts";

const plain = (text: string): string => wordsOf(normalise(text)).join(" ");
const taught = withPhrases(ownRoster);
const frozen = loadFrozenSet(new URL("routing", import.meta.url).pathname);

test("a message that repeats a training text, or five words of one, is left out; nearly all frozen ones are not", () => {
  const isApart = apartFrom(taught);
  const [first] = taught[0]?.handles ?? [];
  expect(isApart(`well, ${first ?? ""} or so`)).toBe(false);
  expect(isApart("zebras quietly paint seven orange ladders")).toBe(true);
  const apart = frozen.filter(({ text }) => isApart(text));
  expect(apart.length / frozen.length).toBeGreaterThan(0.85);
  expect(apart.length).toBeGreaterThan(1_500);
});

test("no request in the files beside the config repeats a frozen message", () => {
  const cards = new Map(ownRoster.map(({ id, handles }) => [id, new Set(handles)]));
  const added = taught.map((entry) => ({
    ...entry,
    handles: entry.handles.filter((handle) => cards.get(entry.id)?.has(handle) === false),
    declines: [],
  }));
  const isApart = apartFrom(added);
  const known = new Set(added.flatMap(({ handles }) => handles.map(plain)));
  expect(known.size).toBeGreaterThan(3_500);
  const repeated = frozen.filter(({ text }) => plain(text).split(" ").length > 3 && known.has(plain(text)));
  expect(repeated).toEqual([]);
  expect(frozen.filter(({ text }) => !isApart(text)).length).toBeLessThan(40);
});

test("no request is claimed by two agents", () => {
  const owners = new Map<string, string>();
  const twice = taught.flatMap(({ id, handles }) =>
    handles.flatMap((handle) => {
      const other = owners.get(plain(handle)) ?? id;
      owners.set(plain(handle), id);
      return other === id ? [] : [`${plain(handle)}: ${other} and ${id}`];
    }),
  );
  expect(twice).toEqual([]);
});
