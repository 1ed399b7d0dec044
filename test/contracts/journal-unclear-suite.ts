// The part of the journal's contract about outcomes that nobody knows yet: they fall due again and again.
import { describe, expect, test } from "vitest";
import type { Journal } from "../../src/ports/journal.ts";
import { cardOf, proposalOf, voteOf } from "../support/journal-samples.ts";
import { houses } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

async function begun(journal: Journal, id: string): Promise<void> {
  await journal.propose(proposalOf(id), cardOf(id));
  await showAll(journal);
  await journal.decide(voteOf(id));
  await journal.beginExecute(id);
}

async function showAll(journal: Journal): Promise<void> {
  for (const { id, rev } of await journal.claimDue()) await journal.shown({ id, rev, platformId: id });
}

/** A look that found nothing out. */
async function lookInVain(journal: Journal): Promise<void> {
  await journal.settle("p-1", { from: ["executing", "unknown"], to: "unknown", detail: "no answer" });
  await showAll(journal);
}

export function describeJournalUnclear(name: string, open: OpenJournal): void {
  describe(`${name}: unknown outcomes`, () => {
    const house = houses(open);

    test("are due after 1, 2, 5, 10 and 30 s, then every minute, also after a restart", async () => {
      const { journal: first, clock, restart } = await house();
      await begun(first, "p-1");
      const sinceMs = clock.now();
      await lookInVain(first);
      let journal = first;
      for (const gapMs of [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 60_000]) {
        expect(await journal.nextDueAt()).toBe(clock.now() + gapMs);
        clock.advance(gapMs - 1);
        expect(await journal.unclearDue()).toEqual([]);
        clock.advance(1);
        expect(await journal.unclearDue()).toEqual([{ id: "p-1", sinceMs }]);
        journal = await restart();
        await lookInVain(journal);
      }
      const known = { from: ["unknown"], to: "applied", detail: "found" } as const;
      expect(await journal.settle("p-1", known)).toBe(true);
      await showAll(journal);
      clock.advance(60_000);
      expect([await journal.unclearDue(), await journal.nextDueAt()]).toEqual([[], null]);
    });

    test("A13: each attempt has its number and its time, also after a restart, and an end takes no further one", async () => {
      const { journal: first, clock, restart } = await house();
      expect(await first.attempt("p-1")).toBeNull();
      await begun(first, "p-1");
      const firstAt = clock.now();
      expect(await first.attempt("p-1")).toEqual({ number: 1, intentAt: firstAt });
      clock.advance(7_000);
      await lookInVain(first);
      const journal = await restart();
      expect(await journal.attempt("p-1")).toEqual({ number: 1, intentAt: firstAt });
      expect(await journal.beginAgain("p-1")).toBe(true);
      expect(await journal.proposal("p-1")).toMatchObject({ state: "executing" });
      // Interrupted once more, before anything was known.
      clock.advance(1_000);
      expect(await journal.beginAgain("p-1")).toBe(true);
      expect(await journal.attempt("p-1")).toEqual({ number: 3, intentAt: clock.now() });
      await journal.settle("p-1", { from: ["executing"], to: "applied", detail: "" });
      expect(await journal.beginAgain("p-1")).toBe(false);
      await journal.propose(proposalOf("p-2"), cardOf("p-2"));
      expect([await journal.beginAgain("p-2"), await journal.attempt("p-2")]).toEqual([false, null]);
      await showAll(journal);
    });

    test("are not those that are being executed, or have ended", async () => {
      const { journal, clock } = await house();
      await begun(journal, "p-1");
      await begun(journal, "p-2");
      await journal.settle("p-2", { from: ["executing"], to: "failed", detail: "refused" });
      await showAll(journal);
      clock.advance(600_000);
      expect(await journal.unclearDue()).toEqual([]);
      // What is still executing after so long was left lying by whoever began it.
      expect((await journal.strandedDue()).map(({ id }) => id)).toEqual(["p-1"]);
    });
  });
}
