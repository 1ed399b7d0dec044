// What is seen is what is signed: whatever a record, a person or a model wrote, the card with its details shows every
// letter that the approval binds, on every surface, and two different effects never look the same.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawPost as drawDiscord } from "../../adapters/discord/cards.ts";
import { drawPost as drawSlack, fitsOneMessage } from "../../adapters/slack/cards.ts";
import type { Prepared } from "../../src/ports.ts";
import { say } from "../../src/post.ts";
import { toMessages } from "../../src/replies/long-answer.ts";
import { drawCard } from "../../src/cards/card.ts";
import { boundBy } from "../../src/bound.ts";
import { toExact } from "../../src/cards/exact-text.ts";
import { messageOf, proposalOf } from "../support/journal-samples.ts";
import { payload, payloadSeed, provesApart, provesBound, standing } from "../prove/exact-card.ts";
import { provesDrawn } from "../prove/drawn-card.ts";
import { reply } from "../support/posts.ts";

const account = messageOf("m-1").account.id;

describe("A2", () => {
  test("what the details show letter for letter hashes to exactly what the approval binds (1,000 payloads)", () => {
    provesBound(1_000);
  });

  test("two payloads that differ in one letter never show the same (500 pairs)", () => {
    provesApart(500);
  });

  test("title, amount, changes and checks of the drawn card are those that are bound, on every platform (150 proposals)", () => {
    const whole = provesDrawn(150);
    expect(Object.keys(whole).sort()).toEqual(["Discord", "Slack", "the terminal", "the web page"]);
    for (const [name, count] of Object.entries(whole)) expect(count, name).toBeGreaterThan(40);
  });

  test("it comes whole through what Discord draws, in a block of code or in a file (300 payloads)", () => {
    fc.assert(
      fc.property(payload, (prepared) => {
        const shown = toExact(boundBy(prepared));
        const post = reply(`\`\`\`json\n${shown}\n\`\`\``);
        const discord = drawDiscord(post);
        const inDiscord = [discord.content, ...discord.files.map(({ data }) => data)];
        expect(inDiscord.some((words) => words.includes(shown))).toBe(true);
      }),
      { seed: payloadSeed, numRuns: 300 },
    );
  });

  test("on Slack it comes letter for letter whatever its length: in messages, or in the file beside them (300 payloads)", () => {
    const lengths: number[] = [];
    let files = 0;
    const proves = (prepared: Prepared): void => {
      const shown = toExact(boundBy(prepared));
      lengths.push(shown.length);
      for (const only of [null, account]) {
        const said = say(`\`\`\`json\n${shown}\n\`\`\``, { only });
        const parts = toMessages(said, { fits: fitsOneMessage, whispersFiles: false });
        const [file] = parts.flatMap((part) => part.file ?? []);
        if (file !== undefined) expect(file.text).toContain(shown);
        // A message ends between two lines or inside a long one, so line ends say nothing here; a value has none.
        else expect(parts.flatMap(({ text }) => codeIn(text)).join("")).toBe(shown.replaceAll("\n", ""));
        files += file === undefined ? 0 : 1;
      }
    };
    fc.assert(fc.property(payload, proves), { seed: payloadSeed, numRuns: 300 });
    const { prepared } = proposalOf("p-1");
    for (const size of [2_500, 12_000, 40_000]) {
      const after = "\u202Ex".repeat(size / 7);
      proves({ ...prepared, changes: [{ record: "SO-1", label: "note", before: null, after }] });
    }
    expect(lengths.filter((length) => length >= 2_500).length).toBeGreaterThan(20);
    expect(files).toBeGreaterThan(0);
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

/** What Slack is given as blocks of code, without its line ends. */
const codeIn = (text: string): readonly string[] =>
  drawSlack(reply(text))
    .blocks.flatMap((block) => (block.type === "rich_text" ? block.elements : []))
    .filter(({ type }) => type === "rich_text_preformatted")
    .flatMap(textsIn)
    .map((code) => code.replaceAll("\n", ""));

/** Every text in the blocks, in order. */
function textsIn(part: unknown): readonly string[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, inner]: readonly [string, unknown]) =>
    key === "text" && typeof inner === "string" ? [inner] : textsIn(inner),
  );
}
