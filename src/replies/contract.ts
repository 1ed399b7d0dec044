// Judges a reply against its agent's contract: its shape, its length, no claim of a deed and no figure that the turn
// does not know. Pure; the check room, parts of a plan and pipeline steps use the same judgement.
import { z } from "zod";
import type { AgentCard } from "../agent.ts";
import type { Effect, Reader } from "../effects.ts";
import { broken, judgeArm, stringsIn, wordsOf } from "./arms.ts";
import type { Judgement, Kept } from "./arms.ts";
import { claimedDeed } from "./claims.ts";
import { inventedFigure } from "./figures.ts";
import { promisedCard, speaksOfApproval } from "./promises.ts";
import { inventedRecord } from "./records.ts";
import { NovaFailure } from "../failures.ts";
import type { Reply } from "../message.ts";
import type { PackItem, Seen, Told } from "../pack.ts";

export type { Kept } from "./arms.ts";

/** `words` of a broken contract are the validator's, meant for the one repair. */
export type JudgeReply = (replied: Replied, standing: Standing) => Judgement;

function judgeReply(replied: Replied, standing: Standing): Judgement {
  const judged = judgeArm(standing, replied.reply);
  if (judged.kind === "broken") return judged;
  const claim = claimIn(judged.reply, replied, standing);
  if (claim !== null)
    return broken(
      `"${claim}" claims a deed. Nothing has been done in this turn: effects only become proposals, so say that it waits for approval.`,
    );
  const promise = promiseIn(judged.reply, replied, standing);
  if (promise !== null)
    return broken(
      `"${promise}" says that something waits for approval, and nothing was proposed in this turn. Call the effect; what it lacks, ask for.`,
    );
  const figure = figureIn(judged.reply, replied, standing);
  if (figure === null) return judged;
  return broken(
    `"${figure}" was shown by no reader of this turn. Read the record, give figures exactly as they were read, compute none, or leave it out.`,
  );
}

/** In the words for the person, and in every other field: pipelines pass those on. What is quoted there is no claim. */
function claimIn(kept: Kept, replied: Replied, { card, asked, items }: Standing): string | null {
  const { seen } = replied;
  const claim = claimedDeed({ card, arm: kept.kind }, wordsOf(kept), seen);
  if (claim !== null || kept.kind !== "fulfilled") return claim;
  const { answer: _answer, ...fields } = kept.value;
  const sources = [
    asked,
    ...items.map(({ text }) => text),
    ...seen.flatMap(({ result }) => stringsIn(result)),
  ];
  const own = stringsIn(fields).filter((text) => !sources.some((source) => source.includes(text)));
  return (
    own.map((text) => claimedDeed({ card, arm: kept.kind }, text, seen)).find((one) => one !== null) ?? null
  );
}

/** A card that nobody will see; what waits already, and was spoken of, may be named. */
function promiseIn(kept: Kept, { proposals, seen, told = [] }: Replied, standing: Standing): string | null {
  if (kept.kind !== "fulfilled" || proposals === undefined || proposals.length > 0) return null;
  const { card, asked, said = [], items } = standing;
  const known = [asked, ...said, ...items.map(({ text }) => text), ...stringsIn(told), ...stringsIn(seen)];
  return speaksOfApproval(known) ? null : promisedCard(card, kept.value.answer);
}

/** A figure that nothing showed. Questions may also give the examples that the agent's tools are described with. */
function figureIn(kept: Kept, { seen, told = [] }: Replied, standing: Standing): string | null {
  const { card, asked, items, said = [] } = standing;
  const { answer: _answer, ...fields } = kept.kind === "fulfilled" ? kept.value : { answer: "" };
  const words = { answer: wordsOf(kept), fields };
  // Who works with texts may write figures of its own (a heading, a step), but no record and no money that nobody named.
  if (card.role !== "erp")
    return inventedRecord([words.answer, ...stringsIn(fields)], {
      seen,
      texts: [
        asked,
        ...said,
        ...items.flatMap(({ source, text }) => [source, text]),
        ...card.reads.map(docOf),
      ],
    });
  const examples = kept.kind === "needs" ? [...card.reads, ...card.effects].map(docOf) : [];
  return inventedFigure(words, { seen, told, asked, items, examples });
}

const docOf = ({ description, examples, input }: Reader | Effect): string =>
  [description, ...examples, ...Object.values(input.shape).map(describedAs)].join("\n");
const describedAs = (field: unknown): string => (field instanceof z.ZodType ? (field.description ?? "") : "");

/** What a worker returned, whatever else it carries. */
export type Replied = {
  readonly reply: Reply;
  readonly seen: readonly Seen[];
  readonly told?: readonly Told[];
  /** What it proposed; absent: nobody asks. */
  readonly proposals?: readonly unknown[];
};
export type Standing = {
  readonly card: AgentCard;
  /** Its own id: who declines names another one. */
  readonly id?: string;
  /** Ids that a hand-off may name. */
  readonly agents: readonly string[];
  /** What was asked, and what the agent was told to know: figures of its own words may come from there. */
  readonly asked: string;
  readonly items: readonly PackItem[];
  /** What was said in this conversation before. */
  readonly said?: readonly string[];
};
export type Mending<T extends Replied> = Standing & {
  /** Another judge; absent: this house's own. */
  readonly judge?: JudgeReply | undefined;
  /** Asks the same worker once more, with the validator's words. */
  readonly redo: (words: string) => Promise<T>;
};

/** One repair, then a `contract.broken` failure: the same law for turns, parts of a plan and steps of a pipeline. */
export async function keepContract<T extends Replied>(
  first: T,
  { redo, judge = judgeReply, ...standing }: Mending<T>,
): Promise<{ readonly kept: Kept; readonly sound: T }> {
  const judged = judge(first, standing);
  if (judged.kind === "kept") return { kept: judged.reply, sound: first };
  const repaired = await redo(judged.words);
  const final = judge(repaired, standing);
  if (final.kind === "kept") return { kept: final.reply, sound: repaired };
  throw new NovaFailure("contract.broken", `first: ${judged.words} then: ${final.words}`);
}
