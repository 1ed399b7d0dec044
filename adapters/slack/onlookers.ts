// Who reads along in a channel of Slack's, so that a card is also shown to those who decide and don't.
import { z } from "zod";
import type { AccountId, ThreadId } from "../../src/ids.ts";
import type { Clock } from "../../src/ports.ts";
import { isDirect, placeOf, userOf } from "./addresses.ts";
import { codeOf } from "./outcomes.ts";
import type { Clients } from "./wire.ts";

type Deps = { readonly clients: Pick<Clients, "reads">; readonly clock: Clock };
type Known = { readonly at: number; readonly members: ReadonlySet<string>; readonly isWhole: boolean };

const knownForMs = 300_000;
const pageSize = 200;
const pageLimit = 10;
const remembered = 200;
const Page = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** Without the right to look, everybody of the workspace counts as there: as if this had never been asked. */
export function createSees(deps: Deps): (thread: ThreadId, account: AccountId) => Promise<boolean> {
  const known = new Map<string, Known>();
  return async (thread, account) => {
    const place = placeOf(thread);
    const user = userOf(account);
    if (place === null || user === null || isDirect(place.channel)) return false;
    try {
      const before = known.get(place.channel);
      const isFresh = before !== undefined && deps.clock.now() - before.at < knownForMs;
      const { members, isWhole } = isFresh ? before : await look(deps, place.channel);
      if (!isFresh) remember(known, place.channel, { at: deps.clock.now(), members, isWhole });
      return members.has(user) || !isWhole;
    } catch (thrown) {
      return codeOf(thrown) === "missing_scope";
    }
  };
}

function remember(known: Map<string, Known>, channel: string, found: Known): void {
  known.set(channel, found);
  const [oldest] = known.keys();
  if (known.size > remembered && oldest !== undefined) known.delete(oldest);
}

async function look({ clients }: Deps, channel: string): Promise<Omit<Known, "at">> {
  const members = new Set<string>();
  let cursor: string | undefined;
  for (let pages = 0; pages < pageLimit; pages += 1) {
    const options = { channel, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) };
    const page = Page.parse(await clients.reads.conversations.members(options));
    page.members.forEach((user) => members.add(user));
    cursor = page.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === "") return { members, isWhole: true };
  }
  return { members, isWhole: false };
}
