// Thumbs and the small buttons under answers, cards and failures: they run no message again, so nothing is used up by a
// press, and who may do what is judged where it is done.
import type { Assignment } from "../assignment.ts";
import type { Assigned, Turn } from "../message.ts";
import type { ButtonAction } from "../proposal.ts";
import { told } from "./route-text.ts";
import type { RouterRoom } from "./route-text.ts";

/** Only kept when there is an answer under it, so it is found again here. */
export async function routeReaction(room: RouterRoom, turn: Turn): Promise<Assigned> {
  const { body } = turn.message;
  const place = body.kind === "reaction" ? await room.journal.answerAt(body.onMessage) : null;
  if (body.kind !== "reaction" || place === null)
    return told(
      turn,
      { kind: "say", text: "There is no answer of mine under that thumb any more.", isPrivate: true },
      "a thumb without an answer",
    );
  const { mark, isAdded } = body;
  const change = isAdded ? "set" : "unset";
  return told(turn, { kind: "rating", about: place.turn, mark, change }, "a thumb");
}

/** What this press asks for; null: a button of another kind. */
export function asideOf(turn: Turn, action: ButtonAction): Assignment | null {
  const { body } = turn.message;
  switch (action.kind) {
    case "why":
      return { kind: "verb", verb: "why", rest: action.turn };
    case "rate":
      return { kind: "rating", about: action.turn, mark: action.mark, change: "press" };
    case "details":
      return { kind: "details", proposal: action.proposal };
    case "edit":
      return {
        kind: "edit",
        proposal: action.proposal,
        fields: body.kind === "press" ? (body.fields ?? {}) : {},
      };
    case "undo":
      return { kind: "undo", proposal: action.proposal };
    case "fact":
      return {
        kind: "fact",
        fact: action.fact,
        change: action.change,
        words: body.kind === "press" ? body.words : null,
      };
    case "rerun":
      return { kind: "rerun", run: action.run };
    case "approve":
    case "reject":
    case "tick":
    case "withhold":
    case "choose":
    case "retry":
    case "drop":
    case "stop":
    case "elsewhere":
    case "refresh":
      return null;
  }
}

/** `edit p-1 quantity=5 reason=counted twice`: a value goes on until the next field begins. */
export function asideTyped(verb: "edit" | "details" | "undo", rest: string): Assignment {
  const [proposal = "", ...words] = rest.trim().split(/\s+/u);
  if (verb !== "edit") return { kind: verb, proposal };
  const pairs = words.join(" ").split(/\s+(?=\w+=)/u);
  const fields = pairs.flatMap((pair): readonly (readonly [string, string])[] => {
    const at = pair.indexOf("=");
    return at < 1 ? [] : [[pair.slice(0, at), pair.slice(at + 1)]];
  });
  return { kind: "edit", proposal, fields: Object.fromEntries(fields) };
}
