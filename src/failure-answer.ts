// A failure as the person sees it: what happened in one sentence, what can be done next as buttons, never a stack trace.
import type { NovaFailure } from "./failures.ts";
import type { Answer, Turn } from "./message.ts";
import { say } from "./post.ts";
import type { Offer } from "./post.ts";
import type { ButtonAction } from "./proposal.ts";

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
  const action = againOf(turn);
  if (action === null || failure.next === "stop" || failure.next === "ask") return [];
  return [
    { label: "Retry", style: "primary", asks: null, action },
    { label: "Drop", style: "plain", asks: null, action: { kind: "drop", turn: turn.id } },
  ];
}

/** A press that ran an earlier message is pressed again; a decision or a signal can't be repeated in a person's name. */
function againOf({ id, message, button }: Turn): ButtonAction | null {
  if (message.body.kind === "text" || message.body.kind === "command") return { kind: "retry", turn: id };
  const action = button?.action;
  return action?.kind === "retry" || action?.kind === "choose" ? action : null;
}
