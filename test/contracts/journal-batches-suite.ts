// Batches in the journal: one card for several proposals, ticks that outlive the process, and votes that commit together.
import { describe, expect, test } from "vitest";
import { batchNonce } from "../../src/approvals/batch.ts";
import { copyIdOf, copyOf, nonceOn } from "../../src/cards/card-copies.ts";
import type { BatchVote, Vote } from "../../src/ports/journal-rows.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { NewProposal } from "../../src/proposal.ts";
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

const ids = ["p-1", "p-2", "p-3"];
const pressed = (votes: readonly Vote[], unticked: readonly string[] = []): BatchVote => ({
  lead: "p-1",
  votes,
  unticked,
});
const item = (id: string, number: number): NewProposal =>
  proposalOf(id, { stakes: "low", batch: { lead: "p-1", number, size: ids.length } });

async function propose(journal: Journal): Promise<void> {
  const turn = await keepNext(journal, messageOf("m1"));
  const answer = answerOf(turn, { proposals: ids.map((id, at) => item(id, at + 1)) });
  await journal.finish(finishOf(turn, { answer, outbox: [{ ...cardOf("p-1"), id: "p-1:card" }] }));
}
const statesOf = async (journal: Journal): Promise<readonly string[]> =>
  (await journal.batch("p-1")).items.map(({ state }) => state);

