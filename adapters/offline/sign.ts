// A sign's specification without a language model: sizes, materials and the like as they stand in the words, null for
// everything that was not said, and what a maker would still have to ask.
import type { Json, JsonObject } from "../../src/ports.ts";
import { honesty, say } from "./act.ts";
import type { Act } from "./act.ts";
import { plain } from "./scene.ts";
import { numberOf, numberWord } from "./words.ts";

const millimetres: Readonly<Record<string, number>> = { mm: 1, cm: 10, m: 1000 };
const unit = String.raw`(mm|cm|m|met(?:re|er)s?)\b`;
const size = new RegExp(
  String.raw`(\d+(?:[.,]\d+)?)\s*(?:${unit})?\s*(?:x|×|by|mal)\s*(\d+(?:[.,]\d+)?)\s*(?:${unit})`,
  "iu",
);

function lengthOf(value: string, named: string): number {
  const short = named.toLowerCase().startsWith("met") ? "m" : named.toLowerCase();
  return Math.round(Number(value.replace(",", ".")) * (millimetres[short] ?? 1));
}

/** Both or none: a size without a unit is no size. */
function sizeIn(text: string): { readonly widthMm: number | null; readonly heightMm: number | null } {
  const found = size.exec(text);
  const [, width = "", first, height = "", second = ""] = found ?? [];
  if (found === null) return { widthMm: null, heightMm: null };
  return { widthMm: lengthOf(width, first ?? second), heightMm: lengthOf(height, second) };
}

type Words = readonly (readonly [RegExp, string])[];
const kinds: Words = [
  [/\bchannel letters?|einzelbuchstaben|profilbuchstaben/iu, "channel letters"],
  [/\blight ?box|leuchtkasten/iu, "light box"],
  [/\bneon/iu, "neon sign"],
  [/\bparking signs?/iu, "parking sign"],
  [/\bdoor signs?|türschild/iu, "door sign"],
  [/\bprojecting signs?/iu, "projecting sign"],
  [/\b(?:vehicle|van|car) lettering|\blettering of/iu, "vehicle lettering"],
  [/\bwindow film/iu, "window film"],
  [/\ba-board/iu, "A-board"],
  [/\bpylon/iu, "pylon"],
  [/\btotem/iu, "totem"],
  [/\bbanner/iu, "banner"],
  [/\bplate\b/iu, "plate"],
  [/\bpanel/iu, "panel"],
  [/leucht(?:schild|reklame)/iu, "illuminated sign"],
  [/\bsigns?\b|schild/iu, "sign"],
];
const materials: Words = [
  [/\bstainless steel|edelstahl/iu, "stainless steel"],
  [/\b(?:alu-?)?dibond|\bacm\b/iu, "dibond"],
  [/\balumini?um\b/iu, "aluminium"],
  [/\bacrylic|plexiglas/iu, "acrylic"],
  [/\bbrass|messing/iu, "brass"],
  [/\bwood(?:en)?\b|holz/iu, "wood"],
  [/\bpvc\b|forex/iu, "PVC"],
  [/\bvinyl|\bfilm\b|folie/iu, "vinyl film"],
];
const lights: Words = [
  [/\bunlit\b|\bnot lit\b|\bwithout light|unbeleuchtet/iu, "none"],
  [/\b(?:lit from behind|back-?lit|halo)/iu, "back"],
  [/\b(?:lit from (?:the )?inside|light ?box|leuchtkasten)/iu, "inside"],
  [/\blit from the (?:front|ground)|\bspotlights?/iu, "front"],
  [/\billuminated|\blit\b|\bleds?\b|\bneon|\bwith light|leucht|beleuchtet/iu, "lit"],
];
const places: Words = [
  [/\bindoors?\b|\binside the (?:building|shop)|\binnen/iu, "indoors"],
  [/\boutdoors?\b|\boutside\b|außen|draußen/iu, "outdoors"],
];
const mountings: Words = [
  [/\bwall[- ]mounted|\bon the wall|an der wand/iu, "on the wall"],
  [/\beyelets|ösen/iu, "eyelets"],
  [/\bscrews?\b|\bdrilled|gebohrt|schrauben/iu, "screws"],
  [/\bon a rail/iu, "on a rail"],
  [/\bhanging|\bhung\b|hängend/iu, "hanging"],
  [/\bon (?:a )?posts?|\bfree-?standing/iu, "on posts"],
  [/\bglued|geklebt/iu, "glued"],
];

const firstOf = (words: Words, text: string): string | null =>
  words.find(([pattern]) => pattern.test(text))?.[1] ?? null;

function letteringIn(text: string): string | null {
  const quoted = /["“„«]([^"”“»]{1,120})["”“»]/u.exec(text)?.[1];
  return (
    quoted ??
    /\b(?:with the text|that says|saying|text:?)\s+([^,;:?!]{2,80}?)(?=[,;:?!]|\.?$)/u.exec(text)?.[1] ??
    null
  );
}

const counted = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,])(\d{1,4}|${numberWord}|an?|eine?n?)\s+(?:[\p{L}-]+\s+){0,3}?(?:signs?|panels?|banners?|plates?|letters|schild(?:er)?|leuchtschild(?:er)?)\b`,
  "iu",
);
function quantityIn(text: string): number | null {
  const word = counted.exec(text)?.[1];
  if (word === undefined) return null;
  return /^(?:an?|eine?n?)$/iu.test(word) ? 1 : numberOf(word);
}

function sidesIn(text: string): number | null {
  if (/\b(?:both|two|2) sides|\bdouble[- ]sided|beidseitig/iu.test(text)) return 2;
  return /\b(?:one|1) side\b|\bsingle[- ]sided|einseitig/iu.test(text) ? 1 : null;
}

export function specifySign(text: string): Act {
  const specification = {
    kind: firstOf(kinds, text),
    ...sizeIn(text),
    material: firstOf(materials, text),
    light: firstOf(lights, text),
    place: firstOf(places, text),
    mounting: firstOf(mountings, text),
    lettering: letteringIn(text),
    sides: sidesIn(text),
    quantity: quantityIn(text),
  };
  const { kind, widthMm, heightMm } = specification;
  if (Object.values(specification).every((value) => value === null))
    return { kind: "ask", question: "Which sign? Say what it is, how big, of what, and where it will be." };
  const needed = { size: widthMm, ...specification } satisfies Record<string, Json>;
  const missing = (
    ["size", "material", "light", "place", "mounting", "lettering", "quantity"] as const
  ).filter((name) => needed[name] === null);
  const sized = widthMm === null || heightMm === null ? null : `${widthMm} × ${heightMm} mm (width × height)`;
  const title = `**${(kind ?? "sign").replace(/^./u, (letter) => letter.toUpperCase())}${sized === null ? "" : `, ${widthMm ?? 0} × ${heightMm ?? 0} mm`}**`;
  const answer = [
    title,
    ...linesOf({ size: sized, ...specification }),
    missingLine(missing),
    `(Only what you wrote. ${honesty})`,
  ];
  return say(answer.filter((line) => line !== "").join("\n"), [], { specification, missing });
}

const shown = ["size", "material", "light", "place", "mounting", "lettering", "sides", "quantity"] as const;
const linesOf = (known: JsonObject): readonly string[] =>
  shown.flatMap((name) => {
    const value = known[name];
    return value === null || value === undefined ? [] : [`- ${name}: ${plain(value)}`];
  });
const missingLine = (missing: readonly string[]): string =>
  missing.length === 0 ? "" : `A sign maker still has to know: ${missing.join(", ")}.`;
