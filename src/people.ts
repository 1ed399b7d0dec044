// Who somebody is and what a channel is about: looked up from the platform event and the config, never from a model.
import { systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { AccountId, ChannelId } from "./ids.ts";
import type { Account } from "./message.ts";
import type { Person, PersonClass, Project } from "./person.ts";
import type { Clock } from "./ports.ts";
import type { Stakes } from "./proposal.ts";

export type Directory = {
  readonly personOf: (account: Account) => Person;
  /** Null: this name is nobody's, or no longer. */
  readonly named: (name: string) => Person | null;
  readonly projectOf: (channel: ChannelId) => Project | null;
  /** Names of those who may press; never empty, the config has an owner. */
  readonly approversFor: (stakes: Stakes) => readonly string[];
  /** Who is to be asked, and how many of them must say yes, for what this person asked for. */
  readonly quorumFor: (stakes: Stakes, requester: string) => Quorum;
  /** Names of those who may decide in this person's place today. */
  readonly standInsOf: (name: string) => readonly string[];
  /** Names of those who may decide too once half of a card's time is over. */
  readonly escalateTo: readonly string[];
  readonly projects: readonly Project[];
};

export type Quorum = {
  readonly approvers: readonly string[];
  readonly minApprovals: number;
  /** Two people at least: whoever asked counts as one, and can't be the other. */
  readonly isFourEyes: boolean;
};

/**
 * Someone who is not listed is a guest, and so is a listed account that the platform calls an outsider: a failed look-up
 * counts as one, so that a failure never opens a door. Whoever is demoted like that is told so (`outsiderWords`).
 */
export function createDirectory(config: Config, clock: Pick<Clock, "now"> = systemClock): Directory {
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
  const approversFor = (stakes: Stakes): readonly string[] => config.approvals.approvers[stakes] ?? owners;
  return {
    personOf: (account) => {
      const listed = byAccount.get(account.id) ?? null;
      if (listed !== null && account.standing === "regular") return listed;
      return {
        name: account.id,
        class: "guest",
        accounts: [account.id],
        ...(listed === null ? {} : { listedAs: listed.name }),
      };
    },
    named: (name) => byName.get(name) ?? null,
    projectOf: (channel) => byChannel.get(channel) ?? null,
    approversFor,
    quorumFor: (stakes, requester) => {
      const isFourEyes = config.approvals.fourEyes.includes(stakes);
      return quorumOf(approversFor(stakes), { isFourEyes, requester });
    },
    escalateTo: config.approvals.escalateTo,
    standInsOf: (name) => standInsOf(config.approvals.delegations, name, clock.now()),
    projects: config.projects,
  };
}

type Asking = { readonly isFourEyes: boolean; readonly requester: string };
function quorumOf(approvers: readonly string[], { isFourEyes, requester }: Asking): Quorum {
  const listed = [...new Set(approvers)];
  if (!isFourEyes || listed.length < 2) return { approvers: listed, minApprovals: 1, isFourEyes: false };
  const others = listed.filter((name) => name !== requester);
  return { approvers: others, minApprovals: Math.min(2, others.length), isFourEyes: true };
}

function standInsOf(
  delegations: Config["approvals"]["delegations"],
  name: string,
  at: number,
): readonly string[] {
  const today = new Date(at).toISOString().slice(0, 10);
  return delegations
    .filter(({ from, since, until }) => from === name && since <= today && today <= until)
    .map(({ to }) => to);
}

const rank: Readonly<Record<PersonClass, number>> = { owner: 3, member: 2, guest: 1, visitor: 0 };

/** Whose rights count when one person runs another's words again: never more than either of them has. */
export const lowerOf = (presser: Person, writer: Person): Person =>
  rank[writer.class] < rank[presser.class] ? writer : presser;

/** What a listed person reads when the platform does not vouch for the account; null for everybody else. */
export function outsiderWords(person: Person, surface: string): string | null {
  if (person.listedAs === undefined) return null;
  return `This account is listed as ${person.listedAs}, but ${surface} calls it a guest or a stranger, or could not tell just now. I did nothing with your message. Send it again in a minute; if this comes back, ${surface} itself says so, and only a full member's account can act here.`;
}
