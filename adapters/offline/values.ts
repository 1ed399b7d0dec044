// Values in a sentence: record numbers, dates, amounts, names. Each finder gives what stands there, or null.
import { numberOf, numberWord } from "./words.ts";

/** A piece of the text that matches an anchored pattern, whatever its case; `so-7` is found for `^SO-\d+$`. */
export function findPattern(pattern: string, text: string): string | null {
  return findPatterns(pattern, text)[0] ?? null;
}

function findPatterns(pattern: string, text: string): readonly string[] {
  const core = pattern.replace(/^\^/, "").replace(/\$$/, "");
  const exact = new RegExp(pattern, "u");
  const spots = text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}-])(?:${core})(?![\\p{L}\\p{N}])`, "giu"));
  return [...spots].flatMap(([spot]) =>
    [spot, spot.toUpperCase(), spot.toLowerCase()].filter((form) => exact.test(form)).slice(0, 1),
  );
}

/** `INV-2026-0004`, and as Odoo numbers them `INV/2026/00004`. */
const code =
  /(?<![\p{L}\p{N}])\p{Lu}{1,6}(?:(?:-[\p{Lu}\p{N}]+)*-\p{N}+|(?:\/\p{N}+){2,})(?![\p{L}\p{N}])/giu;
export const findCodes = (text: string): readonly string[] =>
  (text.match(code) ?? []).map((spot) => spot.toUpperCase());

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const two = (figure: string | undefined): string => (figure ?? "").padStart(2, "0");

/** ISO day. Only days that are spelled out: without a clock, "tomorrow" is none. */
export function findDay(text: string): string | null {
  const iso = /\b\d{4}-\d{2}-\d{2}\b/.exec(text);
  if (iso !== null) return iso[0];
  const dotted = /\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/.exec(text);
  if (dotted !== null) return `${dotted[3] ?? ""}-${two(dotted[2])}-${two(dotted[1])}`;
  const named = /\b(\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?(\p{L}{3})\p{L}* (\d{4})\b/iu.exec(text);
  const month = months.indexOf(named?.[2]?.toLowerCase() ?? "");
  return named === null || month < 0 ? null : `${named[3] ?? ""}-${two(String(month + 1))}-${two(named[1])}`;
}

export type Amount = { readonly value: number; readonly isMoney: boolean; readonly isTarget: boolean };

/** Numbers that count something; figures inside codes and dates do not. "minus 3" and "-3" are below zero. */
export function findAmounts(text: string): readonly Amount[] {
  const bare = text.replaceAll(code, " ").replaceAll(/\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4}/g, " ");
  return [...bare.matchAll(amount)].flatMap(({ groups }) => {
    const value = numberOf(groups?.["word"] ?? "");
    if (value === null) return [];
    const before = groups?.["before"]?.trim().toLowerCase() ?? "";
    const isMoney = groups?.["after"] !== undefined || /[€$£]/.test(before);
    return [
      { value: before === "minus" || before === "-" ? -value : value, isMoney, isTarget: before === "to" },
    ];
  });
}
const amount = new RegExp(
  String.raw`(?<before>[€$£-]|\bminus |\bto )?\s?(?<![\p{L}\p{N}.,])(?<word>\d(?:[\d.,]*\d)?|(?:${numberWord})(?!\p{L}))(?<after>\s?(?:€|\$|£|euros?|eur|usd|dollars?)(?!\p{L}))?`,
  "giu",
);

const quoted = /["“„«]([^"”“»]{1,200})["”“»]/u;
const name = String.raw`\p{Lu}[\p{L}\p{N}&.'’-]*(?: (?:&|\+|of|de|von|und|and|\p{Lu}[\p{L}\p{N}&.'’-]*|\d+))*`;
const called = new RegExp(
  String.raw`\b(?:called|named)\s+(.+?)(?=\s+(?:in|at|from|with|based)\s|[,;?!]|\.?$)`,
  "iu",
);

const nameAfter = [
  String.raw`\b(?:customer|client|company|supplier|party):\s*(${name})`,
  String.raw`\b[Oo]nboard(?:ing)?:?\s+(?:(?:please:?|for|of|the|our|a|new|client|customer)\s+)*(${name})`,
  String.raw`\b[Nn]ew client:?\s+(${name})`,
  String.raw`\b(?:[Tt]ake on|[Ww]elcome|[Gg]et)\s+(${name})`,
  String.raw`^(?:[Pp]lease\s+)?(?:[Gg]ive|[Mm]ake|[Qq]uote|[Oo]ffer|[Ww]rite|[Ss]ell)\s+(?:the\s+customer\s+)?(${name})(?= (?:\d|an?\b|${numberWord}))`,
  String.raw`^(${name}) (?:orders|ordered|wants|paid|pays|buys|needs|moved|gives)\b`,
  String.raw`\b(?:for|of|to|from|by|with|customer|client|company|supplier|party)\s+(?:the\s+|our\s+)?(${name})`,
  String.raw`(?<![\p{L}])(\p{Lu}[\p{L}\p{N}&.-]*(?: \p{Lu}[\p{L}\p{N}&.-]*)*)['’]s\b`,
  String.raw`(?<=[\p{Ll}:,] )(${name})(?= as (?:a |an |our )?(?:new )?(?:customer|client|supplier))`,
].map((source) => new RegExp(source, "u"));

