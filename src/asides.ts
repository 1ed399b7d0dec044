// The workers behind thumbs and small buttons, furnished in one place: none of them asks a model.
import type { Parts } from "./parts.ts";
import type { ApprovalPolicy } from "./approvals/policy.ts";
import { createReplacement } from "./approvals/replacement.ts";
import type { AgentWorkDeps } from "./work/agent.ts";
import { createEditWorker } from "./work/edit.ts";
import { createFactWorker } from "./work/fact-word.ts";
import { createDetailsWorker } from "./work/proposal-details.ts";
import { createRatingWorker } from "./work/rating.ts";
import { createRerunWorker } from "./work/rerun.ts";
import { createUndoWorker } from "./work/undo.ts";
import type { Proposal } from "./proposal.ts";
import { standingOf } from "./cards/standing.ts";
import type { Workers } from "./work/work.ts";

type Desk = {
  readonly parts: Parts;
  readonly work: Pick<AgentWorkDeps, "memoryOf">;
  readonly policy: ApprovalPolicy;
  readonly onMoved: () => void;
};

export function createAsides({
  parts,
  work,
  policy,
  onMoved,
}: Desk): Pick<Workers, "rating" | "fact" | "details" | "edit" | "undo" | "rerun"> {
  const { journal, clock } = parts;
  const standing = (proposal: Proposal): string => standingOf(proposal, clock.now());
  return {
    rating: createRatingWorker(journal),
    fact: createFactWorker({ ...parts, ...work }),
    details: createDetailsWorker(parts),
    edit: createEditWorker({ ...parts, replace: createReplacement(journal, policy), onMoved, standing }),
    undo: createUndoWorker({ ...parts, standing }),
    rerun: createRerunWorker(parts),
  };
}
