// Who wrote, by Slack's own word: regular member, or an outsider (guest, foreign workspace, stranger). Looked up once
// in a while per person; what can't be looked up counts as an outsider, so that a failure never opens a door.
import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Account } from "../../src/message.ts";
import type { Clock } from "../../src/ports.ts";
import { accountIdOf } from "./addresses.ts";
import type { Who } from "./inbound.ts";
import { problemOf } from "./outcomes.ts";
import type { Report } from "./wire.ts";

export type Accounts = {
  readonly accountOf: (who: Who) => Promise<Account>;
  /** What is known without asking Slack; null: it would have to be asked. */
  readonly known: (who: Who) => Account | null;
};

/** `found`: null while the look-up is under way, and when it failed. */
type Known = { readonly account: Promise<Account>; until: number; found: Account | null };
type Entry = Pick<Known, "until" | "found">;

const freshMs = 10 * 60_000;
const capacity = 5_000;

const UserInfo = z.object({
  user: z.object({
    team_id: z.string().optional(),
    name: z.string().optional(),
    real_name: z.string().optional(),
    deleted: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
  }),
});

type AccountsDeps = {
  readonly client: WebClient;
  readonly team: string;
  readonly clock: Clock;
  readonly report: Report;
};

export function createAccounts(deps: AccountsDeps): Accounts {
  const { team, clock } = deps;
  const known = new Map<string, Known>();

  return {
    known: (who) => {
      if (who.team !== team) return outsider(who);
      const cached = known.get(who.user);
      return cached !== undefined && cached.until > clock.now() ? cached.found : null;
    },
    accountOf: async (who) => {
      if (who.team !== team) return outsider(who);
      const cached = known.get(who.user);
      if (cached !== undefined && cached.until > clock.now()) return cached.account;
      if (known.size >= capacity) known.clear();
      const entry: Entry = { until: clock.now() + freshMs, found: null };
      const fresh: Known = Object.assign(entry, { account: lookUp(deps, who, entry) });
      known.set(who.user, fresh);
      return fresh.account;
    },
  };
}

async function lookUp({ client, team, report }: AccountsDeps, who: Who, entry: Entry): Promise<Account> {
  const id = accountIdOf(who.team, who.user);
  try {
    const { user } = UserInfo.parse(await client.users.info({ user: who.user }));
    const isGuest = user.is_restricted === true || user.is_ultra_restricted === true;
    const isForeign = user.is_stranger === true || (user.team_id !== undefined && user.team_id !== team);
    const standing = isGuest || isForeign || user.deleted === true ? "outsider" : "regular";
    return (entry.found = { id, name: user.real_name ?? user.name ?? who.user, standing });
  } catch (thrown) {
    entry.until = 0;
    report("warn", `${id} counts as an outsider for now, users.info failed: ${problemOf(thrown).why}`);
    return outsider(who);
  }
}

/** Whoever can't be looked up, or not in time, has no more rights than a stranger. */
export function outsider({ team, user, name }: Who): Account {
  return { id: accountIdOf(team, user), name: name ?? user, standing: "outsider" };
}
