// A post on its way to Discord: sent once under a nonce derived from its id, or changed in place, or whispered to one
// person. Every payload forbids mentions, edits included; every failure is classified, none is retried here.
import { MessageFlags, Routes } from "discord.js";
import type { REST } from "discord.js";
import { z } from "zod";
import { directWith } from "../../src/ids.ts";
import type { Clock, Delivery, Found, Shown } from "../../src/ports.ts";
import { drawPost, type Drawn } from "./cards.ts";
import { toPlatformId } from "./inbound.ts";
import { toFailed, toUnread } from "./outcomes.ts";
import type { Failed } from "./outcomes.ts";
import { isSame, Sent, toBody, toNonce, withDeadline, withFiles } from "./payload.ts";
import { searchPage, sourceOf } from "./search.ts";
import type { Tokens } from "./tokens.ts";
import { withoutEmbeds } from "./without-embeds.ts";

export type OutboundParts = {
  readonly rest: REST;
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly botId: () => string | null;
  /** Why nothing can be sent now, and for how long to wait; null: go ahead. */
  readonly blocked: () => Extract<Shown, { kind: "later" }> | null;
  readonly onFailed: (failed: Failed) => void;
};
export type Outbound = {
  readonly show: (delivery: Delivery) => Promise<Shown>;
  readonly find: (delivery: Delivery) => Promise<Found>;
};

const rememberedGone = 500;
type Place = { readonly parent: string; readonly channel: string };

export function createOutbound(parts: OutboundParts): Outbound {
  /** A post that was found gone must not be answered with its own old copy: it gets another nonce. */
  const gone = new Map<string, string>();
  const nonceOf = (delivery: Delivery) => toNonce(delivery.id + (gone.get(delivery.id) ?? ""));

  return {
    show: async (delivery) => {
      const blocked = parts.blocked();
      if (blocked !== null) return blocked;
      const drawn = drawPost(delivery.post);
      if (delivery.shownAs !== null) {
        const shown = await tryEdit(parts, delivery.shownAs, drawn);
        if (shown.kind === "refused" && shown.isPostGone) remember(gone, delivery.id, delivery.shownAs);
        return shown;
      }
      const whispered = await tryWhisper(parts, delivery, drawn);
      return whispered ?? trySend(parts, delivery, { drawn, nonce: nonceOf(delivery) });
    },
    find: async (delivery) => {
      const blocked = parts.blocked();
      if (blocked !== null) return blocked;
      try {
        const channel = await channelOf(parts, delivery);
        const page = await withDeadline(
          parts.clock,
          parts.rest.get(Routes.channelMessages(channel), { query: new URLSearchParams({ limit: "100" }) }),
        );
        return searchPage(z.array(Sent).parse(page), {
          nonce: nonceOf(delivery),
          drawn: drawPost(delivery.post),
          botId: parts.botId(),
          since: sourceOf(delivery),
        });
      } catch (error) {
        return toUnread(fail(parts, error, false));
      }
    },
  };
}

function remember(gone: Map<string, string>, id: string, shownAs: string): void {
  gone.set(id, shownAs);
  const [oldest] = gone.keys();
  if (gone.size > rememberedGone && oldest !== undefined) gone.delete(oldest);
}

type Sending = { readonly drawn: Drawn; readonly nonce: string };

async function trySend(parts: OutboundParts, delivery: Delivery, sending: Sending): Promise<Shown> {
  try {
    const channel = await channelOf(parts, delivery);
    const sent = await send(parts, channel, { ...sending, replyTo: replyTo(delivery) });
    if (!isSame(sent, sending.drawn) || withoutEmbeds(sent, sending.drawn) !== null)
      await edit(parts, toPlatformId(sent.channel_id, sent.id), sending.drawn);
    return { kind: "shown", platformId: toPlatformId(sent.channel_id, sent.id) };
  } catch (error) {
    const failed = fail(parts, error, false);
    if (failed.isReplyRefused && delivery.inReplyTo !== null)
      return trySend(parts, { ...delivery, inReplyTo: null }, sending);
    const asker = failed.isForbidden ? parts.tokens.askerOf(delivery.inReplyTo) : null;
    if (asker !== null && delivery.post.only === null)
      return showInPrivate(parts, { ...delivery, post: { ...delivery.post, only: asker } }, sending);
    const { parent, channel } = placeOf(delivery);
    if (!failed.isPlaceGone || parent === channel) return failed.shown;
    return trySend(parts, { ...delivery, thread: `discord:${parent}:${parent}`, inReplyTo: null }, sending);
  }
}

