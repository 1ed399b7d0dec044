// Every journal's audit chain: whole, in order, complete enough to rebuild what it is about, and provable before every deed.
import { afterEach, describe, expect, test } from "vitest";
import type { Journal } from "../../src/ports.ts";
import type { ActionList } from "../../src/ports/erp-record.ts";
import { replay } from "../support/audit-replay.ts";
import { cardOf, factOf, project, proposalOf, voteOf } from "../support/journal-samples.ts";
import type { JournalHouse } from "./journal-suite.ts";

export function describeJournalAudit(name: string, open: () => Promise<JournalHouse>): void {
  const houses: JournalHouse[] = [];
  const house = async (): Promise<JournalHouse> => {
    const opened = await open();
    houses.push(opened);
    return opened;
  };
  afterEach(async () => {
    for (const opened of houses.splice(0)) await opened.close();
  });

  /** A proposal in each of several states, as a busy day leaves them. */
  async function busyDay(journal: Journal): Promise<void> {
    for (const id of ["p-open", "p-voted", "p-no", "p-done", "p-lost", "p-unseen"])
      await journal.propose(proposalOf(id, { minApprovals: id === "p-voted" ? 2 : 1 }), cardOf(id));
    for (let due = await journal.claimDue(); due.length > 0; due = await journal.claimDue())
      for (const { id, rev } of due)
        if (id !== "card:p-unseen") await journal.shown({ id, rev, platformId: id });
    await journal.decide(voteOf("p-voted"));
    await journal.decide(voteOf("p-no", { decision: "reject", reason: "too dear" }));
    for (const id of ["p-done", "p-lost"]) {
      await journal.decide(voteOf(id));
      await journal.beginExecute(id);
    }
    await journal.settle("p-done", { from: ["executing"], to: "applied", detail: "SO-7 is confirmed" });
    await journal.settle("p-lost", { from: ["executing"], to: "unknown", detail: "no answer" });
    await journal.remember(factOf("f-1", "the yard closes at five"));
    await journal.vouch(project, "f-1", { by: "Kit", at: 1_767_600_100_000 });
  }
  const exported = async (journal: Journal, limit: number): Promise<string> => {
    const lines: string[] = [];
    for (let page = await journal.auditRows(0, limit); page.length > 0;) {
      lines.push(...page.map((row) => JSON.stringify(row)));
      page = await journal.auditRows(page.at(-1)?.seq ?? 0, limit);
    }
    return lines.join("\n");
  };

  describe(`audit chain on ${name}`, () => {
    test("A14 replaying its rows gives where every proposal stands, also after a restart", async () => {
      const { journal, restart } = await house();
      await busyDay(journal);
      const reopened = await restart();
      const replayed = replay(await exported(reopened, 100));
      const stored = await reopened.proposals({});
      expect(stored.map(({ state }) => state).sort()).toEqual(
        ["applied", "pending", "pending", "proposed", "rejected", "unknown"].sort(),
      );
      for (const { id, state, expiresAt, decidedBy, decidedAt, reason, outcomeDetail } of stored)
        expect(replayed.get(id)).toEqual({ state, expiresAt, decidedBy, decidedAt, reason, outcomeDetail });
      expect(replayed.size).toBe(stored.length);
    });

    test("A14 the first row of a proposal says what was asked and who may decide, by hash and by name", async () => {
      const { journal } = await house();
      await journal.propose(proposalOf("p-1"), cardOf("p-1"));
      const [row] = await journal.auditRows(0, 1);
      const { commandHash, effectHash, approvers, stakes, minApprovals } = proposalOf("p-1");
      const asked = { commandHash, effectHash, approvers, stakes, minApprovals };
      expect(JSON.parse(row?.body ?? "{}")).toMatchObject(asked);
    });

    test("rows come in order, in pages of any size, and none twice", async () => {
      const { journal } = await house();
      await busyDay(journal);
      const whole = await exported(journal, 1_000);
      expect(await exported(journal, 1)).toBe(whole);
      expect(await exported(journal, 7)).toBe(whole);
      expect(await journal.auditRows((await journal.verifyAudit()).rows, 10)).toEqual([]);
    });

    test("a proof before a deed says what a whole look says, while the chain grows and after a restart", async () => {
      const { journal, restart } = await house();
      expect(await journal.proveAudit()).toEqual({ rows: 0, brokenAt: null, why: null });
      await busyDay(journal);
      const first = await journal.proveAudit();
      expect(first).toEqual(await journal.verifyAudit());
      await journal.propose(proposalOf("p-new"), cardOf("p-new"));
      const second = await journal.proveAudit();
      expect(second.rows).toBe(first.rows + 1);
      expect(await (await restart()).proveAudit()).toEqual(second);
    });

    test("A14 the list of an ERP that joined is part of every look: taken in once, held against what was done since", async () => {
      const { journal, restart } = await house();
      await journal.propose(proposalOf("p-before"), cardOf("p-before"));
      let known: readonly string[] = [];
      const list = (fault: string | null): ActionList => ({
        connector: "embedded",
        end: () => ({ rows: 4, chain: "end" }),
        fault: (adopted, done) => {
          known = [...known, `after ${adopted.rows}`, ...done()];
          return fault;
        },
      });
      const { adopted, seal, leave } = journal.joinErp("main", list(null));
      expect(adopted).toEqual({ rows: 4, chain: "end" });
      const other = journal.joinErp("other", list(null));
      expect(other.seal(["x"])).not.toBe(seal(["x"]));
      other.leave();
      await busyDay(journal);
      expect(await journal.verifyAudit()).toMatchObject({ brokenAt: null });
      expect(known).toEqual(["after 4", "p-done"]);
      leave();
      const later = await restart();
      const again = later.joinErp("main", { ...list("its third row is missing"), end: () => null });
      expect([again.adopted, again.seal(["x"])]).toEqual([adopted, seal(["x"])]);
      const why = "in the ERP “main”, its third row is missing";
      expect(await later.verifyAudit()).toMatchObject({ why });
      expect(await later.proveAudit()).toMatchObject({ why });
      await expect(later.acceptAudit()).rejects.toThrow(/its third row/u);
      again.leave();
      expect(await later.proveAudit()).toMatchObject({ brokenAt: null });
      expect((await later.trail("erp:main")).map(({ kind }) => kind)).toEqual(["erp.adopted"]);
      expect(later.joinErp("third", { ...list(null), end: () => null }).adopted).toBeNull();
      expect((await later.verifyAudit()).why).toMatch(/“third”, its list of actions was changed before/u);
    });

    test("to accept a chain that is sound changes nothing", async () => {
      const { journal } = await house();
      await busyDay(journal);
      const before = await journal.verifyAudit();
      expect(await journal.acceptAudit()).toEqual(before);
    });
  });
}
