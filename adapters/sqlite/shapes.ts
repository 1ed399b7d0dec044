// What the journal stored as JSON, parsed again on the way out: a file on disk is untrusted until its shape is known.
import { z } from "zod";
import { AccountId, ProjectId, ThreadId } from "../../src/ids.ts";
import { Waiting } from "../../src/message.ts";
import type { Route } from "../../src/assignment.ts";
import type { Pack } from "../../src/pack.ts";
import { ProposalLink } from "../../src/proposal-link.ts";
import type { NewProposal } from "../../src/proposal.ts";
import type { RunStep } from "../../src/ports/journal-rows.ts";

/** A JSON text as a value of `shape`. Throws when the text or the shape is broken. */
export function fromJson<T>(text: string, shape: z.ZodType<T>): T {
  const raw: unknown = JSON.parse(text);
  return shape.parse(raw);
}

/** Open questions by the account that was asked. A file from before knew one per thread and not whose: that is asked anew. */
export const OpenQuestions: z.ZodType<Readonly<Record<string, Waiting>>> = z.union([
  z.record(z.string(), Waiting),
  Waiting.transform(() => ({})),
]);

const Prepared = z.strictObject({
  command: z.strictObject({
    connector: z.string(),
    instance: z.string(),
    op: z.string(),
    args: z.record(z.string(), z.json()),
  }),
  summary: z.string(),
  changes: z.array(
    z.strictObject({
      record: z.string(),
      label: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
  deltas: z.array(
    z.strictObject({
      record: z.string(),
      label: z.string(),
      delta: z.string(),
      before: z.string(),
      after: z.string(),
    }),
  ),
  guards: z.array(z.strictObject({ check: z.string(), isMet: z.boolean(), detail: z.string() })),
  warnings: z.array(z.string()),
  versionTokens: z.record(z.string(), z.string()),
  risk: z.strictObject({
    amountCents: z.number().nullable(),
    currency: z.string().nullable(),
    isReversible: z.boolean(),
    isExternal: z.boolean(),
    records: z.number(),
    party: z.string().nullable().optional(),
    isNewParty: z.boolean().optional(),
  }),
  undo: z.string().nullable(),
});
const QuietHours = z.strictObject({ from: z.string(), to: z.string(), timeZone: z.string() });
const Stakes = z.enum(["low", "medium", "high"]);

/** The part of a proposal that never changes after it was stored; `approvers` is never empty. */
export const ProposalBody: z.ZodType<NewProposal> = z.strictObject({
  id: z.string().min(1),
  effect: z.string(),
  agent: z.string(),
  prepared: Prepared,
  declaredStakes: Stakes,
  agentWords: z.string().nullable(),
  input: z.record(z.string(), z.json()).optional(),
  link: ProposalLink.optional(),
  turn: z.string().nullable(),
  run: z.string().nullable(),
  project: ProjectId.nullable(),
  thread: ThreadId,
  requester: z.string(),
  requesterAccount: AccountId,
  commandHash: z.string(),
  sameness: z.string().optional(),
  effectHash: z.string(),
  stakes: Stakes,
  minApprovals: z.number().int().min(1),
  approvers: z.array(z.string()).min(1),
  policyVersion: z.string(),
  expireAfterMs: z.number().int().positive(),
  because: z.array(z.string()).optional(),
  escalateTo: z.array(z.string()).optional(),
  quiet: z.strictObject({ place: QuietHours.nullable(), people: z.array(QuietHours) }).optional(),
  waitMs: z.number().int().positive().optional(),
  showAt: z.number().int().optional(),
  approveNonce: z.string(),
  rejectNonce: z.string(),
  batch: z.strictObject({ lead: z.string(), number: z.number().int(), size: z.number().int() }).optional(),
});

export const RouteBody: z.ZodType<Route> = z.strictObject({
  stage: z.string(),
  reasons: z.array(z.string()),
  candidates: z.array(z.strictObject({ agent: z.string(), probability: z.number() })),
});

export const PackBody: z.ZodType<Pack> = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      source: z.string(),
      at: z.number().nullable(),
      label: z.enum(["current", "unverified", "stale", "superseded", "disputed"]),
      text: z.string(),
    }),
  ),
  history: z.array(
    z.strictObject({
      person: z.string(),
      asked: z.string(),
      answered: z.string(),
      agent: z.string().nullable(),
      at: z.number(),
    }),
  ),
  tokens: z.number(),
  dropped: z.array(z.strictObject({ id: z.string(), why: z.string() })),
});

export const RunSteps: z.ZodType<RunStep[]> = z.array(
  z.strictObject({
    name: z.string(),
    state: z.enum(["running", "waiting", "done", "failed"]),
    at: z.number().int(),
    detail: z.string(),
  }),
);