export function describeJournalBatches(name: string, open: OpenJournal): void {
  describe(`${name}: batches`, () => {
    const house = houses(open);

    test("A16: the one card starts the clock of all, reminds of one, and nothing of it is stuck", async () => {
      const { journal, clock } = await house();
      await propose(journal);
      expect(await journal.stuck()).toEqual([]);
      expect(await journal.batch("p-2")).toEqual({ items: [], unticked: [] });
      await journal.shown({ id: "p-1:card", rev: 1, platformId: "1" });
      expect(await statesOf(journal)).toEqual(["pending", "pending", "pending"]);
      clock.advance(50_000_000);
      expect((await journal.remindDue()).map(({ id }) => id)).toEqual(["p-1"]);
      clock.advance(50_000_000);
      expect((await journal.expireDue()).map(({ state }) => state)).toEqual([
        "expired",
        "expired",
        "expired",
      ]);
    });

    test("A16: a tick is said, not toggled, gives its choice a button of its own, and outlives a restart", async () => {
      const { journal, restart } = await house();
      await propose(journal);
      await journal.shown({ id: "p-1:card", rev: 1, platformId: "1" });
      for (const _again of [1, 2]) expect((await journal.tick("p-2", false))?.id).toBe("p-2");
      expect((await journal.claimDue()).map(({ id }) => id)).toEqual(["p-1:card"]);
      const reopened = await restart();
      const { items, unticked } = await reopened.batch("p-1");
      expect([items.map(({ id }) => id), unticked]).toEqual([ids, ["p-2"]]);
      const [lead] = items;
      if (lead === undefined) throw new Error("the batch is gone");
      const press = {
        kind: "press" as const,
        onMessage: "1",
        words: null,
        nonce: batchNonce(lead, ["p-1", "p-3"]),
      };
      const turn = await keepNext(reopened, messageOf("m2", { body: press }));
      expect(turn.button).toMatchObject({ action: { kind: "approve", proposal: "p-1" }, platformId: "1" });
      expect((await reopened.tick("p-2", true))?.id).toBe("p-2");
      expect((await reopened.batch("p-1")).unticked).toEqual([]);
    });

    test("A20: a copy of its card gets the button of each choice too, under an id of its own", async () => {
      const { journal } = await house();
      await propose(journal);
      await journal.shown({ id: "p-1:card", rev: 1, platformId: "1" });
      const id = copyIdOf("p-1", "slack:T1/U2");
      await journal.hang(copyOf(cardOf("p-1"), { id, thread: "slack:T1/@U2:@U2" }));
      await journal.shown({ id, rev: 1, platformId: "D1:2" });
      await journal.tick("p-3", false);
      const [lead] = (await journal.batch("p-1")).items;
      if (lead === undefined) throw new Error("the batch is gone");
      const nonce = nonceOn(id, batchNonce(lead, ["p-1", "p-2"]));
      const body = { kind: "press" as const, onMessage: "D1:2", words: null, nonce };
      const turn = await keepNext(journal, messageOf("m2", { body }));
      expect(turn.button).toMatchObject({
        post: id,
        action: { kind: "approve", proposal: "p-1" },
        platformId: "D1:2",
      });
      // Both are drawn anew; where the card stands is its own thread.
      expect((await journal.claimDue()).map((row) => row.id).toSorted()).toEqual(["p-1:card", id]);
      expect(await journal.cardPlaces(["p-1"])).toEqual([
        { proposal: "p-1", thread: "discord:2001:2001", platformId: "1" },
      ]);
    });

    test("A20: a copy that can't be shown is told of, and the card itself goes on waiting", async () => {
      const { journal } = await house();
      await propose(journal);
      await journal.shown({ id: "p-1:card", rev: 1, platformId: "1" });
      const id = copyIdOf("p-1", "slack:T1/U2");
      await journal.hang(copyOf(cardOf("p-1"), { id, thread: "slack:T1/@U2:@U2" }));
      await journal.bury({ id, why: "cannot_dm_bot", instead: draftOf("told") });
      expect((await journal.claimDue()).map((row) => row.id)).toEqual(["told"]);
      expect(await statesOf(journal)).toEqual(["pending", "pending", "pending"]);
      expect(await journal.stuck()).toEqual([]);
    });

    test("A16: votes on several items commit together; what was decided can't be ticked", async () => {
      const { journal } = await house();
      await propose(journal);
      await journal.shown({ id: "p-1:card", rev: 1, platformId: "1" });
      const votes = [voteOf("p-1"), voteOf("p-2", { decision: "reject", reason: "left out" }), voteOf("p-3")];
      expect((await journal.decideBatch(pressed(votes)))?.map(({ kind }) => kind)).toEqual([
        "decided",
        "decided",
        "decided",
      ]);
      expect(await statesOf(journal)).toEqual(["approved", "rejected", "approved"]);
      expect(await journal.tick("p-2", true)).toBeNull();
      await expect(
        journal.decideBatch(pressed([voteOf("p-3", { person: "Mallory" })])),
      ).resolves.toMatchObject([{ kind: "late" }]);
      expect((await journal.verifyAudit()).brokenAt).toBeNull();
    });

    test("A16: what was ticked after the card was read is not decided by the press on it", async () => {
      const { journal } = await house();
      await propose(journal);
      await journal.shown({ id: "p-1:card", rev: 1, platformId: "1" });
      await journal.tick("p-2", false);
      const votes = ids.map((id) => voteOf(id));
      expect(await journal.decideBatch(pressed(votes))).toBeNull();
      expect(await journal.decideBatch(pressed(votes, ["p-3"]))).toBeNull();
      expect(await statesOf(journal)).toEqual(["pending", "pending", "pending"]);
      expect((await journal.verifyAudit()).brokenAt).toBeNull();
      expect(await journal.decideBatch(pressed([voteOf("p-1")], ["p-2"]))).toHaveLength(1);
    });

    test("A16: one vote that may not count takes the others of its press with it", async () => {
      const { journal } = await house();
      await propose(journal);
      await journal.shown({ id: "p-1:card", rev: 1, platformId: "1" });
      await expect(
        journal.decideBatch(pressed([voteOf("p-1"), voteOf("p-2", { person: "Mallory" })])),
      ).rejects.toThrow("not listed");
      expect(await statesOf(journal)).toEqual(["pending", "pending", "pending"]);
    });

    test("A16: a batch whose only card can't be delivered is blocked as a whole", async () => {
      const { journal } = await house();
      await propose(journal);
      await journal.bury({ id: "p-1:card", why: "missing access" });
      expect(await statesOf(journal)).toEqual(["blocked", "blocked", "blocked"]);
    });
  });
}
