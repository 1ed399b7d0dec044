// What people decided lately, from the audit rows of their votes: those are sealed and never changed. Asked when somebody
// wants to see it, never for an answer; how far back is looked has an end, so a long chain costs no more.
import { z } from "zod";
import type { Journal } from "../../src/ports/journal.ts";
import type { Ledger } from "./ledger.ts";
import { fromJson } from "./shapes.ts";

const Cast = z.object({ person: z.string(), decision: z.enum(["approve", "reject"]) });
const reach = 20_000;
const votes = {
  sql: `SELECT a.body, a.at, p.shown_at FROM audit a JOIN proposal p ON p.id = a.subject
    WHERE a.seq > (SELECT COALESCE(MAX(seq), 0) FROM audit) - ${reach} AND a.kind = 'vote' AND a.at >= ?1 ORDER BY a.seq`,
  row: z.object({ body: z.string(), at: z.number().int(), shown_at: z.number().int().nullable() }),
};

export type DecisionsPart = Pick<Journal, "decisions">;
export const decisionsOf = ({ store }: Ledger): DecisionsPart => ({
  decisions: async (sinceMs) =>
    store
      .all(votes, sinceMs)
      .map(({ body, at, shown_at }) => ({ ...fromJson(body, Cast), at, shownAt: shown_at })),
});