/** What is called so, or quoted, or the capitalised words after a word like "for". */
export function findName(text: string): string | null {
  const explicit = quoted.exec(text)?.[1] ?? called.exec(text)?.[1];
  if (explicit !== undefined) return explicit.trim();
  for (const pattern of nameAfter) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found.replace(/[.'’]+$/, "");
  }
  return null;
}

const boughtFrom = new RegExp(
  String.raw`\b(?:from|at|with|supplier)\s+(?:(?:the|our|supplier)\s+)*(${name})`,
  "u",
);
/** Whom something is bought from: "from Kestrel", "at our supplier Plainview". */
export const findSupplier = (text: string): string | null =>
  quoted.exec(text)?.[1] ??
  called.exec(text)?.[1] ??
  boughtFrom.exec(text)?.[1]?.replace(/[.'’]+$/, "") ??
  null;

/** "contact Anke" for a field of that name. */
export const findNamed = (field: string, text: string): string | null =>
  new RegExp(String.raw`\b${field}:?\s+(${name})`, "u").exec(text)?.[1] ?? null;

/** The words of a note: what stands behind the colon, or in quotes. */
export const findSaid = (text: string): string | null =>
  quoted.exec(text)?.[1] ?? /:\s+(.+)$/s.exec(text)?.[1]?.trim() ?? null;

/** "in Kiel", or what follows the name after a comma: "Seestern Café, Kiel". */
export function findPlace(text: string): string | null {
  const said = new RegExp(String.raw`\b(?:in|at|from|moved to)\s+(${name})`, "u").exec(text)?.[1];
  const party = findName(text);
  const rest = party === null ? "" : text.slice(text.indexOf(party) + party.length);
  const found = said ?? new RegExp(String.raw`^,\s+(${name})`, "u").exec(rest)?.[1];
  return found?.replace(/\.$/, "") ?? null;
}
export const findEmail = (text: string): string | null =>
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(text)?.[0] ?? null;
export const findPhone = (text: string): string | null => /\+\d[\d ()/-]{5,}\d/.exec(text)?.[0] ?? null;
export const findReason = (text: string): string | null =>
  /(?:\bbecause(?: of)?\b|\breason:?|\bdue to\b)\s*(.+?)[.!]?$/i.exec(text)?.[1] ??
  /\b(?:broken?|damaged|lost|missing|stolen|scrapped|expired|found|counted)\b/i.exec(text)?.[0] ??
  /,\s*([^,\d]+?)[.!]?$/.exec(text)?.[1] ??
  null;

export type Line = { readonly quantity: number; readonly what: string };

const aside = /\s+(?:for|from|to|by|at|in)\s+(?:\p{Lu}|the |our ).*?(?=[:,;]|$)/gu;
/** What follows a thing but is not its name any more. */
const afterThing =
  /\s+(?:broke|broken|damaged|missing|lost|arrived|came|are|is|were|was|that|which|we|from|off|on|to|into|please)\b.*$/iu;
const counted = new RegExp(
  String.raw`(?<![\p{L}\p{N}-])(?<count>\d(?:[\d.,]*\d)?|${numberWord})\s*(?:x|×|pieces? of|pcs\.?(?: of)?)?\s+(?<what>\p{L}[\p{L}\p{N} -]*?)(?=\s+and\s|[,;.!?]|$)`,
  "giu",
);

/** "10 main brooms and two hoses for Hansen" as lines. */
export function findLines(text: string): readonly Line[] {
  return [...text.replaceAll(aside, " ").matchAll(counted)].flatMap(({ groups }) => {
    const quantity = numberOf(groups?.["count"] ?? "");
    const what = (groups?.["what"] ?? "").replace(afterThing, "").trim();
    return quantity === null || what === "" ? [] : [{ quantity, what }];
  });
}

/** "Two hoses broke" takes two away, whether or not a sign is said. */
export const isLoss = (text: string): boolean =>
  /\b(?:broke|broken|damaged|lost|missing|stolen|scrapped|expired|remove|take\b.*\b(?:off|out))\b/i.test(
    text,
  );
