// Finds sentences in which an agent says that something waits for a yes. In a turn that proposed nothing there is no card, so
// somebody would wait for it in vain. English patterns, and only plain statements: what may be asked some day is no promise.
import type { AgentCard } from "../agent.ts";

const waits = [
  /\b(?:it|this|that|which|the (?:\p{L}+ ){0,3}\p{L}+)(?: now| still)? (?:waits|awaits|is waiting|is awaiting|is pending)\b.{0,40}\b(?:approval|yes|decision)\b/iu,
  /\bI(?:'ve| have)? .{0,80}\bfor (?:your |an? |the )?approval\b/iu,
  /\b(?:please|press|click)\b.{0,30}\bapprove\b/iu,
];
const isOpen =
  /\b(?:if|once|when|would|could|can|may|shall|should|will|every|any|each|before|until|unless|no|not|never|nothing|can't)\b/iu;
const sentencesOf = (text: string): readonly string[] => text.match(/[^.?!\n]+/gu) ?? [];

/** Null where it promises nothing, or could propose nothing anyway. */
export function promisedCard({ effects }: Pick<AgentCard, "effects">, text: string): string | null {
  if (effects.length === 0) return null;
  const isPromise = (sentence: string): boolean =>
    !isOpen.test(sentence) && waits.some((way) => way.test(sentence));
  return sentencesOf(text).find(isPromise)?.trim() ?? null;
}

/** Something that waits was spoken of already: then an agent may say so too. */
export const speaksOfApproval = (texts: readonly string[]): boolean =>
  texts.some((text) => /approv|wait|pending/iu.test(text));
