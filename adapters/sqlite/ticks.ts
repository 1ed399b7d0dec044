// What is left out of a batch decides what its one yes covers, so each choice is a row of the audit chain: the table must say
// exactly what the newest of them says.
import { z } from "zod";
import { NovaFailure } from "../../src/failures.ts";
import type { Proposal } from "../../src/proposal.ts";
import type { Ledger } from "./ledger.ts";
import { record } from "./proposals.ts";
import { fromJson } from "./shapes.ts";

/** Kind of the audit rows. */
const tick = "tick";
const Said = z.looseObject({ isTicked: z.boolean(), lead: z.string() });
const leftOut = {
  sql: "SELECT lead FROM unticked WHERE proposal = ?1",
  row: z.object({ lead: z.string() }),
};

/** Inside the commit that changes the table. */
export function recordTick(ledger: Ledger, item: Proposal, isTicked: boolean): void {
  const note = { isTicked, lead: item.batch?.lead ?? item.id };
  record(ledger, { id: item.id, kind: tick, note, now: item });
}

/** Throws when the choice was changed outside Nova. */
export function assertTicks({ store, audit }: Ledger, proposal: string): void {
  const last = audit.sealed(proposal, tick).at(-1);
  const said = last === undefined ? null : fromJson(last.body, Said);
  const expected = said === null || said.isTicked ? null : said.lead;
  if ((store.get(leftOut, proposal)?.lead ?? null) === expected) return;
  throw new NovaFailure(
    "audit.broken",
    `Proposal ${proposal}: what is left out of its batch was changed outside Nova; nothing was executed.`,
  );
}
