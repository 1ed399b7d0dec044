// How one proposal hangs on another in the journal: what was undone says so in the commit that undid it.
import { describe, expect, test } from "vitest";
import type { Journal } from "../../src/ports/journal.ts";
import type { NewProposal } from "../../src/proposal.ts";
import { cardOf, proposalOf, voteOf } from "../support/journal-samples.ts";
import { houses } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

async function apply(journal: Journal, proposal: NewProposal): Promise<void> {
  await journal.propose(proposal, cardOf(proposal.id));
  const [card] = await journal.claimDue();
  await journal.shown({ id: `card:${proposal.id}`, rev: card?.rev ?? 0, platformId: proposal.id });
  await journal.decide(voteOf(proposal.id));
  await journal.beginExecute(proposal.id);
  await journal.settle(proposal.id, { from: ["executing"], to: "applied", detail: "" });
  for (const row of await journal.claimDue())
    await journal.shown({ id: row.id, rev: row.rev, platformId: row.platformId ?? "" });
}
const undoing = (proposal: string): NewProposal["link"] => ({ undoes: { proposal, summary: "it" } });

export function describeJournalLinks(name: string, open: OpenJournal): void {
  describe(`${name}: linked proposals`, () => {
    const house = houses(open);

    test("A15: what was undone is compensated from the same commit on, and its card is redrawn", async () => {
      const { journal, restart } = await house();
      await apply(journal, proposalOf("p-1"));
      const undo = proposalOf("p-2", { link: undoing("p-1") });
      await journal.propose(undo, cardOf("p-2"));
      expect((await journal.proposal("p-1"))?.state).toBe("applied");
      const [card] = await journal.claimDue();
      await journal.shown({ id: "card:p-2", rev: card?.rev ?? 0, platformId: "2" });
      await journal.decide(voteOf("p-2"));
      await journal.beginExecute("p-2");
      await journal.claimDue();
      await journal.settle("p-2", { from: ["executing"], to: "applied", detail: "" });
      expect((await journal.claimDue()).map(({ id }) => id)).toContain("card:p-1");
      const reopened = await restart();
      expect(await reopened.proposal("p-1")).toMatchObject({ state: "compensated", outcomeDetail: "p-2" });
      expect(await reopened.proposal("p-2")).toMatchObject({ state: "applied", link: undoing("p-1") });
      expect((await reopened.verifyAudit()).brokenAt).toBeNull();
    });

    test("A11: what is asked in the place of a stale one commits with its end, once", async () => {
      const { journal, restart } = await house();
      await journal.propose(proposalOf("p-1"), cardOf("p-1"));
      const link = {
        replaces: { proposal: "p-1", why: "it changed", differences: ["total: approved 1, now 2"] },
      };
      const next = { proposal: proposalOf("p-2", { link }), card: cardOf("p-2") };
      const move = { from: ["proposed"], to: "stale", detail: "it changed", next } as const;
      expect(await journal.settle("p-1", { ...move, from: ["approved"] })).toBe(false);
      expect(await journal.proposal("p-2")).toBeNull();
      expect(await journal.settle("p-1", move)).toBe(true);
      expect(await journal.settle("p-1", move)).toBe(false);
      expect((await journal.claimDue()).map(({ id }) => id)).toContain("card:p-1");
      const reopened = await restart();
      expect(await reopened.proposal("p-2")).toMatchObject({ state: "proposed", link });
      expect((await reopened.proposals({})).map(({ id, state }) => [id, state])).toEqual([
        ["p-1", "stale"],
        ["p-2", "proposed"],
      ]);
    });

    test("A10: finds the newest proposal of exactly a command, in its channel only, whatever its state", async () => {
      const { journal, restart } = await house();
      const { commandHash, thread } = proposalOf("p-1");
      expect(await journal.lastProposal(thread, { commandHash })).toBeNull();
      await journal.propose(proposalOf("p-1"), cardOf("p-1"));
      await journal.settle("p-1", { from: ["proposed"], to: "cancelled", detail: "" });
      await journal.propose(proposalOf("p-2", { commandHash: "another" }), cardOf("p-2"));
      await journal.propose(proposalOf("p-3", { thread: "discord:2002:2002" }), cardOf("p-3"));
      const reopened = await restart();
      expect(await reopened.lastProposal(thread, { commandHash })).toMatchObject({
        id: "p-1",
        state: "cancelled",
      });
      expect((await reopened.lastProposal("discord:2001:9999", { commandHash }))?.id).toBe("p-1");
      expect((await reopened.lastProposal("discord:2002:2002", { commandHash }))?.id).toBe("p-3");
      expect(await reopened.lastProposal(thread, { commandHash: "never" })).toBeNull();
    });

    test("A10: finds the same wish of another day, whatever its hash", async () => {
      const { journal } = await house();
      const { thread } = proposalOf("p-1");
      await journal.propose(proposalOf("p-1", { commandHash: "monday", sameness: "wish" }), cardOf("p-1"));
      const asked = { commandHash: "tuesday", sameness: "wish" };
      expect((await journal.lastProposal(thread, asked))?.id).toBe("p-1");
      expect(await journal.lastProposal(thread, { ...asked, sameness: "another" })).toBeNull();
    });

    test("A15: an undoing that failed, or of what was never done, leaves the other one as it was", async () => {
      const { journal } = await house();
      await apply(journal, proposalOf("p-1"));
      await journal.propose(proposalOf("p-3"), cardOf("p-3"));
      await journal.propose(proposalOf("p-2", { link: undoing("p-1") }), cardOf("p-2"));
      await journal.settle("p-2", { from: ["proposed"], to: "failed", detail: "no" });
      expect((await journal.proposal("p-1"))?.state).toBe("applied");
      await apply(journal, proposalOf("p-4", { link: undoing("p-3") }));
      expect((await journal.proposal("p-3"))?.state).toBe("proposed");
      expect(await journal.settle("p-1", { from: ["applied"], to: "failed", detail: "" })).toBe(false);
    });
  });
}
