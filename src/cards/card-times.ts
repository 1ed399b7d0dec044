// The times of a card: how long it may wait for its decision, when nobody is disturbed with it, how long what was approved
// waits before it runs. Fixed when it is asked; its clock starts when it is shown.
import type { ApprovalPolicy } from "../approvals/policy.ts";
import type { NewProposal } from "../proposal.ts";
import { awakeFrom, openUntil } from "../approvals/quiet-clock.ts";
import type { QuietHours } from "../quiet-hours.ts";

type Asked = Pick<NewProposal, "stakes" | "project" | "approvers"> & { readonly isFourEyes: boolean };
type Times = Pick<NewProposal, "expireAfterMs" | "quiet" | "waitMs">;

export function cardTimes(policy: ApprovalPolicy, asked: Asked): Times {
  const { stakes, isFourEyes } = asked;
  const { waitAloneMs: waitMs } = policy;
  // Nobody else looks at it: whoever approves it alone has a while to think again.
  const isAlone = stakes === "high" && !isFourEyes && waitMs > 0;
  return {
    expireAfterMs: policy.lifeMsOf(stakes),
    ...quietOf(policy, asked),
    ...(isAlone ? { waitMs } : {}),
  };
}

/** As long as one of those who are asked is awake, that one may be asked. */
function quietOf({ quiet }: ApprovalPolicy, { project, approvers }: Asked): Pick<NewProposal, "quiet"> {
  const place = project === null ? null : quiet.ofProject(project);
  const each = approvers.map((name) => quiet.ofPerson(name));
  const hours = each.filter((one): one is QuietHours => one !== null);
  const people = hours.length < each.length ? [] : hours;
  return place === null && people.length === 0 ? {} : { quiet: { place, people } };
}

export type CardClock = { readonly expiresAt: number; readonly remindAt: number | null };

/**
 * Low stakes lose nothing by waiting, so their time stands still in quiet hours; medium and high are worth what they are for
 * so many hours of the wall clock. A reminder never comes in quiet hours, and never behind the end.
 */
export function cardClock(
  { stakes, quiet, expireAfterMs }: Pick<NewProposal, "stakes" | "quiet" | "expireAfterMs">,
  shownAt: number,
): CardClock {
  const after = (ms: number): number =>
    stakes === "low" && quiet !== undefined ? openUntil(quiet, shownAt, ms) : shownAt + ms;
  const expiresAt = after(expireAfterMs);
  return { expiresAt, remindAt: reminderFrom({ quiet, expiresAt }, after(Math.floor(expireAfterMs / 2))) };
}

/** The first moment from `at` on at which a reminder disturbs nobody's rest; null: the card is over by then. */
export function reminderFrom(
  { quiet, expiresAt }: Pick<NewProposal, "quiet"> & Pick<CardClock, "expiresAt">,
  at: number,
): number | null {
  const remindAt = quiet === undefined ? at : awakeFrom(quiet, at);
  return remindAt !== null && remindAt < expiresAt ? remindAt : null;
}
