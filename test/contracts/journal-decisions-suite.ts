// The part of the journal's contract about how people decide: every vote as it was cast, with the time that its card could
// be read.
import { describe, expect, test } from "vitest";
import { cardOf, proposalOf, voteOf } from "../support/journal-samples.ts";
import { houses } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

export function describeJournalDecisions(name: string, open: OpenJournal): void {
  describe(`${name}: decisions`, () => {
    const house = houses(open);

    test("A29: votes are listed from that time on, oldest first, with when their card was shown", async () => {
      const { journal, clock } = await house();
      const bring = async (id: string): Promise<number> => {
        await journal.propose(proposalOf(id, { minApprovals: 2 }), cardOf(id));
        for (const { id: post, rev } of await journal.claimDue())
          await journal.shown({ id: post, rev, platformId: post });
        return clock.now();
      };
      const first = await bring("p-1");
      clock.advance(4_000);
      await journal.decide(voteOf("p-1"));
      clock.advance(1_000);
      await journal.decide(voteOf("p-1", { person: "Ada", account: "discord:1003" }));
      clock.advance(1_000);
      const second = await bring("p-2");
      await bring("p-3");
      await journal.decide(voteOf("p-2", { decision: "reject", reason: "no" }));
      const all = [
        { person: "Kit", decision: "approve", at: first + 4_000, shownAt: first },
        { person: "Ada", decision: "approve", at: first + 5_000, shownAt: first },
        { person: "Kit", decision: "reject", at: second, shownAt: second },
      ];
      expect(await journal.decisions(0)).toEqual(all);
      expect(await journal.decisions(second)).toEqual(all.slice(2));
      expect(await journal.decisions(second + 1)).toEqual([]);
    });
  });
}
