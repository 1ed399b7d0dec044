// Judges a reply against its agent's contract: its shape, its length, and that it claims no deed which the journal
// does not know. Pure; the check room and pipeline steps use the same judgement.
import { z } from "zod";
import type { AgentCard } from "./agent.ts";
import { NovaFailure } from "./failures.ts";
import type { Reply } from "./message.ts";

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

/** `words` of a broken contract are the validator's, meant for the one repair. `agents`: ids that a hand-off may name. */
function judgeReply(card: AgentCard, reply: Reply, agents: readonly string[]): Judgement {
  if (reply.arm === "code") return { kind: "broken", words: "An agent's reply can't be made by code." };
  if (reply.arm === "needs") {
    const question = reply.question.trim();
    return question === ""
      ? broken("ask_person needs a question.")
      : { kind: "kept", reply: { kind: "needs", question } };
  }
  if (reply.arm === "declined") {
    if (reply.why.trim() === "") return broken("decline needs a reason in `why`.");
    if (reply.instead !== null && !agents.includes(reply.instead))
      return broken(`"${reply.instead}" is no agent; name one of ${agents.join(", ")} or leave it out.`);
    return { kind: "kept", reply: { kind: "declined", why: reply.why.trim(), instead: reply.instead } };
  }
  return judgeFulfilled(card, reply.value);
}

function judgeFulfilled(card: AgentCard, value: unknown): Judgement {
  const parsed = card.reply.safeParse(value);
  if (!parsed.success) return broken(`The reply does not fit its schema: ${z.prettifyError(parsed.error)}`);
  const answered = Answered.parse(parsed.data);
  const words = answered.answer.split(/\s+/u).filter((word) => word !== "").length;
  if (words === 0) return broken("`answer` is empty.");
  if (words > card.maxWords)
    return broken(`The answer has ${words} words; at most ${card.maxWords} are allowed.`);
  const claim = claimedDeed(card, answered.answer);
  if (claim !== null)
    return broken(
      `"${claim}" claims a deed. Nothing has been done in this turn: effects only become proposals, so say that it waits for approval.`,
    );
  return { kind: "kept", reply: { kind: "fulfilled", value: answered } };
}

/** What a worker returned, whatever else it carries. */
type Replied = { readonly reply: Reply };
export type Mending<T extends Replied> = {
  readonly card: AgentCard;
  readonly agents: readonly string[];
  /** Asks the same worker once more, with the validator's words. */
  readonly redo: (words: string) => Promise<T>;
};

/** One repair, then a `contract.broken` failure: the same law for turns, parts of a plan and steps of a pipeline. */
export async function keepContract<T extends Replied>(
  first: T,
  { card, agents, redo }: Mending<T>,
): Promise<{ readonly kept: Kept; readonly sound: T }> {
  const judged = judgeReply(card, first.reply, agents);
  if (judged.kind === "kept") return { kept: judged.reply, sound: first };
  const repaired = await redo(judged.words);
  const final = judgeReply(card, repaired.reply, agents);
  if (final.kind === "kept") return { kept: final.reply, sound: repaired };
  throw new NovaFailure("contract.broken", `first: ${judged.words} then: ${final.words}`);
}

const broken = (words: string): Judgement => ({ kind: "broken", words });

const deeds =
  "confirmed|created|posted|cancelled|canceled|registered|booked|shipped|sent|paid|approved|executed|deleted|updated|adjusted|invoiced|reserved";
/** "I have confirmed it": no agent ever does anything itself. */
const ownDeed = new RegExp(
  String.raw`\b(?:i|nova)(?:'ve| have)?(?: just| now| already| successfully)? (?:${deeds})\b[^.?!\n]*`,
  "iu",
);
/** "It has been confirmed": from an agent that can propose exactly that, it would pass for a receipt. */
const passedDeeds = [
  new RegExp(
    String.raw`\bwe(?:'ve| have)?(?: just| now| already| successfully)? (?:${deeds})\b[^.?!\n]*`,
    "iu",
  ),
  new RegExp(String.raw`\b(?:has|have) (?:now |just |successfully )?been (?:${deeds})\b[^.?!\n]*`, "iu"),
  new RegExp(String.raw`\b(?:successfully|is now|are now) (?:${deeds})\b`, "iu"),
  /^\s*(?:✅|done[.!]|all done|it is done)/iu,
];

/** A sentence that claims a deed. Language agents write such sentences for people, so theirs are not claims. */
function claimedDeed(card: AgentCard, answer: string): string | null {
  if (card.role === "language") return null;
  const claims = card.effects.length === 0 ? [ownDeed] : [ownDeed, ...passedDeeds];
  for (const claim of claims) {
    const found = claim.exec(answer);
    if (found !== null) return found[0].trim();
  }
  return null;
}
