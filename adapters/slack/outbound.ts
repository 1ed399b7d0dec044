// From Nova to Slack: one post, one call, and an honest word on what became of it. Slack drops no second copy, so
// every post carries its outbox id in metadata, and an unclear one is found again by that.
import { z } from "zod";
import type { Clock, Delivery, Found, Shown } from "../../src/ports.ts";
import { placeOf, platformIdOf, tsOf, userOf } from "./addresses.ts";
import type { Place } from "./addresses.ts";
import { drawPost } from "./cards.ts";
import { createHomePublisher } from "./home.ts";
import { goneCodes, lostThreadCodes, problemOf } from "./outcomes.ts";
import type { LeanCall } from "./lean-call.ts";
import type { Clients } from "./wire.ts";

export type Outbound = {
  readonly show: (delivery: Delivery) => Promise<Shown>;
  readonly find: (delivery: Delivery) => Promise<Found>;
};

type Deps = {
  readonly clients: Clients;
  readonly botId: string;
  readonly clock: Clock;
  readonly onFatal: (why: string) => void;
};

const eventType = "nova_outbox";
const quiet = { unfurl_links: false, unfurl_media: false, parse: "none", link_names: false } as const;
const pageLimit = 10;
const pageSize = 200;
/** A read that fails is tried again after these waits before the post counts as unsearchable. */
const readAgainMs = [1_000, 5_000, 20_000];

export function createOutbound(deps: Deps): Outbound {
  const home = createHomePublisher(deps.clients.posts, deps.onFatal);
  return {
    show: async (delivery) => {
      if (delivery.post.kind === "home") return home.show(delivery);
      const place = placeOf(delivery.thread);
      if (place === null)
        return { kind: "refused", why: `${delivery.thread} is no thread of Slack's`, isPostGone: false };
      try {
        return await shownIn(deps, delivery, place);
      } catch (thrown) {
        return toShown(deps, delivery, thrown);
      }
    },
    find: async (delivery) => (delivery.post.kind === "home" ? home.find(delivery) : find(deps, delivery)),
  };
}

/** Where the message that began the thread was taken back, what answers it goes to the channel. */
async function shownIn(deps: Deps, delivery: Delivery, place: Place): Promise<Shown> {
  const { channel, threadTs } = place;
  const sent = send(deps.clients.posts, delivery, place).catch(async (thrown: unknown) => {
    const problem = problemOf(thrown);
    const isLost = threadTs !== null && problem.kind === "refused" && lostThreadCodes.has(problem.code);
    if (!isLost) throw thrown;
    return send(deps.clients.posts, delivery, { ...place, threadTs: null });
  });
  return { kind: "shown", platformId: platformIdOf(channel, await sent) };
}

const Sent = z.object({ ts: z.string() });
const Whispered = z.object({ message_ts: z.string() });

async function send(call: LeanCall, delivery: Delivery, place: Place): Promise<string> {
  const { id, post, shownAs } = delivery;
  const { text, blocks } = drawPost(post);
  const { channel, threadTs } = place;
  const metadata = { event_type: eventType, event_payload: { id } };
  const content = blocks.length === 0 ? { text } : { text, blocks };
  if (shownAs !== null) {
    const ts = tsOf(shownAs);
    // An update that does not mention blocks keeps the old ones, with their buttons: say them, even if there are none.
    const { parse, link_names } = quiet;
    await call("chat.update", { channel, ts, text, blocks, metadata, parse, link_names });
    return ts;
  }
  const where = threadTs === null ? { channel } : { channel, thread_ts: threadTs };
  const user = post.only === null ? null : userOf(post.only);
  if (user !== null) {
    const { parse, link_names } = quiet;
    return Whispered.parse(
      await call("chat.postEphemeral", { ...where, ...content, user, parse, link_names }),
    ).message_ts;
  }
  return Sent.parse(await call("chat.postMessage", { ...where, ...content, ...quiet, metadata })).ts;
}

function toShown(deps: Deps, delivery: Delivery, thrown: unknown): Shown {
  const problem = problemOf(thrown);
  if (problem.kind === "later") return problem;
  // The same edit made twice is one edit, so an unclear edit is simply made again.
  if (problem.kind === "unclear") {
    return delivery.shownAs === null ? problem : { kind: "later", afterMs: 2_000, why: problem.why };
  }
  if (problem.kind === "fatal") deps.onFatal(problem.why);
  const isPostGone = delivery.shownAs !== null && goneCodes.has(problem.code);
  return { kind: "refused", why: problem.why, isPostGone };
}

const Page = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      bot_id: z.string().optional(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
        .optional(),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

async function find(deps: Deps, delivery: Delivery): Promise<Found> {
  const place = placeOf(delivery.thread);
  if (place === null) return { kind: "unsearchable", why: `${delivery.thread} is no thread of Slack's` };
  if (delivery.post.only !== null)
    return { kind: "unsearchable", why: "a note for one person leaves no trace in Slack" };
  let cursor: string | undefined;
  for (let pages = 0; pages < pageLimit; pages += 1) {
    const read = await readPage(deps, place, cursor);
    if (typeof read === "string") return { kind: "unsearchable", why: read };
    const match = read.messages.find(
      ({ bot_id, metadata }) =>
        bot_id === deps.botId &&
        metadata?.event_type === eventType &&
        metadata.event_payload["id"] === delivery.id,
    );
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
