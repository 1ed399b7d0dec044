// How far an answer is to be believed, where the evidence speaks against its agent: a second look where there is a reviewer,
// else a mark. It stands in the footer and is kept with the turn; no word of the answer changes, and nothing is allowed by it.
import { createJudge } from "../approvals/judgement.ts";
import type { ApprovalPolicy } from "../approvals/policy.ts";
import type { Draft } from "../message.ts";
import type { Usage } from "../pack.ts";
import type { Journal } from "../ports.ts";
import type { Stakes } from "../proposal.ts";
import { highestOf } from "../trust/measure.ts";
import type { Trust } from "../trust/trust.ts";
import { lookWords, markWords } from "../trust/mark-words.ts";
import { addUsage } from "./agent-loop.ts";
import { createSecondLook } from "./second-look.ts";
import type { SecondLookDeps } from "./second-look.ts";

/** What the footer says, and what the turn has cost with it. */
export type Verified = { readonly words: string; readonly usage: Usage };
/** Null: nothing speaks against the agent, and nothing is said. */
export type Verify = (draft: Draft, reply: unknown) => Promise<Verified | null>;

type Judging = { readonly policy: ApprovalPolicy; readonly journal: Pick<Journal, "lately"> };
type Deps = Judging & SecondLookDeps & { readonly trust: Pick<Trust, "doubtAt"> };

export function createVerification(deps: Deps): Verify {
  // The offline model extracts; it can't judge.
  const lookAgain = deps.model.isLanguageModel ? createSecondLook(deps) : null;
  return async (draft, reply) => {
    const { assignment } = draft;
    if (assignment.kind !== "agent") return null;
    const doubt = deps.trust.doubtAt(assignment.id, await stakesOf(deps, draft));
    if (doubt === null) return null;
    const mark = markWords(doubt);
    if (lookAgain === null) return { words: mark, usage: draft.usage };
    const look = await lookAgain(draft, { asked: assignment.text, reply });
    if (look === null) return { words: `${mark}; a second look failed`, usage: draft.usage };
    return { words: lookWords(look, mark), usage: addUsage(draft.usage, look.usage) };
  };
}

/** As its cards will say; words alone are low. Where nothing is proposed nothing is read. */
async function stakesOf({ policy, journal }: Judging, { project, proposals }: Draft): Promise<Stakes> {
  if (proposals.length === 0) return "low";
  const judge = await createJudge(policy, journal, { project: project?.id ?? null, drafts: proposals });
  return highestOf(proposals.map((one) => judge(one).stakes));
}
