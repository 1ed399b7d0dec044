// Drafts without a language model: subject and points in the person's own words; what only they can know stands in
// square brackets.
import { honesty, say } from "./act.ts";
import type { Act, Found } from "./act.ts";
import { contentWords } from "./words.ts";

const longestSubject = 60;
const addressed = /\b(?:to|an|reply to|answer)\s+(\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)*)/u;
const isAnswer = /^(?:please |can you |could you )*(?:reply|answer|respond|antworte)\b/iu;

type Request = {
  readonly lead: string;
  readonly about: string | null;
  readonly thing: string;
  /** What stands behind a colon or on further lines. */
  readonly rest: string;
};

function requestIn(text: string): Request {
  const request = text.trim().replace(/[.!?]+$/, "");
  const [lead = "", ...rest] = request.split(/(?::\s+|\n+)/);
  const about = /\b(?:about|on|regarding|that|saying|asking|dass)\s+(.+)$/i.exec(lead)?.[1] ?? null;
  const thing = lead.replace(/^(?:please |can you |could you )?\p{L}+ (?:me |us )?(?:(?:a|an|the) )?/iu, "");
  return { lead, about, thing, rest: rest.join("\n") };
}

const cutPoints = (text: string): readonly string[] =>
  text.split(/\n+|,\s+(?:and\s+)?|;\s+|(?<=[.!?])\s+/).filter((point) => point.trim() !== "");
const pointsOf = ({ about, rest }: Request): readonly string[] =>
  cutPoints(rest !== "" ? rest : (about ?? "[your points]"));
const capital = (text: string): string => text.replace(/^./u, (first) => first.toUpperCase());
const frameNote = `(A bare frame around your points. ${honesty})`;

const isVague = ({ about, rest, thing }: Request): boolean =>
  about === null && rest === "" && contentWords(thing).length < 2;

const whatAbout: Act = {
  kind: "ask",
  question: "What should the text be about? A few points are enough: I put them into a plain frame.",
};

export function draft(text: string): Act {
  const request = requestIn(text);
  if (isVague(request)) return whatAbout;
  const subject = capital(request.about ?? request.thing);
  const isLetter = /\b(?:e-?mail|mail|letter|message|reply|reminder|note|invitation|refusal)\b/i;
  const body = pointsOf(request)
    .map((point) => `- ${point}`)
    .join("\n");
  if (!isLetter.test(request.lead)) return say(`${subject}\n\n${body}\n\n${frameNote}`, marksIn(body));
  const to = /\bto\s+(\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)*)/u.exec(request.lead)?.[1] ?? null;
  const letter = letterOf({ subject, to, body });
  return say(`${letter}\n\n${frameNote}`, marksIn(letter));
}

/** Always a letter; the answer to a mail leaves room below each thing that was asked. */
export function email(text: string): Act {
  const request = requestIn(text);
  if (isVague(request)) return whatAbout;
  const isReply = isAnswer.test(request.lead) && request.rest !== "";
  const points = pointsOf(request);
  const body = points.map((point) => (isReply ? `> ${point}\n[your answer]` : `- ${point}`)).join("\n");
  const topic = request.about ?? (request.rest === "" ? request.thing : (points[0] ?? request.thing));
  const subject = clip(capital(isReply ? `Re: ${topic}` : topic));
  const to = addressed.exec(request.lead)?.[1] ?? null;
  const letter = letterOf({ subject, to, body });
  return say(`${letter}\n\n${frameNote}`, marksIn(letter), { subject, to });
}

type Letter = { readonly subject: string; readonly to: string | null; readonly body: string };
const letterOf = ({ subject, to, body }: Letter): string =>
  `Subject: ${subject}\n\nHello ${to ?? "[name]"},\n\n${body}\n\nKind regards\n[your name]`;

/** Whole words only. */
function clip(subject: string): string {
  if (subject.length <= longestSubject) return subject;
  return `${subject.slice(0, longestSubject).replace(/\s+\S*$/u, "")} …`;
}

const marksIn = (text: string): readonly Found[] =>
  [...new Set(text.match(/\[[^\]]+\]/g))].map((placeholder) => ({ from: "draft", row: { placeholder } }));
