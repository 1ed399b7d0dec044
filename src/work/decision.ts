// A press on a card. Who pressed comes from the platform's event; whether it counts is one compare-and-set in the
// journal; what follows is run by the one executing function. Losers are told calmly who was first.
import type { AuditTrouble } from "../approvals/audit-watch.ts";
import { insteadOf } from "../approvals/authority.ts";
import { cardIdOf } from "../cards/card-copies.ts";
import type { Draft } from "../message.ts";
import type { Directory } from "../people.ts";
import { strangerWords } from "../approvals/membership.ts";
import type { ApprovalPolicy } from "../approvals/policy.ts";
import type { Clock, Decided, Durable, Journal } from "../ports.ts";
import { say } from "../post.ts";
import { isWaitingToRun } from "../proposal.ts";
import type { ButtonAction, Proposal } from "../proposal.ts";
import { standingOf } from "../cards/standing.ts";
import { runWords, stateWords } from "../cards/state-words.ts";
import { isOpenRun } from "../runs/progress.ts";
import { pressBatch } from "./batch-decision.ts";
import { resultOf } from "./admission.ts";
import { barredWhy } from "./entitlement.ts";
import type { Entitling } from "./entitlement.ts";
import { receiptOf } from "./receipt.ts";
import { answered } from "./spoken.ts";
import { resultThere, tellThread } from "./elsewhere.ts";
import { isNonce, isWithdrawal, mayDecide, notYours, objectionTo, privately } from "./press-rules.ts";
import { isStop, withhold } from "./withholding.ts";
import { withdraw } from "./withdrawal.ts";
import type { ExecuteApproved } from "./execution.ts";
import { missingCodeWords, typedBesideCode } from "../approvals/web-code.ts";
import type { WebYes } from "../approvals/web-code.ts";
import type { Task } from "./work.ts";

export type DecisionDeps = {
  readonly journal: Journal;
  readonly directory: Directory;
  readonly roster: Entitling["roster"];
  readonly clock: Clock;
  readonly execute: ExecuteApproved;
  readonly durable: Durable;
  readonly auditTrouble: AuditTrouble;
  /** What a yes to high stakes on the local page takes besides. */
  readonly webCode?: string | undefined;
  readonly policy: Pick<ApprovalPolicy, "membershipOf">;
  /** Its cards show something else now: bring them up to date. */
  readonly onMoved: () => void;
};

export function createDecisionWorker(deps: DecisionDeps): (task: Task<"decision">) => Promise<Draft> {
  return async (task) => {
    const { action, words } = task.assignment;
    if (!isDecision(action)) throw new Error(`${action.kind} is no decision`);
    const proposal = await deps.journal.proposal(action.proposal);
    if (proposal === null)
      return answered(
        task,
        privately(task, `There is no proposal ${action.proposal}. \`approvals\` lists what waits.`),
      );
    const stranger = await strangerWords(deps.policy.membershipOf, task.message.account.id, proposal.project);
    if (stranger !== null) return answered(task, privately(task, stranger));
    if (isStop(action, proposal)) return withhold(deps, task, proposal);
    if (action.kind === "tick" || proposal.batch?.lead === proposal.id)
      return pressBatch(deps, task, proposal);
    if (isWithdrawal(deps.directory, proposal, task) && isItsButton(proposal, task))
      return withdraw(deps, task, proposal);
    const refusal = await refusalOf(deps, task, proposal);
    if (refusal !== null) return answered(task, privately(task, refusal));
    if (await isOrphan(deps.journal, proposal)) {
      deps.onMoved();
      return answered(task, privately(task, "Its pipeline run is over. Nothing was done."));
    }
    const decided = await deps.journal.decide({
      proposal: proposal.id,
      person: task.person.name,
      account: task.message.account.id,
      decision: action.kind === "approve" ? "approve" : "reject",
      reason: action.kind === "approve" ? null : words,
      typed: action.kind === "approve" ? typedBesideCode(webYesOf(deps, task, proposal)) : null,
      insteadOf: insteadOf(deps.directory, proposal, task.person.name),
    });
    return told(deps, task, decided);
  };
}

type DecisionAction = Extract<ButtonAction, { kind: "approve" | "reject" | "tick" | "withhold" }>;
const isDecision = (action: ButtonAction): action is DecisionAction =>
  action.kind === "approve" ||
  action.kind === "reject" ||
  action.kind === "tick" ||
  action.kind === "withhold";

