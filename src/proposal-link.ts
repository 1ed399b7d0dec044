// How one proposal hangs on another: it undoes one that was applied, or asks again in the place of one that went stale.
// Stored in its sealed row by code; no model can claim it.
import { z } from "zod";

export const ProposalLink = z.discriminatedUnion("kind", [
  /** Once this is applied, the other one is `compensated`. `summary`: what the other one did. */
  z.strictObject({ kind: z.literal("undoes"), proposal: z.string(), summary: z.string() }),
  /** `differences`: what was approved and what it would be now; empty: the same, asked again for another reason. */
  z.strictObject({
    kind: z.literal("replaces"),
    proposal: z.string(),
    why: z.string(),
    differences: z.array(z.string()),
  }),
]);
export type ProposalLink = z.infer<typeof ProposalLink>;

/** A card is read on a phone: what does not fit is under Details. */
const shownDifferences = 3;

/** What its card says of it, beside its own checks. `isWhole`: under Details, where there is room. */
export function linkLines(link: ProposalLink | undefined, isWhole = false): readonly string[] {
  if (link === undefined) return [];
  if (link.kind === "undoes") return [`↩ undoes ${link.proposal}: ${link.summary}`];
  const { differences } = link;
  const shown = isWhole ? differences : differences.slice(0, shownDifferences);
  const left = differences.length - shown.length;
  return [
    `⟳ asks again in place of ${link.proposal}: ${link.why}`,
    ...shown.map((difference) => `≠ ${difference}`),
    ...(left === 0 ? [] : [`≠ … and ${left} more differences under Details`]),
  ];
}
