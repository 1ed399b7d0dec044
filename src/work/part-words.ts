// What an agent is asked with its part of a message: "invoice it" can't be done without the words that it points at, so
// such a part brings the whole message along.
import type { Part } from "../assignment.ts";
import { formOf } from "../routing/form.ts";

const noOpenings: ReadonlyMap<string, number> = new Map();

/** A language agent works on the words that it is given, so the message would end up in what it writes. */
export function wordsOfPart({ text, message, card }: Part): string {
  const leans = message !== undefined && card.role !== "language" && formOf(text, noOpenings).hasPointer;
  return leans ? `${text}\n(part of: ${message})` : text;
}
