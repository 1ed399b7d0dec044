// A failure as the person sees it: what happened in one sentence, what can be done next as buttons, never a stack trace.
import type { NovaFailure } from "./failures.ts";
import type { Answer, Turn } from "./message.ts";
import { say } from "./post.ts";
import type { Offer } from "./post.ts";

export function failureAnswer(turn: Turn, failure: NovaFailure): Answer {
  return {
    turn,
    agent: null,
    route: null,
    pack: null,
    outcome: "failed",
    posts: [
      say(`⚠ ${failure.forPerson}`, {
        kind: "failure",
        footer: `failure ${failure.kind} · turn ${turn.id}`,
        offers: offersFor(turn, failure),
      }),
    ],
    proposals: [],
    runs: [],
    waiting: null,
    usage: { inputTokens: 0, outputTokens: 0, dollars: 0 },
    failure: { kind: failure.kind, operator: failure.detail },
  };
}

function offersFor(turn: Turn, failure: NovaFailure): readonly Offer[] {
  const drop: Offer = { label: "Drop", style: "plain", asks: null, action: { kind: "drop", turn: turn.id } };
  // A press or a signal can't be asked again in a person's name; they only hear of it.
  if (turn.message.body.kind !== "text" && turn.message.body.kind !== "command") return [];
  if (failure.next === "stop" || failure.next === "ask") return [];
  return [{ label: "Retry", style: "primary", asks: null, action: { kind: "retry", turn: turn.id } }, drop];
}
