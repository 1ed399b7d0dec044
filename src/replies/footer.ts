// The small line under an agent's answer, and the buttons under facts that it leaned on: enough to judge it by, and all
// of it said by code.
import type { Assignment } from "../assignment.ts";
import type { Draft } from "../message.ts";
import { leanedOn } from "../memory/leaned.ts";
import { ageInWords } from "../memory/staleness.ts";
import type { PackItem } from "../pack.ts";
import type { Offer } from "../post.ts";
import { saysDeed } from "./claims.ts";
import { readWords } from "./read-words.ts";

type Signed = Extract<Assignment, { kind: "agent" }> & {
  readonly modelId: string;
  readonly now: number;
  /** How far it is to be believed; null: nothing is said of that. */
  readonly verification: string | null;
};

/** Agent, what it looked at and remembered and how old that is, what became of the world, the model, the cost. */
export function footerOf(draft: Draft, { id, card, modelId, now, verification }: Signed): string {
  const changed = draft.proposals.length > 0 ? "nothing done yet" : "nothing changed";
  const facts = "value" in draft.reply ? leanedOn(answerOf(draft.reply.value), draft.pack.items) : [];
  return [
    // First, because a small screen shows the beginning.
    ...(verification === null ? [] : [verification]),
    switchWords(draft, id),
    ...readWords(draft.seen),
    ...facts.slice(0, namedFacts).map((fact) => factWords(fact, now)),
    ...(facts.length > namedFacts ? [`and ${facts.length - namedFacts} more facts`] : []),
    // Said by code, in every language: whatever the words above claim, this is what happened.
    ...(card.effects.length > 0 ? [changed] : []),
    ...(saysDeed(card, wordsIn(draft)) ? ["only a text: nothing was done"] : []),
    modelId,
    ...(draft.usage.dollars > 0 ? [`$${draft.usage.dollars.toFixed(4)}`] : []),
  ].join(" · ");
}

const namedFacts = 3;

const wordsIn = ({ reply }: Draft): string => ("value" in reply ? answerOf(reply.value).answer : "");

/** A conversation that changes hands says so. */
function switchWords({ thread }: Draft, id: string): string {
  return thread.lastAgent === null || thread.lastAgent === id ? id : `now with ${id}`;
}

function factWords({ id, at, label }: PackItem, now: number): string {
  const age = at === null ? "" : ` ${ageInWords(at, now)}`;
  return `remembers ${id}${age}${label === "current" ? "" : `, ${label}`}`;
}

const answerOf = (value: unknown): { readonly answer: string } => {
  const held = typeof value === "object" && value !== null ? value : {};
  return { ...held, answer: "answer" in held && typeof held.answer === "string" ? held.answer : "" };
};

/** An answer that leaned on something no longer certain asks whether it still holds: the first such fact, three ways. */
export function factOffers(draft: Draft, reply: { readonly answer: string }): readonly Offer[] {
  const old = leanedOn(reply, draft.pack.items).find(({ label }) => label !== "current");
  if (old === undefined || draft.project === null) return [];
  const fact = old.id;
  const about = old.text.length > 60 ? `${old.text.slice(0, 59)}…` : old.text;
  return [
    { label: "Still true", style: "plain", asks: null, action: { kind: "fact", fact, change: "confirm" } },
    {
      label: "Update…",
      style: "plain",
      asks: `What is true now? (${about})`.slice(0, 75),
      action: { kind: "fact", fact, change: "update" },
    },
    { label: "Forget", style: "plain", asks: null, action: { kind: "fact", fact, change: "forget" } },
  ];
}
