// Finding records by a person's words where the ERP's own search can't: words are matched at word starts and scored,
// and only the best score counts, so that "main brush" finds main brushes and not every brush.
import { refused } from "./fault.ts";

const fillers = new Set(
  (
    "a an and any are at by do doe each for from have how i in is it left many me much my of on or our show stock the their there to we what which with you " +
    "all available current currently customer find give inventory invoice item level list now open order overdue sale supplier tell today unpaid"
  ).split(" "),
);

function singular(word: string): string {
  if (/(?:sh|ch|x|ss)es$/u.test(word)) return word.slice(0, -2);
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

/** Singular, lower case, without filler words: "How many brushes?" leaves "brush". */
function searchWords(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.map((word) => singular(word)).filter((word) => !fillers.has(word)))].slice(0, 12);
}

function scoreOf(words: readonly string[], haystack: string): number {
  const starts = ` ${haystack.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, " ")}`;
  return words.filter((word) => starts.includes(` ${word}`)).length;
}

type Haystack<T> = { readonly id: (row: T) => string; readonly text: (row: T) => string };

/** The rows that fit best, in their order; all of them without a text. A record's whole number finds that record only. */
export function search<T>(
  rows: readonly T[],
  text: string | null,
  { id, text: words }: Haystack<T>,
): readonly T[] {
  if (text === null) return rows;
  const named = text.trim().toLowerCase();
  const exact = rows.filter((row) => id(row).toLowerCase() === named);
  if (exact.length > 0) return exact;
  const wanted = searchWords(text);
  if (wanted.length === 0) return rows;
  const scored = rows.map((row) => ({ row, score: scoreOf(wanted, `${id(row)} ${words(row)}`) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  // Sharing one word with "Moon Rover Rentals" is not being it.
  return best * 2 <= wanted.length ? [] : scored.filter(({ score }) => score === best).map(({ row }) => row);
}

export type Candidate = { readonly id: string; readonly name: string };

/** The one record that a person's words name. Throws ErpFault "rejected" with the choices when it is none, or several. */
export function chooseOne(noun: string, text: string, candidates: readonly Candidate[]): Candidate {
  const said = text.trim();
  const named = said.toLowerCase();
  const exact = candidates.filter(({ id, name }) => [id, name].some((own) => own.toLowerCase() === named));
  const wanted = searchWords(said);
  const fitting = candidates.filter(
    ({ id, name }) => wanted.length > 0 && scoreOf(wanted, `${id} ${name}`) === wanted.length,
  );
  const best = exact.length > 0 ? exact : fitting;
  const [found, other] = best;
  if (found === undefined) throw refused(`There is no ${noun} "${said}" in the ERP. Check the name.`);
  if (other === undefined) return found;
  const names = best.slice(0, 5).map(({ id, name }) => (id === name ? id : `${name} (${id})`));
  throw refused(`"${said}" fits more than one ${noun}: ${names.join(", ")}. Say which one.`);
}
