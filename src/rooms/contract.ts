// Room 6, check: a reply that breaks its agent's contract gets one repair with the validator's words, and then becomes
// a failure that the person sees. What passes here is something to show.
import { keepContract } from "../replies/contract.ts";
import type { JudgeReply, Kept } from "../replies/contract.ts";
import { withFileNotes } from "../files/file-notes.ts";
import { NovaFailure } from "../failures.ts";
import type { Assignment } from "../assignment.ts";
import type { Checked, Draft, Outcome, Waiting } from "../message.ts";
import { factOffers, footerOf } from "../replies/footer.ts";
import type { Usage } from "../pack.ts";
import type { Clock, Model } from "../ports.ts";
import { withHandOffLine } from "../replies/hand-off-line.ts";
import { say } from "../post.ts";
import type { Offer } from "../post.ts";
import type { Roster } from "../roster.ts";

type AgentAssignment = Extract<Assignment, { kind: "agent" }>;

export type ContractDeps = {
  readonly roster: Pick<Roster, "entries">;
  readonly model: Pick<Model, "id">;
  readonly clock: Pick<Clock, "now">;
  /** How far an answer is to be believed, with what finding out has cost; null: nothing is said of that. */
  readonly verify: (
    draft: Draft,
    reply: unknown,
  ) => Promise<{ readonly words: string; readonly usage: Usage } | null>;
  readonly judge?: JudgeReply | undefined;
};

export function createContractRoom(deps: ContractDeps): (draft: Draft) => Promise<Checked> {
  const check = createCheck(deps);
  return async (draft) => withHandOffLine(withFileNotes(await check(draft)));
}

function createCheck(deps: ContractDeps): (draft: Draft) => Promise<Checked> {
  const agents = deps.roster.entries.map(({ id }) => id);
  return async (draft) => {
    const { assignment, reply } = draft;
    if (reply.arm === "code") {
      return {
        ...draft,
        posts: reply.posts,
        outcome: outcomeOf(draft, reply.outcome),
        waiting: reply.waiting,
      };
    }
    if (assignment.kind !== "agent")
      throw new NovaFailure("contract.broken", `a ${assignment.kind} returned an agent's reply`);
    const redo = draft.redo ?? refuseRepair;
    const { kept, sound } = await keepContract(draft, {
      card: assignment.card,
      id: assignment.id,
      agents,
      asked: assignment.text,
      items: draft.pack.items,
      said: draft.pack.history.flatMap(({ asked, answered }) => [asked, answered]),
      redo,
      judge: deps.judge,
    });
    const verified = kept.kind === "fulfilled" ? await deps.verify(sound, kept.value) : null;
    if (verified === null) return present(deps, sound, { kept, assignment });
    const { words: verification, usage } = verified;
    return { ...present(deps, { ...sound, usage }, { kept, assignment, verification }), verification };
  };
}

async function refuseRepair(words: string): Promise<never> {
  throw new NovaFailure("contract.broken", words);
}

/** A question or a refusal takes back what was proposed on the way to it: nobody should approve half an intention. */
function present(
  deps: ContractDeps,
  draft: Draft,
  checked: { readonly kept: Kept; readonly assignment: AgentAssignment; readonly verification?: string },
): Checked {
  const { kept, assignment, verification = null } = checked;
  const signed = { ...assignment, modelId: deps.model.id, now: deps.clock.now(), verification };
  const footer = footerOf(draft, signed);
  switch (kept.kind) {
    case "fulfilled":
      return {
        ...draft,
        posts: [say(kept.value.answer, { footer, offers: factOffers(draft, kept.value) })],
        outcome: outcomeOf(draft, "answered"),
        waiting: null,
      };
    case "needs": {
      const waiting: Waiting = {
        kind: "input",
        agent: assignment.id,
        asked: kept.question,
        about: assignment.text,
      };
      return {
        ...draft,
        proposals: [],
        posts: [say(kept.question, { kind: "question", footer })],
        outcome: "asked",
        waiting,
      };
    }
    case "declined":
      return handOver(draft, { kept, assignment }, footer);
  }
}

type Declined = Extract<Kept, { kind: "declined" }>;

/** A refusal that names who should have it offers exactly that, as one button; whether that one takes it by itself is asked next. */
function handOver(
  draft: Draft,
  { kept, assignment }: { readonly kept: Declined; readonly assignment: AgentAssignment },
  footer: string,
): Checked {
  const { why, instead } = kept;
  if (instead === null)
    return { ...draft, proposals: [], posts: [say(why, { footer })], outcome: "answered", waiting: null };
  const { origin, id } = assignment;
  const offer: Offer = {
    label: `Ask ${instead}`,
    style: "primary",
    asks: null,
    action: {
      kind: "choose",
      turn: origin,
      agent: instead,
      passed: [...(draft.trail?.passed ?? []), id],
      ...partOf(draft),
    },
  };
  const waiting: Waiting = { kind: "clarification", turn: origin, options: [instead] };
  return {
    ...draft,
    proposals: [],
    posts: [say(why, { kind: "question", footer, offers: [offer] })],
    outcome: "asked",
    waiting,
    declined: { why, instead },
  };
}

/** Where only some words of a message were pressed on, only those go on. */
function partOf({ button }: Draft): { readonly words?: string } {
  const action = button?.action;
  return action?.kind === "choose" && action.words !== undefined ? { words: action.words } : {};
}

const outcomeOf = (draft: Draft, plain: Outcome): Outcome => (draft.proposals.length > 0 ? "waiting" : plain);
