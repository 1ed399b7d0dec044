// The part of the journal's contract about hand-offs: written with the end of their turn, once, and believed only as written.
import { describe, expect, test } from "vitest";
import type { HandOff } from "../../src/hand-off.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { answerOf, finishOf, messageOf, who } from "../support/journal-samples.ts";
import { houses } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

const handOff: HandOff = {
  from: "chat/general",
  to: "chat/guide",
  depth: 1,
  reason: "It is about Nova.",
  state: "taken",
  at: 1_767_600_000_000,
};
const further: HandOff = { ...handOff, from: "chat/guide", to: "erp/stock", depth: 2, state: "offered" };

async function finished(journal: Journal, handOffs: readonly HandOff[]): Promise<void> {
  const kept = await journal.keep(messageOf("m-1"), who);
  if (kept.kind !== "next") throw new Error("the thread is busy");
  const failure = { kind: "contract.broken", operator: "first: no then: no" } as const;
  const answer = answerOf(kept.turn, { handOffs, outcome: "failed", failure });
  await journal.finish(finishOf(kept.turn, { answer }));
  await journal.finish(finishOf(kept.turn, { answer }));
}

export function describeJournalHandOffs(name: string, open: OpenJournal): void {
  describe(`${name}: hand-offs`, () => {
    const house = houses(open);

    test("a turn's hand-offs are kept once, in order, and outlive the process", async () => {
      const { journal, restart } = await house();
      await finished(journal, [handOff, further]);
      expect(await journal.handOffs("m-1")).toEqual([handOff, further]);
      expect(await (await restart()).handOffs("m-1")).toEqual([handOff, further]);
    });

    test("a turn that nobody handed on has none", async () => {
      const { journal } = await house();
      await finished(journal, []);
      expect(await journal.handOffs("m-1")).toEqual([]);
      expect(await journal.handOffs("unknown")).toEqual([]);
    });

    test("a failure behind hand-offs names who had the words before", async () => {
      const { journal } = await house();
      await finished(journal, [handOff, further]);
      const [failure] = await journal.failures(5);
      expect(failure?.person).toMatch(/\(handed on: chat\/general → chat\/guide\)$/u);
    });
  });
}
