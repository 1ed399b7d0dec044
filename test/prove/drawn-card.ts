// What a card says, read back out of what each platform is given to show: title, amount, changes and checks must be those
// that its approval binds, whoever wrote the names in them. What a platform cuts is never decided by a click.
import * as fc from "fast-check";
import { expect } from "vitest";
import { z } from "zod";
import { drawPost as drawDiscord } from "../../adapters/discord/cards.ts";
import { drawPost as drawSlack } from "../../adapters/slack/cards.ts";
import { drawPost as drawTerminal } from "../../adapters/terminal/cards.ts";
import { createPaint } from "../../adapters/terminal/text.ts";
import { drawPost as drawWeb } from "../../adapters/web/cards.ts";
import { challengeOf } from "../../src/approvals/typed-approval.ts";
import { drawCard } from "../../src/cards/card.ts";
import { toOneLine } from "../../src/markdown/visible.ts";
import type { Prepared } from "../../src/ports.ts";
import type { Post } from "../../src/post.ts";
import { payload, payloadSeed, standing } from "./exact-card.ts";

/** What somebody reads of a card, top down. */
type Read = {
  readonly title: string;
  readonly effects: readonly string[];
  readonly checks: readonly string[];
  readonly terms: string;
};
type Reader = (post: Post) => Read;

const flat = (text: string): string => toOneLine(text).replaceAll(/\s+/gu, " ").trim();
const isTerms = (line: string): boolean => /^(?:low|medium|high) stakes/u.test(line);

const Section = z.looseObject({ elements: z.array(z.looseObject({ text: z.string() })) });
const SlackCard = z.tuple(
  [
    z.looseObject({ elements: z.array(z.looseObject({ type: z.string(), elements: z.array(z.unknown()) })) }),
    z.looseObject({ elements: z.array(z.looseObject({ text: z.string() })) }),
  ],
  z.unknown(),
);
const wordsOf = (section: unknown): string =>
  Section.parse(section)
    .elements.map(({ text }) => text)
    .join("");

const onSlack: Reader = (post) => {
  const [words, small] = SlackCard.parse(drawSlack(post).blocks);
  const [head, ...rest] = words.elements;
  const list = rest.find(({ type }) => type === "rich_text_list");
  const checks = rest.find(({ type }) => type === "rich_text_section");
  return {
    title: wordsOf(head).split("\n")[0] ?? "",
    effects: (list?.elements ?? []).map(wordsOf),
    checks: checks === undefined ? [] : wordsOf(checks).split("\n"),
    terms: small.elements.map(({ text }) => text).join(""),
  };
};

/** Every letter that Discord would take for markup stands behind a backslash, and a mention is broken by no width. */
const unescaped = (text: string): string => text.replaceAll("\u200b", "").replaceAll(/\\(.)/gsu, "$1");

