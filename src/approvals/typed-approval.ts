// What a high-stakes approval has to type: the amount on the card with its currency, or a code from it where there is no
// amount; the code too where a card is not whole. A click alone never moves what matters; whoever types has read the card.
import { isWholeOnCard } from "../cards/card-effects.ts";
import { moneyWords } from "../cards/money-words.ts";
import type { PostButton } from "../post.ts";
import type { Proposal } from "../proposal.ts";

export type Challenge =
  | { readonly kind: "amount"; readonly amountCents: number; readonly currency: string | null }
  | { readonly kind: "code"; readonly code: string };

const codeLength = 6;

type Asked = Pick<Proposal, "stakes" | "prepared" | "effectHash" | "link">;

/** Null: these stakes need no more than a press, and the card shows all that they are. */
export function challengeOf(proposal: Asked): Challenge | null {
  const { stakes, prepared, effectHash } = proposal;
  const code: Challenge = { kind: "code", code: effectHash.slice(0, codeLength) };
  if (stakes !== "high") return isWholeOnCard(proposal) ? null : code;
  const { amountCents, currency } = prepared.risk;
  return amountCents === null || amountCents === 0 ? code : { kind: "amount", amountCents, currency };
}

/** The question of the dialog; short enough for Discord's label of 45 characters. */
const questionOf = (challenge: Challenge): string =>
  challenge.kind === "amount" ? "Amount and currency, as on the card" : "Code, as on the card";

/** Where more is at stake it opens a dialog: what the card says has to be typed. */
export function approveButton(proposal: Proposal): PostButton {
  const challenge = challengeOf(proposal);
  const nonce = proposal.approveNonce;
  return challenge === null
    ? { nonce, label: "Approve", style: "primary", asks: null }
    : { nonce, label: "Approve…", style: "primary", asks: questionOf(challenge) };
}

/** On the card: what will be asked for. */
export const challengeTerm = (challenge: Challenge): string =>
  challenge.kind === "amount"
    ? `to approve, type ${moneyWords(challenge.amountCents, challenge.currency)}`
    : `to approve, type the code ${challenge.code}`;

/** One sentence for whoever typed something else. */
export const wrongWords = (challenge: Challenge): string =>
  challenge.kind === "amount"
    ? "That is not the amount on the card, so nothing was done: press Approve again and type the amount with its currency, as the card shows it."
    : "That is not the code on the card, so nothing was done: press Approve again and type the six characters that the card shows.";

export function isMet(challenge: Challenge, typed: string | null): boolean {
  const text = typed?.trim() ?? "";
  if (challenge.kind === "code") return text.toLowerCase().replace(/^#/u, "") === challenge.code;
  const { amountCents, currency } = challenge;
  const named = currencyOf(text);
  const isNamed = currency === null || named === currency.toUpperCase();
  return isNamed && centsOf(text.replace(/[a-z]{3}|[$€£]/giu, "")) === Math.abs(amountCents);
}

const signs: Readonly<Record<string, string>> = { $: "USD", "€": "EUR", "£": "GBP" };

/** Exactly one currency, by its code or its sign; null otherwise. */
function currencyOf(text: string): string | null {
  const named = text.match(/[a-z]{3}|[$€£]/giu) ?? [];
  const [first] = named;
  if (first === undefined || named.length > 1) return null;
  return signs[first] ?? first.toUpperCase();
}

/** "5400", "5,400.00", "5.400,00" and "5 400,00" are one amount; anything less clear is none. */
function centsOf(text: string): number | null {
  const plain = text.replaceAll(/[\s'’\u00a0]/gu, "");
  const groups =
    /^(?<whole>\d{1,3}(?:(?<thousands>[.,])\d{3}(?:\k<thousands>\d{3})*)?|\d{1,13})(?:(?<point>[.,])(?<cents>\d{2}))?$/u.exec(
      plain,
    )?.groups;
  if (groups === undefined) return null;
  const { whole = "", thousands, point, cents = "00" } = groups;
  if (thousands !== undefined && thousands === point) return null;
  return Number(whole.replaceAll(/[.,]/gu, "")) * 100 + Number(cents);
}
