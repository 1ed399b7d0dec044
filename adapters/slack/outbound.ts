// From Nova to Slack: one post, one call, and an honest word on what became of it. Slack drops no second copy, so
// every post carries its outbox id in metadata, and an unclear one is found again by that.
import { z } from "zod";
import { directWith } from "../../src/ids.ts";
import type { Clock, Delivery, Found, MayBe, Shown } from "../../src/ports.ts";
import { placeOf, platformIdOf, tsOf, userOf } from "./addresses.ts";
import type { Place } from "./addresses.ts";
import { drawPost } from "./cards.ts";
import { dressed, fileNameOf, showWithFile } from "./files-out.ts";
import { createHomePublisher } from "./home.ts";
import { goneCodes, lostThreadCodes, problemOf, untilMended } from "./outcomes.ts";
import type { LeanCall } from "./lean-call.ts";
import { search } from "./search.ts";
import { updateOver } from "./streams.ts";
import { createUnfinished } from "./unfinished.ts";
import type { Clients } from "./wire.ts";

export type Outbound = {
  readonly show: (delivery: Delivery) => Promise<Shown>;
  readonly find: (delivery: Delivery, mayBe: MayBe) => Promise<Found>;
};

export type OutboundParts = {
  readonly clients: Clients;
  readonly botId: string;
  readonly clock: Clock;
  readonly onFatal: (why: string) => void;
  /** Who used the command or menu that is answered; null: nobody that is still known. */
  readonly askerOf: (messageId: string | null) => string | null;
};

const eventType = "nova_outbox";
const quiet = { unfurl_links: false, unfurl_media: false, parse: "none", link_names: false } as const;

export function createOutbound(deps: OutboundParts): Outbound {
  const home = createHomePublisher(deps.clients.posts, deps.onFatal);
  return {
    show: async (delivery) => {
      if (delivery.post.kind === "home") return home.show(delivery);
      const place = placeOf(delivery.thread);
      if (place === null)
        return { kind: "refused", why: `${delivery.thread} is no thread of Slack's`, isPostGone: false };
      const direct = directWith(delivery.thread);
      const user = direct === null ? null : userOf(direct);
      if (user !== null && delivery.shownAs === null) return showInPrivate(deps, delivery, user);
      const { file, only } = delivery.post;
      if (file === undefined || only !== null) return showing(deps)(delivery, place);
      try {
        return await showWithFile(deps, { delivery, place, file }, showing(deps));
      } catch (thrown) {
        return toShown(deps, delivery, thrown);
      }
    },
    find: async (delivery, mayBe) =>
      delivery.post.kind === "home" ? home.find(delivery) : find(deps, delivery, mayBe),
  };
}

const showing =
  (deps: OutboundParts) =>
  async (delivery: Delivery, place: Place): Promise<Shown> => {
    try {
      return await shownIn(deps, delivery, place);
    } catch (thrown) {
      const asker = isOutside(thrown) && delivery.shownAs === null ? deps.askerOf(delivery.inReplyTo) : null;
      return asker === null ? toShown(deps, delivery, thrown) : showInPrivate(deps, delivery, asker);
    }
  };

function isOutside(thrown: unknown): boolean {
  const problem = problemOf(thrown);
  return (
    problem.kind === "refused" && (problem.code === "not_in_channel" || problem.code === "channel_not_found")
  );
}

/** Asked from a place where Nova may not write: who asked is answered in the direct messages. */
async function showInPrivate(deps: OutboundParts, delivery: Delivery, user: string): Promise<Shown> {
  const { id, post } = delivery;
  const { text, blocks } = drawPost(post);
  const content = blocks.length === 0 ? { text } : { text, blocks };
  const metadata = { event_type: eventType, event_payload: { id } };
  try {
    const sent = await deps.clients.posts("chat.postMessage", {
      channel: user,
      ...content,
      ...quiet,
      metadata,
    });
    const { channel, ts } = SentTo.parse(sent);
    return { kind: "shown", platformId: platformIdOf(channel, ts) };
  } catch (thrown) {
    return toShown(deps, delivery, thrown);
  }
}

