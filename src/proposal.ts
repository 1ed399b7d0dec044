// An effect waiting for a person, from the draft an agent makes to the row in the journal.
// What an approval binds is the canonical command and its effects, by hash.
import { z } from "zod";
import { boundBy, boundVersion } from "./bound.ts";
import { canonicalHash } from "./canonical.ts";
import type { EffectResult, ErpCommand, JsonObject, Prepared } from "./ports/erp.ts";
import type { AccountId, ProjectId, ThreadId } from "./ids.ts";
import type { QuietTimes } from "./quiet-hours.ts";
import type { ProposalLink } from "./proposal-link.ts";

export { ButtonAction, Mark } from "./button-action.ts";

export type Stakes = "low" | "medium" | "high";

export const ProposalState = z.enum([
  "proposed",
  "pending",
  "blocked",
  "approved",
  "rejected",
  "expired",
  "cancelled",
  "superseded",
  "executing",
  "applied",
  "failed",
  "stale",
  "denied",
  "needs_ack",
  "partial",
  "unknown",
  "not_applied",
  "needs_human",
  "compensated",
]);
export type ProposalState = z.infer<typeof ProposalState>;

/** States in which nothing more will happen by itself; only `applied` is left again, for `compensated`. */
export const terminalStates: ReadonlySet<ProposalState> = new Set<ProposalState>([
  "blocked",
  "rejected",
  "expired",
  "cancelled",
  "superseded",
  "applied",
  "failed",
  "stale",
  "denied",
  "needs_ack",
  "partial",
  "not_applied",
  "needs_human",
  "compensated",
]);

/** What an agent proposed and the ERP prepared; not yet judged, not yet stored. */
export type ProposalDraft = {
  /** Derived from turn or run + step + ordinal, never random: it is the action id at the ERP. */
  readonly id: string;
  readonly effect: string;
  readonly agent: string;
  readonly prepared: Prepared;
  readonly declaredStakes: Stakes;
  readonly agentWords: string | null;
  /** What the effect was asked with, as its schema parsed it; absent in proposals from before, which can't be edited. */
  readonly input?: JsonObject | undefined;
  /** The proposal that this one undoes or takes the place of. */
  readonly link?: ProposalLink | undefined;
};

export type NewProposal = ProposalDraft & {
  readonly turn: string | null;
  readonly run: string | null;
  readonly project: ProjectId | null;
  readonly thread: ThreadId;
  readonly requester: string;
  readonly requesterAccount: AccountId;
  readonly commandHash: string;
  /** What makes it the same wish as one of another day; absent in what an older Nova stored. */
  readonly sameness?: string | undefined;
  readonly effectHash: string;
  readonly stakes: Stakes;
  /** Why its stakes are high, where its own figures do not show it; absent: they do. */
  readonly because?: readonly string[] | undefined;
  readonly minApprovals: number;
  /** Names of people; never empty. */
  readonly approvers: readonly string[];
  readonly policyVersion: string;
  readonly expireAfterMs: number;
  /** When nobody is to be disturbed with it, as the config had it when it was asked; absent: never. */
  readonly quiet?: QuietTimes | undefined;
  /** It runs so long after its approval, and can be stopped until then; absent: at once. */
  readonly waitMs?: number | undefined;
  /** Its card is held back until then, epoch ms; absent: it is shown at once. */
  readonly showAt?: number | undefined;
  /** Who may decide too once half of its time is over and nobody has; absent: nobody more. */
  readonly escalateTo?: readonly string[] | undefined;
  readonly approveNonce: string;
  readonly rejectNonce: string;
  /** One of several small ones on one card: `lead` is the first of them, whose card it is; `number` counts from 1. */
  readonly batch?: { readonly lead: string; readonly number: number; readonly size: number } | undefined;
};

/** The journal's row. */
export type Proposal = NewProposal & {
  readonly state: ProposalState;
  /** Set when the first card is confirmed on a platform; the clock starts there. */
  readonly expiresAt: number | null;
  readonly decidedBy: readonly string[];
  readonly decidedAt: number | null;
  readonly reason: string | null;
  readonly outcomeDetail: string | null;
  /** When its first card was confirmed on a platform, epoch ms. */
  readonly shownAt?: number | null;
  /** When whoever may decide is to be reminded; null: never, or done. */
  readonly remindAt?: number | null;
  /** When they were reminded; from then on `escalateTo` may decide too. */
  readonly escalatedAt?: number | null;
  /** Approved, and not to run before then, epoch ms; null: it has no such wait. */
  readonly runAt?: number | null;
  readonly result?: EffectResult | null;
};

/** Approved, with a wait before it runs: until it is begun it can be stopped. */
export const isWaitingToRun = ({ state, runAt = null }: Proposal): boolean =>
  state === "approved" && runAt !== null;

/** Machines agree on the time to about this. */
const clockSlackMs = 60_000;

/** Approved at a time that has not come yet: the clock was set back since, so nobody can say how old the approval is. */
export const isApprovedAhead = ({ decidedAt }: Pick<Proposal, "decidedAt">, now: number): boolean =>
  (decidedAt ?? 0) > now + clockSlackMs;

/** Whom the stored row lets decide as it stands; whether they still may is asked of the config apart. */
export const namedIn = ({ approvers, escalateTo = [], escalatedAt = null }: Proposal): readonly string[] =>
  escalatedAt === null ? approvers : [...new Set([...approvers, ...escalateTo])];

export function commandHashOf(command: ErpCommand): string {
  return canonicalHash({
    v: 1,
    connector: command.connector,
    instance: command.instance,
    op: command.op,
    args: command.args,
  });
}

/** Deltas, document values, the words and figures of the card, the ERP's warnings and the records' versions are bound; absolute values of shared figures are shown but not bound (they age by themselves). */
export function effectHashOf(prepared: Prepared): string {
  const { command, ...rest } = boundBy(prepared);
  return canonicalHash({ v: boundVersion, commandHash: commandHashOf(command), ...rest });
}

/** What asks again in the place of this one: derived, so that the same stale proposal is never asked again twice. */
export const successorOf = (id: string): string => proposalIdOf(`in place of ${id}`, 0);

/** What comes of an earlier proposal belongs to its project, whatever the place where somebody asked for it; within that project it goes there. */
export function placeIn(
  { project, thread }: Place,
  asked: { readonly project: ProjectId | null; readonly thread: ThreadId },
): Place {
  return { project, thread: asked.project === project ? asked.thread : thread };
}
type Place = Pick<NewProposal, "project" | "thread">;

/** Short id that a person can type, e.g. `p-3fa2c1d0`. */
export function proposalIdOf(origin: string, ordinal: number): string {
  return `p-${canonicalHash([origin, ordinal]).slice(0, 10)}`;
}
