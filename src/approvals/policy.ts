// How a proposal is judged, from the owner's config: how hard, for how long, by how many, and under which version of all that.
import { placeOf } from "./authority.ts";
import type { Config } from "../config.ts";
import { createMembership } from "./membership.ts";
import type { MembershipOf } from "./membership.ts";
import type { Directory } from "../people.ts";
import type { QuietBook } from "./asking-time.ts";
import type { ChatAdapter, Clock, Entropy, Erp, ErpCapabilities } from "../ports.ts";
import type { Stakes } from "../proposal.ts";
import { operationStakes } from "./operation-stakes.ts";
import { policyVersionOf } from "./policy-version.ts";

export type ApprovalPolicy = {
  readonly directory: Directory;
  readonly entropy: Entropy;
  readonly highAmountCents: number;
  /** What each operation is worth at least. */
  readonly operations: Readonly<Record<string, Stakes>>;
  /** How long a card of such stakes may wait for its decision. */
  readonly lifeMsOf: (stakes: Stakes) => number;
  /** How long an effect of high stakes waits, open to Stop, where one person alone decided it. */
  readonly waitAloneMs: number;
  /** How an ERP's previews come about; one that is not there has none that anybody computed. */
  readonly previewOf: (instance: string) => ErpCapabilities["preview"];
  readonly clock: Pick<Clock, "now">;
  readonly cardsPerHour: number;
  readonly quiet: QuietBook;
  /** What a card was asked under. */
  readonly version: string;
  /** Where Nova can write to people alone: surfaces, on Slack with the workspace. */
  readonly directPlaces: ReadonlySet<string>;
  readonly membershipOf: MembershipOf;
};

type PolicyParts = Pick<ApprovalPolicy, "directory" | "entropy" | "clock"> & {
  readonly erps: ReadonlyMap<string, Pick<Erp, "capabilities">>;
  /** Absent: nobody can be written to alone. */
  readonly adapters?: readonly Pick<ChatAdapter, "surface" | "sees" | "memberOf">[];
  /** Absent: the house's own table. */
  readonly operations?: Readonly<Record<string, Stakes>> | undefined;
};

export function createPolicy(
  { approvals, people, projects }: Config,
  { directory, entropy, clock, erps, adapters = [], operations = operationStakes }: PolicyParts,
): ApprovalPolicy {
  const highAmountCents = Math.round(approvals.highAmount * 100);
  const { expireAfter, expireHighAfter, waitAlone: waitAloneMs } = approvals;
  const owners = people.filter(({ role }) => role === "owner").map(({ name }) => name);
  return {
    directory,
    entropy,
    clock,
    cardsPerHour: approvals.cardsPerHour,
    quiet: {
      ofProject: (project) => projects.find(({ id }) => id === project)?.quietHours ?? null,
      ofPerson: (person) => people.find(({ name }) => name === person)?.quietHours ?? null,
    },
    highAmountCents,
    operations,
    waitAloneMs,
    previewOf: (instance) => erps.get(instance)?.capabilities().preview ?? "declared",
    lifeMsOf: (stakes) => (stakes === "high" ? Math.min(expireAfter, expireHighAfter) : expireAfter),
    version: policyVersionOf({ approvals, owners, operations }),
    directPlaces: directPlacesOf(projects, adapters),
    membershipOf: createMembership(projects, adapters),
  };
}

/** Accounts elsewhere than where projects are may be of a workspace that Nova is not in. */
function directPlacesOf(
  projects: Config["projects"],
  adapters: NonNullable<PolicyParts["adapters"]>,
): ReadonlySet<string> {
  const channels = projects.flatMap((project) => project.channels);
  return new Set(
    adapters
      .filter(({ sees }) => sees !== undefined)
      .flatMap(({ surface }) => channels.filter((channel) => channel.startsWith(`${surface}:`)).map(placeOf)),
  );
}
