// One law for all that is not over: when Nova itself will look at it next. It must say what the timers do, and name whatever
// none of them will ever reach.
import { describe, expect, test } from "vitest";
import type { Journal } from "../../src/ports/journal.ts";
import type { OpenRow } from "../../src/ports/journal-waiting.ts";
import {
  answerOf,
  cardOf,
  draftOf,
  finishOf,
  messageOf,
  proposalOf,
  voteOf,
} from "../support/journal-samples.ts";
import { houses, keepNext } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Every row that is not over, by its id. */
async function open(journal: Journal): Promise<ReadonlyMap<string, OpenRow>> {
  return new Map((await journal.overdue(-1e13)).map((row) => [row.id, row] as const));
}
const wakeOf = async (journal: Journal, id: string): Promise<number | null | undefined> =>
  (await open(journal)).get(id)?.wakeAt;
async function showAll(journal: Journal): Promise<void> {
  for (const { id, rev } of await journal.claimDue()) await journal.shown({ id, rev, platformId: id });
}

export function describeJournalOpenRows(name: string, openJournal: OpenJournal): void {
  describe(`${name}: what is not over`, () => {
    const house = houses(openJournal);

    test("A32: each state of a proposal is looked at when its own timer says, and then it is over", async () => {
      const { journal, clock } = await house();
      const start = clock.now();
      const is = async (state: string, wakeAt: number | null): Promise<void> =>
        expect((await open(journal)).get("p-1")).toEqual({ kind: "proposal", id: "p-1", state, wakeAt });
      await journal.propose(proposalOf("p-1", { showAt: start + 5_000 }), null);
      await is("proposed", start + 5_000);
      clock.advance(5_000);
      await journal.hang(cardOf("p-1"));
      await is("proposed", start + 5_000);
      await showAll(journal);
      const { expiresAt, remindAt } = (await journal.proposal("p-1")) ?? {};
      await is("pending", remindAt ?? 0);
      clock.advance((remindAt ?? 0) - clock.now());
      await journal.remind("p-1", draftOf("p-1:reminder"));
      await is("pending", expiresAt ?? 0);
      await journal.decide(voteOf("p-1"));
      await is("approved", clock.now() + 4 * minuteMs);
      clock.advance(4 * minuteMs);
      expect((await journal.strandedDue()).map(({ id }) => id)).toEqual(["p-1"]);
      await is("approved", clock.now() + 4 * minuteMs);
      await journal.beginExecute("p-1");
      await is("executing", clock.now() + 4 * minuteMs);
      for (const gapMs of [1_000, 2_000, 5_000, 10_000, 30_000, minuteMs, minuteMs]) {
        await journal.settle("p-1", { from: ["executing", "unknown"], to: "unknown", detail: "no answer" });
        await is("unknown", clock.now() + gapMs);
        clock.advance(gapMs);
        expect((await journal.unclearDue()).map(({ id }) => id)).toEqual(["p-1"]);
      }
      await journal.settle("p-1", { from: ["unknown"], to: "applied", detail: "found" });
      expect(await wakeOf(journal, "p-1")).toBeUndefined();
    });

    test("A5 A32: what waits before it runs is looked at when the wait is over", async () => {
      const { journal, clock } = await house();
      await journal.propose(proposalOf("p-1", { waitMs: minuteMs }), cardOf("p-1"));
      await showAll(journal);
      await journal.decide(voteOf("p-1"));
      expect(await wakeOf(journal, "p-1")).toBe(clock.now() + minuteMs);
      clock.advance(minuteMs);
      expect(await journal.startDue()).toHaveLength(1);
      expect(await wakeOf(journal, "p-1")).toBe(clock.now() + 4 * minuteMs);
    });

    test("A32: an item of a batch wakes with its batch's card", async () => {
      const { journal, clock } = await house();
      const batch = { lead: "p-1", size: 2 };
      await journal.propose(proposalOf("p-1", { batch: { ...batch, number: 1 } }), cardOf("p-1"));
      await journal.propose(proposalOf("p-2", { batch: { ...batch, number: 2 } }), null);
      expect(await wakeOf(journal, "p-2")).toBe(clock.now());
      await showAll(journal);
      const item = await journal.proposal("p-2");
      expect(await wakeOf(journal, "p-2")).toBe(item?.expiresAt);
    });

    test("A32: a turn wakes by its worker's limits, one behind it with it, and the next is given its own", async () => {
      const { journal, clock } = await house();
      const first = await keepNext(journal, messageOf("m1"));
      await journal.keep(messageOf("m2"), { person: "Kit", project: null });
      const start = clock.now();
      expect([await wakeOf(journal, "m1"), await wakeOf(journal, "m2")]).toEqual([
        start + hourMs,
        start + hourMs,
      ]);
      clock.advance(hourMs);
      expect(await journal.overdue(0)).toEqual([]);
      clock.advance(1);
      expect((await journal.overdue(0)).map(({ id, state }) => [id, state])).toEqual([
        ["m1", "working"],
        ["m2", "new"],
      ]);
      await journal.finish(finishOf(first));
      expect(await wakeOf(journal, "m1")).toBeUndefined();
      expect(await wakeOf(journal, "m2")).toBe(clock.now() + hourMs);
    });

    test("A32: what a dead process left is looked at anew from the next start on", async () => {
      const { journal, clock, restart } = await house();
      await keepNext(journal, messageOf("m1"));
      await journal.post([draftOf("first")]);
      clock.advance(3 * hourMs);
      expect((await journal.overdue(0)).map(({ id }) => id)).toEqual(["first", "m1"]);
      const reopened = await restart();
      await reopened.recover();
      expect(await reopened.overdue(0)).toEqual([]);
      expect(await wakeOf(reopened, "m1")).toBe(clock.now() + hourMs);
      expect(await wakeOf(reopened, "first")).toBe(clock.now());
    });

    test("A32: a post wakes when it is due, under way by its limit, and behind another one with that", async () => {
      const { journal, clock } = await house();
      const start = clock.now();
      await journal.post([draftOf("a")]);
      await journal.post([draftOf("b")]);
      expect(await wakeOf(journal, "a")).toBe(start + 10 * minuteMs);
      expect(await wakeOf(journal, "b")).toBe(start + 10 * minuteMs);
      const untilMs = start + 30 * minuteMs;
      await journal.postpone({ id: "a", untilMs, why: "away", isUnclear: false, isGone: false });
      expect([await wakeOf(journal, "a"), await wakeOf(journal, "b")]).toEqual([untilMs, untilMs]);
      clock.advance(31 * minuteMs);
      expect((await journal.overdue(0)).map(({ id }) => id)).toEqual(["a", "b"]);
      expect(await journal.stuck()).toEqual([]);
      clock.advance(2 * minuteMs);
      expect(await journal.stuck()).toEqual([
        "Nothing will wake the post a, which is pending.",
        "Nothing will wake the post b, which is sending.",
      ]);
      // The one from the journal, the other by whoever still holds it.
      await showAll(journal);
      await journal.shown({ id: "b", rev: 1, platformId: "b" });
      expect(await journal.overdue(0)).toEqual([]);
    });

    test("A32: a card that is drawn anew is due from then on, not from when it was first sent", async () => {
      const { journal, clock } = await house();
      await journal.propose(proposalOf("p-1"), cardOf("p-1"));
      await showAll(journal);
      clock.advance(hourMs);
      await journal.decide(voteOf("p-1"));
      expect(await wakeOf(journal, "card:p-1")).toBe(clock.now());
    });

    test("A32: an open run is looked at within a minute of the last sweep", async () => {
      const { journal, clock } = await house();
      const turn = await keepNext(journal, messageOf("launch"));
      const runs = [{ id: "run-1", agent: "pipeline/weekly-review", version: 1, input: {} }];
      await journal.finish(finishOf(turn, { answer: answerOf(turn, { runs }), outbox: [] }));
      expect(await wakeOf(journal, "run-1")).toBe(clock.now() + minuteMs);
      clock.advance(hourMs);
      await journal.keepNote("runs.swept", String(clock.now()));
      expect(await wakeOf(journal, "run-1")).toBe(clock.now() + minuteMs);
      await journal.advance("run-1", { state: "done" });
      expect(await wakeOf(journal, "run-1")).toBeUndefined();
    });
  });
}
