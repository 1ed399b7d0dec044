// The part of the journal's contract about effects that wait between their approval and their start: neither lost nor
// begun early, and stopped until they are begun.
import { describe, expect, test } from "vitest";
import type { Journal } from "../../src/ports/journal.ts";
import { cardOf, proposalOf, voteOf } from "../support/journal-samples.ts";
import { houses } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

const waitMs = 60_000;
const idsOf = (found: readonly { readonly id: string }[]): readonly string[] => found.map(({ id }) => id);
const stop = { from: ["approved"], to: "cancelled", detail: "stopped by Kit before it ran" } as const;

async function showAll(journal: Journal): Promise<void> {
  for (const { id, rev } of await journal.claimDue()) await journal.shown({ id, rev, platformId: id });
}

/** Approved, with a wait before it runs. */
async function approved(journal: Journal): Promise<void> {
  await journal.propose(proposalOf("p-1", { waitMs }), cardOf("p-1"));
  await showAll(journal);
  await journal.decide(voteOf("p-1"));
  await showAll(journal);
}

export function describeJournalStarts(name: string, open: OpenJournal): void {
  describe(`${name}: waiting to run`, () => {
    const house = houses(open);

    test("A5: an approval sets when it may run, and that is when something is due", async () => {
      const { journal, clock } = await house();
      await approved(journal);
      const runAt = clock.now() + waitMs;
      expect(await journal.proposal("p-1")).toMatchObject({ state: "approved", runAt });
      expect(await journal.nextDueAt()).toBe(runAt);
      expect(await journal.verifyAudit()).toMatchObject({ brokenAt: null });
    });

    test("A5: what has no wait has no such time", async () => {
      const { journal } = await house();
      await journal.propose(proposalOf("p-1"), cardOf("p-1"));
      await showAll(journal);
      await journal.decide(voteOf("p-1"));
      expect(await journal.proposal("p-1")).toMatchObject({ state: "approved", runAt: null });
      expect(await journal.startDue()).toEqual([]);
    });

    test("A6: where the clock was set back it is due at once, so that it is asked again and not begun days later", async () => {
      const { journal, clock } = await house();
      await approved(journal);
      clock.advance(-86_400_000);
      expect(await journal.nextDueAt()).toBeLessThanOrEqual(clock.now());
      expect(idsOf(await journal.startDue())).toEqual(["p-1"]);
    });

    test("A5 A12: it is handed out once, not a millisecond early, also by the next process", async () => {
      const { journal, clock, restart } = await house();
      await approved(journal);
      clock.advance(waitMs - 1);
      expect(await journal.startDue()).toEqual([]);
      const reopened = await restart();
      expect(idsOf((await reopened.recover()).proposals)).toEqual(["p-1"]);
      expect(await reopened.startDue()).toEqual([]);
      clock.advance(1);
      const both = await Promise.all([reopened.startDue(), reopened.startDue()]);
      expect(both.map(idsOf)).toEqual([["p-1"], []]);
      expect(await reopened.startDue()).toEqual([]);
    });

    test("A32: where nobody begins it, it is handed out as stranded, and not while it waits", async () => {
      const { journal, clock } = await house();
      await journal.propose(proposalOf("p-1", { waitMs: 600_000 }), cardOf("p-1"));
      await showAll(journal);
      await journal.decide(voteOf("p-1"));
      await showAll(journal);
      clock.advance(599_999);
      expect(await journal.strandedDue()).toEqual([]);
      clock.advance(1);
      expect(idsOf(await journal.startDue())).toEqual(["p-1"]);
      expect(await journal.strandedDue()).toEqual([]);
      clock.advance(((await journal.nextDueAt()) ?? 0) - clock.now());
      expect(idsOf(await journal.strandedDue())).toEqual(["p-1"]);
      expect(await journal.stuck()).toEqual([]);
    });

    test.each([
      ["the stop", "cancelled"],
      ["the start", "executing"],
    ] as const)("A5: of a stop and a start at once %s counts when it is first", async (first, state) => {
      const { journal, clock } = await house();
      await approved(journal);
      clock.advance(waitMs);
      const stops = async (): Promise<boolean> => journal.settle("p-1", stop);
      const starts = async (): Promise<boolean> => journal.beginExecute("p-1");
      const [left, right] = first === "the stop" ? [stops(), starts()] : [starts(), stops()];
      expect([await left, await right]).toEqual([true, false]);
      expect(await journal.proposal("p-1")).toMatchObject({ state });
    });

    test("A5: what was stopped falls due no more", async () => {
      const { journal, clock, restart } = await house();
      await approved(journal);
      expect(await journal.settle("p-1", stop)).toBe(true);
      await showAll(journal);
      const reopened = await restart();
      expect((await reopened.recover()).proposals).toEqual([]);
      clock.advance(waitMs);
      expect([await reopened.startDue(), await reopened.strandedDue()]).toEqual([[], []]);
      expect(await reopened.proposal("p-1")).toMatchObject({
        state: "cancelled",
        outcomeDetail: stop.detail,
      });
      expect(await reopened.verifyAudit()).toMatchObject({ brokenAt: null });
      expect(await reopened.stuck()).toEqual([]);
    });
  });
}
