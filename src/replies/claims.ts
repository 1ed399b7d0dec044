// Finds sentences in which an agent says that it did something. It never did: effects only become proposals, and what
// was done is said by code from the journal's row. English patterns; every surface also shows code's own line on it.
import { z } from "zod";
import type { AgentCard } from "../agent.ts";
import type { Seen } from "../pack.ts";

const deeds =
  "confirmed|created|posted|cancelled|canceled|registered|booked|shipped|sent|paid|approved|executed|deleted|updated|adjusted|invoiced|reserved";
const things = "order|invoice|customer|payment|stock|quote|note|it|this";
const adverbs = "(?: just| now| already| successfully)?";
/** "I have confirmed it": no agent ever does anything itself, whatever it saw. */
const ownDeeds = [
  new RegExp(String.raw`\b(?:i|nova)(?:'ve| have)?${adverbs} (?:went ahead and )?(?:${deeds})\b.*`, "iu"),
  new RegExp(String.raw`^\s*(?:${deeds}) (?:the |your |a )?(?:${things})\b.*`, "iu"),
];
const opensAsDone = /^\s*(?:✅|done[.!]|all done|it is done)/iu;
/** "It has been confirmed": from an agent that can propose exactly that, it passes for a receipt. */
const passedDeeds = [
  new RegExp(String.raw`\bwe(?:'ve| have)?${adverbs} (?:${deeds})\b`, "iu"),
  new RegExp(String.raw`\b(?:has|have) (?:now |just |successfully )?been (?:${deeds})\b`, "iu"),
  new RegExp(String.raw`\b(?:successfully|is now|are now) (?:${deeds})\b`, "iu"),
];
/** One by one: a pattern that looks for the ends of a sentence itself takes minutes for a long text without any. */
const sentencesOf = (text: string): readonly string[] => text.match(/[^.?!\n]+/gu) ?? [];

/** Whose words they are, and in which arm of its contract. */
type Speaking = { readonly card: AgentCard; readonly arm: "fulfilled" | "needs" | "declined" };

/**
 * A sentence that claims a deed. Language agents write such sentences for people, so what they write is no claim (and is
 * marked, see `saysDeed`); what they ask or decline is their own voice. What a reader of this turn showed of a record
 * ("paid") may be said of that record; nothing else may.
 */
export function claimedDeed({ card, arm }: Speaking, text: string, seen: readonly Seen[]): string | null {
  if (card.role === "language" && arm === "fulfilled") return null;
  const own = ownDeed(text);
  if (own !== null) return own;
  if (card.effects.length === 0) return null;
  const passed = sentencesOf(text).filter((sentence) => passedDeeds.some((claim) => claim.test(sentence)));
  return passed.find((sentence) => !isShown(sentence, seen))?.trim() ?? null;
}

function ownDeed(text: string): string | null {
  const sentences = sentencesOf(text);
  const said = ownDeeds.flatMap((claim) => sentences.flatMap((sentence) => claim.exec(sentence)?.[0] ?? []));
  return said[0]?.trim() ?? opensAsDone.exec(text)?.[0].trim() ?? null;
}

/** A text written in somebody's name that says "I have sent it": code's own line says that it is only a text. */
export const saysDeed = ({ role }: AgentCard, text: string): boolean =>
  role === "language" && ownDeed(text) !== null;

const recordCode = /\b[A-Z]{1,5}-[A-Z0-9-]*\d[A-Z0-9-]*\b/giu;

/** True when one result names the sentence's record together with the deed as its state. */
function isShown(sentence: string, seen: readonly Seen[]): boolean {
  const deed = new RegExp(String.raw`\b(?:${deeds})\b`, "iu").exec(sentence)?.[0].toLowerCase() ?? "";
  const codes = (sentence.match(recordCode) ?? []).map((code) => code.toLowerCase());
  const rows = seen.flatMap(({ result }) => rowsOf(result));
  return (
    codes.length > 0 &&
    codes.every((code) => rows.some((row) => row.includes(`"${code}"`) && row.includes(`"${deed}"`)))
  );
}

const Page = z.looseObject({ rows: z.array(z.unknown()) });
function rowsOf(result: unknown): readonly string[] {
  const page = Page.safeParse(result);
  return (page.success ? page.data.rows : [result]).map((row) => (JSON.stringify(row) ?? "").toLowerCase());
}