/** Asked from a place where Nova may not write: who asked is answered alone; what waits for a decision has to last. */
async function showInPrivate(parts: OutboundParts, delivery: Delivery, sending: Sending): Promise<Shown> {
  const whispered = delivery.post.card === null ? await tryWhisper(parts, delivery, sending.drawn) : null;
  return whispered ?? trySend(parts, delivery, sending);
}

async function tryEdit(parts: OutboundParts, platformId: string, drawn: Drawn): Promise<Shown> {
  try {
    await edit(parts, platformId, drawn);
    return { kind: "shown", platformId };
  } catch (error) {
    return fail(parts, error, true).shown;
  }
}

/** For one person's eyes, while the interaction it answers is open; null: it has to be a message. */
async function tryWhisper(parts: OutboundParts, delivery: Delivery, drawn: Drawn): Promise<Shown | null> {
  const { only } = delivery.post;
  const token = only === null ? null : parts.tokens.take(delivery.inReplyTo, only);
  if (token === null) return null;
  try {
    const body = { ...toBody(drawn), flags: drawn.flags | MessageFlags.Ephemeral };
    const route = Routes.webhook(token.application, token.token);
    const sent = Sent.parse(
      await withDeadline(parts.clock, parts.rest.post(route, { ...withFiles(body, drawn), auth: false })),
    );
    parts.tokens.whispered(sent.id, token);
    return { kind: "shown", platformId: toPlatformId(sent.channel_id, sent.id) };
  } catch (error) {
    const failed = toFailed(error, false);
    // An expired or unknown token is no reason to stay silent: the person gets it as a message.
    return failed.shown.kind === "refused" || failed.isFatal ? null : failed.shown;
  }
}

type SendOptions = Sending & { readonly replyTo: string | null };

async function send(parts: OutboundParts, channel: string, options: SendOptions): Promise<Sent> {
  const reference =
    options.replyTo === null
      ? {}
      : { message_reference: { message_id: options.replyTo, fail_if_not_exists: false } };
  const body = { ...toBody(options.drawn), nonce: options.nonce, enforce_nonce: true, ...reference };
  return Sent.parse(
    await withDeadline(
      parts.clock,
      parts.rest.post(Routes.channelMessages(channel), withFiles(body, options.drawn)),
    ),
  );
}

async function edit(parts: OutboundParts, platformId: string, drawn: Drawn): Promise<void> {
  const [channel = "", message = ""] = platformId.split("/");
  const body = {
    ...toBody(drawn),
    attachments: drawn.files.map((file, id) => ({ id, filename: file.name })),
  };
  const whisper = parts.tokens.ofWhisper(message);
  const route =
    whisper === null
      ? Routes.channelMessage(channel, message)
      : Routes.webhookMessage(whisper.application, whisper.token, message);
  const changed = await withDeadline(
    parts.clock,
    parts.rest.patch(route, { ...withFiles(body, drawn), auth: whisper === null }),
  );
  const plain = withoutEmbeds(changed, drawn);
  if (plain !== null) await edit(parts, platformId, plain);
}

function fail(parts: OutboundParts, error: unknown, isEdit: boolean): Failed {
  const failed = toFailed(error, isEdit);
  parts.onFailed(failed);
  return failed;
}

function placeOf(delivery: Delivery): Place {
  const [, parent = "", channel = ""] = delivery.thread.split(":");
  return { parent, channel };
}

/** The thread's channel, or the person's direct messages when nobody else may read it. */
async function channelOf(parts: OutboundParts, delivery: Delivery): Promise<string> {
  const only = delivery.post.only ?? directWith(delivery.thread);
  if (only === null) return placeOf(delivery).channel;
  const opened = await withDeadline(
    parts.clock,
    parts.rest.post(Routes.userChannels(), { body: { recipient_id: only.slice("discord:".length) } }),
  );
  return z.object({ id: z.string() }).parse(opened).id;
}

function replyTo(delivery: Delivery): string | null {
  const isOpen = delivery.post.only === null && delivery.inReplyTo?.startsWith("d:m:") === true;
  return isOpen ? (delivery.inReplyTo ?? "").slice("d:m:".length) : null;
}
