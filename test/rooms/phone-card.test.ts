// Every operation's card as a phone shows it: ten lines, and what matters most in the first 300 characters.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawPost as drawDiscord } from "../../adapters/discord/cards.ts";
import { drawPost as drawSlack } from "../../adapters/slack/cards.ts";
import { drawCard } from "../../src/cards/card.ts";
import { isEffect } from "../../src/effects.ts";
import type { Effect } from "../../src/effects.ts";
import type { Post } from "../../src/post.ts";
import type { ProposalLink } from "../../src/proposal-link.ts";
import { commandHashOf, effectHashOf } from "../../src/proposal.ts";
import { openEmbeddedErp } from "../support/embedded-erp.ts";
import type { OpenedErp } from "../support/embedded-erp.ts";
import { proposalOf } from "../support/journal-samples.ts";
import * as tools from "../../src/tools/erp.ts";
import { effectCases } from "../support/effect-cases.ts";

let opened: OpenedErp;
beforeAll(() => {
  opened = openEmbeddedErp();
});
afterAll(async () => opened.dispose());

type Linked = { readonly link?: ProposalLink; readonly agentWords?: string };

async function postOf(effect: Effect, input: unknown, more: Linked = {}): Promise<Post> {
  const result = await opened.erp.prepare(
    effect.toCommand(input, { connector: "embedded", instance: "main" }),
  );
  if (result.kind === "refused") throw new Error(result.why);
  const { prepared } = result;
  const hashes = { commandHash: commandHashOf(prepared.command), effectHash: effectHashOf(prepared) };
  const asked = proposalOf("p-12ab34cd56", {
    prepared,
    ...hashes,
    agentWords: null,
    approvers: ["Kit"],
    ...more,
  });
  const standing = { decidedBy: [], decidedAt: null, reason: null, outcomeDetail: null };
  return drawCard(
    { ...asked, ...standing, state: "pending", expiresAt: 1_767_700_000_000 },
    1_767_600_000_000,
  );
}

const undoes = { proposal: "p-0123456789", summary: "Confirm order SO-1007 for Lakeside" };
const replaces = {
  proposal: "p-9876543210",
  why: "SO-1007 changed in the ERP since it was asked",
  differences: ["total", "state", "party", "day", "terms"].map(
    (name) => `SO-1007 ${name}: before 1.00, now 2.00`,
  ),
};

/** What is read of it, top down, without the small print at its foot. */
const drawn: Readonly<Record<string, (post: Post) => string>> = {
  Discord: (post) =>
    drawDiscord(post)
      .embeds.map(({ title, description }) => `${title ?? ""}\n${description ?? ""}`)
      .join("\n")
      .replaceAll(/\\(?=[^\w\s])/gu, "")
      .replaceAll("**", ""),
  Slack: (post) =>
    drawSlack(post)
      .blocks.filter(({ type }) => type === "rich_text")
      .map((block) => linesIn(block))
      .join("\n"),
};

/** Sections and list items stand on lines of their own. */
function linesIn(part: unknown): string {
  if (typeof part !== "object" || part === null) return "";
  const { type, text, elements }: Readonly<Record<string, unknown>> = { ...part };
  if (type === "text" && typeof text === "string") return text;
  const inner = Array.isArray(elements) ? elements.map((one: unknown) => linesIn(one)) : [];
  return inner.join(type === "rich_text_section" ? "" : "\n");
}

describe.each(Object.entries(drawn))("A19 on %s", (_name, draw) => {
  test.each(effectCases)(
    "$name fits ten lines, with verb, object, amount and party first",
    async (effect, input, parts) => {
      const text = draw(await postOf(effect, input));
      expect(text.split("\n").length, text).toBeLessThanOrEqual(10);
      const [verb, object, amount, party] = parts;
      const start = text.slice(0, 300);
      for (const part of [verb, object, amount, party]) if (part !== null) expect(start).toContain(part);
      expect(text).toMatch(/Waiting for Kit/u);
    },
  );

  test.each(effectCases)("$name asked again, and undoing, fits ten lines too", async (effect, input) => {
    for (const link of [{ replaces }, { undoes }, { replaces, undoes }]) {
      const text = draw(await postOf(effect, input, { link }));
      expect(text.split("\n").length, text).toBeLessThanOrEqual(10);
      if (link.replaces !== undefined) expect(text).toContain("SO-1007 total: before 1.00, now 2.00");
      if (link.undoes !== undefined) expect(text).toContain("undoes p-0123456789");
    }
  });
});

test("A19 every effect that an agent may hold is looked at, but what the sample company has no case of", () => {
  const all = Object.values(tools).filter((tool): tool is Effect => isEffect(tool));
  const missing = all
    .filter((effect) => !effectCases.some(([looked]) => looked === effect))
    .map(({ name }) => name);
  expect(missing.sort()).toEqual(["postBill", "sendPurchase"]);
});
