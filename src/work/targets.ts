// Which records an agent may propose something about: those that a person named in their own words, and those that a look
// of this turn showed under its ids. A model's own text names none, and neither does free text inside a record: a note
// that says "SO-1013" is words, whoever wrote it.
import { z } from "zod";
import type { Effect, Reader } from "../effects.ts";

export type Targets = {
  /** A look showed these. One that asked for a record which nobody had named opens nothing: it would only echo a model. */
  readonly shown: (reader: Reader, input: unknown, result: unknown) => void;
  /** The first record of this input that nobody named and no look showed, as it is written there; null: there is none. */
  readonly unnamed: (effect: Effect, input: unknown) => string | null;
};

/** `words`: what the person said in this conversation, or what a run was launched with. */
export function createTargets(words: readonly string[]): Targets {
  const said = new Said(words.join("\n"));
  const ids = new Set<string>();
  const names = new Set<string>();
  const isNamed = ({ value, isName }: Named): boolean =>
    ids.has(plain(value)) ||
    said.hasNumber(value) ||
    (isName ? names.has(plain(value)) || said.hasWords(value) : said.hasWhole(value));
  return {
    shown: (reader, input, result) => {
      const asked = [...reader.targets(input).filter(({ isName }) => !isName), ...codesIn(input)];
      if (!asked.every(isNamed)) return;
      collect(result, ids, names);
    },
    unnamed: (effect, input) => effect.targets(input).find((target) => !isNamed(target))?.value ?? null,
  };
}

type Named = ReturnType<Effect["targets"]>[number];
const plain = (value: string): string => value.trim().toLowerCase();

/** Keys under which results hold ids, and the whole names of records; anything else in them is free text. */
const idKey =
  /^(?:record|source|document|sku|number|code|id|ids|uuid|key|ref)$|_(?:id|key|number)$|[a-z](?:Id|Key|Number)$/u;
const nameKey = /^(?:name|party|customer|supplier|item)$/u;
const Fields = z.record(z.string(), z.unknown());

function collect(value: unknown, ids: Set<string>, names: Set<string>): void {
  if (Array.isArray(value)) {
    for (const inner of value) collect(inner, ids, names);
    return;
  }
  const fields = Fields.safeParse(value);
  if (!fields.success) return;
  for (const [key, inner] of Object.entries(fields.data)) {
    const set = idKey.test(key) ? ids : nameKey.test(key) ? names : null;
    for (const one of Array.isArray(inner) ? inner : [inner]) {
      if (typeof one === "string" || typeof one === "number") set?.add(plain(String(one)));
      else collect(one, ids, names);
    }
  }
}

/** What looks like a record's number wherever it stands in a question: "SO-1007", "INV/2026/0004", "1007". */
function codesIn(value: unknown): readonly Named[] {
  if (typeof value === "string")
    return [...value.matchAll(/[\p{L}\p{N}]+(?:[-/#][\p{L}\p{N}]+)*/gu)]
      .map(([code]) => code)
      .filter((code) => /\d{3}/u.test(code))
      .map((code) => ({ value: code, isName: false }));
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(codesIn) : [];
}

/** The person's words, looked through the ways in which people name records. */
class Said {
  readonly #text: string;
  readonly #words: ReadonlySet<string>;

  constructor(text: string) {
    this.#text = text.toLowerCase();
    this.#words = new Set(wordsOf(text));
  }

  /** As it is written, and not as a part of something longer. */
  hasWhole(value: string): boolean {
    return new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped(plain(value))}(?![\p{L}\p{N}])`, "u").test(
      this.#text,
    );
  }

  /** "order 1007" and "invoice 4" for SO-1007 and INV-2026-0004: a short number only behind what it is the number of. */
  hasNumber(value: string): boolean {
    const number = /^\p{L}(?:.*\D)?0*(?<tail>\d+)$/u.exec(plain(value))?.groups?.["tail"];
    if (number === undefined) return false;
    const before = number.length >= 3 ? String.raw`(?<![\p{L}\p{N}.,-])` : kinds;
    return new RegExp(String.raw`${before}0*${number}(?![\p{N}]|[.,]\d)`, "u").test(this.#text);
  }

  /** Every word of a name, in any order and number: "3 main brushes" names the main brush. */
  hasWords(value: string): boolean {
    const words = wordsOf(value);
    return words.length > 0 && words.every((word) => this.#words.has(word));
  }
}

const kinds = String.raw`(?:\b(?:orders?|invoices?|bills?|quotes?|requests?|purchases?|number|no|nr|and)\b\.?|#)\s*#?`;
const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
const wordsOf = (text: string): readonly string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => word.length > 1 || /\p{N}/u.test(word))
    // "nozzles" and "nozzle", "brushes" and "brush" are one word each.
    .map((word) => word.replace(/(?<=\p{L}{2})[es]+$/u, ""));
