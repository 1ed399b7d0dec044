// How one proposal hangs on others: it undoes one that was applied, or asks again in the place of one that went stale.
// Stored in its sealed row by code; no model can claim it.
import { z } from "zod";

export const ProposalLink = z.strictObject({
  /** Once this is applied, the other one is `compensated`. `summary`: what the other one did. */
  undoes: z.strictObject({ proposal: z.string(), summary: z.string() }).optional(),
  /** `differences`: what was asked for and what it would be now; empty: the same, asked again for another reason. */
  replaces: z
    .strictObject({ proposal: z.string(), why: z.string(), differences: z.array(z.string()) })
    .optional(),
});
export type ProposalLink = z.infer<typeof ProposalLink>;

/** So often a run asks again for the same step; what is outdated once more ends it. A person's own request has no such end, because each time it is a person who approves. */
export const askedAgainInRun = 3;

/** A card is read on a phone: what does not fit is under Details. */
const shownDifferences = 2;

/** What its card says of it, beside its own checks. `isWhole`: under Details, where there is room. */
export function linkLines(link: ProposalLink | undefined, isWhole = false): readonly string[] {
  const { undoes, replaces } = link ?? {};
  const differences = replaces?.differences ?? [];
  const room = undoes === undefined ? shownDifferences : shownDifferences - 1;
  const shown = isWhole || differences.length === room + 1 ? differences : differences.slice(0, room);
  const left = differences.length - shown.length;
  return [
    ...(undoes === undefined ? [] : [`↩ undoes ${undoes.proposal}: ${undoes.summary}`]),
    ...(replaces === undefined ? [] : [`⟳ asked again in place of ${replaces.proposal}: ${replaces.why}`]),
    ...shown.map((difference) => `≠ ${difference}`),
    ...(left === 0 ? [] : [`≠ … and ${left} more differences under Details`]),
  ];
}
