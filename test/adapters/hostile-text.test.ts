// Whatever a model, a record or a person writes is letters: on every surface, in every field, alone or inside any
// Markdown. The fakes refuse what the platforms refuse, and say whom a text would have notified.
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawPost as drawDiscord } from "../../adapters/discord/cards.ts";
import { drawPost as drawSlack } from "../../adapters/slack/cards.ts";
import { drawPost as drawTerminal } from "../../adapters/terminal/cards.ts";
import { drawPost as drawWeb } from "../../adapters/web/cards.ts";
import type { Post } from "../../src/post.ts";
import { splitText } from "../../src/surfaces/split-text.ts";
import { createChat, toDelivery } from "../support/discord/chat.ts";
import type { Chat } from "../support/discord/chat.ts";
import { ids } from "../support/discord/index.ts";
import { hostilePieces, hostileTexts } from "../support/hostile-texts.ts";
import { delivery, proposal, reply } from "../support/posts.ts";
import { createRig } from "../support/slack/adapter.ts";

/** Nothing that moves a cursor, hides, or reorders; joiners only where emoji and scripts need them. */
const hidden =
  /[\p{Cc}\p{Co}\p{Cs}\u00ad\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e001f}]/u;
const withoutLines = (text: string): string => text.replaceAll(/[\n\t]/gu, "");
/** The same text in every field that a post has. */
const everywhere = (text: string): readonly Post[] => [
  reply(text, { footer: text }),
  {
    ...proposal({
      title: text,
      effects: [text, `${text}: ${text}`],
      checks: [text],
      terms: [text],
      agentWords: text,
      state: text,
      requestedBy: text,
    }),
    footer: text,
  },
  reply(text, {
    kind: "question",
    buttons: [{ nonce: "n1", label: text.slice(0, 75), style: "plain", asks: text }],
  }),
];

test("the table is long and has no two lines alike", () => {
  expect(hostileTexts.length).toBeGreaterThanOrEqual(200);
  expect(new Set(hostileTexts).size).toBe(hostileTexts.length);
});

describe("on Discord", () => {
  /** What Discord reads once escaped marks and code are taken out. */
  const live = (content: string): string =>
    content
      .replaceAll(/\\[^0-9A-Za-z\s]/gu, "")
      .replaceAll(/```[^]*?```/gu, "")
      .replaceAll(/(`+)(?!`)[^]*?[^`]\1(?!`)/gu, "");

  test("no text makes a mention, a masked address, a spoiler or a preview", () => {
    for (const text of hostileTexts)
      for (const post of everywhere(text)) {
        const drawn = drawDiscord(post);
        const shown = JSON.stringify([drawn.content, drawn.embeds]);
        expect(shown, text).not.toMatch(/<(?:@|#|:|a:|t:|id:)|@everyone|@here/u);
        expect(withoutLines(drawn.content), text).not.toMatch(hidden);
        const words = live(drawn.content);
        for (const [, label = "", url = ""] of words.matchAll(/\[([^\]]*)\]\(([^)]*)\)/gu)) {
          const host = new URL(/^<(https?:\/\/.*)>$/u.exec(url)?.[1] ?? "").host;
          expect(label.endsWith(`(${host})`) || label.toLowerCase() === host, text).toBe(true);
        }
        // An address that Discord would link by itself stands between angle brackets or not at all.
        expect(words.replaceAll(/<https?:\/\/[^\s<>]*>/gu, ""), text).not.toMatch(/https?:\/\/\S|\|\|/iu);
        if (drawn.embeds.length === 0) expect(drawn.flags & 4).toBe(4);
      }
  });
});

