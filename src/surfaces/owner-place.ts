// Where Nova tells the owner what concerns nobody else: the place that the config names, or else where an owner last
// talked with Nova alone.
import type { Config } from "../config.ts";
import { ThreadId } from "../ids.ts";
import type { Directory } from "../people.ts";
import type { ChatAdapter, Clock, Journal } from "../ports.ts";

export type OwnerPlaceDeps = {
  readonly config: Config;
  readonly directory: Directory;
  readonly journal: Pick<Journal, "lastHeard">;
  readonly adapters: readonly ChatAdapter[];
  readonly clock: Clock;
};

/** A talk that lies further back says little about where the owner looks today. */
const lookBackMs = 30 * 86_400_000;

/** Null: no place is known, or none that is connected. */
export async function ownerPlace(deps: OwnerPlaceDeps): Promise<ThreadId | null> {
  const { channel } = deps.config.audit;
  const surfaces = new Set(deps.adapters.map(({ surface }) => surface));
  if (channel !== null) {
    const isThere = [...surfaces].some((surface) => channel.startsWith(`${surface}:`));
    return isThere ? ThreadId.parse(`${channel}:${channel.split(/[:/]/u).at(-1) ?? ""}`) : null;
  }
  const since = deps.clock.now() - lookBackMs;
  const heard = await Promise.all(
    [...surfaces].map(async (surface) => deps.journal.lastHeard(surface, since)),
  );
  const [newest] = heard
    .flat()
    .filter(({ direct, account }) => direct && deps.directory.personOf(account).class === "owner")
    .toSorted((left, right) => right.at - left.at);
  return newest?.thread ?? null;
}
