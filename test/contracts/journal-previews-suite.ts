// The previews' part of the journal's contract: what grows on a platform is known before it is there, and the answer
// takes its place, whoever died in between.
import { describe, expect, test } from "vitest";
import { firstPostId } from "../../src/ids.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { KeptTurn, PreviewRow } from "../../src/ports/journal-rows.ts";
import { draftOf, finishOf, messageOf, who } from "../support/journal-samples.ts";
import { houses, keepNext } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

async function answer(journal: Journal, turn: KeptTurn, preview: PreviewRow | null = null) {
  const draft = draftOf(firstPostId(turn.id), { turn: turn.id, preview });
  return journal.finish(finishOf(turn, { outbox: [draft] }));
}

export function describeJournalPreviews(name: string, open: OpenJournal): void {
  describe(`${name}: previews`, () => {
    const house = houses(open);

    test("what was noted of an unfinished turn outlives the process", async () => {
      const { journal, clock, restart } = await house();
      await keepNext(journal, messageOf("m1"));
      await keepNext(journal, messageOf("n1", { thread: "discord:9:9" }));
      const at = clock.now();
      await journal.notePreview("m1", null);
      await journal.notePreview("n1", null);
      clock.advance(50);
      await journal.notePreview("m1", "77");
      await journal.notePreview("m1", null);
      const reopened = await restart();
      expect(await reopened.previewOf("m1")).toEqual({ platformId: "77", at });
      expect(await reopened.previewOf("n1")).toEqual({ platformId: null, at });
      expect(await reopened.previewOf("m2")).toBeNull();
    });

    test("the answer stands in the place of its preview, also after a crash, and waits for nobody", async () => {
      const { journal, clock, restart } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      await journal.post([draftOf("earlier")]);
      await journal.postpone({
        id: "earlier",
        untilMs: clock.now() + 9_000,
        why: "429",
        isUnclear: false,
        isGone: false,
      });
      await journal.notePreview("m1", "77");
      const { deliveries } = await answer(journal, turn, { platformId: "77", at: clock.now() });
      expect(deliveries).toMatchObject([{ id: "m1:0", platformId: "77", isUnclear: false, rev: 1 }]);
      expect(await journal.previewOf("m1")).toBeNull();
      const reopened = await restart();
      await reopened.recover();
      const [row] = await reopened.claimDue();
      expect(row).toMatchObject({ id: "m1:0", platformId: "77" });
    });

    test("none begins while an earlier post of its thread is still to be shown", async () => {
      const { journal, clock } = await house();
      const first = await keepNext(journal, messageOf("m1"));
      await journal.keep(messageOf("m2"), who);
      await keepNext(journal, messageOf("n1", { thread: "discord:9:9" }));
      const { deliveries } = await answer(journal, first);
      expect(await journal.notePreview("m2", null)).toBe(false);
      expect(await journal.notePreview("n1", null)).toBe(true);
      await journal.postpone({
        id: "m1:0",
        untilMs: clock.now(),
        why: "503",
        isUnclear: true,
        isGone: false,
      });
      expect(await journal.notePreview("m2", null)).toBe(false);
      expect(await journal.previewOf("m2")).toBeNull();
      for (const { id, rev } of deliveries) await journal.shown({ id, rev, platformId: "1" });
      expect(await journal.notePreview("m2", null)).toBe(true);
      expect(await journal.previewOf("m2")).toMatchObject({ platformId: null });
    });

    test("a nameless message is a post's only while nothing else of the thread can be it", async () => {
      const { journal } = await house();
      const first = await keepNext(journal, messageOf("m1"));
      await journal.keep(messageOf("m2"), who);
      await keepNext(journal, messageOf("n1", { thread: "discord:9:9" }));
      await answer(journal, first, { platformId: "70", at: 0 });
      await journal.post([draftOf("notice")]);
      expect(await journal.mayStandFor("notice", "70")).toBe(false);
      expect(await journal.mayStandFor("m1:0", "70")).toBe(true);
      expect(await journal.mayStandFor("m1:0", "71")).toBe(true);
      await journal.notePreview("n1", null);
      expect(await journal.mayStandFor("m1:0", "71")).toBe(true);
      await journal.shown({ id: "notice", rev: 1, platformId: "72" });
      expect(await journal.notePreview("m2", null)).toBe(true);
      expect(await journal.mayStandFor("m1:0", "71")).toBe(false);
      await journal.notePreview("m2", "71");
      expect(await journal.mayStandFor("m1:0", "71")).toBe(false);
      expect(await journal.mayStandFor("m1:0", "73")).toBe(true);
      expect(await journal.mayStandFor("unknown", "73")).toBe(false);
    });

    test("where nobody knows as what it arrived, the answer is looked for before it is sent", async () => {
      const { journal, clock } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      const at = clock.now();
      clock.advance(60_000);
      const { deliveries } = await answer(journal, turn, { platformId: null, at });
      expect(deliveries).toMatchObject([{ platformId: null, isUnclear: true, claimedAt: at }]);
    });

    test("a preview that arrives after its answer was committed is told to the answer", async () => {
      const { journal, restart } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      await journal.notePreview("m1", null);
      await answer(journal, turn);
      await journal.notePreview("m1", "77");
      const reopened = await restart();
      await reopened.recover();
      expect(await reopened.claimDue()).toMatchObject([{ id: "m1:0", platformId: "77" }]);
    });

    test("an answer that is shown already is not moved", async () => {
      const { journal } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      const { deliveries } = await answer(journal, turn);
      for (const { id, rev } of deliveries) await journal.shown({ id, rev, platformId: "1" });
      await journal.notePreview("m1", "77");
      await journal.post([draftOf("m1:0")]);
      expect((await journal.post([draftOf("m1:0")])).map(({ platformId }) => platformId)).not.toContain("77");
    });

    test("what waits behind the turn of a thread can be read, in order", async () => {
      const { journal } = await house();
      await keepNext(journal, messageOf("m1"));
      await journal.keep(messageOf("m2"), who);
      await journal.keep(messageOf("m3"), who);
      await journal.keep(messageOf("n1", { thread: "discord:9:9" }), who);
      expect((await journal.queued("discord:2001:2001")).map(({ id }) => id)).toEqual(["m2", "m3"]);
    });
  });
}
