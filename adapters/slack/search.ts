// Looks through a thread or channel of Slack's for a message, page by page.
import { z } from "zod";
import type { Found } from "../../src/ports.ts";
import { platformIdOf } from "./addresses.ts";
import type { Place } from "./addresses.ts";
import { problemOf, untilMended } from "./outcomes.ts";
import type { Clients } from "./wire.ts";

type Deps = { readonly clients: Pick<Clients, "reads">; readonly onFatal: (why: string) => void };
type Unread = Extract<Found, { kind: "later" | "unsearchable" }>;

const pageLimit = 10;
const pageSize = 200;
/** A read that failed says nothing about the post: there will be another one. */
const readAgainMs = 5_000;

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
    if ("kind" in read) return read;
    const match = read.messages.find(isWanted);
    if (match !== undefined) return { kind: "found", platformId: platformIdOf(place.channel, match.ts) };
    cursor = read.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === "") return { kind: "absent" };
  }
  return { kind: "unsearchable", why: `it is not among the ${pageLimit * pageSize} messages looked through` };
}

/** One page of the thread or channel, or why there is none. */
async function readPage(
  { clients, onFatal }: Deps,
  { channel, threadTs }: Place,
  cursor: string | undefined,
): Promise<z.infer<typeof Page> | Unread> {
  const options = {
    channel,
    limit: pageSize,
    include_all_metadata: true,
    ...(cursor === undefined ? {} : { cursor }),
  };
  const { conversations } = clients.reads;
  try {
    return Page.parse(
      await (threadTs === null
        ? conversations.history(options)
        : conversations.replies({ ...options, ts: threadTs })),
    );
  } catch (thrown) {
    const problem = problemOf(thrown);
    const { why } = problem;
    if (problem.kind === "refused") return { kind: "unsearchable", why };
    if (problem.kind === "fatal") {
      onFatal(why);
      return untilMended(why);
    }
    return { kind: "later", afterMs: problem.kind === "later" ? problem.afterMs : readAgainMs, why };
  }
}
