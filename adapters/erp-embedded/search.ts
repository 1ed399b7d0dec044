// Finding records by a person's words. Words are matched at word starts and scored; only the best score counts,
// so "main brush" finds main brushes and not every brush. One implementation for queries and for naming a target.
import { z } from "zod";
import { type Database, readRows } from "./database.ts";
import { ErpRefusal } from "./refusal.ts";

// The second line is what a question is about, not what it looks for: which records to search is decided already.
const fillers = new Set(
  (
    "a an and any are at by do doe each for from have how i in is it left many me much my of on or our show stock the their there to we what which with you " +
    "all available current currently customer find give inventory invoice item level list now open order overdue sale supplier tell today unpaid"
  ).split(" "),
);

/** Singular, lower case, without filler words; what is left of "How many brushes?" is "brush". */
function searchWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const kept = words.map((word) => singular(word)).filter((word) => !fillers.has(word));
  return [...new Set(kept)].slice(0, 12);
}

function singular(word: string): string {
  if (/(?:sh|ch|x|ss)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

/** `SO-9999`, `INV-1999-0001`, `BR-MAIN-36`: the number of one record, and of no other that looks like it. */
const code =
  /(?<![\p{L}\p{N}-])(?:\p{L}{1,3}(?:-\d+)+|\p{Lu}{1,6}(?:-[\p{Lu}\d]+)*-\p{Lu}*\d[\p{Lu}\d]*)(?![\p{L}\p{N}-])/gu;

type Search = {
  readonly score: string;
  readonly values: Record<string, string>;
  /** How many words there are to find; 1 for a record's number, which is found or not. */
  readonly words: number;
};

/** SQL that counts how many of the words start a word of `column`; constant 1 without any words. */
export function searchScore(column: string, text: string | null): Search {
  const words = text === null ? [] : searchWords(text);
  if (words.length === 0) return { score: "1", values: {}, words: 1 };
  const haystack = `' ' || replace(replace(replace(lower(${column}), '-', ' '), '/', ' '), '.', ' ')`;
  const terms = words.map((_, index) => `(instr(${haystack}, ' ' || :w${index}) > 0)`);
  return {
    score: `(${terms.join("+")})`,
    values: Object.fromEntries(words.map((word, index) => [`w${index}`, word])),
    words: words.length,
  };
}

/** Null: the text names no record by its number. Several numbers find several records. */
export function codeScore(column: string, text: string | null): Search | null {
  const codes = [...new Set(text?.match(code) ?? [])].slice(0, 12);
  if (codes.length === 0) return null;
  return {
    score: `(lower(${column}) IN (${codes.map((_, index) => `:c${index}`).join(", ")}))`,
    values: Object.fromEntries(codes.map((spot, index) => [`c${index}`, spot.toLowerCase()])),
    words: 1,
  };
}

const candidate = z.object({ id: z.string(), name: z.string(), score: z.number() });
type Source = { readonly noun: string; readonly sql: string };

const sources = {
  item: { noun: "item", sql: "SELECT sku AS id, name FROM item" },
  customer: { noun: "customer", sql: "SELECT code AS id, name FROM party WHERE kind='customer'" },
  supplier: { noun: "supplier", sql: "SELECT code AS id, name FROM party WHERE kind='supplier'" },
  location: { noun: "stock location", sql: "SELECT code AS id, name FROM location" },
  account: { noun: "account", sql: "SELECT code AS id, name FROM account" },
} as const satisfies Record<string, Source>;

/** The one record that a person's words name. Nothing found, or more than one: refused with the choices. */
export function nameRecord(db: Database, kind: keyof typeof sources, text: string): string {
  const { noun, sql } = sources[kind];
  const { score, values } = searchScore("s.id || ' ' || s.name", text);
  const rows = readRows(
    db,
    `SELECT s.id, s.name, CASE WHEN lower(:exact) IN (lower(s.id), lower(s.name)) THEN 1000 ELSE ${score} END AS score
     FROM (${sql}) s ORDER BY score DESC, s.id`,
    { schema: candidate, values: { ...values, exact: text.trim() } },
  );
  const best = rows.filter((row) => row.score > 0 && row.score === rows[0]?.score);
  const [found] = best;
  const needed = searchWords(text).length;
  if (found === undefined || (found.score < 1000 && (needed === 0 || found.score < needed))) {
    throw new ErpRefusal("missing", `There is no ${noun} "${text.trim()}" in the ERP. Check the name.`);
  }
  if (best.length > 1) {
    const names = best.slice(0, 5).map((row) => `${row.name} (${row.id})`);
    throw new ErpRefusal(
      "invalid",
      `"${text.trim()}" fits more than one ${noun}: ${names.join(", ")}. Say which one.`,
    );
  }
  return found.id;
}
