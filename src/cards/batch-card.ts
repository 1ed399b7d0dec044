// Draws a batch: one line per item with its tick or its outcome, the total and the largest. Like every card, from the
// journal's rows and never from model text.
import { amountOf, batchNonce, tickedOf, tickNonce } from "../approvals/batch.ts";
import { canonicalHash } from "../canonical.ts";
import { itemWords } from "./card-effects.ts";
import { detailsButton, termsOf, undoButton } from "./card.ts";
import { moneyWords } from "./money-words.ts";
import type { Batch } from "../ports.ts";
import type { Post, PostButton } from "../post.ts";
import { terminalStates } from "../proposal.ts";
import type { Proposal, ProposalState } from "../proposal.ts";
import { idWords } from "./result-words.ts";
import { stateWords } from "./state-words.ts";

/** Of the first item, in the title; its own line says all of it. */
const titleLimit = 110;

/** `isUndoable`: it was done, and its ERP knows a command that undoes it. */
type IsUndoable = (item: Proposal) => boolean;

export function drawBatch(
  batch: Batch,
  clockNow: number,
  isUndoable: IsUndoable = (): boolean => false,
): Post {
  const { items } = batch;
  const [lead] = items;
  if (lead === undefined) throw new Error("A batch without items can't be drawn.");
  const isOpen = items.some(isWaiting);
  const ticked = tickedOf(batch);
  return {
    kind: "card",
    text: "",
    card: {
      proposal: lead.id,
      title: titleOf(items),
      effects: items.map((item) => lineOf(item, !batch.unticked.includes(item.id))),
      checks: checksOf(items, isOpen ? ticked : items.filter(({ state }) => state === "applied")),
      terms: termsOf(lead, clockNow),
      requestedBy: lead.requester,
      agent: lead.agent,
      agentWords: lead.agentWords,
      fingerprint: canonicalHash(ticked.map(({ effectHash }) => effectHash)).slice(0, 8),
      state: isOpen ? stateWords(items.find(isWaiting) ?? lead) : endsOf(items),
      isOpen,
    },
    buttons: [
      ...(isOpen ? openButtons(batch, lead) : []),
      ...(items.every(isOver) && items.some(isUndoable) ? [undoButton(lead)] : []),
      detailsButton(lead),
    ],
    footer: null,
    only: null,
  };
}

const isWaiting = ({ state }: Proposal): boolean => state === "proposed" || state === "pending";

/** What is still being checked ends later, and keeps nobody from undoing the others. */
const isOver = ({ state }: Proposal): boolean => state === "unknown" || terminalStates.has(state);

/** `addNote` > "add note": what it is that there are several of. */
const deedOf = ({ effect }: Proposal): string => effect.replaceAll(/(?=\p{Lu})/gu, " ").toLowerCase();

function titleOf(items: readonly Proposal[]): string {
  const [lead] = items;
  const first = lead?.prepared.summary ?? "";
  return `${items.length} × ${lead === undefined ? "" : deedOf(lead)}: ${shortOf(first)}, and ${items.length - 1} more`;
}

const shortOf = (text: string): string =>
  text.length > titleLimit ? `${text.slice(0, titleLimit - 1).toWellFormed()}…` : text;

const marks: Partial<Readonly<Record<ProposalState, string>>> = {
  applied: "✓",
  stale: "≠",
  unknown: "?",
  compensated: "↩",
};
const ends: Partial<Readonly<Record<ProposalState, string>>> = {
  compensated: "undone",
  cancelled: "withdrawn",
};
const endOf = (state: ProposalState): string => ends[state] ?? state.replaceAll("_", " ");

function lineOf(item: Proposal, isTicked: boolean): string {
  const { prepared, state, outcomeDetail, batch } = item;
  const words = `${batch?.number ?? 0} · ${itemWords(prepared)}`;
  if (isWaiting(item)) return `${isTicked ? "☑" : "☐"} ${words}`;
  const ids = idWords(item);
  const more = outcomeDetail === null || outcomeDetail === "" ? ids : outcomeDetail;
  const detail = more === "" ? "" : ` (${more})`;
  const end = state === "applied" ? "done" : endOf(state);
  return `${marks[state] ?? "✗"} ${words}: ${item.reason ?? end}${detail}`;
}

function checksOf(items: readonly Proposal[], counted: readonly Proposal[]): string[] {
  const unmet = items.flatMap(({ batch, prepared: { guards, warnings } }) => [
    ...guards
      .filter(({ isMet }) => !isMet)
      .map(({ check, detail }) => `✗ ${batch?.number ?? 0} · ${check}: ${detail}`),
    ...warnings.map((warning) => `⚠ ${batch?.number ?? 0} · ${warning}`),
  ]);
  unmet.push(...undoneBy(items));
  const largest = counted.toSorted((left, right) => amountOf([right]) - amountOf([left]))[0];
  if (largest === undefined || amountOf([largest]) === 0) return unmet;
  const { currency } = largest.prepared.risk;
  return [
    ...unmet,
    `Σ ${counted.length} of ${items.length}: ${moneyWords(amountOf(counted), currency)}, the largest ${moneyWords(amountOf([largest]), currency)} (no. ${largest.batch?.number ?? 0})`,
  ];
}

/** The proposals behind it are named under Details, each beside what undoes it. */
function undoneBy(items: readonly Proposal[]): readonly string[] {
  const [first, ...others] = items.flatMap(({ link }) => link?.undoes?.proposal ?? []);
  if (first === undefined) return [];
  return [`↩ undoes ${first}${others.length === 0 ? "" : ` and ${others.length} more`}`];
}

/** How many ended how, e.g. "Decided by Kit: 19 applied, 1 stale". */
export function endsOf(items: readonly Proposal[]): string {
  const by = [...new Set(items.flatMap(({ decidedBy }) => decidedBy))].join(" and ");
  const states = [...new Set(items.map(({ state }) => state))];
  const counts = states.map(
    (state) => `${items.filter((item) => item.state === state).length} ${endOf(state)}`,
  );
  return `${by === "" ? "Over" : `Decided by ${by}`}: ${counts.join(", ")}`;
}

function openButtons(batch: Batch, lead: Proposal): PostButton[] {
  const ticked = tickedOf(batch);
  const approve: PostButton = {
    nonce: batchNonce(
      lead,
      ticked.map(({ id }) => id),
    ),
    label: `Approve ${ticked.length === batch.items.length ? "all " : ""}${ticked.length}`,
    style: "primary",
    asks: null,
  };
  const reject: PostButton = {
    nonce: lead.rejectNonce,
    label: "Reject…",
    style: "danger",
    asks: "Why not? (goes back to the agent)",
  };
  const ticks = batch.items.map(({ id, batch: place }): PostButton => {
    const isTicked = !batch.unticked.includes(id);
    const label = `${isTicked ? "☑" : "☐"} ${place?.number ?? 0}`;
    return { nonce: tickNonce(id, !isTicked), label, style: "plain", asks: null };
  });
  return [...(ticked.length === 0 ? [] : [approve]), reject, ...ticks];
}
