// A proposal as Slack blocks, drawn from its card alone: at most ten lines on a phone. The agent's own words stand apart,
// quoted and labelled; every word of it is a letter, none is markup.
import type { types } from "@slack/bolt";
import { toOneLine } from "../../src/markdown/visible.ts";
import { toPhoneChecks } from "../../src/cards/passed-checks.ts";
import type { Card } from "../../src/post.ts";
import { letters, smallPrint } from "./rich-text.ts";
import { clip, escapeText } from "./text.ts";

const lineLimit = 300;
/** Lines that are not more than this together are shown whole, however long one of them is. */
const wholeLimit = 2_000;
/** A batch shows every item that its approval covers. */
const listLimit = 22;

export const plainCard = (card: Card): string =>
  escapeText(`${toOneLine(card.title)}\n${toOneLine(card.state)}`);

/** What it is, where it stands, what changes, on which terms. */
export function drawCard(card: Card): types.KnownBlock[] {
  const { agentWords, effects, checks, terms } = card;
  const phoneChecks = toPhoneChecks(checks);
  const width = [...effects, ...phoneChecks].reduce((sum, line) => sum + toOneLine(line).length, 0);
  const limit = width <= wholeLimit ? wholeLimit : lineLimit;
  const lines = shortened(phoneChecks).map((check) => clip(toOneLine(check), limit));
  return [
    {
      type: "rich_text",
      elements: [
        {
          type: "rich_text_section",
          elements: [
            letters(clip(toOneLine(card.title), lineLimit), { bold: true }),
            letters(`\n${clip(toOneLine(card.state), 2 * lineLimit)}`, {}),
          ],
        },
        ...(effects.length === 0 ? [] : [bullets(shortened(effects), limit)]),
        ...(lines.length === 0 ? [] : [sectionOf(lines.join("\n"))]),
        ...(agentWords === null ? [] : [quoted(agentWords)]),
      ],
    },
    ...(terms.length === 0 ? [] : [smallPrint(clip(toOneLine(terms.join(" · ")), 1_000))]),
    smallPrint(
      `Asked by ${clip(card.requestedBy, 100)} · ${clip(card.agent, 100)} · ${clip(card.proposal, 100)} · #${clip(card.fingerprint, 100)}`,
    ),
  ];
}

const sectionOf = (text: string): types.RichTextSection => ({
  type: "rich_text_section",
  elements: [letters(text, {})],
});
const bullets = (lines: readonly string[], limit: number): types.RichTextList => ({
  type: "rich_text_list",
  style: "bullet",
  elements: lines.map((line) => sectionOf(clip(toOneLine(line), limit))),
});
const quoted = (words: string): types.RichTextQuote => ({
  type: "rich_text_quote",
  elements: [
    letters("In the agent's own words, not checked:", { italic: true }),
    letters(`\n${clip(words, 1_500)}`, {}),
  ],
});

/** What there is no room for is counted. */
const shortened = (lines: readonly string[]): readonly string[] =>
  lines.length <= listLimit
    ? lines
    : [...lines.slice(0, listLimit - 1), `… and ${lines.length - listLimit + 1} more`];
