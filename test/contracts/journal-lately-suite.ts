// The part of the journal's contract about what a project asked and did lately: by this the stakes of the next effect are
// judged, so nothing that may still happen is missing, and nothing that did not happen is in it.
import { describe, expect, test } from "vitest";
import { ProjectId } from "../../src/ids.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { ProposalState } from "../../src/proposal.ts";
import { cardOf, project, proposalOf, voteOf } from "../support/journal-samples.ts";
import { houses } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

const dayMs = 86_400_000;

/** Brings a fresh proposal to this state, the way that it takes in life. */
async function bring(journal: Journal, id: string, state: ProposalState): Promise<void> {
  await journal.propose(proposalOf(id), cardOf(id));
  if (state === "proposed") return;
  for (const row of await journal.claimDue())
    await journal.shown({ id: row.id, rev: row.rev, platformId: row.id });
  if (state === "pending") return;
  if (state === "rejected") {
    await journal.decide(voteOf(id, { decision: "reject" }));
    return;
  }
  await journal.decide(voteOf(id));
  if (state === "approved") return;
  if (state !== "cancelled" && state !== "stale") await journal.beginExecute(id);
  if (state === "executing") return;
  await journal.settle(id, { from: ["approved", "executing"], to: state, detail: "" });
}

export function describeJournalLately(name: string, open: OpenJournal): void {
  describe(`${name}: lately`, () => {
    const house = houses(open);
    const found = async (journal: Journal, since: number): Promise<readonly string[]> =>
      (await journal.lately(project, since)).map(({ id }) => id);

    test.each([
      ["proposed", true, true],
      ["pending", true, true],
      ["approved", true, true],
      ["executing", true, true],
      ["unknown", true, true],
      ["applied", true, false],
      ["partial", true, false],
      ["needs_human", true, false],
      ["rejected", false, false],
      ["cancelled", false, false],
      ["stale", false, false],
      ["failed", false, false],
      ["denied", false, false],
      ["not_applied", false, false],
    ] as const)("A3: %s counts on its day: %s, and later: %s", async (state, today, later) => {
      const { journal, clock } = await house();
      await bring(journal, "p-1", state);
      expect((await journal.proposal("p-1"))?.state).toBe(state);
      clock.advance(dayMs);
      expect(await found(journal, clock.now() - dayMs)).toEqual(today ? ["p-1"] : []);
      clock.advance(1);
      expect(await found(journal, clock.now() - dayMs)).toEqual(later ? ["p-1"] : []);
    });

    test("A3: each project, and what belongs to none, by itself", async () => {
      const { journal, clock } = await house();
      const other = ProjectId.parse("other");
      for (const [id, of] of [
        ["p-1", project],
        ["p-2", other],
        ["p-3", null],
      ] as const)
        await journal.propose(proposalOf(id, { project: of }), cardOf(id));
      expect(await found(journal, clock.now())).toEqual(["p-1"]);
      expect((await journal.lately(other, clock.now())).map(({ id }) => id)).toEqual(["p-2"]);
      expect((await journal.lately(null, clock.now())).map(({ id }) => id)).toEqual(["p-3"]);
    });
  });
}