async function told(deps: DecisionDeps, task: Task<"decision">, decided: Decided): Promise<Draft> {
  switch (decided.kind) {
    case "unknown":
      return answered(task, privately(task, "This proposal no longer exists. Nothing was done."));
    case "late":
      // Taken up again after a crash, it was this very press that decided: who pressed is owed its outcome.
      if (task.attempt > 1 && isOwnVote(decided.proposal, task)) return follow(deps, task, decided.proposal);
      return answered(task, privately(task, standingOf(decided.proposal, deps.clock.now())));
    case "counted":
      deps.onMoved();
      return answered(
        task,
        say(`${stateWords(decided.proposal)}: ${decided.proposal.prepared.summary}`, { kind: "receipt" }),
      );
    case "decided":
      deps.onMoved();
      return follow(deps, task, decided.proposal);
  }
}

/** A press can be quicker than the platform's receipt for the card: whoever pressed has seen it, so its clock starts now. */
async function adoptCard(journal: Journal, proposal: Proposal, task: Task<"decision">): Promise<Proposal> {
  const { body } = task.message;
  if (body.kind !== "press") return proposal;
  const id = task.button?.post ?? cardIdOf(proposal.id);
  await journal.shown({ id, rev: 0, platformId: body.onMessage });
  return (await journal.proposal(proposal.id)) ?? proposal;
}

/** A card that came while its run was being stopped: nobody would execute it. */
async function isOrphan(journal: Journal, proposal: Proposal): Promise<boolean> {
  const run = proposal.run === null ? null : await journal.run(proposal.run);
  if (run === null || isOpenRun(run)) return false;
  const from = ["proposed", "pending"] as const;
  return journal.settle(proposal.id, { from, to: "cancelled", detail: "its run is over" });
}

function isOwnVote(proposal: Proposal, { person, assignment }: Task<"decision">): boolean {
  const isRejection = proposal.state === "rejected";
  return proposal.decidedBy.includes(person.name) && isRejection === (assignment.action.kind === "reject");
}

const isItsButton = ({ approveNonce, rejectNonce }: Proposal, task: Task<"decision">): boolean =>
  isNonce(task, task.assignment.action.kind === "approve" ? approveNonce : rejectNonce);

const webYesOf = (
  { webCode }: DecisionDeps,
  { message, assignment }: Task<"decision">,
  { stakes }: Proposal,
): WebYes => ({ code: webCode, account: message.account.id, stakes, typed: assignment.words });

/** Why this press does not count, in a sentence for who pressed; null: it does, if it is in time. */
async function refusalOf(
  deps: DecisionDeps,
  task: Task<"decision">,
  proposal: Proposal,
): Promise<string | null> {
  if (!mayDecide(deps.directory, proposal, task)) return notYours(deps.directory, proposal, task.person.name);
  if (!isItsButton(proposal, task)) return "This button is no longer valid; nothing happened.";
  const { action } = task.assignment;
  const isApproval = action.kind === "approve";
  const isAsked = proposal.run === null && (proposal.state === "proposed" || proposal.state === "pending");
  const barred = isApproval && isAsked ? barredWhy(deps, proposal) : null;
  if (barred !== null) return `This can't be approved any more: ${barred}. Nothing was done.`;
  const trouble = isApproval ? await deps.auditTrouble() : null;
  if (trouble !== null) return trouble;
  const asked = proposal.state === "proposed" ? await adoptCard(deps.journal, proposal, task) : proposal;
  const yes = webYesOf(deps, task, asked);
  const objection = isApproval
    ? (objectionTo(asked, typedBesideCode(yes), deps.clock.now()) ?? missingCodeWords(yes))
    : null;
  if (objection !== null) return objection;
  const isOpen = task.attempt === 1 && asked.state === "pending";
  return isApproval && isOpen && asked.decidedBy.includes(task.person.name)
    ? `You have approved this already. ${stateWords(asked)}.`
    : null;
}

/** What was decided goes on record in the conversation as data too: its agents read it there. */
async function follow(deps: DecisionDeps, task: Task<"decision">, proposal: Proposal): Promise<Draft> {
  if (proposal.run !== null) {
    // The run itself executes: it reads the decision from the journal and goes on from there.
    await deps.durable.signal(`proposal:${proposal.id}`);
    const later = isWaitingToRun(proposal) ? `. ${runWords(proposal)}` : "";
    const words = `${proposal.state === "rejected" ? "Rejected" : "Approved"} by ${proposal.decidedBy.join(" and ")}${later}: ${proposal.prepared.summary}`;
    await tellThread(deps, task, { proposal, words });
    return answered(task, say(words, { kind: "receipt" }));
  }
  const ended =
    proposal.state === "approved" || proposal.state === "executing"
      ? await deps.execute(proposal.id)
      : proposal;
  await tellThread(deps, task, { proposal: ended, words: receiptOf(ended) });
  const receipt = answered(task, say(receiptOf(ended), { kind: "receipt" }));
  return { ...receipt, ...resultThere(task, ended, resultOf(ended)) };
}
