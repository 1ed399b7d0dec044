// The approvals part of the journal's contract: every move is one compare-and-set, one audit row, one redraw.
import { describe, expect, test } from "vitest";
import type { Journal } from "../../src/ports/journal.ts";
import type { Decided } from "../../src/ports/journal-rows.ts";
import type { NewProposal, ProposalState } from "../../src/proposal.ts";
import {
  answerOf,
  cardOf,
  draftOf,
  finishOf,
  messageOf,
  proposalOf,
  threadOf,
  voteOf,
} from "../support/journal-samples.ts";
import { houses, keepNext } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

/** Proposed in a turn and confirmed on the platform: waiting for its approvers. */
async function pending(journal: Journal, changes: Partial<NewProposal> = {}): Promise<void> {
  const turn = await keepNext(journal, messageOf("m1"));
  const answer = answerOf(turn, { outcome: "waiting", proposals: [proposalOf("p-1", changes)] });
  const { deliveries } = await journal.finish(finishOf(turn, { answer, outbox: [cardOf("p-1")] }));
  await journal.shown({ id: "card:p-1", rev: deliveries[0]?.rev ?? 0, platformId: "9001" });
}

async function stateOf(journal: Journal): Promise<ProposalState | null> {
  return (await journal.proposal("p-1"))?.state ?? null;
}

