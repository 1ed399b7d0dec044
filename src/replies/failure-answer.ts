// A failure as the person sees it: what happened in one sentence, what can be done next as buttons, never a stack trace.
import type { NovaFailure } from "../failures.ts";
import type { Answer, Turn } from "../message.ts";
import { say } from "../post.ts";
import type { Offer } from "../post.ts";
import type { ButtonAction } from "../proposal.ts";

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
        // Nobody talks to Nova by putting a thumb somewhere: the thread is not bothered.
        only: turn.message.body.kind === "reaction" ? turn.message.account.id : null,
      }),
    ],
    proposals: [],
    runs: [],
    waiting: null,
    usage: { inputTokens: 0, outputTokens: 0, dollars: 0 },
    failure: { kind: failure.kind, operator: failure.detail, person: failure.forPerson },
  };
}

/** Only what can help: the same words again, another agent for them, or nothing more about them. */
function offersFor(turn: Turn, failure: NovaFailure): readonly Offer[] {
  const action = againOf(turn);
  if (action === null || failure.next === "stop" || failure.kind === "message.unreadable") return [];
  const retry: Offer = { label: "Retry", style: "primary", asks: null, action };
  const elsewhere: Offer = {
    label: "Hand to somebody else",
    style: "plain",
    asks: null,
    action: elsewhereThan(action),
  };
  const drop: Offer = {
    label: "Drop",
    style: "plain",
    asks: null,
    action: { kind: "drop", turn: turn.id },
  };
  if (failure.next === "retry") return [retry, drop];
  return failure.next === "reassign" ? [retry, elsewhere, drop] : [elsewhere, drop];
}

/** The same words for anybody but whom they failed with. */
function elsewhereThan(action: Again): ButtonAction {
  const { turn } = action;
  if (action.kind === "retry") return { kind: "elsewhere", turn, not: null };
  const { agent, words } = action;
  return { kind: "elsewhere", turn, not: agent, ...(words === undefined ? {} : { words }) };
}

type Again = Extract<ButtonAction, { kind: "retry" | "choose" }>;
/** A press that ran an earlier message is pressed again; a decision or a signal can't be repeated in a person's name. */
function againOf({ id, message, button }: Turn): Again | null {
  if (message.body.kind === "text" || message.body.kind === "command") return { kind: "retry", turn: id };
  const action = button?.action;
  return action?.kind === "retry" || action?.kind === "choose" ? action : null;
}
