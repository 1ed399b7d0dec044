// How far an answer is to be believed, where the evidence speaks against its agent: a second look where there is a reviewer,
// else a mark. The same for an answer of its own, a part of a plan and a step of a run; no word of the answer changes, and
// nothing is allowed by it.
import { createJudge } from "../approvals/judgement.ts";
import type { ApprovalPolicy } from "../approvals/policy.ts";
import { billOf } from "../budget-lines.ts";
import type { ProjectId } from "../ids.ts";
import type { Draft } from "../message.ts";
import type { Usage } from "../pack.ts";
import type { Journal } from "../ports.ts";
import type { ProposalDraft, Stakes } from "../proposal.ts";
import { highestOf } from "../trust/measure.ts";
import type { Trust } from "../trust/trust.ts";
import { lookWords, markWords } from "../trust/mark-words.ts";
import { addUsage, noUsage } from "./agent-loop.ts";
import { createSecondLook } from "./second-look.ts";
import type { LookedAt, SecondLookDeps } from "./second-look.ts";

/** What is said of it, and what finding out has cost. */
export type Verified = { readonly words: string; readonly usage: Usage };
export type ToVerify = LookedAt & {
  readonly agent: string;
  readonly project: ProjectId | null;
  readonly proposals: readonly ProposalDraft[];
};
/** Null: nothing speaks against the agent, and nothing is said. */
export type Verify = (answer: ToVerify) => Promise<Verified | null>;

type Judging = { readonly policy: ApprovalPolicy; readonly journal: Pick<Journal, "lately"> };
type Deps = Judging & SecondLookDeps & { readonly trust: Pick<Trust, "doubtAt"> };

export function createVerification(deps: Deps): Verify {
  // The offline model extracts; it can't judge.
  const lookAgain = deps.model.isLanguageModel ? createSecondLook(deps) : null;
  return async (answer) => {
    const doubt = deps.trust.doubtAt(answer.agent, await stakesOf(deps, answer));
    if (doubt === null) return null;
    const mark = markWords(doubt);
    if (lookAgain === null) return { words: mark, usage: noUsage };
    const look = await lookAgain(answer);
    if (look === null) return { words: `${mark}; a second look failed`, usage: noUsage };
    return { words: lookWords(look, mark), usage: look.usage };
  };
}

/** Of a turn's own answer: what is said of it, and what the turn has cost with it. */
export type VerifyDraft = (draft: Draft, reply: unknown) => Promise<Verified | null>;

export const verifyingDrafts =
  (verify: Verify, signalOf: (turn: string) => AbortSignal): VerifyDraft =>
  async (draft, reply) => {
    const { assignment, project, proposals, pack, seen, usage } = draft;
    if (assignment.kind !== "agent") return null;
    const verified = await verify({
      agent: assignment.id,
      asked: assignment.text,
      reply,
      project: project?.id ?? null,
      proposals,
      items: pack.items,
      seen,
      bill: billOf(draft),
      within: signalOf(draft.id),
    });
    return verified === null ? null : { ...verified, usage: addUsage(usage, verified.usage) };
  };

/** As its cards will say; words alone are low. Where nothing is proposed nothing is read. */
async function stakesOf({ policy, journal }: Judging, { project, proposals }: ToVerify): Promise<Stakes> {
  if (proposals.length === 0) return "low";
  const judge = await createJudge(policy, journal, { project, drafts: proposals });
  return highestOf(proposals.map((one) => judge(one).stakes));
}
