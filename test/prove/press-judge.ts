// The judge of the storm of presses. It knows three things: what the door shows, who came in, and what the till itself says
// arrived and was paid. Nova's own word is only ever held against those.
import { titleOf } from "../support/till-erp.ts";
import type { Till } from "../support/till-erp.ts";
import type { ProposalState } from "../../src/proposal.ts";
import type { TillHouse } from "./till-house.ts";

/** What the judge has to know of a card. */
export type Judged = { readonly title: string; readonly isAllowed: boolean };

/** What the till did, against what was seen and pressed. */
export function judgeTill(till: Till, cards: ReadonlyMap<string, Judged>): readonly string[] {
  const found: string[] = [];
  for (const { actionId, to, cents } of till.paid) {
    const card = cards.get(actionId);
    if (card === undefined) found.push(`${actionId} was paid and nobody ever saw a card of it`);
    else if (!card.isAllowed) found.push(`${card.title} was paid without a right press`);
    else if (card.title !== titleOf(to, cents))
      found.push(`${card.title} was shown, ${titleOf(to, cents)} was paid`);
  }
  if (new Set(till.paid.map(({ actionId }) => actionId)).size !== till.paid.length)
    found.push("something was paid twice");
  return [...found, ...judgeCalls(till)];
}

/** A second call needs a reason: an ERP that knows keys, and a first one that nobody heard the answer to. */
function judgeCalls({ calls, mode }: Till): readonly string[] {
  return calls.flatMap(({ actionId, isGranted, life }, at) => {
    const earlier = calls.slice(0, at).filter((one) => one.actionId === actionId);
    const found = isGranted ? [] : [`${actionId} reached the till without an approval`];
    if (earlier.length > 0 && mode !== "key") found.push(`${actionId} was sent again where no id is known`);
    if (earlier.some((one) => one.isAnswered && one.life === life))
      found.push(`${actionId} was sent again although it had been answered`);
    return found;
  });
}

/** Behind a boot, whatever the last life left undone: a card that looks open is one that can still be decided. */
export async function judgeCards({ door, nova }: TillHouse): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { post } of door.posts()) {
    if (post.card === null) continue;
    const { title, proposal, isOpen, state: words } = post.card;
    const state = (await nova.journal().proposal(proposal))?.state ?? "unknown to the journal";
    if (isOpen && state !== "proposed" && state !== "pending")
      found.push(`${title} looks open behind a boot, and is ${state}`);
    if (words.endsWith(", running")) found.push(`${title} says behind a boot that it runs, and is ${state}`);
  }
  return found;
}

/** Deeds behind the first so many that nobody heard the end of, and what their cards say of it before any time has passed. */
export function unheard(
  { door, till }: TillHouse,
  before: number,
): {
  readonly all: number;
  /** Said as unknown. */
  readonly told: number;
  readonly violations: readonly string[];
} {
  const lost = till.calls.slice(before).filter(({ isAnswered }) => !isAnswered);
  const cards = door.posts().flatMap(({ post: { card } }) => (card === null ? [] : [card]));
  const states = lost.map(
    ({ actionId }) => cards.findLast(({ proposal }) => proposal === actionId)?.state ?? "no card",
  );
  return {
    all: states.length,
    told: states.filter((words) => words.startsWith("Outcome unknown")).length,
    violations: states
      .filter((words) => !/^Outcome unknown|, done/u.test(words))
      .map((words) => `nobody heard how it ended, and its card says "${words}"`),
  };
}

const begun: ReadonlySet<ProposalState> = new Set<ProposalState>(["approved", "executing", "unknown"]);
const truths = {
  paid: new Set<ProposalState>(["applied", "needs_human"]),
  unpaid: new Set<ProposalState>(["applied", "partial", "compensated"]),
} as const;

/** When everything has had its time: what Nova says of each payment is what the till says, or that a person has to look. */
export async function judgeEnds({ till, nova }: TillHouse): Promise<readonly string[]> {
  const paid = new Set(till.paid.map(({ actionId }) => actionId));
  const stored = await nova.journal().proposals({});
  const ends = stored.flatMap(({ id, state, prepared: { summary } }) => {
    if (begun.has(state)) return [`${summary} is ${state} for ever`];
    if (paid.has(id))
      return truths.paid.has(state) ? [] : [`${summary} was paid, and Nova calls it ${state}`];
    return truths.unpaid.has(state) ? [`${summary} was not paid, and Nova calls it ${state}`] : [];
  });
  return [...ends, ...(await nova.journal().stuck())];
}