/** Where the message that began the thread was taken back, what answers it goes to the channel. */
async function shownIn(deps: OutboundParts, delivery: Delivery, place: Place): Promise<Shown> {
  const { channel, threadTs } = place;
  const sent = send(deps.clients.posts, delivery, place).catch(async (thrown: unknown) => {
    const problem = problemOf(thrown);
    const isLost = threadTs !== null && problem.kind === "refused" && lostThreadCodes.has(problem.code);
    if (!isLost) throw thrown;
    return send(deps.clients.posts, delivery, { ...place, threadTs: null });
  });
  const ts = await sent;
  // What was shown in private stays there.
  return { kind: "shown", platformId: delivery.shownAs ?? platformIdOf(channel, ts) };
}

const Sent = z.object({ ts: z.string() });
const SentTo = Sent.extend({ channel: z.string() });
const Whispered = z.object({ message_ts: z.string() });

async function send(call: LeanCall, delivery: Delivery, place: Place): Promise<string> {
  const { id, post, shownAs } = delivery;
  const { text, blocks } = drawPost(post);
  const { channel, threadTs } = place;
  const metadata = { event_type: eventType, event_payload: { id } };
  const content = blocks.length === 0 ? { text } : { text, blocks };
  if (shownAs !== null) {
    const ts = tsOf(shownAs);
    // Where it was shown: an answer that could not go to its thread stands in somebody's direct messages.
    const channel = shownAs.slice(0, shownAs.indexOf(":"));
    // An update that does not mention blocks keeps the old ones, with their buttons: say them, even if there are none.
    await updateOver(call, { channel, ts, text, blocks, metadata, ...quiet });
    return ts;
  }
  const where = threadTs === null ? { channel } : { channel, thread_ts: threadTs };
  const user = post.only === null ? null : userOf(post.only);
  if (user !== null)
    return Whispered.parse(await call("chat.postEphemeral", { ...where, ...content, user, ...quiet }))
      .message_ts;
  return Sent.parse(await call("chat.postMessage", { ...where, ...content, ...quiet, metadata })).ts;
}

function toShown(deps: OutboundParts, delivery: Delivery, thrown: unknown): Shown {
  const problem = problemOf(thrown);
  if (problem.kind === "later") return problem;
  // The same edit made twice is one edit, so an unclear edit is simply made again.
  if (problem.kind === "unclear") {
    return delivery.shownAs === null ? problem : { kind: "later", afterMs: 2_000, why: problem.why };
  }
  if (problem.kind === "fatal") {
    deps.onFatal(problem.why);
    return untilMended(problem.why);
  }
  const isPostGone = delivery.shownAs !== null && goneCodes.has(problem.code);
  return { kind: "refused", why: problem.why, isPostGone };
}

const Opened = z.object({ channel: z.object({ id: z.string() }) });

/** Somebody's direct messages by their own id; any other place as it is. */
async function openedPlace(
  { clients }: OutboundParts,
  { thread }: Delivery,
  place: Place,
): Promise<Place | Extract<Found, { kind: "later" | "unsearchable" }>> {
  const direct = directWith(thread);
  if (direct === null) return place;
  try {
    const opened = await clients.reads.conversations.open({ users: userOf(direct) ?? "" });
    return { ...place, channel: Opened.parse(opened).channel.id };
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (problem.kind === "refused") return { kind: "unsearchable", why: problem.why };
    return { kind: "later", afterMs: problem.kind === "later" ? problem.afterMs : 5_000, why: problem.why };
  }
}

async function find(deps: OutboundParts, delivery: Delivery, mayBe: MayBe): Promise<Found> {
  const named = placeOf(delivery.thread);
  if (named === null) return { kind: "unsearchable", why: `${delivery.thread} is no thread of Slack's` };
  const place = await openedPlace(deps, delivery, named);
  if ("kind" in place) return place;
  const { id, post } = delivery;
  if (post.only !== null)
    return { kind: "unsearchable", why: "a note for one person leaves no trace in Slack" };
  const fileName = post.file === undefined ? null : fileNameOf(id, post.file);
  const unfinished = createUnfinished(delivery, place, { botId: deps.botId, mayBe });
  const searched = await search(deps, place, (message) => {
    const { bot_id, metadata, files } = message;
    unfinished.see(message);
    const isMarked = metadata?.event_type === eventType && metadata.event_payload["id"] === id;
    return (bot_id === deps.botId && isMarked) || files.some(({ name }) => name === fileName);
  });
  const found = await unfinished.judge(searched);
  if (found.kind === "found" && post.file !== undefined)
    await dressed({ ...delivery, shownAs: found.platformId }, place, showing(deps));
  return found;
}
