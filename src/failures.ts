// Every failure Nova knows: a text for the person, a text for the operator, and what happens next.
// The list is closed; anything else that is thrown becomes `unexpected`, loudly.

/** What the person is offered: `retry` runs the message again, `reassign` also asks somebody else, `ask` only that, `stop` only tells. */
export type NextStep = "retry" | "ask" | "reassign" | "stop";
type Entry = { readonly person: string; readonly next: NextStep };

const entries = {
  "model.down": {
    person: "The language model can't be reached right now. Your message is kept.",
    next: "retry",
  },
  "model.late": {
    person: "The language model took too long to answer. Your message is kept.",
    next: "retry",
  },
  "model.refused": { person: "The language model declined to answer this.", next: "ask" },
  "model.cut": {
    person: "The answer ran over its length and was cut off, so I don't pass it on.",
    next: "reassign",
  },
  "contract.broken": {
    person: "The agent's answer broke its contract twice, so I don't pass it on.",
    next: "reassign",
  },
  "steps.exhausted": {
    person: "The agent kept looking things up without coming to an answer, so I stopped it.",
    next: "reassign",
  },
  "handoff.refused": { person: "An agent named somebody who may not take this here.", next: "reassign" },
  "handoff.circle": { person: "The agents handed this back and forth, so I stopped it.", next: "reassign" },
  "handoff.deep": {
    person: "This was handed on too often and nobody took it, so I stopped there.",
    next: "reassign",
  },
  "tool.off": {
    person: "A tool that this needs is switched off until the owner accepts it again. Nothing was done.",
    next: "ask",
  },
  "tool.failed": { person: "Looking that up failed.", next: "retry" },
  "erp.unavailable": { person: "The ERP can't be reached right now. Nothing was changed.", next: "retry" },
  "context.unavailable": {
    person: "The project's context can't be read right now, so I don't answer from half of it.",
    next: "retry",
  },
  "delivery.failed": { person: "An answer could not be delivered here.", next: "retry" },
  "budget.spent": { person: "The spending limit for now is used up, so I asked no model.", next: "stop" },
  poison: { person: "This message brought me down several times, so I set it aside.", next: "retry" },
  "run.failed": { person: "The pipeline stopped because a step failed.", next: "retry" },
  "run.overdue": { person: "A step of the pipeline is past its deadline.", next: "stop" },
  "row.overdue": {
    person: "Something that I had begun was left lying. The owner sees it among the failures.",
    next: "stop",
  },
  "audit.broken": {
    person: "The record of approvals was changed outside Nova, so nothing is executed until it is mended.",
    next: "stop",
  },
  "message.unreadable": { person: "I can't read that message.", next: "ask" },
  unexpected: {
    person: "Something went wrong on my side that I did not foresee. Your message is kept.",
    next: "retry",
  },
} as const satisfies Record<string, Entry>;

export type FailureKind = keyof typeof entries;
export const failureKinds: readonly FailureKind[] = Object.keys(entries).filter(
  (key): key is FailureKind => key in entries,
);

/** A failure with its place in the closed list. `detail` is for the operator and never reaches a person. */
export class NovaFailure extends Error {
  readonly kind: FailureKind;
  readonly detail: string;
  /** A sentence that replaces the list's own where more is known; safe to show. */
  readonly forPerson: string;

  constructor(
    kind: FailureKind,
    detail: string,
    options: { readonly forPerson?: string; readonly cause?: unknown } = {},
  ) {
    super(`${kind}: ${detail}`, { cause: options.cause });
    this.name = "NovaFailure";
    this.kind = kind;
    this.detail = detail;
    this.forPerson = options.forPerson ?? entries[kind].person;
  }

  get next(): NextStep {
    return entries[this.kind].next;
  }
}

/** Whatever was thrown, as a member of the list. */
export function toFailure(thrown: unknown): NovaFailure {
  if (thrown instanceof NovaFailure) return thrown;
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new NovaFailure("unexpected", detail, { cause: thrown });
}
