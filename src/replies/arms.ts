// The shape of a reply, arm by arm: its schema and no field beside it, its length, and a refusal that names somebody else
// who exists. What it says is judged apart, in `contract.ts`.
import { z } from "zod";
import type { AgentCard } from "../agent.ts";
import type { Reply } from "../message.ts";

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
/** Who answers: `id` is absent where nobody could be named instead. */
type Answering = { readonly card: AgentCard; readonly id?: string; readonly agents: readonly string[] };

export const broken = (words: string): Judgement => ({ kind: "broken", words });

export function judgeArm({ card, id, agents }: Answering, reply: Reply): Judgement {
  switch (reply.arm) {
    case "code":
      return broken("An agent's reply can't be made by code.");
    case "needs": {
      const question = reply.question.trim();
      if (question === "") return broken("ask_person takes one field, `question`, with words in it.");
      const long = tooLong("question", question, asideWords);
      return long ?? { kind: "kept", reply: { kind: "needs", question } };
    }
    case "declined": {
      const why = reply.why.trim();
      if (why === "")
        return broken(
          "decline takes a reason in `why`, `instead` where another agent should have it, and nothing else.",
        );
      const { instead } = reply;
      if (instead !== null && instead === id)
        return broken(`"${instead}" is you; name another agent in \`instead\`, or leave it out.`);
      if (instead !== null && !agents.includes(instead))
        return broken(`"${instead}" is no agent; name one of ${agents.join(", ")} or leave it out.`);
      const long = tooLong("reason", why, asideWords);
      return long ?? { kind: "kept", reply: { kind: "declined", why, instead } };
    }
    case "fulfilled":
      return judgeFulfilled(card, reply.value);
  }
}

export function wordsOf(kept: Kept): string {
  switch (kept.kind) {
    case "fulfilled":
      return kept.value.answer;
    case "needs":
      return kept.question;
    case "declined":
      return kept.why;
  }
}

/** A question and a reason are one or two sentences, whoever asks. */
const asideWords = 120;
/** Languages without spaces have no words to count, so their length is counted in characters too. */
const charactersPerWord = 14;
const Answered = z.looseObject({ answer: z.string() });

function judgeFulfilled(card: AgentCard, value: unknown): Judgement {
  const parsed = card.reply.safeParse(value);
  if (!parsed.success) return broken(`The reply does not fit its schema: ${z.prettifyError(parsed.error)}`);
  const unknown = unknownField(value, parsed.data);
  if (unknown !== null)
    return broken(`The reply does not fit its schema: there is no field "${unknown}" in it; leave it out.`);
  const answered = Answered.parse(parsed.data);
  const { answer, ...fields } = answered;
  if (answer.trim() === "") return broken("`answer` is empty.");
  // The other fields of a language agent are text too, and pipelines pass them on.
  const beside = card.role === "language" ? stringsIn(fields).join("\n") : "";
  const long = tooLong("answer", answer, card.maxWords) ?? tooLong("other fields", beside, card.maxWords);
  return long ?? { kind: "kept", reply: { kind: "fulfilled", value: answered } };
}

function tooLong(what: string, text: string, most: number): Judgement | null {
  const words = text.split(/\s+/u).filter((word) => word !== "").length;
  if (words <= most && text.length <= most * charactersPerWord) return null;
  const has = what.endsWith("s") ? "have" : "has";
  return broken(
    `The ${what} ${has} ${words} words and ${text.length} characters; at most ${most} words are allowed.`,
  );
}

const Fields = z.record(z.string(), z.unknown());

/** Path of the first field that the schema does not know: parsing leaves such a one out without a word. */
function unknownField(given: unknown, parsed: unknown): string | null {
  if (Array.isArray(given) && Array.isArray(parsed)) {
    const inner = given.map((one, at) => under(String(at), unknownField(one, parsed[at])));
    return inner.find((path) => path !== null) ?? null;
  }
  const [left, right] = [Fields.safeParse(given), Fields.safeParse(parsed)];
  if (!left.success || !right.success || Array.isArray(given)) return null;
  for (const [key, value] of Object.entries(left.data)) {
    if (!Object.hasOwn(right.data, key)) return key;
    const path = under(key, unknownField(value, right.data[key]));
    if (path !== null) return path;
  }
  return null;
}

const under = (key: string, path: string | null): string | null => (path === null ? null : `${key}.${path}`);

/** Every text in a value, however deep. */
export function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
