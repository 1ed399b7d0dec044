// The part of the journal's contract that trust is measured by: what people judged, as it stands now, and no more than that.
import { describe, expect, test } from "vitest";
import type { EvidenceKind, Journal } from "../../src/ports.ts";
import { successorOf } from "../../src/proposal.ts";
import type { NewProposal } from "../../src/proposal.ts";
import { answerOf, cardOf, finishOf, messageOf, proposalOf, voteOf } from "../support/journal-samples.ts";
import { houses, keepNext } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

export function describeJournalTrust(name: string, open: OpenJournal): void {
  const house = houses(open);

  async function asked(journal: Journal, id: string, changes: Partial<NewProposal> = {}): Promise<void> {
    await journal.propose(proposalOf(id, changes), cardOf(id));
    for (const { id: post, rev } of await journal.claimDue())
      await journal.shown({ id: post, rev, platformId: post });
  }
  const kinds = async (journal: Journal, since = 0): Promise<Record<string, EvidenceKind>> =>
    Object.fromEntries(
      (await journal.evidence(since)).map(({ key, kind }) => [key.replace("proposal ", ""), kind]),
    );

  describe(`${name}: evidence`, () => {
    test("a yes and a no are judgements of the agent with their stakes and time; what is open is none", async () => {
      const { journal, clock } = await house();
      await asked(journal, "p-1");
      await asked(journal, "p-2", { stakes: "high", agent: "erp/payments" });
      await asked(journal, "p-3");
      clock.advance(1_000);
      const at = clock.now();
      await journal.decide(voteOf("p-1"));
      await journal.decide(voteOf("p-2", { decision: "reject", reason: "no" }));
      expect(await journal.evidence(0)).toEqual([
        { key: "proposal p-1", agent: "erp/sales", kind: "approved", stakes: "medium", at },
        { key: "proposal p-2", agent: "erp/payments", kind: "rejected", stakes: "high", at },
      ]);
      expect(await journal.evidence(at + 1)).toEqual([]);
    });

    test("an effect that failed is not its agent's fault; half a yes, an end by time and a withdrawal say nothing", async () => {
      const { journal, clock } = await house();
      for (const id of ["p-1", "p-2", "p-3"])
        await asked(journal, id, id === "p-3" ? { minApprovals: 2 } : {});
      await journal.decide(voteOf("p-1"));
      await journal.beginExecute("p-1");
      await journal.settle("p-1", { from: ["executing"], to: "failed", detail: "the ERP is down" });
      await journal.settle("p-2", { from: ["pending"], to: "cancelled", detail: "taken back" });
      await journal.decide(voteOf("p-3"));
      clock.advance(86_400_001);
      await journal.expireDue();
      expect(await kinds(journal)).toEqual({ "p-1": "approved", "p-2": "none", "p-3": "none" });
    });

    test("an edit judges what was edited, and what a person made of it judges nobody", async () => {
      const { journal } = await house();
      await asked(journal, "p-1");
      const next = { proposal: proposalOf("p-2"), card: cardOf("p-2") };
      await journal.settle("p-1", { from: ["pending"], to: "superseded", detail: "p-2", next });
      for (const { id, rev } of await journal.claimDue()) await journal.shown({ id, rev, platformId: id });
      await journal.decide(voteOf("p-2"));
      expect(await kinds(journal)).toEqual({ "p-1": "edited" });
    });

    test("what code asked again counts once, as it was decided in the end; what undoes another is no wish of the agent's", async () => {
      const { journal } = await house();
      await asked(journal, "p-1");
      const again = successorOf("p-1");
      const link = { replaces: { proposal: "p-1", why: "the policy changed", differences: [] } };
      await journal.settle("p-1", { from: ["pending"], to: "superseded", detail: again });
      await asked(journal, again, { link });
      await asked(journal, "p-9", { link: { undoes: { proposal: "p-0", summary: "an order" } } });
      expect(await kinds(journal)).toEqual({ "p-1": "none" });
      await journal.decide(voteOf(again, { decision: "reject", reason: "no" }));
      await journal.decide(voteOf("p-9"));
      expect(await kinds(journal)).toEqual({ "p-1": "rejected", "p-9": "none" });
    });

    test("a thumb counts as it stands, also when it is taken back, and outlives a restart", async () => {
      const { journal, restart } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      await journal.finish(finishOf(turn, { answer: answerOf(turn) }));
      const vote = {
        turn: "m1",
        person: "Kit",
        account: "discord:1001",
        mark: "down",
        change: "press",
      } as const;
      await journal.rate({ ...vote, by: "r1" });
      const [first] = await journal.evidence(0);
      expect(first).toMatchObject({ agent: "chat/general", kind: "down", stakes: "low" });
      await journal.rate({ ...vote, by: "r2" });
      expect(await (await restart()).evidence(0)).toMatchObject([{ key: first?.key, kind: "none" }]);
    });
  });
}
