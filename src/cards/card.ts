// Draws a proposal: the only place where a card comes from, always from the journal's row and never from model text.
import { checkLines } from "./card-checks.ts";
import { shownEffects } from "./card-effects.ts";
import { cardClock } from "./card-times.ts";
import { wholeStart } from "./key-lines.ts";
import { toOneLine } from "../markdown/visible.ts";
import { moneyWords, namesAmount } from "./money-words.ts";
import type { Post, PostButton, PostField } from "../post.ts";
import { isWaitingToRun } from "../proposal.ts";
import type { Proposal } from "../proposal.ts";
import { resultLines } from "./result-words.ts";
import { stateWords } from "./state-words.ts";
import { approveButton, challengeOf, challengeTerm } from "../approvals/typed-approval.ts";

/** The card as it stands now. Buttons are there only while pressing them would still count. */
export function drawCard(proposal: Proposal, clockNow: number, offers: CardOffers = noOffers): Post {
  const { prepared } = proposal;
  const checks = [...resultLines(proposal), ...checkLines(proposal)];
  const isOpen = proposal.state === "pending" || proposal.state === "proposed";
  return {
    kind: "card",
    text: "",
    card: {
      proposal: proposal.id,
      title: prepared.summary,
      effects: shownEffects(prepared, checks),
      checks,
      terms: withAmount(proposal, termsOf(proposal, clockNow)),
      requestedBy: proposal.requester,
      agent: proposal.agent,
      agentWords: proposal.agentWords,
      fingerprint: proposal.effectHash.slice(0, 8),
      state: stateWords(proposal),
      isOpen,
    },
    buttons: [
      ...(isOpen ? decisionButtons(proposal, offers.fields) : []),
      ...(isWaitingToRun(proposal) ? [stopButton(proposal)] : []),
      ...(offers.isUndoable ? [undoButton(proposal)] : []),
      detailsButton(proposal),
    ],
    footer: null,
    only: null,
  };
}

/** What can be edited, as it stands; null: nothing. */
export type CardFields = readonly PostField[] | null;
/** What a card offers beside its decision. `isUndoable`: it was done, and its ERP knows a command that undoes it. */
export type CardOffers = { readonly fields: CardFields; readonly isUndoable: boolean };
const noOffers: CardOffers = { fields: null, isUndoable: false };

/** Named after their proposal, which the card names anyway: what they do is judged when they are pressed. */
export const editNonce = (proposal: string): string => `edit-${proposal}`;
/** The proposal behind an Edit button, on whichever post; null: another button. */
export const editedBy = (nonce: string): string | null => /^edit-(p-[^-]+)/u.exec(nonce)?.[1] ?? null;
export const detailsNonce = (proposal: string): string => `details-${proposal}`;

export const undoNonce = (proposal: string): string => `undo-${proposal}`;

export const stopNonce = (proposal: string): string => `withhold-${proposal}`;

const stopButton = ({ id }: Proposal): PostButton => ({
  nonce: stopNonce(id),
  label: "Stop",
  style: "danger",
  asks: null,
});
export const undoButton = ({ id }: Proposal): PostButton => ({
  nonce: undoNonce(id),
  label: "Undo…",
  style: "quiet",
  asks: null,
});
export const detailsButton = ({ id }: Proposal): PostButton => ({
  nonce: detailsNonce(id),
  label: "Details",
  style: "quiet",
  asks: null,
});

function decisionButtons(proposal: Proposal, fields: CardFields): PostButton[] {
  const edit: PostButton[] =
    fields === null
      ? []
      : [
          {
            nonce: editNonce(proposal.id),
            label: "Edit…",
            style: "plain",
            asks: null,
            fields: [...fields],
          },
        ];
  return [
    approveButton(proposal),
    {
      nonce: proposal.rejectNonce,
      label: "Reject…",
      style: "danger",
      asks: "Why not? (goes back to the agent)",
    },
    ...edit,
  ];
}

/** The amount that is bound stands on every card: first of the terms behind the stakes, where the title does not name it. */
function withAmount({ prepared }: Proposal, [stakes = "", ...terms]: readonly string[]): string[] {
  const { amountCents, currency } = prepared.risk;
  const words = amountCents === null ? null : moneyWords(amountCents, currency);
  const isSaid = words === null || namesAmount(toOneLine(prepared.summary).slice(0, wholeStart), words);
  return [stakes, ...(isSaid ? [] : [`amount ${words}`]), ...terms];
}

export function termsOf(proposal: Proposal, clockNow: number): string[] {
  const undo = proposal.prepared.undo === null ? "⚠ can't be undone" : `undo: ${proposal.prepared.undo}`;
  const expiresAt = endOf(proposal, clockNow);
  const expiry =
    expiresAt === null ? "" : `expires ${minuteOf(expiresAt)} (${remaining(expiresAt - clockNow)})`;
  const challenge =
    proposal.state === "pending" || proposal.state === "proposed" ? challengeOf(proposal) : null;
  const typed = challenge === null ? [] : [challengeTerm(challenge)];
  const { waitMs } = proposal;
  const later =
    challenge === null || waitMs === undefined ? [] : [`runs ${waitMs / 1_000} s later, with a Stop button`];
  const because = proposal.because === undefined ? "" : ` (${proposal.because.join("; ")})`;
  return [`${proposal.stakes} stakes${because}`, undo, expiry, ...typed, ...later].filter(
    (term) => term !== "",
  );
}

/** What is on its way to be shown says when it would end if it were seen now; a card that came late is corrected. */
function endOf(proposal: Proposal, clockNow: number): number | null {
  if (proposal.state !== "proposed") return proposal.expiresAt;
  return cardClock(proposal, Math.max(clockNow, proposal.showAt ?? 0)).expiresAt;
}

export const minuteOf = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
const remaining = (ms: number): string => (ms <= 0 ? "over" : `in ${durationWords(ms)}`);
function durationWords(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
