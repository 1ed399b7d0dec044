// Who may decide a proposal at this moment: named on its row when it was asked, still listed in the config, and with an
// account where the card is. Asked at the press, before the effect runs, and at every start.
import type { AccountId, ThreadId } from "../ids.ts";
import type { Directory } from "../people.ts";
import type { Person } from "../person.ts";
import { namedIn } from "../proposal.ts";
import type { Proposal } from "../proposal.ts";

/** Named on the row as it stands, and listed for such stakes now, with whoever stands in for them today. */
export function decidersOf(directory: Directory, proposal: Proposal): readonly string[] {
  const listed = listedOf(directory, proposal);
  const { isFourEyes } = directory.quorumFor(proposal.stakes, proposal.requester);
  return withStandIns(directory, listed).filter((name) => !isFourEyes || name !== proposal.requester);
}

/** In whose place this person may decide it; null: in their own, or not at all. */
export function insteadOf(directory: Directory, proposal: Proposal, person: string): string | null {
  const listed = listedOf(directory, proposal);
  if (listed.includes(person)) return null;
  return listed.find((name) => directory.standInsOf(name).includes(person)) ?? null;
}

/** These people and who stands in for them today. */
export const withStandIns = (directory: Directory, names: readonly string[]): readonly string[] => [
  ...new Set([...names, ...names.flatMap((name) => directory.standInsOf(name))]),
];

function listedOf(directory: Directory, proposal: Proposal): readonly string[] {
  const { approvers } = directory.quorumFor(proposal.stakes, proposal.requester);
  const listed = new Set([...approvers, ...(proposal.escalatedAt == null ? [] : directory.escalateTo)]);
  return namedIn(proposal).filter((name) => listed.has(name));
}

/** Whoever may decide it now, and whoever may when nobody has by half of its time. */
export function everDecidersOf(directory: Directory, proposal: Proposal): readonly string[] {
  const later = (proposal.escalateTo ?? []).filter((name) => directory.escalateTo.includes(name));
  return [...new Set([...decidersOf(directory, proposal), ...later])];
}

/** How many yeses it takes: as many as when it was asked, and as many as it would take now. */
export const neededFor = (directory: Directory, proposal: Proposal): number =>
  Math.max(proposal.minApprovals, directory.quorumFor(proposal.stakes, proposal.requester).minApprovals);

/** A card's thread, and the places where somebody can be asked in direct messages besides. */
export type Asking = {
  readonly thread: ThreadId;
  readonly directPlaces: ReadonlySet<string>;
  /** Accounts that their platform calls outsiders there: nobody is reached by them. */
  readonly outsiders?: ReadonlySet<AccountId> | undefined;
};

/** Those of them who have an account where this thread is (the surface, on Slack in the same workspace), or where Nova can write to them alone. */
export function reachableIn(
  directory: Directory,
  names: readonly string[],
  { thread, directPlaces, outsiders }: Asking,
): readonly string[] {
  const place = placeOf(thread);
  const isReached = (account: AccountId): boolean =>
    outsiders?.has(account) !== true && (placeOf(account) === place || directPlaces.has(placeOf(account)));
  return names.filter((name) => directory.named(name)?.accounts.some(isReached) === true);
}

/** `slack:T1` of `slack:T1/C1:1712.5` and of `slack:T1/U1`; the surface alone where accounts name no workspace. */
export function placeOf(id: string): string {
  const [surface = "", rest = ""] = id.split(":", 2);
  const slash = rest.indexOf("/");
  return slash === -1 ? surface : `${surface}:${rest.slice(0, slash)}`;
}

/** Whoever asked for it and whoever may decide it, as listed now: nobody else sees its values as fields. */
export function mayEdit(
  directory: Directory,
  proposal: Proposal,
  { person, account }: { readonly person: Person; readonly account: AccountId },
): boolean {
  if (person.class !== "owner" && person.class !== "member") return false;
  const isApprover = decidersOf(directory, proposal).includes(person.name);
  return isApprover || proposal.requesterAccount === account || proposal.requester === person.name;
}
