// When somebody is asked: at once, or once quiet hours are over and there is room for another card in the hour. Only low
// and medium stakes wait, and waiting never approves anything: a card's life begins when it is shown.
import type { ProjectId } from "../ids.ts";
import type { ApprovalPolicy } from "./policy.ts";
import type { RecentCard } from "../ports.ts";
import type { NewProposal } from "../proposal.ts";
import { quietUntil } from "../quiet-hours.ts";
import type { QuietHours } from "../quiet-hours.ts";

const hourMs = 3_600_000;

export type QuietBook = {
  readonly ofProject: (project: ProjectId) => QuietHours | null;
  readonly ofPerson: (name: string) => QuietHours | null;
};
export type Held = { readonly showAt: number; readonly why: string };

/** Null: now. `recent`: cards of the last hour and those that are still to come. */
export function heldUntil(
  policy: ApprovalPolicy,
  proposal: NewProposal,
  recent: readonly RecentCard[],
): Held | null {
  if (proposal.stakes === "high") return null;
  const now = policy.clock.now();
  const quiet = quietEnd(policy, proposal, now);
  const room = roomAt(policy, proposal, { recent, now });
  const showAt = Math.max(quiet ?? now, room ?? now);
  if (showAt <= now) return null;
  const who = proposal.approvers.join(" and ");
  const why =
    showAt === quiet
      ? `quiet hours for ${who}`
      : `${policy.cardsPerHour} cards within an hour are enough for ${who}`;
  return { showAt, why };
}

/** Whoever asks and may decide is awake; a run asks for nobody who sits there. */
function quietEnd({ quiet }: ApprovalPolicy, proposal: NewProposal, now: number): number | null {
  const { turn, approvers, requester, project } = proposal;
  if (turn !== null && approvers.includes(requester)) return null;
  const place = project === null ? null : quiet.ofProject(project);
  const placeEnd = place === null ? null : quietUntil(place, now);
  // As long as one of them is awake, that one may be asked.
  const ends = approvers.map((name) => {
    const hours = quiet.ofPerson(name);
    return hours === null ? null : quietUntil(hours, now);
  });
  const peopleEnd = ends.reduce((first, end) =>
    first === null || end === null ? null : Math.min(first, end),
  );
  return placeEnd === null ? peopleEnd : Math.max(placeEnd, peopleEnd ?? 0);
}

type Lately = { readonly recent: readonly RecentCard[]; readonly now: number };
/** When the first of the approvers has room for another card; null: somebody has now. */
function roomAt({ cardsPerHour }: ApprovalPolicy, { approvers }: NewProposal, lately: Lately): number | null {
  const times = approvers.map((name) => {
    const at = lately.recent
      .filter((card) => card.approvers.includes(name) && card.at > lately.now - hourMs)
      .map((card) => card.at)
      .toSorted((left, right) => right - left)[cardsPerHour - 1];
    return at === undefined ? lately.now : at + hourMs;
  });
  const first = Math.min(...times);
  return first <= lately.now ? null : first;
}
