// Whether words can be the answer that an agent or a pipeline asked for. It asked for a value; a request of its own, a
// question, or something that is plainly another's work is not swallowed because somebody waits.
import type { Scene } from "./decision.ts";
import { formOf } from "./form.ts";
import { normalise, wordsOf } from "./features.ts";
import { unheard } from "./openings.ts";
import { reachesLine } from "./ranking.ts";
import type { RosterEntry } from "./route.ts";

/** A name, a number, a place: what so few words say is an answer, whoever else knows them. */
const valueWords = 2;

/** Roles that ask for a value. Who writes or talks asks for words, and any words may be meant. */
const asksForValues = ({ role }: RosterEntry): boolean => role === "erp" || role === "pipeline";

/** Whether the words may be what `waiter` asked for. */
export function mayAnswer({ input, ranking }: Scene, waiter: RosterEntry): boolean {
  const [best] = ranking;
  const words = wordsOf(normalise(input.text));
  if (best === undefined || !asksForValues(waiter) || words.length <= valueWords) return true;
  if (!reachesLine(input.router, best)) return true;
  const { isAsking, isTelling, isAmount, opening } = formOf(input.text, input.router.openings);
  const asks = isAsking || input.text.trim().endsWith("?");
  if (best.agent.id === waiter.id) return !asks;
  // A deed's word begins requests more often than a word that nobody has heard; the names of things do so more rarely.
  return !asks && (isAmount || (!isTelling && opening <= unheard));
}

const withdrawals =
  /^(?:(?:oh|ok|okay|no|nein|na|ach)[,.]?\s+)?(?:never ?mind|forget (?:it|that|about it)|cancel (?:it|that|this)|leave it|drop it|skip it|not now|stop(?: it| that)?|abort|abbrechen|brich ab|vergiss (?:es|das)|lass (?:es|das)(?: sein)?|egal|doch nicht|schon gut|stopp?)[\s.!]*$/iu;

/** The person no longer wants what was asked about. */
export const isWithdrawal = (text: string): boolean => withdrawals.test(text.trim());
