// The outbox part of the journal's contract: in order per thread, nothing sent twice blindly, nothing forgotten.
import { describe, expect, test } from "vitest";
import type { Journal } from "../../src/ports/journal.ts";
import { draftOf, finishOf, messageOf, postOf, threadOf, who } from "../support/journal-samples.ts";
import { houses, keepNext } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

const later = { why: "429", isUnclear: false, isGone: false };
const due = async (journal: Journal): Promise<readonly string[]> =>
  (await journal.claimDue()).map(({ id }) => id);

export function describeJournalOutbox(name: string, open: OpenJournal): void {
  describe(`${name}: outbox`, () => {
    const house = houses(open);

    test("what is claimed is not claimed again, and what is shown is done", async () => {
      const { journal } = await house();
      const claimed = await journal.post([draftOf("a"), draftOf("b")]);
      expect(claimed.map(({ id }) => id)).toEqual(["a", "b"]);
      expect(await due(journal)).toEqual([]);
      for (const { id, rev } of claimed) await journal.shown({ id, rev, platformId: `9-${id}` });
      expect(await journal.figures()).toMatchObject({ outboxDue: 0, dead: 0 });
      expect(await journal.nextDueAt()).toBeNull();
    });

    test("a postponed post comes back when it is due, holds back its thread and no other", async () => {
      const { journal, clock } = await house();
      await journal.post([draftOf("a1"), draftOf("b1", { thread: threadOf("b") })]);
      const untilMs = clock.now() + 5000;
      await journal.postpone({ id: "a1", untilMs, ...later });
      const more = await journal.post([draftOf("a2"), draftOf("b2", { thread: threadOf("b") })]);
      expect(more.map(({ id }) => id)).toEqual(["b2"]);
      expect(await due(journal)).toEqual([]);
      expect(await journal.nextDueAt()).toBe(untilMs);
      clock.advance(5000);
      const [a1, none] = await journal.claimDue();
      // The try that certainly did not arrive is not counted: waiting for a connection never uses the tries up.
      expect([a1?.id, a1?.attempts, none]).toEqual(["a1", 1, undefined]);
      expect(await journal.shown({ id: "a1", rev: 1, platformId: "1" })).toBe(true);
      expect(await due(journal)).toEqual(["a2"]);
    });

    test("an answer never overtakes an earlier one of its thread that had to wait", async () => {
      const { journal, clock } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      await journal.keep(messageOf("m2"), who);
      const { next } = await journal.finish(finishOf(turn));
      await journal.postpone({ id: "reply:m1", untilMs: clock.now() + 1, ...later });
      if (next === null) throw new Error("unreachable");
      expect((await journal.finish(finishOf(next))).deliveries).toEqual([]);
      clock.advance(1);
      expect(await due(journal)).toEqual(["reply:m1"]);
      await journal.bury({ id: "reply:m1", why: "gone" });
      expect(await due(journal)).toEqual(["reply:m2"]);
    });

    test("a change of what is shown is an edit in place, also when it comes while being sent", async () => {
      const { journal } = await house();
      const content = { kind: "post", post: postOf("step two") } as const;
      await journal.post([draftOf("progress")]);
      expect(await journal.post([draftOf("progress", { content })])).toEqual([]);
      expect(await journal.shown({ id: "progress", rev: 1, platformId: "77" })).toBe(true);
      const [edit] = await journal.claimDue();
      expect(edit).toMatchObject({ id: "progress", rev: 2, platformId: "77", content });
      expect(await journal.shown({ id: "progress", rev: 2, platformId: "77" })).toBe(false);
      const [third] = await journal.post([draftOf("progress")]);
      expect(third).toMatchObject({ rev: 3, platformId: "77" });
    });

    test("an edit that has to wait holds nobody back", async () => {
      const { journal, clock } = await house();
      await journal.post([draftOf("progress")]);
      await journal.shown({ id: "progress", rev: 1, platformId: "77" });
      await journal.post([draftOf("progress")]);
      await journal.postpone({ id: "progress", untilMs: clock.now() + 9000, ...later });
      expect((await journal.post([draftOf("next")])).map(({ id }) => id)).toEqual(["next"]);
    });

    test("a send that a crash interrupted comes back as unclear, with the time of its try", async () => {
      const { journal, clock, restart } = await house();
      await journal.post([draftOf("a")]);
      const claimedAt = clock.now();
      clock.advance(60_000);
      const reopened = await restart();
      await reopened.recover();
      const [row] = await reopened.claimDue();
      expect(row).toMatchObject({ id: "a", isUnclear: true, claimedAt, attempts: 2, platformId: null });
    });

    test("unclear stays unclear over a later certain no, until it is shown", async () => {
      const { journal, clock } = await house();
      await journal.post([draftOf("a")]);
      const claimedAt = clock.now();
      await journal.postpone({ id: "a", untilMs: 0, why: "reset", isUnclear: true, isGone: false });
      clock.advance(10);
      expect(await journal.claimDue()).toMatchObject([{ isUnclear: true, claimedAt }]);
      await journal.postpone({ id: "a", untilMs: 0, ...later });
      expect(await journal.claimDue()).toMatchObject([{ isUnclear: true, claimedAt }]);
      await journal.shown({ id: "a", rev: 1, platformId: "1" });
      clock.advance(10);
      const [edit] = await journal.post([draftOf("a")]);
      expect(edit).toMatchObject({ isUnclear: false, claimedAt: clock.now(), attempts: 1 });
    });

    test("a post that is gone is sent anew under the same id", async () => {
      const { journal } = await house();
      await journal.post([draftOf("a")]);
      await journal.shown({ id: "a", rev: 1, platformId: "1" });
      await journal.post([draftOf("a")]);
      await journal.postpone({ id: "a", untilMs: 0, why: "404", isUnclear: false, isGone: true });
      expect(await journal.claimDue()).toMatchObject([{ id: "a", platformId: null, rev: 2 }]);
    });

    test("what was given up stays so and is told once", async () => {
      const { journal } = await house();
      await journal.post([draftOf("a", { turn: "m1" })]);
      await journal.bury({ id: "a", why: "channel archived" });
      await journal.bury({ id: "a", why: "channel archived" });
      expect(await journal.post([draftOf("a")])).toEqual([]);
      await journal.shown({ id: "a", rev: 1, platformId: "1" });
      expect(await due(journal)).toEqual([]);
      expect(await journal.failures(9)).toMatchObject([
        { turn: "m1", kind: "delivery.failed", operator: "a: channel archived" },
      ]);
      expect(await journal.figures()).toMatchObject({ outboxDue: 0, dead: 1 });
    });
  });
}
