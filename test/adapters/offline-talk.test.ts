// The offline model in conversation and over texts: it quotes, extracts and frames, and declines the rest.
import { describe, expect, test } from "vitest";
import { readGuide } from "../../src/tools/guide.ts";
import { answerOf, desk, hears } from "../support/offline-desk.ts";

describe("conversation", () => {
  const context = [
    "[profile | context | standing | current] Sweeper Parts sells spare parts for street sweepers.",
    "[f7 | Kit | 2026-03-01 | unverified] The launch is on 3 May 2027. The shop opens in Kiel.",
    "[agent:erp/stock | roster | standing | current] erp/stock: Knows items and stock levels.",
  ].join("\n");
  const talk = desk([], { context, instructions: "You are Nova's first voice." });

  test("greets and says what it is", async () => {
    expect(JSON.stringify(await hears(talk, "hello"))).toContain("No language model is connected");
    expect(JSON.stringify(await hears(talk, "are you a human?"))).toContain("not a human");
  });
  test("tells the roster's jobs", async () => {
    expect(JSON.stringify(await hears(talk, "what can you do?"))).toContain("erp/stock: Knows items");
  });
  test("quotes the context with source, day and label", async () => {
    const call = await hears(talk, "when is the launch?");
    expect(answerOf({ input: call?.input ?? null })).toBe(
      "“The launch is on 3 May 2027.” (Kit, 2026-03-01, unverified; f7)",
    );
  });
  test("declines what nobody told it", async () => {
    expect((await hears(talk, "who won the cup in 1974?"))?.name).toBe("decline");
  });
  test("looks a question about Nova up in the handbook", async () => {
    const guide = desk([readGuide], { instructions: "Call readGuide with the person's words first." });
    expect(await hears(guide, "How do I approve something?")).toEqual({
      name: "readGuide",
      input: { text: "approve" },
    });
  });
});

describe("language", () => {
  const long =
    "The delivery of the brushes is late by two weeks. The weather was nice. Hansen accepts a partial delivery on Friday. Costs rise by 900 euros.";
  const summarise = desk([], { instructions: "Summarise only what the person gave you." });

  test("sums up by whole sentences of the source, within the length asked for", async () => {
    const answer = answerOf({
      input: (await hears(summarise, `Summarise in two sentences: ${long}`))?.input ?? null,
    });
    const kept = answer.split(/(?<=\.) /);
    expect(kept.length).toBeLessThanOrEqual(2);
    for (const sentence of kept) expect(long).toContain(sentence);
  });
  test("asks for the text when there is none", async () => {
    expect((await hears(summarise, "tl;dr"))?.name).toBe("ask_person");
  });
  test.each(["Translate exactly the text given.", "Improve the text the person gave you."])(
    "declines to %s",
    async (instructions) => {
      const call = await hears(desk([], { instructions }), `Do it: ${long}`);
      expect(call?.name).toBe("decline");
      expect(JSON.stringify(call?.input)).toContain("needs a language model");
    },
  );
  test("frames a draft around the person's own points", async () => {
    const at = desk([], { instructions: "Write the text that was asked for." });
    const call = await hears(
      at,
      "Draft an email to Hansen about the delay: two weeks late, new date is 3 May",
    );
    expect(answerOf({ input: call?.input ?? null })).toContain(
      "Hello Hansen,\n\n- two weeks late\n- new date is 3 May",
    );
  });
});
