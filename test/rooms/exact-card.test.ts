// What is seen is what is signed: whatever a record, a person or a model wrote, the card with its details shows every
// letter that the approval binds, on every surface, and two different effects never look the same.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawPost as drawDiscord } from "../../adapters/discord/cards.ts";
import { drawPost as drawSlack } from "../../adapters/slack/cards.ts";
import { drawCard } from "../../src/cards/card.ts";
import { boundBy } from "../../src/bound.ts";
import { toExact } from "../../src/cards/exact-text.ts";
import { proposalOf } from "../support/journal-samples.ts";
import { payload, payloadSeed, provesApart, provesBound, standing } from "../prove/exact-card.ts";
import { reply } from "../support/posts.ts";

describe("A2", () => {
  test("what the details show letter for letter hashes to exactly what the approval binds (1,000 payloads)", () => {
    provesBound(1_000);
  });

  test("two payloads that differ in one letter never show the same (500 pairs)", () => {
    provesApart(500);
  });

  test("it comes whole through what Discord and Slack draw, in a block of code or in a file (300 payloads)", () => {
    fc.assert(
      fc.property(payload, (prepared) => {
        const shown = toExact(boundBy(prepared));
        const post = reply(`\`\`\`json\n${shown}\n\`\`\``);
        const discord = drawDiscord(post);
        const inDiscord = [discord.content, ...discord.files.map(({ data }) => data)];
        expect(inDiscord.some((words) => words.includes(shown))).toBe(true);
        const inSlack = textsIn(drawSlack(post).blocks).join("");
        if (shown.length < 2_500) expect(inSlack).toContain(shown);
      }),
      { seed: payloadSeed, numRuns: 300 },
    );
  });

  test("a word that mixes alphabets is said on the card, and one that does not is not", () => {
    const checksOf = (name: string): readonly string[] => {
      const { prepared } = proposalOf("p-1");
      const checks = drawCard(standing({ ...prepared, summary: `Pay ${name}`, guards: [] }), 0).card?.checks;
      return checks ?? [];
    };
    for (const name of ["Kіt", "Αcme", "РayРal", "Σigma"]) expect(checksOf(name)).toHaveLength(1);
    for (const name of ["Kit", "Иванов", "Ξενία", "Müller-Łódź", "漢字 GmbH", "naïve"])
      expect(checksOf(name)).toEqual([]);
  });
});

/** Every text in the blocks, in order. */
function textsIn(part: unknown): readonly string[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, inner]: readonly [string, unknown]) =>
    key === "text" && typeof inner === "string" ? [inner] : textsIn(inner),
  );
}
