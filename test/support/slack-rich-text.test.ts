// The fake Slack's rules for rich text and tables, proved with raw calls: what Slack refuses is refused, in its words,
// and what would notify somebody is told.
import { describe, expect, test } from "vitest";
import { fake, post } from "./slack/raw.ts";

const letters = (text: string) => ({ type: "text", text });
const section = (...elements: readonly object[]) => ({ type: "rich_text_section", elements });
const rich = (...elements: readonly object[]) => ({ type: "rich_text", elements });
const cell = (text: string) => rich(section(letters(text)));
const table = (rows: number, columns: number, text = "x") => ({
  type: "table",
  rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => cell(text))),
});

describe("takes", () => {
  test.each([
    [
      "words with every style",
      rich(section({ ...letters("a"), style: { bold: true, italic: true, strike: true, code: true } })),
    ],
    ["a link", rich(section({ type: "link", url: "https://example.org/a", text: "a" }))],
    [
      "a list that goes on",
      rich({
        type: "rich_text_list",
        style: "ordered",
        indent: 2,
        offset: 3,
        elements: [section(letters("a"))],
      }),
    ],
    [
      "a quote and code",
      rich(
        { type: "rich_text_quote", elements: [letters("a")] },
        { type: "rich_text_preformatted", elements: [letters("b")] },
      ),
    ],
    ["the largest table", table(100, 20, "12345")],
    [
      "a raw cell",
      { type: "table", rows: [[{ type: "raw_text", text: "a" }]], column_settings: [{ align: "right" }] },
    ],
  ])("%s", async (_what, block) => {
    const slack = await fake();
    expect(await post(slack, { blocks: [block] })).toMatchObject({ ok: true });
  });
});

describe("refuses", () => {
  test.each([
    ["an empty rich text", rich(), "/blocks/0/elements"],
    ["an empty section", rich(section()), "/blocks/0/elements/0/elements"],
    ["text without a letter", rich(section(letters(""))), "/blocks/0/elements/0/elements/0/text"],
    ["text outside a section", rich(letters("a")), "/blocks/0/elements/0"],
    [
      "a word in a list",
      rich({ type: "rich_text_list", style: "bullet", elements: [letters("a")] }),
      "/blocks/0/elements/0/elements/0",
    ],
    [
      "a list of no style",
      rich({ type: "rich_text_list", elements: [section(letters("a"))] }),
      "/blocks/0/elements/0/style",
    ],
    [
      "a list at the ninth indent",
      rich({ type: "rich_text_list", style: "bullet", indent: 9, elements: [section(letters("a"))] }),
      "/blocks/0/elements/0/indent",
    ],
    [
      "an unknown style",
      rich(section({ ...letters("a"), style: { blink: true } })),
      "/blocks/0/elements/0/elements/0/style/blink",
    ],
    [
      "an unknown property",
      rich(section({ ...letters("a"), color: "red" })),
      "/blocks/0/elements/0/elements/0",
    ],
    [
      "a link to nowhere",
      rich(section({ type: "link", url: "nowhere" })),
      "/blocks/0/elements/0/elements/0/url",
    ],
    [
      "a mention in code",
      rich({ type: "rich_text_preformatted", elements: [{ type: "user", user_id: "U1001" }] }),
      "/blocks/0/elements/0/elements/0",
    ],
    ["101 rows", table(101, 1), "/blocks/0/rows"],
    ["21 cells", table(1, 21), "/blocks/0/rows/0"],
    ["10,001 characters of cells", table(1, 1, "x".repeat(10_001)), "/blocks/0/rows"],
    ["a row without cells", { type: "table", rows: [[]] }, "/blocks/0/rows/0"],
    [
      "a cell without text",
      { type: "table", rows: [[{ type: "raw_text", text: "" }]] },
      "/blocks/0/rows/0/0",
    ],
  ])("%s", async (_what, block, pointer) => {
    const slack = await fake();
    const answer = await post(slack, { blocks: [block] });
    expect(answer).toMatchObject({ ok: false, error: "invalid_blocks" });
    expect(JSON.stringify(answer)).toContain(`[json-pointer:${pointer}]`);
  });

  test("a second table", async () => {
    const slack = await fake();
    const answer = await post(slack, { blocks: [table(1, 1), table(1, 1)] });
    expect(JSON.stringify(answer)).toContain("only one table allowed");
  });

  test("more letters in all than one message holds", async () => {
    const slack = await fake();
    expect(await post(slack, { blocks: [rich(section(letters("x".repeat(13_173))))] })).toMatchObject({
      error: "msg_blocks_too_long",
    });
  });
});

describe("notifies", () => {
  const mrkdwn = (text: string, more: object = {}) => ({
    type: "section",
    text: { type: "mrkdwn", text, ...more },
  });
  test.each([
    ["nobody by letters in rich text", rich(section(letters("<!channel> @here <@U1001>"))), []],
    ["everybody by a broadcast", rich(section({ type: "broadcast", range: "channel" })), ["<!channel>"]],
    ["one by a mention", rich(section({ type: "user", user_id: "U1001" })), ["<@U1001>"]],
    ["everybody by a bare name in mrkdwn", mrkdwn("@here"), ["@here"]],
    ["nobody by a bare name in verbatim mrkdwn", mrkdwn("@here", { verbatim: true }), []],
  ])("%s", async (_what, block, pinged) => {
    const slack = await fake();
    expect(await post(slack, { blocks: [block] })).toMatchObject({ ok: true });
    expect(slack.store.posted()[0]?.pinged).toEqual(pinged);
  });
});