const onDiscord: Reader = (post) => {
  const [embed] = drawDiscord(post).embeds;
  const lines = (embed?.description ?? "").split("\n").slice(1);
  const isEffect = (line: string): boolean => line.startsWith("• ");
  const isSmall = (line: string): boolean => line.startsWith("-# ");
  return {
    title: unescaped(embed?.title ?? ""),
    effects: lines.filter(isEffect).map((line) => unescaped(line.slice(2))),
    checks: lines.filter((line) => !isEffect(line) && !isSmall(line)).map(unescaped),
    terms: lines
      .filter(isSmall)
      .map((line) => unescaped(line.slice(3)))
      .join(" "),
  };
};

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
const unmarked = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/gu, "")
    .replaceAll(/&(lt|gt|quot|#39|amp);/gu, (_whole, name: string) => entities[name] ?? "");

const onTheWeb: Reader = (post) => {
  const html = drawWeb(post).text;
  const inside = (pattern: RegExp): readonly string[] =>
    [...html.matchAll(pattern)].map(([, part = ""]) => part);
  const items = (name: string): readonly string[] =>
    inside(new RegExp(`<ul class="${name}"[^>]*>([^]*?)</ul>`, "gu"))
      .flatMap((list) => [...list.matchAll(/<li>([^]*?)<\/li>/gu)].map(([, part = ""]) => part))
      .map(unmarked);
  return {
    title: unmarked(inside(/<h2 class="title">([^]*?)<\/h2>/gu).join("")),
    effects: inside(/<div><dt>([^]*?<\/dt><dd>[^]*?)<\/dd><\/div>/gu).map((row) => {
      const [name = "", value = ""] = row.split("</dt><dd>");
      return unmarked(name === "" ? value : `${name}: ${value}`);
    }),
    checks: items("checks"),
    terms: items("terms").join(" · "),
  };
};

/** So wide that nothing is wrapped. */
const look = { columns: 1_000_000, paint: createPaint(false) };

const inTheTerminal: Reader = (post) => {
  const lines = drawTerminal(post, [], look).map((line) => line.trimStart().replace(/^nova +/u, ""));
  const rows = lines.filter((line) => line.startsWith("│ ")).map((line) => line.slice(2));
  const end = rows.findIndex(isTerms);
  const above = rows.slice(0, end);
  return {
    title: lines.find((line) => line.startsWith("┌ "))?.slice(2) ?? "",
    effects: above.filter((row) => row.startsWith("  ")),
    checks: above.filter((row) => row.startsWith("· ")).map((row) => row.slice(2)),
    terms: rows[end] ?? "",
  };
};

const readers = {
  Slack: onSlack,
  Discord: onDiscord,
  "the web page": onTheWeb,
  "the terminal": inTheTerminal,
} as const satisfies Record<string, Reader>;

/** The lines that may stand there, from what is bound alone. */
function linesBoundBy({ changes, deltas }: Prepared): readonly string[] {
  const none = "none";
  return [
    ...changes.map(({ record, label, before, after }) => {
      const [from, to] = [before ?? none, after ?? none];
      return `${record} ${label}: ${from === to ? to : `${from} → ${to}`}`;
    }),
    ...deltas.map(
      ({ record, label, before, after, delta }) => `${record} ${label}: ${before} → ${after} (${delta})`,
    ),
  ].map(flat);
}

const nameOf = (check: string): string => check.split(": ")[0] ?? "";

/** Each by itself, and those that passed by their names in one line, as a phone has them. */
function checksBoundBy({ guards, warnings }: Prepared): readonly string[] {
  const passed = guards.filter(({ isMet }) => isMet).map(({ check, detail }) => `${check}: ${detail}`);
  return [
    ...guards.map(({ check, isMet, detail }) => `${isMet ? "✓" : "✗"} ${check}: ${detail}`),
    ...warnings.map((warning) => `⚠ ${warning}`),
    `✓ ${passed.map(nameOf).join(", ")}`,
  ].map(flat);
}

type Sum = { readonly amountCents: number; readonly currency: string | null };
const sumOf = (whole: string, currency: string | undefined): Sum => ({
  amountCents: Number(whole.replaceAll(/[,.]/gu, "")),
  currency: currency ?? null,
});

/** The amount that the card names by itself, or else every sum that its title names. */
function sumsIn({ title, terms }: Read): readonly Sum[] {
  const [, own, ofIt] =
    / stakes(?: \([^)]*\))? · amount ([\d,]+\.\d\d)(?: ([A-Z]{3}))?(?= · |$)/u.exec(terms) ?? [];
  if (own !== undefined) return [sumOf(own, ofIt)];
  return [...title.matchAll(/(?<![\d.,])([\d,]+\.\d\d)(?: ([A-Z]{3})\b)?/gu)].map(([, sum = "", currency]) =>
    sumOf(sum, currency),
  );
}

const isCutOff = (shown: string, whole: string): boolean =>
  shown.endsWith("…") && whole.startsWith(shown.slice(0, -4));

const counted = /^… and \d+ more lines under Details$/u;
const ofTheHouse = /mixes alphabets and may not be the word it looks like$|^… and \d+ more$/u;

/** One card on one platform against what is bound. True: something of it was cut. */
function compare(read: Read, prepared: Prepared): boolean {
  let isCut = false;
  const stands = (shown: string, among: readonly string[]): void => {
    const words = flat(shown);
    if (among.includes(words)) return;
    isCut = true;
    expect(
      among.filter((whole) => isCutOff(words, whole)),
      words,
    ).not.toEqual([]);
  };
  stands(read.title, [flat(prepared.summary)]);
  const lines = linesBoundBy(prepared);
  const effects = read.effects.map(flat);
  for (const effect of effects) if (!counted.test(effect)) stands(effect, lines);
  const left = effects.map((effect) => Number(/^… and (\d+) more lines/u.exec(effect)?.[1] ?? 0));
  const shown = effects.filter((effect) => !counted.test(effect)).length;
  if (shown + left.reduce((sum, one) => sum + one, 0) !== lines.length) isCut = true;
  const checks = checksBoundBy(prepared);
  for (const check of read.checks) if (flat(check) !== "" && !ofTheHouse.test(check)) stands(check, checks);
  const unmet = prepared.guards
    .filter(({ isMet }) => !isMet)
    .map(({ check, detail }) => `✗ ${check}: ${detail}`);
  const mustStand = [...unmet, ...prepared.warnings.map((warning) => `⚠ ${warning}`)].map(flat);
  const standing = new Set(read.checks.map(flat));
  if (mustStand.some((check) => !standing.has(check))) isCut = true;
  const { amountCents, currency } = prepared.risk;
  // Terms that a platform had no room for stand in its file, beside the code that has to be typed.
  if (!isTerms(read.terms)) return true;
  if (amountCents !== null) expect(sumsIn(read)).toContainEqual({ amountCents, currency });
  return isCut;
}

const euros = (cents: number): string =>
  `${String(Math.floor(cents / 100)).replaceAll(/\B(?=(?:\d{3})+$)/gu, ",")}.${String(cents % 100).padStart(2, "0")}`;

/** With amounts in and beside titles, and words that pass for amounts. */
const told: fc.Arbitrary<Prepared> = fc
  .record({
    given: payload,
    amountCents: fc.option(fc.nat(100_000_000), { nil: null }),
    currency: fc.constantFrom("EUR", "USD", null),
    says: fc.constantFrom("nothing", "the amount", "another", "half of it"),
    undo: fc.constantFrom(null, "Cancel it.", "Cancel it · amount 5.00 USD"),
  })
  .map(({ given, amountCents, currency, says, undo }) => {
    const own = euros(amountCents ?? 0);
    const ends = {
      nothing: "",
      "the amount": ` of ${own}${currency === null ? "" : ` ${currency}`}`,
      another: " of 12.00 USD",
      "half of it": ` of 1${own} ${currency ?? ""}0`,
    };
    const summary = `Do ${given.summary.slice(0, 260).toWellFormed()}${ends[says]}`;
    return { ...given, summary, undo, risk: { ...given.risk, amountCents, currency } };
  });

/** @returns how often each platform showed the whole of it. */
export function provesDrawn(numRuns: number): Readonly<Record<string, number>> {
  const whole = new Map<string, number>();
  fc.assert(
    fc.property(told, fc.constantFrom("low", "medium", "high"), (prepared, stakes) => {
      const proposal = { ...standing(prepared), stakes };
      const post = drawCard(proposal, 0);
      for (const [name, read] of Object.entries(readers)) {
        const isCut = compare(read(post), prepared);
        if (isCut) expect(challengeOf(proposal), `${name} cuts what a click approves`).not.toBeNull();
        else whole.set(name, (whole.get(name) ?? 0) + 1);
      }
    }),
    { seed: payloadSeed, numRuns },
  );
  return Object.fromEntries(whole);
}