export function describeJournalApprovals(name: string, open: OpenJournal): void {
  describe(`${name}: approvals`, () => {
    const house = houses(open);

    test("a proposal waits, and its clock runs, from its first confirmed card on", async () => {
      const { journal, clock } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      const answer = answerOf(turn, { proposals: [proposalOf("p-1")] });
      const cards = [cardOf("p-1"), draftOf("card:p-1:2", { content: { kind: "card", proposal: "p-1" } })];
      await journal.finish(finishOf(turn, { answer, outbox: cards }));
      expect(await journal.proposal("p-1")).toMatchObject({ state: "proposed", expiresAt: null });
      expect((await journal.decide(voteOf("p-1"))).kind).toBe("late");
      clock.advance(500);
      const expiresAt = clock.now() + 86_400_000;
      await journal.shown({ id: "card:p-1", rev: 1, platformId: "1" });
      clock.advance(500);
      await journal.shown({ id: "card:p-1:2", rev: 1, platformId: "2" });
      expect(await journal.proposal("p-1")).toMatchObject({ state: "pending", expiresAt });
      // Half of its time is over before its end: somebody is reminded then.
      expect(await journal.nextDueAt()).toBe(expiresAt - 43_200_000);
    });

    test("one approval decides; the same again is a redelivery, anything later is late", async () => {
      const { journal, clock } = await house();
      await pending(journal);
      const decided = await journal.decide(voteOf("p-1"));
      expect(decided).toMatchObject({
        kind: "decided",
        proposal: { state: "approved", decidedBy: ["Kit"], decidedAt: clock.now() },
      });
      expect((await journal.decide(voteOf("p-1"))).kind).toBe("decided");
      const late = [
        voteOf("p-1", { decision: "reject", reason: "no" }),
        voteOf("p-1", { person: "Ada" }),
        voteOf("p-1", { person: "Ada", decision: "reject" }),
      ];
      for (const vote of late) expect((await journal.decide(vote)).kind).toBe("late");
      expect(await journal.beginExecute("p-1")).toBe(true);
      expect((await journal.decide(voteOf("p-1"))).kind).toBe("late");
      expect((await journal.decide(voteOf("nobody"))).kind).toBe("unknown");
    });

    test("a rejection keeps its reason, and nothing can be executed after it", async () => {
      const { journal } = await house();
      await pending(journal);
      const vote = voteOf("p-1", { person: "Ada", decision: "reject", reason: "wrong customer" });
      expect(await journal.decide(vote)).toMatchObject({
        kind: "decided",
        proposal: { state: "rejected", reason: "wrong customer", decidedBy: ["Ada"] },
      });
      expect(await journal.beginExecute("p-1")).toBe(false);
      expect((await journal.decide(vote)).kind).toBe("decided");
    });

    test("two people at once make two votes; any rejection rejects", async () => {
      const { journal } = await house();
      await pending(journal, { minApprovals: 2 });
      const [kit, again] = await Promise.all([journal.decide(voteOf("p-1")), journal.decide(voteOf("p-1"))]);
      expect([kit.kind, again.kind]).toEqual(["counted", "counted"]);
      expect(await journal.proposal("p-1")).toMatchObject({ state: "pending", decidedBy: ["Kit"] });
      const votes: Decided[] = await Promise.all([
        journal.decide(voteOf("p-1", { person: "Ada" })),
        journal.decide(voteOf("p-1", { decision: "reject" })),
      ]);
      expect(votes.map(({ kind }) => kind)).toEqual(["decided", "late"]);
      expect(await journal.proposal("p-1")).toMatchObject({ state: "approved", decidedBy: ["Kit", "Ada"] });
    });

    test("a changed mind before the last vote rejects", async () => {
      const { journal } = await house();
      await pending(journal, { minApprovals: 2 });
      await journal.decide(voteOf("p-1"));
      expect((await journal.decide(voteOf("p-1", { decision: "reject", reason: "wait" }))).kind).toBe(
        "decided",
      );
      expect(await stateOf(journal)).toBe("rejected");
    });

    test("somebody who is not listed can't vote, and nobody listed can't be proposed to", async () => {
      const { journal } = await house();
      await pending(journal);
      await expect(journal.decide(voteOf("p-1", { person: "Mallory" }))).rejects.toThrow("not listed");
      expect(await stateOf(journal)).toBe("pending");
      await expect(journal.propose(proposalOf("p-2", { approvers: [] }), cardOf("p-2"))).rejects.toThrow();
      expect(await journal.proposal("p-2")).toBeNull();
    });

    test("nobody decides after its time, before and after it was moved to expired", async () => {
      const { journal, clock } = await house();
      await pending(journal);
      clock.advance(86_400_000 - 1);
      expect(await journal.expireDue()).toEqual([]);
      clock.advance(1);
      expect(await journal.decide(voteOf("p-1"))).toMatchObject({
        kind: "late",
        proposal: { state: "pending" },
      });
      expect((await journal.expireDue()).map(({ id, state }) => [id, state])).toEqual([["p-1", "expired"]]);
      expect(await journal.expireDue()).toEqual([]);
      expect((await journal.decide(voteOf("p-1"))).kind).toBe("late");
      expect(await journal.beginExecute("p-1")).toBe(false);
    });

    test("exactly one hand begins to execute, and an end is never left", async () => {
      const { journal } = await house();
      await pending(journal);
      await journal.decide(voteOf("p-1"));
      const hands = await Promise.all([1, 2, 3].map(async () => journal.beginExecute("p-1")));
      expect(hands.filter(Boolean)).toHaveLength(1);
      const move = { from: ["executing"], to: "unknown", detail: "time out" } as const;
      expect(await journal.settle("p-1", move)).toBe(true);
      expect(await journal.settle("p-1", move)).toBe(false);
      const found = { from: ["unknown"], to: "applied", detail: "read back" } as const;
      expect(await journal.settle("p-1", found)).toBe(true);
      expect(await journal.settle("p-1", { from: ["applied"], to: "failed", detail: "no" })).toBe(false);
      expect(await journal.proposal("p-1")).toMatchObject({ state: "applied", outcomeDetail: "read back" });
      expect(await journal.settle("nobody", found)).toBe(false);
    });

    test("what an effect left behind is kept with its end, sealed, and outlasts a later look", async () => {
      const { journal } = await house();
      await pending(journal);
      await journal.decide(voteOf("p-1"));
      await journal.beginExecute("p-1");
      const result = { ids: ["INV-1", "SO-1"], tookMs: 1_200 };
      await journal.settle("p-1", { from: ["executing"], to: "unknown", detail: "time out", result });
      await journal.settle("p-1", { from: ["unknown"], to: "applied", detail: "read back" });
      expect(await journal.proposal("p-1")).toMatchObject({ state: "applied", result });
      expect((await journal.trail("p-1")).at(-1)?.body).toContain('"result":{"ids":["INV-1","SO-1"]');
      expect(await journal.verifyAudit()).toMatchObject({ brokenAt: null });
    });

    test("every move makes every card due again, in place", async () => {
      const { journal } = await house();
      await pending(journal);
      expect(await journal.claimDue()).toEqual([]);
      await journal.decide(voteOf("p-1"));
      const [redraw] = await journal.claimDue();
      expect(redraw).toMatchObject({ id: "card:p-1", rev: 2, platformId: "9001" });
      await journal.beginExecute("p-1");
      expect(await journal.claimDue()).toEqual([]);
      await journal.shown({ id: "card:p-1", rev: 2, platformId: "9001" });
      expect((await journal.claimDue()).map(({ rev }) => rev)).toEqual([3]);
    });

    test("a proposal whose last card can't be delivered is blocked, and somebody is told", async () => {
      const { journal } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      const second = draftOf("card:p-1:2", {
        thread: threadOf("b"),
        content: { kind: "card", proposal: "p-1" },
      });
      const answer = answerOf(turn, { proposals: [proposalOf("p-1")] });
      await journal.finish(finishOf(turn, { answer, outbox: [cardOf("p-1"), second] }));
      await journal.bury({ id: "card:p-1", why: "missing access" });
      expect(await stateOf(journal)).toBe("proposed");
      await journal.bury({ id: "card:p-1:2", why: "no such channel" });
      expect(await stateOf(journal)).toBe("blocked");
      const kinds = (await journal.failures(9)).map(({ kind, turn: of }) => [kind, of]);
      expect(kinds).toEqual([
        ["delivery.failed", null],
        ["delivery.failed", null],
      ]);
      expect((await journal.figures()).dead).toBe(2);
    });

    test("a card that was shown once still lets people decide when its redraw is given up", async () => {
      const { journal } = await house();
      await pending(journal, { minApprovals: 2 });
      await journal.decide(voteOf("p-1"));
      await journal.claimDue();
      await journal.bury({ id: "card:p-1", why: "edit refused" });
      expect(await stateOf(journal)).toBe("pending");
      expect((await journal.decide(voteOf("p-1", { person: "Ada" }))).kind).toBe("decided");
    });

    test("a run's step proposes once however often it is repeated", async () => {
      const { journal } = await house();
      const proposal = proposalOf("p-1", { turn: null, run: "r1" });
      await Promise.all([1, 2].map(async () => journal.propose(proposal, cardOf("p-1"))));
      await journal.propose(proposal, cardOf("p-1"));
      expect((await journal.claimDue()).map(({ id }) => id)).toEqual(["card:p-1"]);
      expect((await journal.verifyAudit()).rows).toBe(1);
    });

    test("finds proposals by project and state", async () => {
      const { journal } = await house();
      await journal.propose(proposalOf("p-1"), cardOf("p-1"));
      await journal.propose(proposalOf("p-2", { project: null }), cardOf("p-2"));
      const ids = async (filter: Parameters<Journal["proposals"]>[0]) =>
        (await journal.proposals(filter)).map(({ id }) => id);
      expect(await ids({})).toEqual(["p-1", "p-2"]);
      expect(await ids({ project: proposalOf("x").project })).toEqual(["p-1"]);
      expect(await ids({ project: null, states: ["proposed", "pending"] })).toEqual(["p-2"]);
      expect(await ids({ states: ["pending"] })).toEqual([]);
      expect(await ids({ states: [] })).toEqual([]);
    });

    test("after a restart, what was decided and not finished is handed back as it was stored", async () => {
      const { journal, restart } = await house();
      await pending(journal);
      await journal.decide(voteOf("p-1"));
      const before = await journal.proposal("p-1");
      const reopened = await restart();
      expect((await reopened.recover()).proposals).toEqual([before]);
      expect(before).toMatchObject(proposalOf("p-1"));
      await reopened.beginExecute("p-1");
      expect((await (await restart()).recover()).proposals.map(({ state }) => state)).toEqual(["executing"]);
    });

    test("each proposal's moves and votes are one audit row each, in a chain that verifies", async () => {
      const { journal } = await house();
      await pending(journal, { minApprovals: 2 });
      await journal.decide(voteOf("p-1"));
      await journal.decide(voteOf("p-1"));
      await journal.decide(voteOf("p-1", { person: "Ada" }));
      await journal.beginExecute("p-1");
      await journal.settle("p-1", { from: ["executing"], to: "applied", detail: "ok" });
      // proposed, pending, two votes, approved, executing, applied
      expect(await journal.verifyAudit()).toEqual({ rows: 7, brokenAt: null, why: null });
    });
  });
}