describe("on Slack", () => {
  /** Every element in the blocks, however deep. */
  const elementsOf = (value: unknown): readonly Record<string, unknown>[] => {
    if (typeof value !== "object" || value === null) return [];
    const inner = Object.values(value).flatMap(elementsOf);
    return "type" in value ? [{ ...value }, ...inner] : inner;
  };
  const known = new Set(
    "rich_text rich_text_section rich_text_list rich_text_quote rich_text_preformatted text link table divider context actions button plain_text".split(
      " ",
    ),
  );

  test("no text makes a mention, an address behind other words, or markup", () => {
    for (const text of hostileTexts)
      for (const post of everywhere(text)) {
        const drawn = drawSlack(post);
        expect(drawn.text, text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/u);
        expect(withoutLines(drawn.text), text).not.toMatch(hidden);
        if (drawn.blocks.length === 0) expect(drawn.text, text).not.toMatch(/[*_~`]|:\/\//u);
        for (const element of elementsOf(drawn.blocks)) {
          expect(known.has(String(element["type"])), text).toBe(true);
          if (element["type"] !== "link") continue;
          const { host } = new URL(String(element["url"]));
          const label = String(element["text"]);
          const isHonest =
            label === element["url"] || label.endsWith(`(${host})`) || label.toLowerCase() === host;
          expect(isHonest, text).toBe(true);
        }
      }
  });
});

test("in the terminal no text moves, colours or hides anything", () => {
  const look = { columns: 80, paint: (_tone: string, words: string) => words };
  for (const text of hostileTexts)
    for (const post of everywhere(text)) {
      const lines = drawTerminal(post, [], look);
      for (const line of lines) expect(line, text).not.toMatch(hidden);
    }
});

test("on the page no text becomes a tag, an attribute or an address that runs", () => {
  for (const text of hostileTexts)
    for (const post of everywhere(text)) {
      const html = drawWeb(post).text;
      for (const [tag] of html.matchAll(/<[^>]*>/gu))
        expect(tag, text).toMatch(/^<\/?[a-z]+[1-6]?(?: [a-z-]+(?::[a-z-]+)*(?:="[^"<>]*")?)*\s*>$/u);
      expect(html, text).not.toMatch(
        /<(?:script|img|svg|iframe|style|meta|b|article)\b|javascript:alert\(1\)"/u,
      );
      for (const [, url] of html.matchAll(/ href="([^"]*)"/gu)) expect(url, text).toMatch(/^https?:\/\//u);
      expect(withoutLines(html), text).not.toMatch(hidden);
    }
});

describe("the platforms take it", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await createChat();
    await chat.start();
  });
  afterAll(async () => {
    const broken = chat.fake.check();
    await chat.close();
    expect(broken).toEqual([]);
  });
  /** Every third text, which meets every trick and every place, in one of the shapes in turn. */
  const sample = hostileTexts
    .filter((_text, at) => at % 3 === 0)
    .flatMap((text, at) => everywhere(text).slice(at % 3, (at % 3) + 1));
  const texts = fc
    .array(fc.constantFrom(...hostilePieces), { minLength: 1, maxLength: 40 })
    .map((pieces) => pieces.join(""));
  const isPosted = (text: string): boolean => text.trim() !== "";

  test("Discord accepts every text in every field, and would notify nobody", async () => {
    for (const post of sample.filter((_post, at) => at % 4 === 0)) await chat.shown(toDelivery(post));
    expect(chat.fake.said(ids.parts).flatMap(({ pinged }) => pinged)).toEqual([]);
  });

  test("Discord accepts every part of any long text", async () => {
    await fc.assert(
      fc.asyncProperty(texts.filter(isPosted), async (text) => {
        for (const part of splitText(text, (one) => chat.nova.fits(one)))
          await chat.shown(toDelivery(reply(part, { footer: "chat/general · now" })));
      }),
      { seed: 7, numRuns: 60 },
    );
    expect(
      chat.fake.said(ids.parts).flatMap(({ pinged, files }) => [...pinged, ...files.map(({ name }) => name)]),
    ).toEqual([]);
  });

  test("Slack accepts every text in every field, and would notify nobody", async () => {
    const { slack, nova } = await createRig({ transport: "http" });
    let count = 0;
    for (const post of sample) {
      count += 1;
      const shown = await nova.show(delivery("slack:T1/C1:C1", post, { id: `o${count}` }));
      expect(shown, post.text).toMatchObject({ kind: "shown" });
    }
    expect(slack.store.posted().flatMap(({ pinged }) => pinged)).toEqual([]);
  });

  test("Slack accepts every part of any long text", async () => {
    const { slack, nova } = await createRig({ transport: "http" });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        for (const part of splitText(text, (one) => nova.fits(one))) {
          count += 1;
          const order = delivery("slack:T1/C1:C1", reply(part, { footer: "chat/general · now" }), {
            id: `o${count}`,
          });
          expect(await nova.show(order)).toMatchObject({ kind: "shown" });
        }
      }),
      { seed: 7, numRuns: 60 },
    );
    expect(slack.store.posted().flatMap(({ pinged }) => pinged)).toEqual([]);
  });
});
