// Votes as they were cast: a row that somebody wrote into the table, changed or took out would count or be missed when
// the next person votes, so the table must say exactly what the sealed audit rows say.
import { z } from "zod";
import { NovaFailure } from "../../src/failures.ts";
import type { Ledger } from "./ledger.ts";
import { fromJson } from "./shapes.ts";

const Cast = z.object({
  person: z.string(),
  account: z.string(),
  decision: z.string(),
  reason: z.string().nullable(),
  surface: z.string().nullable().default(null),
  insteadOf: z.string().nullable().default(null),
  at: z.number().int().optional(),
});
type Cast = z.infer<typeof Cast>;
/** `writtenAt`: when its row was written, for a vote from before its own time was sealed. */
type Sealed = Cast & { readonly writtenAt: number };
const writtenWithinMs = 1_000;
const inTable = {
  sql: `SELECT person, account, decision, reason, surface, instead_of AS insteadOf, at FROM vote
    WHERE proposal = ?1 ORDER BY person`,
  row: Cast,
};

/** Throws when the votes on a proposal are not those that were sealed. A person's last one counts. */
export function assertVotes({ store, audit }: Ledger, proposal: string): void {
  const sealed = new Map(
    audit.sealed(proposal, "vote").map(({ body, at }) => {
      const vote = fromJson(body, Cast);
      return [vote.person, { ...vote, writtenAt: at }] as const;
    }),
  );
  const cast = store.all(inTable, proposal);
  const isSame = cast.length === sealed.size && cast.every((vote) => sameAs(vote, sealed.get(vote.person)));
  if (!isSame)
    throw new NovaFailure(
      "audit.broken",
      `Proposal ${proposal}: its votes were changed outside Nova; nothing was executed.`,
    );
}

const sameAs = (vote: Cast, sealed: Sealed | undefined): boolean =>
  sealed !== undefined &&
  vote.account === sealed.account &&
  vote.decision === sealed.decision &&
  vote.reason === sealed.reason &&
  vote.surface === sealed.surface &&
  vote.insteadOf === sealed.insteadOf &&
  isAtTheTimeOf(vote, sealed);

const isAtTheTimeOf = ({ at = 0 }: Cast, sealed: Sealed): boolean =>
  sealed.at === undefined ? Math.abs(at - sealed.writtenAt) <= writtenWithinMs : at === sealed.at;
