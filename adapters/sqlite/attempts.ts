// How often an effect was sent and when last. Read from the audit rows, like how long an outcome is unknown: it survives a
// restart and can't be shortened by whoever writes the file.
import { z } from "zod";
import type { Attempt, AttemptsJournal } from "../../src/ports/journal-attempts.ts";
import { beginEffect } from "./effect-rows.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Ledger } from "./ledger.ts";
import { readProposal, transition } from "./proposals.ts";
import { fromJson } from "./shapes.ts";

const moves = {
  sql: "SELECT at, body FROM audit WHERE subject = ?1 AND kind = 'proposal' ORDER BY seq",
  row: z.object({ at: z.number().int(), body: z.string() }),
};
const Body = z.looseObject({ now: z.looseObject({ state: z.string() }) });

export function attemptsOf(ledger: Ledger, { commit }: GroupCommit): AttemptsJournal {
  return {
    attempt: async (id) => attemptOf(ledger, id),
    beginAgain: async (id) => commit(() => begin(ledger, id, ["executing", "unknown"])),
  };
}

function attemptOf({ store }: Ledger, id: string): Attempt | null {
  const begun = store.all(moves, id).filter(({ body }) => fromJson(body, Body).now.state === "executing");
  const last = begun.at(-1);
  return last === undefined ? null : { number: begun.length, intentAt: last.at };
}

/** Inside a commit: the intent is stored with the move, so that nothing stands between it and the send. */
export function begin(ledger: Ledger, id: string, from: readonly string[]): boolean {
  const proposal = readProposal(ledger, id);
  if (proposal === null || !from.includes(proposal.state)) return false;
  transition(ledger, proposal, { to: "executing" });
  beginEffect(ledger, id);
  return true;
}
