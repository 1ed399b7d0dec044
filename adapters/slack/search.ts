// Looks through a thread or channel of Slack's for a message, page by page, with patience for reads that fail.
import { z } from "zod";
import type { Clock, Found } from "../../src/ports.ts";
import { platformIdOf } from "./addresses.ts";
import type { Place } from "./addresses.ts";
import { problemOf } from "./outcomes.ts";
import type { Clients } from "./wire.ts";

type Deps = { readonly clients: Pick<Clients, "reads">; readonly clock: Clock };

const pageLimit = 10;
const pageSize = 200;
/** A read that fails is tried again after these waits before the post counts as unsearchable. */
const readAgainMs = [1_000, 5_000, 20_000];

const Said = z.object({
  ts: z.string(),
  bot_id: z.string().optional(),
  metadata: z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
  files: z.array(z.object({ name: z.string().nullish() })).default([]),
});
const Page = z.object({
  messages: z.array(Said),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** The newest first in a channel, the oldest first in a thread; the first that is wanted. */
export async function search(
  deps: Deps,
  place: Place,
  isWanted: (message: z.infer<typeof Said>) => boolean,
): Promise<Found> {
  let cursor: string | undefined;
  for (let pages = 0; pages < pageLimit; pages += 1) {
    const read = await readPage(deps, place, cursor);
    if (typeof read === "string") return { kind: "unsearchable", why: read };
    const match = read.messages.find(isWanted);
    if (match !== undefined) return { kind: "found", platformId: platformIdOf(place.channel, match.ts) };
    cursor = read.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === "") return { kind: "absent" };
  }
  return { kind: "unsearchable", why: `it is not among the ${pageLimit * pageSize} messages looked through` };
}

/** One page of the thread or channel, or the words why it can't be read. */
async function readPage(
  deps: Deps,
  place: Place,
  cursor: string | undefined,
): Promise<z.infer<typeof Page> | string> {
  const { channel, threadTs } = place;
  const options = {
    channel,
    limit: pageSize,
    include_all_metadata: true,
    ...(cursor === undefined ? {} : { cursor }),
  };
  const { conversations } = deps.clients.reads;
  for (const waitMs of [...readAgainMs, null]) {
    try {
      return Page.parse(
        await (threadTs === null
          ? conversations.history(options)
          : conversations.replies({ ...options, ts: threadTs })),
      );
    } catch (thrown) {
      const problem = problemOf(thrown);
      const isFinal = problem.kind === "refused" || problem.kind === "fatal";
      if (isFinal || waitMs === null) return problem.why;
      await waited(deps.clock, problem.kind === "later" ? problem.afterMs : waitMs);
    }
  }
  return "the conversation could not be read";
}

async function waited(clock: Clock, delayMs: number): Promise<void> {
  const over = Promise.withResolvers<void>();
  clock.after(delayMs, over.resolve);
  return over.promise;
}
