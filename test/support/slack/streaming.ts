// Slack's streams as the fake enforces them: a stream answers somebody in a thread, grows only while it runs, ends when it
// is stopped or silent for too long, and can't be edited before that. Streams have no switch against link previews.

import { inspectBlocks, unescapedMarkup } from "./blocks.ts";
import { isRecord, textOf } from "./core.ts";
import { publicForm, writable } from "./methods.ts";
import type { Answer, Call, Method, Platform } from "./web-api.ts";
import { isStreaming } from "./world.ts";
import type { Message } from "./world.ts";

const textLimit = 12_000;
/** What a message with blocks may hold, taken for streams too. */
const messageLimit = 13_172;
const no = (error: string): Answer => ({ ok: false, error });

/** The stream's text as Slack would take it, or its refusal; live markup and links are what Nova promised not to send. */
function markdownOf({ args, method }: Call, { ledger, settings }: Platform): string | Answer {
  const text = textOf(args["markdown_text"]);
  if (text.length > textLimit) return no("msg_too_long");
  for (const markup of unescapedMarkup(text)) {
    if (!settings.allowMarkup(markup)) ledger.violate("house", `live markup in ${method}`, markup);
  }
  const link = /https?:\/\/|\]\(|!\[|(?<=[a-z0-9])\.(?:com|org|net|io|example)\b/iu.exec(text);
  if (link !== null) ledger.violate("house", `${method} would unfurl a link`, link[0]);
  return text;
}

const isAnswer = (value: object | string): value is Answer => typeof value === "object" && "ok" in value;

const start: Method = {
  scope: () => "chat:write",
  run(call, platform) {
    const { world, ledger } = platform;
    const { args, team } = call;
    const channel = writable(call, platform);
    if (isAnswer(channel)) return channel;
    const threadTs = args["thread_ts"];
    if (typeof threadTs !== "string" || threadTs === "") return no("invalid_arguments");
    const parent = channel.messages.get(threadTs);
    if (parent === undefined) return no("thread_not_found");
    if (channel.type !== "im") {
      if (textOf(args["recipient_user_id"]) === "") return no("missing_recipient_user_id");
      if (textOf(args["recipient_team_id"]) === "") return no("missing_recipient_team_id");
      if (!channel.members.has(textOf(args["recipient_user_id"]))) return no("user_not_in_channel");
    }
    const text = markdownOf(call, platform);
    if (isAnswer(text)) return text;
    const message: Message = {
      ts: world.nextTs(),
      channel: channel.id,
      team: team.id,
      user: team.botUserId,
      botId: team.botId,
      text,
      blocks: [],
      threadTs: parent.threadTs ?? parent.ts,
      edits: 0,
      reactions: new Map(),
      pinged: [],
      storedAtMs: Date.now(),
      stream: { touchedAtMs: Date.now(), appendedAtMs: Date.now(), isOver: false },
    };
    world.store(message);
    for (const status of world.statuses) {
      if (status.channel === channel.id && status.threadTs === message.threadTs) status.status = "";
    }
    ledger.record({ kind: "stored", name: "chat.startStream", body: message });
    platform.announceMessage(message);
    return { ok: true, channel: channel.id, ts: message.ts };
  },
};

/** The bot's own stream, still running. */
function running({ args, team }: Call, platform: Platform): Message | Answer {
  const channel = platform.world.channels.get(textOf(args["channel"]));
  if (channel === undefined || channel.teamId !== team.id) return no("channel_not_found");
  const message = channel.messages.get(textOf(args["ts"]));
  if (message === undefined) return no("message_not_found");
  if (message.botId !== team.botId) return no("message_not_owned_by_app");
  return isStreaming(message, platform.settings.times.streamIdleMs)
    ? message
    : no("message_not_in_streaming_state");
}

const append: Method = {
  scope: () => "chat:write",
  run(call, platform) {
    const message = running(call, platform);
    if ("ok" in message) return message;
    const text = markdownOf(call, platform);
    if (isAnswer(text)) return text;
    if (text === "") return no("no_text");
    if (message.text.length + text.length > messageLimit) return no("msg_too_long");
    const now = Date.now();
    const stream = message.stream ?? { touchedAtMs: now, appendedAtMs: now, isOver: false };
    // Nova's own promise; a timer may fire a few milliseconds early.
    if (now - stream.appendedAtMs < platform.settings.times.appendEveryMs - 20)
      platform.ledger.violate("house", "appended to a stream too soon", now - stream.appendedAtMs);
    message.stream = { ...stream, touchedAtMs: now, appendedAtMs: now };
    message.text += text;
    platform.ledger.record({ kind: "stored", name: "chat.appendStream", body: message });
    return { ok: true, channel: message.channel, ts: message.ts };
  },
};

const stop: Method = {
  scope: () => "chat:write",
  run(call, platform) {
    const message = running(call, platform);
    if ("ok" in message) return message;
    const text = markdownOf(call, platform);
    if (isAnswer(text)) return text;
    const { metadata } = call.args;
    const blocks: unknown = call.args["blocks"];
    const report = inspectBlocks(blocks ?? [], 50);
    if (report.errors.length > 0)
      return { ok: false, error: "invalid_blocks", response_metadata: { messages: report.errors } };
    message.text += text;
    const added: readonly unknown[] = Array.isArray(blocks) ? blocks : [];
    message.blocks = [...message.blocks, ...added];
    if (isRecord(metadata)) message.metadata = metadata;
    message.stream = { touchedAtMs: Date.now(), appendedAtMs: Date.now(), isOver: true };
    platform.ledger.record({ kind: "stored", name: "chat.stopStream", body: message });
    return {
      ok: true,
      channel: message.channel,
      ts: message.ts,
      message: publicForm(message, false),
    };
  },
};

export const streamMethods: Record<string, Method> = {
  "chat.startStream": start,
  "chat.appendStream": append,
  "chat.stopStream": stop,
};
