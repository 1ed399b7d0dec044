// Whoever could decide an open card may leave while it waits. Looked for every ten minutes, never for a plain message: those
// to whom the config escalates may decide at once then, and where nobody is left the card is closed, which is said.
import { decidersOf, everDecidersOf, neededFor, reachableIn } from "./authority.ts";
import { goneAmong, withOutsiders } from "./membership.ts";
import type { MembershipOf } from "./membership.ts";
import { departedNotice, strandedNotice } from "../notices.ts";
import type { ApprovalPolicy } from "./policy.ts";
import type { Clock, Journal } from "../ports.ts";
import type { Proposal } from "../proposal.ts";

export type DepartureDeps = {
  readonly journal: Pick<Journal, "proposals" | "settle" | "remind">;
  readonly policy: Pick<ApprovalPolicy, "directory" | "directPlaces" | "membershipOf">;
  readonly clock: Pick<Clock, "now">;
  /** Closed: whoever waits for it should hear of it. */
  readonly onOver: (proposal: string) => void;
  /** Its cards show something else now: bring them up to date. */
  readonly onMoved: () => void;
  readonly onTrouble: (what: string, thrown: unknown) => void;
};
export type DepartureWatch = {
  /** Begins a look if one is due: a slow platform holds up nothing else. */
  readonly look: () => void;
  readonly idle: () => Promise<void>;
};

const everyMs = 600_000;

export function createDepartureWatch(deps: DepartureDeps): DepartureWatch {
  let lookedAt = deps.clock.now();
  let looking: Promise<void> | null = null;
  return {
    look: () => {
      const since = deps.clock.now() - lookedAt;
      if (looking !== null || (since >= 0 && since < everyMs)) return;
      lookedAt = deps.clock.now();
      looking = lookAtAll(deps)
        .catch((thrown: unknown) => deps.onTrouble("looking for who left", thrown))
        .finally(() => {
          looking = null;
        });
    },
    idle: async () => looking ?? undefined,
  };
}

async function lookAtAll(deps: DepartureDeps): Promise<void> {
  const policy = { ...deps.policy, membershipOf: askedOnce(deps.policy.membershipOf) };
  for (const proposal of await deps.journal.proposals({ states: ["pending"] }))
    await lookAt({ ...deps, policy }, proposal);
}

/** Each account once per look, however many cards wait for its person. */
function askedOnce(membershipOf: MembershipOf): MembershipOf {
  const said = new Map<string, ReturnType<MembershipOf>>();
  return async (account, project) => {
    const key = JSON.stringify([account, project]);
    const word = said.get(key) ?? membershipOf(account, project);
    said.set(key, word);
    return word;
  };
}

/** Only a platform's plain word counts: where it is unclear whether they left, nothing is done. */
async function lookAt(deps: DepartureDeps, proposal: Proposal): Promise<void> {
  const { directory } = deps.policy;
  const { outsiders, directPlaces } = await withOutsiders(deps.policy, [proposal]);
  const left = goneAmong(directory, everDecidersOf(directory, proposal), outsiders);
  if (left.length === 0) return;
  const place = { thread: proposal.thread, directPlaces, outsiders };
  const needed = neededFor(directory, proposal);
  const reached = reachableIn(directory, decidersOf(directory, proposal), place);
  if (reached.length >= needed) return;
  const ever = reachableIn(directory, everDecidersOf(directory, proposal), place);
  if (ever.length >= needed) {
    const more = ever.filter((name) => !reached.includes(name));
    if (await deps.journal.remind(proposal.id, departedNotice(proposal, { left, more }))) deps.onMoved();
    return;
  }
  await close(deps, proposal, left);
}

async function close(deps: DepartureDeps, { id, batch, ...rest }: Proposal, left: readonly string[]) {
  const detail = `${left.join(" and ")} left by what their platform says, and nobody else may decide it here`;
  // Items of a batch share one card, and one sentence.
  const isItem = batch !== undefined && batch.lead !== id;
  const said = isItem ? {} : { notice: strandedNotice({ id, batch, ...rest }) };
  if (!(await deps.journal.settle(id, { from: ["pending"], to: "blocked", detail, ...said }))) return;
  deps.onOver(id);
  deps.onMoved();
}
