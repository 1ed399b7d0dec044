// A press on a batch: ticking, or the one yes and no for everything that is ticked. The yes is bound to exactly the items
// that its card showed as ticked; each of them is then executed, or not, by itself.
import { batchNonce, tickedOf } from "../approvals/batch.ts";
import { endsOf } from "../cards/batch-card.ts";
import { cardIdOf } from "../cards/card-copies.ts";
import type { Draft } from "../message.ts";
import type { Batch, Decided, Vote } from "../ports.ts";
import { say } from "../post.ts";
import type { Proposal } from "../proposal.ts";
import { standingOf } from "../cards/standing.ts";
import { stateWords } from "../cards/state-words.ts";
import { resultOf } from "./admission.ts";
import type { DecisionDeps } from "./decision.ts";
import { resultThere, tellThread } from "./elsewhere.ts";
import { isNonce, isWithdrawal, mayDecide, notYours, privately } from "./press-rules.ts";
import { answered } from "./spoken.ts";
import { withdrawBatch } from "./withdrawal.ts";
import type { Task } from "./work.ts";

type Press = Task<"decision">;

const chosenAnew =
  "The choice has changed since: look at the card and approve what it shows now. Nothing was done.";

/** `item` is the one to tick; anything else is decided through the batch's first item, which stands for all. */
export async function pressBatch(deps: DecisionDeps, task: Press, item: Proposal): Promise<Draft> {
  const { action } = task.assignment;
  const no = (why: string): Draft => answered(task, privately(task, why));
  const batch = await deps.journal.batch(item.batch?.lead ?? item.id);
  const [lead] = batch.items;
  if (lead === undefined) return no("This batch no longer exists. Nothing was done.");
  if (isWithdrawal(deps.directory, lead, task) && isItsButton(batch, lead, task))
    return withdrawBatch(deps, task, batch.items);
  if (!mayDecide(deps.directory, lead, task)) return no(notYours(deps.directory, lead, task.person.name));
  if (action.kind === "tick") return tick(deps, task, { item, isTicked: action.isTicked });
  if (!isItsButton(batch, lead, task)) return no(chosenAnew);
  const trouble = action.kind === "approve" ? await deps.auditTrouble() : null;
  if (trouble !== null) return no(trouble);
  if (lead.state === "proposed" && task.message.body.kind === "press")
    await deps.journal.shown({
      id: task.button?.post ?? cardIdOf(lead.id),
      rev: 0,
      platformId: task.message.body.onMessage,
    });
  // As they stand now, and ticked as the button was judged by.
  const { unticked } = batch;
  const { items } = await deps.journal.batch(lead.id);
  const votes = votesOf(task, { items, unticked });
  const decided = await deps.journal.decideBatch({ lead: lead.id, unticked, votes });
  if (decided === null) return no(chosenAnew);
  const isNew = decided.some(({ kind }) => kind === "decided");
  const counted = decided.find(({ kind }) => kind === "counted");
  if (!isNew && counted !== undefined) return countedFor(deps, task, { before: items, counted });
  if (!isNew && task.attempt === 1) return no(standingOf(lead, deps.clock.now()));
  deps.onMoved();
  return follow(deps, task, lead.id);
}

type Tick = { readonly item: Proposal; readonly isTicked: boolean };

async function tick(deps: DecisionDeps, task: Press, { item, isTicked }: Tick): Promise<Draft> {
  const ticked = await deps.journal.tick(item.id, isTicked);
  if (ticked === null) return answered(task, privately(task, standingOf(item, deps.clock.now())));
  deps.onMoved();
  // The card itself shows it; a line per tick would bury it.
  const isTyped = task.message.body.kind !== "press";
  const words = `No. ${item.batch?.number ?? 0} is ${isTicked ? "ticked" : "left out"}.`;
  return isTyped ? answered(task, privately(task, words)) : answered(task);
}

/** The buttons are bound by the sealed row and by what is ticked; who types, has one card and one screen. */
function isItsButton(batch: Batch, lead: Proposal, task: Press): boolean {
  const ids = tickedOf(batch).map(({ id }) => id);
  const isApproval = task.assignment.action.kind === "approve";
  return isNonce(task, isApproval ? batchNonce(lead, ids) : lead.rejectNonce);
}

function votesOf({ person, message, assignment }: Press, batch: Batch): readonly Vote[] {
  const { action, words } = assignment;
  const base = { person: person.name, account: message.account.id };
  const open = batch.items.filter(({ state }) => state === "pending");
  return open.map(({ id: proposal }) => {
    if (action.kind !== "approve") return { ...base, proposal, decision: "reject", reason: words };
    return batch.unticked.includes(proposal)
      ? { ...base, proposal, decision: "reject", reason: "left out" }
      : { ...base, proposal, decision: "approve", reason: null };
  });
}

type Counted = { readonly before: readonly Proposal[]; readonly counted: Decided };

/** It takes more than this yes: nothing runs yet, and the card says who is still to decide. */
function countedFor(deps: DecisionDeps, task: Press, { before, counted }: Counted): Draft {
  if (counted.kind === "unknown") return answered(task, privately(task, chosenAnew));
  const { proposal } = counted;
  const isAgain = before.some(
    ({ id, decidedBy }) => id === proposal.id && decidedBy.includes(task.person.name),
  );
  if (isAgain && task.attempt === 1)
    return answered(task, privately(task, `You have approved this already. ${stateWords(proposal)}.`));
  deps.onMoved();
  const text = `${stateWords(proposal)}: ${before.length} × ${proposal.effect}`;
  return answered(task, say(text, { kind: "receipt" }));
}

/** One after the other: what one of them changes, the next one sees. */
async function follow(deps: DecisionDeps, task: Press, lead: string): Promise<Draft> {
  const { items } = await deps.journal.batch(lead);
  const ended: Proposal[] = [];
  for (const item of items) {
    const isToRun = item.state === "approved" || item.state === "executing";
    ended.push(isToRun ? await deps.execute(item.id) : item);
  }
  const asked = ended.filter(({ state }) => state === "stale").length;
  const more = asked === 0 ? "" : " What changed meanwhile is asked again, each on a card of its own.";
  const text = `${endsOf(ended)}: ${ended.length} × ${ended[0]?.effect ?? ""}.${more}`;
  const [first] = ended;
  if (first !== undefined) await tellThread(deps, task, { proposal: first, words: text });
  const result = ended.map((item) => resultOf(item)).join("\n");
  const there = first === undefined ? { result } : resultThere(task, first, result);
  return { ...answered(task, say(text, { kind: "receipt" })), ...there };
}
