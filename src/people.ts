// Who somebody is and what a channel is about: looked up from the platform event and the config, never from a model.
import type { Config } from "./config.ts";
import type { AccountId, ChannelId } from "./ids.ts";
import type { Account } from "./message.ts";
import type { Person, Project } from "./person.ts";
import type { Stakes } from "./proposal.ts";

export type Directory = {
  readonly personOf: (account: Account) => Person;
  /** Null: this name is nobody's, or no longer. */
  readonly named: (name: string) => Person | null;
  readonly projectOf: (channel: ChannelId) => Project | null;
  /** Names of those who may press; never empty, the config has an owner. */
  readonly approversFor: (stakes: Stakes) => readonly string[];
  readonly projects: readonly Project[];
};

/** Someone who is not listed is a guest, and so is an account that the platform calls an outsider. */
export function createDirectory(config: Config): Directory {
  const people: readonly Person[] = config.people.map(({ name, ids, role }) => ({
    name,
    class: role,
    accounts: ids,
  }));
  const byAccount = new Map<AccountId, Person>(
    people.flatMap((person) => person.accounts.map((id) => [id, person] as const)),
  );
  const byName = new Map(people.map((person) => [person.name, person] as const));
  const byChannel = new Map<ChannelId, Project>(
    config.projects.flatMap((project) => project.channels.map((channel) => [channel, project] as const)),
  );
  const owners = people.filter((person) => person.class === "owner").map(({ name }) => name);
  return {
    personOf: (account) =>
      byAccount.get(account.id) ?? { name: account.name, class: "guest", accounts: [account.id] },
    named: (name) => byName.get(name) ?? null,
    projectOf: (channel) => byChannel.get(channel) ?? null,
    approversFor: (stakes) => config.approvals.approvers[stakes] ?? owners,
    projects: config.projects,
  };
}
