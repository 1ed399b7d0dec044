// An answer that grows in place: in a thread as Slack's own stream, elsewhere as a message that is edited. What takes its
// place is an edit of that same message, so the stream is stopped first; a stream that ran out of time is edited at once.
import { createLivePosts } from "../../src/surfaces/live-posts.ts";
import type { LiveCall, LivePosts } from "../../src/surfaces/live-posts.ts";
import type { ChatAdapter, Preview, Shown } from "../../src/ports.ts";
import { placeOf } from "./addresses.ts";
import type { LeanCall } from "./lean-call.ts";
import { inTime } from "./in-time.ts";
import { createMinute } from "./minute.ts";
import type { Minute } from "./minute.ts";
import { createOutbound } from "./outbound.ts";
import type { Outbound, OutboundParts } from "./outbound.ts";
import { codeOf, isAmbiguous, problemOf } from "./outcomes.ts";
import { createStreams } from "./streams.ts";
import type { Streams } from "./streams.ts";

export type Live = Outbound & Pick<ChatAdapter, "preview"> & { readonly stop: () => Promise<void> };

const beginAfterMs = 1_500;
/** Streams and edits together: the strictest of their limits is 50 calls a minute in a workspace. */
const changeEveryMs = 1_500;
/** Slack begins and stops 20 streams a minute. */
const beginsAtMost = 15;
/** Slack takes 50 edits a minute; answers and cards go before what is only being written. */
const editsAtMost = 35;
const stopMs = 2_000;

export function createLive({ clients, ...rest }: OutboundParts): Live {
  const { clock } = rest;
  const begins = createMinute(clock, beginsAtMost);
  const edits = createMinute(clock, editsAtMost);
  const call = counting(clients.posts, edits);
  const outbound = createOutbound({ ...rest, clients: { ...clients, posts: call } });
  const streams = createStreams(call);
  const posts = createLivePosts(clock, {
    beginAfterMs,
    changeEveryMs,
    laneOf: () => "workspace",
    canBegin: begins.hasRoom,
    begin: async (preview) => {
      if (!begins.hasRoom()) return "over";
      begins.count();
      return outcome(async () => begin(streams, preview));
    },
    change: async (platformId, preview) =>
      streams.isRunning(platformId) || edits.hasRoom()
        ? outcome(async () => streams.change(platformId, preview))
        : { platformId },
  });
  return {
    find: async (delivery, mayBe) =>
      outbound.find(delivery, async (platformId) => {
        const owner = posts.ownerOf(platformId);
        return (owner === null || owner === delivery.id) && mayBe(platformId);
      }),
    preview: posts.preview,
    show: async (delivery) => {
      const ending = posts.end(delivery.id);
      if (ending === null) return outbound.show(delivery);
      const shown = await takePlace({ streams, outbound }, delivery, await ending);
      if (shown.kind !== "later") posts.forget(delivery.id);
      return shown;
    },
    stop: async () => inTime(clock, clock.now() + stopMs, stopAll(posts, streams)),
  };
}

/** One lane for all edits: whoever makes one, it is counted, and what is being written gives way. */
function counting(call: LeanCall, edits: Minute): LeanCall {
  return async (method, args) => {
    if (method === "chat.update") edits.count();
    return call(method, args);
  };
}

async function begin(streams: Streams, preview: Preview): Promise<string> {
  const place = placeOf(preview.thread);
  if (place === null) throw new Error(`${preview.thread} is no thread of Slack's`);
  return place.threadTs === null
    ? streams.post(preview, place.channel)
    : streams.start(preview, { channel: place.channel, threadTs: place.threadTs });
}

async function outcome(send: () => Promise<string>): Promise<LiveCall> {
  try {
    return { platformId: await send() };
  } catch (thrown) {
    if (codeOf(thrown) !== null && !isAmbiguous(thrown)) return "over";
    return problemOf(thrown).kind === "unclear" ? "unclear" : "over";
  }
}

type Hands = { readonly streams: Streams; readonly outbound: Outbound };
type Delivery = Parameters<Outbound["show"]>[0];

async function takePlace(
  { streams, outbound }: Hands,
  delivery: Delivery,
  live: Awaited<ReturnType<LivePosts["end"]>>,
): Promise<Shown> {
  if (live === null) return outbound.show(delivery);
  // It may turn up, and a second message could not be taken back: it is looked for first.
  if (live === "unclear") return { kind: "unclear", why: "what was being written may have arrived" };
  try {
    await streams.stop(live.platformId, delivery.id);
  } catch (thrown) {
    const problem = problemOf(thrown);
    // Whatever keeps it from being stopped, the edit will say so too.
    if (problem.kind === "later") return problem;
  }
  return outbound.show({ ...delivery, shownAs: delivery.shownAs ?? live.platformId });
}

/** Nobody will add to them any more; the next start takes their places. */
async function stopAll(posts: LivePosts, streams: Streams): Promise<void> {
  const open = await posts.endAll();
  await Promise.allSettled(open.map(async ({ id, platformId }) => streams.stop(platformId, id)));
}
