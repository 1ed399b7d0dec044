// Who may decide a proposal at this moment: named on its row when it was asked, still listed in the config, and with an
// account where the card is. Asked at the press, before the effect runs, and at every start.
import type { AccountId, ThreadId } from "./ids.ts";
import type { Directory } from "./people.ts";
import type { Person } from "./person.ts";
import { namedIn } from "./proposal.ts";
import type { Proposal } from "./proposal.ts";

/** Named on the row as it stands, and listed for such stakes now. */
export function decidersOf(directory: Directory, proposal: Proposal): readonly string[] {
  const { approvers, isFourEyes } = directory.quorumFor(proposal.stakes, proposal.requester);
  const listed = new Set([...approvers, ...(proposal.escalatedAt == null ? [] : directory.escalateTo)]);
  const isBarred = (name: string): boolean => isFourEyes && name === proposal.requester;
  return namedIn(proposal).filter((name) => listed.has(name) && !isBarred(name));
}

/** Whoever may decide it now, and whoever may when nobody has by half of its time. */
export function everDecidersOf(directory: Directory, proposal: Proposal): readonly string[] {
  const later = (proposal.escalateTo ?? []).filter((name) => directory.escalateTo.includes(name));
  return [...new Set([...decidersOf(directory, proposal), ...later])];
}

/** How many yeses it takes: as many as when it was asked, and as many as it would take now. */
export const neededFor = (directory: Directory, proposal: Proposal): number =>
  Math.max(proposal.minApprovals, directory.quorumFor(proposal.stakes, proposal.requester).minApprovals);

/** Those of them who have an account where this thread is: the surface, on Slack in the same workspace. */
export function reachableIn(
  directory: Directory,
  names: readonly string[],
  thread: ThreadId,
): readonly string[] {
  const place = placeOf(thread);
  return names.filter((name) => directory.named(name)?.accounts.some((id) => placeOf(id) === place) === true);
}

/** `slack:T1` of `slack:T1/C1:1712.5` and of `slack:T1/U1`; the surface alone where accounts name no workspace. */
function placeOf(id: string): string {
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
