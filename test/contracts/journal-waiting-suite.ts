// The waiting part of the journal's contract: a card's time from its delivery, reminders, what is taken up again, and that
// nothing is ever stuck.
import { describe, expect, test } from "vitest";
import type { Journal } from "../../src/ports/journal.ts";
import { namedIn } from "../../src/proposal.ts";
import type { NewProposal } from "../../src/proposal.ts";
import { cardOf, draftOf, postOf, proposalOf, voteOf } from "../support/journal-samples.ts";
import { houses } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

const hourMs = 3_600_000;
const lifeMs = 24 * hourMs;
const notice = draftOf("p-1:reminder", { content: { kind: "post", post: postOf("Reminder") } });

/** Proposed and shown. */
async function pending(journal: Journal, changes: Partial<NewProposal> = {}): Promise<void> {
  await journal.propose(proposalOf("p-1", changes), cardOf("p-1"));
  for (const { id, rev } of await journal.claimDue()) await journal.shown({ id, rev, platformId: id });
}

export function describeJournalWaiting(name: string, open: OpenJournal): void {
  describe(`${name}: waiting for people`, () => {
    const house = houses(open);

    test.each([
      [-1, "decided"],
      [0, "late"],
      [1, "late"],
    ] as const)(
      "A6: a vote %i ms from the end of a card's time is %s, counted from its delivery",
      async (ms, kind) => {
        const { journal, clock } = await house();
        await journal.propose(proposalOf("p-1"), cardOf("p-1"));
        const rows = await journal.claimDue();
        clock.advance(3 * lifeMs);
        for (const { id, rev } of rows) await journal.shown({ id, rev, platformId: id });
        clock.advance(lifeMs + ms);
        expect((await journal.decide(voteOf("p-1"))).kind).toBe(kind);
      },
    );

    test.each([
      [59_999, 0],
      [60_000, 1],
    ] as const)("A6: a card confirmed %i ms after it was drawn is due %i times more", async (ms, times) => {
      const { journal, clock } = await house();
      await journal.propose(proposalOf("p-1"), cardOf("p-1"));
      const [row] = await journal.claimDue();
      const drawnAt = clock.now();
      clock.advance(ms);
      await journal.shown({ id: "card:p-1", rev: row?.rev ?? 0, platformId: "1", drawnAt });
      const again = await journal.claimDue();
      expect(again).toHaveLength(times);
      const late = { drawnAt: clock.now(), platformId: "1" };
      for (const { id, rev } of again) await journal.shown({ id, rev, ...late });
      expect(await journal.claimDue()).toEqual([]);
    });

    test.each([-2 * lifeMs, 2 * lifeMs])(
      "A6: a clock that is set wrong by %i ms decides nothing",
      async (ms) => {
        const { journal, clock } = await house();
        await pending(journal);
        clock.advance(ms);
        expect((await journal.decide(voteOf("p-1"))).kind).toBe("late");
        expect(await journal.beginExecute("p-1")).toBe(false);
      },
    );

    test("A18: at half of its time a card is reminded of once, and who it escalates to may decide", async () => {
      const { journal, clock } = await house();
      await pending(journal, { approvers: ["Kit"], escalateTo: ["Ada"] });
      clock.advance(lifeMs / 2 - 1);
      expect(await journal.remindDue()).toEqual([]);
      await expect(journal.decide(voteOf("p-1", { person: "Ada" }))).rejects.toThrow("not listed");
      clock.advance(1);
      expect((await journal.remindDue()).map(({ id }) => id)).toEqual(["p-1"]);
      const moves = await Promise.all([journal.remind("p-1", notice), journal.remind("p-1", notice)]);
      expect(moves).toEqual([true, false]);
      expect(await journal.remindDue()).toEqual([]);
      expect((await journal.claimDue()).map(({ id }) => id).toSorted()).toEqual(["card:p-1", "p-1:reminder"]);
      const reminded = await journal.proposal("p-1");
      expect(reminded).toMatchObject({ state: "pending", escalatedAt: clock.now(), remindAt: null });
      expect(reminded === null ? [] : namedIn(reminded)).toEqual(["Kit", "Ada"]);
      expect((await journal.decide(voteOf("p-1", { person: "Ada" }))).kind).toBe("decided");
      expect(await journal.verifyAudit()).toMatchObject({ brokenAt: null });
    });

    const night = { from: "22:00", to: "07:00", timeZone: "UTC" };
    const quiet = { place: night, people: [] };
    const toHour = (now: number, hour: number): number => (hour * hourMs - (now % lifeMs) + lifeMs) % lifeMs;

    test("A6 A18: the clock of low stakes stands still in quiet hours, the reminder too", async () => {
      const { journal, clock } = await house();
      clock.advance(toHour(clock.now(), 21));
      await pending(journal, { stakes: "low", quiet });
      const shownAt = clock.now();
      // One hour before the night, fifteen a day after it.
      expect(await journal.proposal("p-1")).toMatchObject({
        expiresAt: shownAt + (10 + 15 + 9 + 8) * hourMs,
        remindAt: shownAt + (10 + 11) * hourMs,
      });
      clock.advance(42 * hourMs - 1);
      expect((await journal.decide(voteOf("p-1"))).kind).toBe("decided");
    });

    test("A18: of medium stakes it runs on; the reminder waits for the morning, also where it was looked for late", async () => {
      const { journal, clock } = await house();
      clock.advance(toHour(clock.now(), 12));
      await pending(journal, { quiet });
      const shownAt = clock.now();
      expect(await journal.proposal("p-1")).toMatchObject({
        expiresAt: shownAt + lifeMs,
        remindAt: shownAt + 19 * hourMs,
      });
      clock.advance(19 * hourMs - 1);
      expect(await journal.remindDue()).toEqual([]);
      clock.advance(1);
      expect(await journal.remindDue()).toHaveLength(1);
    });

    test("A18: what falls due while Nova is away is not said in the middle of the night", async () => {
      const { journal, clock, restart } = await house();
      clock.advance(toHour(clock.now(), 9));
      await pending(journal, { quiet });
      const shownAt = clock.now();
      clock.advance(14 * hourMs);
      const reopened = await restart();
      expect(await reopened.remindDue()).toEqual([]);
      expect((await reopened.proposal("p-1"))?.remindAt).toBe(shownAt + 22 * hourMs);
      clock.advance(8 * hourMs);
      expect(await reopened.remindDue()).toHaveLength(1);
      expect(await reopened.verifyAudit()).toMatchObject({ brokenAt: null });
    });

    test("A18: a card that ends before the morning is not reminded of", async () => {
      const { journal, clock } = await house();
      clock.advance(toHour(clock.now(), 20));
      await pending(journal, { stakes: "high", expireAfterMs: 8 * hourMs, quiet });
      expect((await journal.proposal("p-1"))?.remindAt).toBeNull();
    });

    test("A18: nobody is reminded of what was decided or is over", async () => {
      const { journal, clock } = await house();
      await pending(journal);
      clock.advance(lifeMs);
      expect(await journal.remindDue()).toEqual([]);
      expect(await journal.remind("p-1", notice)).toBe(false);
      await journal.expireDue();
      expect(await journal.remind("p-1", notice)).toBe(false);
      expect(await journal.nextDueAt()).not.toBeNull();
    });

    test("A21: with its last card a proposal is blocked, and what is said instead is due", async () => {
      const { journal } = await house();
      await journal.propose(proposalOf("p-1"), cardOf("p-1"));
      await journal.claimDue();
      const instead = draftOf("p-1:blocked");
      await journal.bury({ id: "card:p-1", why: "missing access", instead });
      await journal.bury({ id: "card:p-1", why: "missing access", instead });
      expect((await journal.proposal("p-1"))?.state).toBe("blocked");
      expect((await journal.claimDue()).map(({ id }) => id)).toEqual(["p-1:blocked"]);
      expect(await journal.stuck()).toEqual([]);
    });

    test("A21: a move can carry its notice, which is stored only with the move", async () => {
      const { journal } = await house();
      await pending(journal);
      const move = { from: ["pending"], to: "blocked", detail: "nobody is left", notice } as const;
      expect(await journal.settle("p-1", { ...move, from: ["approved"] })).toBe(false);
      expect(await journal.claimDue()).toEqual([]);
      expect(await journal.settle("p-1", move)).toBe(true);
      expect((await journal.claimDue()).map(({ id }) => id)).toContain("p-1:reminder");
    });

    test("A32: what was decided and left lying is handed out again, each time only after a while", async () => {
      const { journal, clock } = await house();
      await pending(journal);
      await journal.decide(voteOf("p-1"));
      expect(await journal.strandedDue()).toEqual([]);
      const due = (await journal.nextDueAt()) ?? 0;
      await journal
        .claimDue()
        .then(async ([card]) => journal.shown({ id: "card:p-1", rev: card?.rev ?? 0, platformId: "9001" }));
      clock.advance(((await journal.nextDueAt()) ?? 0) - clock.now());
      expect(due).toBeLessThanOrEqual(clock.now());
      expect((await journal.strandedDue()).map(({ id }) => id)).toEqual(["p-1"]);
      expect(await journal.strandedDue()).toEqual([]);
      expect((await journal.nextDueAt()) ?? 0).toBeGreaterThan(clock.now());
    });

    test("A18: a card that is held back is hung up once, when its time has come, also after a restart", async () => {
      const { journal, clock, restart } = await house();
      const showAt = clock.now() + 1_000;
      await journal.propose(proposalOf("p-1", { showAt }), null);
      await journal.propose(proposalOf("p-2", { approvers: ["Ada"] }), cardOf("p-2"));
      expect([await journal.showDue(), await journal.stuck()]).toEqual([[], []]);
      expect(await journal.recentCards(clock.now())).toEqual([
        { approvers: ["Ada"], at: clock.now() },
        { approvers: ["Kit", "Ada"], at: showAt },
      ]);
      const reopened = await restart();
      await reopened.recover();
      for (const { id, rev } of await reopened.claimDue()) await reopened.shown({ id, rev, platformId: id });
      expect(await reopened.nextDueAt()).toBe(showAt);
      clock.advance(1_000);
      expect((await reopened.showDue()).map(({ id }) => id)).toEqual(["p-1"]);
      await Promise.all([reopened.hang(cardOf("p-1")), reopened.hang(cardOf("p-1"))]);
      expect(await reopened.showDue()).toEqual([]);
      expect((await reopened.claimDue()).map(({ id }) => id)).toEqual(["card:p-1"]);
      await reopened.shown({ id: "card:p-1", rev: 1, platformId: "1" });
      expect(await reopened.proposal("p-1")).toMatchObject({ state: "pending", shownAt: clock.now() });
    });

    test("A32: nothing is stuck at any step of a proposal's life", async () => {
      const { journal, clock } = await house();
      const steps: (() => Promise<unknown>)[] = [
        async () => journal.propose(proposalOf("p-1"), cardOf("p-1")),
        async () => {
          for (const { id, rev } of await journal.claimDue())
            await journal.shown({ id, rev, platformId: id });
        },
        async () => journal.decide(voteOf("p-1")),
        async () => journal.beginExecute("p-1"),
        async () => journal.settle("p-1", { from: ["executing"], to: "unknown", detail: "no answer" }),
        async () => journal.settle("p-1", { from: ["unknown"], to: "applied", detail: "found" }),
      ];
      for (const step of steps) {
        await step();
        expect(await journal.stuck()).toEqual([]);
        const isOver = (await journal.proposal("p-1"))?.state === "applied";
        if (!isOver) expect(await journal.nextDueAt()).not.toBe(undefined);
        clock.advance(1);
      }
    });
  });
}
