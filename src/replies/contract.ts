// Judges a reply against its agent's contract: its shape, its length, no claim of a deed and no figure that the turn
// does not know. Pure; the check room and pipeline steps use the same judgement.
import { z } from "zod";
import type { AgentCard } from "../agent.ts";
import type { Effect, Reader } from "../effects.ts";
import { claimedDeed } from "./claims.ts";
import { inventedFigure } from "./figures.ts";
import { NovaFailure } from "../failures.ts";
import type { Reply } from "../message.ts";
import type { PackItem, Seen, Told } from "../pack.ts";

export type Kept =
  | {
      readonly kind: "fulfilled";
      readonly value: { readonly answer: string } & Readonly<Record<string, unknown>>;
    }
  | { readonly kind: "needs"; readonly question: string }
  | { readonly kind: "declined"; readonly why: string; readonly instead: string | null };
export type Judgement =
  | { readonly kind: "kept"; readonly reply: Kept }
  | { readonly kind: "broken"; readonly words: string };

const Answered = z.looseObject({ answer: z.string() });

/** `words` of a broken contract are the validator's, meant for the one repair. */
function judgeReply(replied: Replied, standing: Standing): Judgement {
  const { card, agents } = standing;
  const judged = judgeArm(card, replied.reply, agents);
  if (judged.kind === "broken") return judged;
  const claim = claimedDeed(card, wordsOf(judged.reply), replied.seen);
  if (claim !== null)
    return broken(
      `"${claim}" claims a deed. Nothing has been done in this turn: effects only become proposals, so say that it waits for approval.`,
    );
  const figure = card.role === "erp" ? figureIn(judged.reply, replied, standing) : null;
  if (figure === null) return judged;
  return broken(
    `"${figure}" was shown by no reader of this turn. Read the record, give figures exactly as they were read, compute none, or leave it out.`,
  );
}

/** A figure that nothing showed. Questions may also give the examples that the agent's tools are described with. */
function figureIn(kept: Kept, { seen, told = [] }: Replied, { card, asked, items }: Standing): string | null {
  const { answer: _answer, ...fields } = kept.kind === "fulfilled" ? kept.value : { answer: "" };
  const examples = kept.kind === "needs" ? [...card.reads, ...card.effects].map(docOf) : [];
  return inventedFigure({ answer: wordsOf(kept), fields }, { seen, told, asked, items, examples });
}

const docOf = ({ description, examples, input }: Reader | Effect): string =>
  [description, ...examples, ...Object.values(input.shape).map(describedAs)].join("\n");
const describedAs = (field: unknown): string => (field instanceof z.ZodType ? (field.description ?? "") : "");

function judgeArm(card: AgentCard, reply: Reply, agents: readonly string[]): Judgement {
  switch (reply.arm) {
    case "code":
      return broken("An agent's reply can't be made by code.");
    case "needs": {
      const question = reply.question.trim();
      if (question === "") return broken("ask_person needs a question.");
      return { kind: "kept", reply: { kind: "needs", question } };
    }
    case "declined":
      if (reply.why.trim() === "") return broken("decline needs a reason in `why`.");
      if (reply.instead !== null && !agents.includes(reply.instead))
        return broken(`"${reply.instead}" is no agent; name one of ${agents.join(", ")} or leave it out.`);
      return { kind: "kept", reply: { kind: "declined", why: reply.why.trim(), instead: reply.instead } };
    case "fulfilled":
      return judgeFulfilled(card, reply.value);
  }
}

function wordsOf(kept: Kept): string {
  switch (kept.kind) {
    case "fulfilled":
      return kept.value.answer;
    case "needs":
      return kept.question;
    case "declined":
      return kept.why;
  }
}

/** Languages without spaces have no words to count, so their length is counted in characters too. */
const charactersPerWord = 14;

function judgeFulfilled(card: AgentCard, value: unknown): Judgement {
  const parsed = card.reply.safeParse(value);
  if (!parsed.success) return broken(`The reply does not fit its schema: ${z.prettifyError(parsed.error)}`);
  const answered = Answered.parse(parsed.data);
  const { answer } = answered;
  const words = answer.split(/\s+/u).filter((word) => word !== "").length;
  if (words === 0) return broken("`answer` is empty.");
  if (words > card.maxWords || answer.length > card.maxWords * charactersPerWord)
    return broken(
      `The answer has ${words} words and ${answer.length} characters; at most ${card.maxWords} words are allowed.`,
    );
  return { kind: "kept", reply: { kind: "fulfilled", value: answered } };
}

/** What a worker returned, whatever else it carries. */
type Replied = {
  readonly reply: Reply;
  readonly seen: readonly Seen[];
  readonly told?: readonly Told[];
};
type Standing = {
  readonly card: AgentCard;
  /** Ids that a hand-off may name. */
  readonly agents: readonly string[];
  /** What was asked, and what the agent was told to know: figures of its own words may come from there. */
  readonly asked: string;
  readonly items: readonly PackItem[];
};
export type Mending<T extends Replied> = Standing & {
  /** Asks the same worker once more, with the validator's words. */
  readonly redo: (words: string) => Promise<T>;
};

/** One repair, then a `contract.broken` failure: the same law for turns, parts of a plan and steps of a pipeline. */
export async function keepContract<T extends Replied>(
  first: T,
  { redo, ...standing }: Mending<T>,
): Promise<{ readonly kept: Kept; readonly sound: T }> {
  const judged = judgeReply(first, standing);
  if (judged.kind === "kept") return { kept: judged.reply, sound: first };
  const repaired = await redo(judged.words);
  const final = judgeReply(repaired, standing);
  if (final.kind === "kept") return { kept: final.reply, sound: repaired };
  throw new NovaFailure("contract.broken", `first: ${judged.words} then: ${final.words}`);
}

const broken = (words: string): Judgement => ({ kind: "broken", words });
