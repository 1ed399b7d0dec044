// What a plan leaves behind beside its checklist: that it gave each part to its agent, a failure for each part that failed,
// and buttons for what can be done about exactly that part.
import type { Part } from "../assignment.ts";
import type { NovaFailure } from "../failures.ts";
import { HandOff, noTrail } from "../hand-off.ts";
import type { Trail } from "../hand-off.ts";
import type { Failed } from "../message.ts";
import type { Offer } from "../post.ts";
import { wordsOfPart } from "./part-words.ts";
import type { Task } from "./work.ts";

/** How one part ended, as far as somebody could do something about it. */
type Ended = {
  readonly mark: string;
  readonly failure?: NovaFailure;
  readonly instead?: string;
};

/** The coordinator gives every part to its agent: a hand-off each. */
export function plannedTrail({ assignment }: Task<"plan">, at: number): Trail {
  const from = assignment.id;
  const handOffs = assignment.parts.map(({ id, text }) =>
    HandOff.parse({ from, to: id, depth: 1, reason: text.slice(0, 4_000), state: "planned", at }),
  );
  return { ...noTrail, handOffs };
}

/** Each part that failed is a failure of its own, with its place on the list. */
export function failuresOf({ assignment }: Task<"plan">, ends: readonly Ended[]): readonly Failed[] {
  return ends.flatMap(({ failure }, at) => {
    const part = assignment.parts[at];
    if (failure === undefined || part === undefined) return [];
    const where = `part ${at + 1} (${part.id})`;
    const person = `${where}: ${failure.forPerson}`;
    return [{ kind: failure.kind, operator: `${where}: ${failure.detail}`, person }];
  });
}

/** Buttons run the part's own words, never the whole message again. */
export function offersFor(task: Task<"plan">, ends: readonly Ended[]): readonly Offer[] {
  const offers = ends.flatMap((end, at) => {
    const part = task.assignment.parts[at];
    return part === undefined ? [] : offersOf(task, { part, end, number: at + 1 });
  });
  if (offers.length === 0) return [];
  return [...offers, { label: "Drop", style: "plain", asks: null, action: { kind: "drop", turn: task.id } }];
}

type Numbered = { readonly part: Part; readonly end: Ended; readonly number: number };

function offersOf({ id: turn, assignment }: Task<"plan">, { part, end, number }: Numbered): readonly Offer[] {
  const { id } = part;
  const words = wordsOfPart(part);
  const bare = { style: "plain", asks: null } as const;
  if (end.instead !== undefined) {
    const passed = [assignment.id, id];
    const action = { kind: "choose", turn, agent: end.instead, passed, words } as const;
    return [{ ...bare, label: `${number}: ask ${end.instead}`, style: "primary", action }];
  }
  if (end.failure === undefined || end.failure.next === "stop") return [];
  const again: Offer = {
    ...bare,
    label: `Retry ${number}`,
    action: { kind: "choose", turn, agent: id, words },
  };
  const other: Offer = {
    ...bare,
    label: `Hand ${number} to somebody else`,
    action: { kind: "elsewhere", turn, not: id, words },
  };
  return end.failure.next === "retry" ? [again] : [again, other];
}
