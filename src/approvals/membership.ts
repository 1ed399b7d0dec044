// Whether people are still where their project is, by the platform's own word: who left a server decides nothing for it. Asked
// before somebody is asked, at the press, and right before the effect runs; never for a plain message.
import { withStandIns } from "./authority.ts";
import type { Config } from "../config.ts";
import type { AccountId } from "../ids.ts";
import type { Directory } from "../people.ts";
import type { ChatAdapter, Membership } from "../ports.ts";
import type { Proposal } from "../proposal.ts";

export type MembershipOf = (account: AccountId, project: Proposal["project"]) => Promise<Membership>;
type Deps = { readonly directory: Directory; readonly membershipOf: MembershipOf };
type Asked = Pick<Proposal, "project" | "approvers"> & {
  readonly escalateTo?: readonly string[] | undefined;
};

/** By the project's channels on the account's surface; where it has none there, by those of any project. A surface that does not say vouches by itself. */
export function createMembership(
  projects: Config["projects"],
  adapters: readonly Pick<ChatAdapter, "surface" | "memberOf">[],
): MembershipOf {
  return async (account, project) => {
    const adapter = adapters.find(({ surface }) => account.startsWith(`${surface}:`));
    if (adapter?.memberOf === undefined) return "member";
    const channelsOf = (some: Config["projects"]) =>
      some.flatMap(({ channels }) => channels).filter((id) => id.startsWith(`${adapter.surface}:`));
    const own = channelsOf(projects.filter(({ id }) => id === project));
    const channels = own.length > 0 ? own : channelsOf(projects);
    return channels.length === 0 ? "member" : adapter.memberOf(account, channels);
  };
}

/** What is said of the accounts of these people there. */
async function wordsOn(
  { directory, membershipOf }: Deps,
  names: readonly string[],
  project: Proposal["project"],
): Promise<readonly (readonly [AccountId, Membership])[]> {
  const accounts = names.flatMap((name) => directory.named(name)?.accounts ?? []);
  return Promise.all(
    accounts.map(async (account) => [account, await membershipOf(account, project)] as const),
  );
}

/** `unclear`: nobody says whether they belong there. */
type Outside = { readonly outsiders: ReadonlySet<AccountId>; readonly unclear: ReadonlySet<AccountId> };

/** The same deps, with the outsiders among all who could decide these: what is asked next leaves them out. */
export async function withOutsiders<T extends Deps>(
  deps: T,
  proposals: readonly Asked[],
): Promise<T & Outside> {
  const found = await Promise.all(
    proposals.map(async ({ project, approvers, escalateTo = [] }) =>
      wordsOn(deps, withStandIns(deps.directory, [...approvers, ...escalateTo]), project),
    ),
  );
  const saidOf = (wanted: Membership): ReadonlySet<AccountId> =>
    new Set(found.flat().flatMap(([account, word]) => (word === wanted ? [account] : [])));
  return { ...deps, outsiders: saidOf("outsider"), unclear: saidOf("unclear") };
}

/** Those of them who have no account left that is no outsider's. */
export const goneAmong = (
  directory: Directory,
  names: readonly string[],
  outsiders: ReadonlySet<AccountId>,
): readonly string[] =>
  names.filter((name) => directory.named(name)?.accounts.every((id) => outsiders.has(id)) === true);

/** Why this account may not decide here, for whoever pressed; null: it may, as far as its platform says. */
export async function strangerWords(
  membershipOf: MembershipOf,
  account: AccountId,
  project: Proposal["project"],
): Promise<string | null> {
  const surface = account.slice(0, account.indexOf(":"));
  const word = await membershipOf(account, project);
  if (word === "member") return null;
  return word === "outsider"
    ? `By what ${surface} says you are no full member of this project's server (any more), so you can't decide here. Nothing was done.`
    : `I could not find out from ${surface} whether you are still a member of this project's server. Nothing was done: press again in a minute.`;
}
