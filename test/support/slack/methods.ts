// What the chat.* and other writing methods of Slack enforce, in Slack's order, and what each of them announces.

import { inspectBlocks, pingsOf, unescapedMarkup } from "./blocks.ts";
import { isRecord, textOf } from "./core.ts";
import { viewsPublish } from "./homes.ts";
import { fileForm } from "./files.ts";
import type { Answer, Call, Method, Platform } from "./web-api.ts";
import { isStreaming } from "./world.ts";
import type { Channel, Message } from "./world.ts";

const tsShape = /^\d{10}\.\d{6}$/;

function isTrue(value: unknown): boolean {
  return value === true || value === "true" || value === "1";
}

function isFalse(value: unknown): boolean {
  return value === false || value === "false" || value === "0";
}

function no(error: string, more: Record<string, unknown> = {}): Answer {
  return { ok: false, error, ...more };
}

/** The channel if this bot may write there, else Slack's refusal. */
export function writable({ args, team }: Call, { world }: Platform): Channel | Answer {
  const wanted = textOf(args["channel"]);
  // A person's id stands for the direct messages with that person, but only where something new is posted.
  const user = args["ts"] === undefined ? world.users.get(wanted) : undefined;
  if (user?.botId !== undefined) return no("cannot_dm_bot");
  const channel = user === undefined ? world.channels.get(wanted) : world.dmOf(user.id, team.id);
  if (channel === undefined || channel.teamId !== team.id) return no("channel_not_found");
  if (channel.isArchived) return no("is_archived");
  if (!channel.members.has(team.botUserId))
    return no(channel.type === "channel" ? "not_in_channel" : "channel_not_found");
  return channel.restricted === undefined ? channel : no(channel.restricted);
}

function isAnswer(value: object): value is Answer {
  return "ok" in value;
}

interface Content {
  text: string;
  blocks: unknown[];
  live: string[];
  named: string[];
}

/** Content rules that posts, updates and ephemerals share. */
function contentOf({ args, method }: Call, { ledger, settings }: Platform): Content | Answer {
  const text = textOf(args["text"]);
  const { blocks, metadata } = args;
  const markdown = textOf(args["markdown_text"]);
  if (markdown !== "" && (text !== "" || blocks !== undefined)) return no("markdown_text_conflict");
  if (markdown.length > 12_000) return no("msg_too_long");
  const isEmpty = blocks === undefined || (Array.isArray(blocks) && blocks.length === 0);
  if (text === "" && markdown === "" && isEmpty && args["attachments"] === undefined) return no("no_text");
  if (text.length > 40_000)
    ledger.violate("platform", "text beyond 40,000 characters gets truncated", text.length);
  const report = inspectBlocks(blocks ?? [], 50);
  if (report.errors.length > 0)
    return no("invalid_blocks", { response_metadata: { messages: report.errors } });
  if (report.totalCharacters > 13_172) return no("msg_blocks_too_long");
  if (metadata !== undefined && JSON.stringify(metadata).length > 15_000) return no("metadata_too_large");
  const live = [text, markdown, ...report.liveTexts];
  for (const markup of live.flatMap(unescapedMarkup)) {
    if (!settings.allowMarkup(markup)) ledger.violate("house", `live markup in ${method}`, markup);
  }
  const list: unknown[] = Array.isArray(blocks) ? blocks : [];
  return { text: text.slice(0, 40_000) || markdown, blocks: list, live, named: report.namedTexts };
}

function withBlockIds(blocks: unknown[]): unknown[] {
  return blocks.map((block, index) =>
    isRecord(block) && block["block_id"] === undefined ? { ...block, block_id: `auto${index}` } : block,
  );
}

function threadProblem({ args }: Call, channel: Channel, { ledger }: Platform): string | undefined {
  const threadTs = args["thread_ts"];
  if (threadTs === undefined) return undefined;
  if (typeof threadTs !== "string" || !tsShape.test(threadTs)) {
    ledger.violate("house", "thread_ts must be the string Slack gave", threadTs);
    return "invalid_thread_ts";
  }
  return channel.messages.has(threadTs) ? undefined : "thread_not_found";
}

/** Slack looks at a changed text anew. */
function noUnfurling({ args, method }: Call, { ledger }: Platform): void {
  if (!isFalse(args["unfurl_links"]) || !isFalse(args["unfurl_media"]))
    ledger.violate("house", `${method} must switch unfurling off`, args["channel"]);
}

function houseRulesOfPosts(call: Call, platform: Platform): void {
  const { args, method } = call;
  const { ledger } = platform;
  noUnfurling(call, platform);
  const { metadata } = args;
  const payload = isRecord(metadata) ? metadata["event_payload"] : undefined;
  const isTagged = isRecord(metadata) && metadata["event_type"] === "nova_outbox" && isRecord(payload);
  if (!isTagged || textOf(payload["id"]) === "") {
    ledger.violate("house", `${method} must carry its outbox id in metadata`, metadata);
  }
}

const parsingOf = (args: Record<string, unknown>, fallback: string) => ({
  parse: typeof args["parse"] === "string" ? args["parse"] : fallback,
  linkNames: isTrue(args["link_names"]),
});

/** How Slack reads mrkdwn in a block unless it is told to take it as it stands. */
const byName = { parse: "full", linkNames: true };

const postMessage: Method = {
  scope: () => "chat:write",
  run(call, platform) {
    const { world } = platform;
    const channel = writable(call, platform);
    if (isAnswer(channel)) return channel;
    const content = contentOf(call, platform);
    if (isAnswer(content)) return content;
    const problem = threadProblem(call, channel, platform);
    if (problem !== undefined) return no(problem);
    houseRulesOfPosts(call, platform);
    const parent = world.find(channel.id, textOf(call.args["thread_ts"]));
    const threadTs = parent === undefined ? undefined : (parent.threadTs ?? parent.ts);
    const { metadata } = call.args;
    const parsing = parsingOf(call.args, "none");
    const message: Message = {
      ts: world.nextTs(),
      channel: channel.id,
      team: call.team.id,
      user: call.team.botUserId,
      botId: call.team.botId,
      text: content.text,
      blocks: withBlockIds(content.blocks),
      edits: 0,
      reactions: new Map(),
      pinged: [
        ...content.live.flatMap((text) => pingsOf(text, parsing)),
        ...content.named.flatMap((text) => pingsOf(text, byName)),
      ],
      storedAtMs: Date.now(),
      ...(threadTs === undefined ? {} : { threadTs }),
      ...(isRecord(metadata) ? { metadata } : {}),
    };
    world.store(message);
    for (const status of world.statuses) {
      if (status.channel === channel.id && status.threadTs === threadTs) status.status = "";
    }
    platform.ledger.record({ kind: "stored", name: "chat.postMessage", body: message });
    platform.announceMessage(message);
    return { ok: true, channel: channel.id, ts: message.ts, message: publicForm(message, false) };
  },
};

/** A message as Slack hands it out. */
export function publicForm(message: Message, withMetadata: boolean): Record<string, unknown> {
  return {
    type: "message",
    ts: message.ts,
    team: message.team,
    text: message.text,
    ...(message.user === undefined ? {} : { user: message.user }),
    ...(message.botId === undefined ? {} : { bot_id: message.botId }),
    ...(message.subtype === undefined ? {} : { subtype: message.subtype }),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
    ...(message.files === undefined ? {} : { files: message.files.map(fileForm) }),
    ...(message.editedTs === undefined ? {} : { edited: { user: message.user, ts: message.editedTs } }),
    ...(withMetadata && message.metadata !== undefined ? { metadata: message.metadata } : {}),
  };
}

/** The bot's own message that an update or delete may touch. */
function ownMessage(call: Call, platform: Platform): Message | Answer {
  const channel = platform.world.channels.get(textOf(call.args["channel"]));
  if (channel === undefined || channel.teamId !== call.team.id) return no("channel_not_found");
  const message = channel.messages.get(textOf(call.args["ts"]));
  if (message === undefined) return no("message_not_found");
  if (message.botId !== call.team.botId) {
    return no(call.method === "chat.delete" ? "cant_delete_message" : "cant_update_message");
  }
  return channel.isArchived ? no("is_inactive") : message;
}

const update: Method = {
  scope: () => "chat:write",
  run(call, platform) {
    const { world, settings, ledger } = platform;
    const message = ownMessage(call, platform);
    if (isAnswer(message)) return message;
    if (Date.now() - message.storedAtMs > settings.times.editWindowMs) return no("edit_window_closed");
    if (isStreaming(message, settings.times.streamIdleMs)) return no("streaming_state_conflict");
    const content = contentOf(call, platform);
    if (isAnswer(content)) return content;
    if (call.args["parse"] !== "none" || !isFalse(call.args["link_names"])) {
      ledger.violate("house", "chat.update must say parse and link_names, or they fall back", message.ts);
    }
    noUnfurling(call, platform);
    // Slack keeps the earlier blocks and metadata when the update does not mention them.
    const previous = publicForm(message, false);
    message.text = content.text;
    if (call.args["blocks"] !== undefined) message.blocks = withBlockIds(content.blocks);
    if (isRecord(call.args["metadata"])) message.metadata = call.args["metadata"];
    message.pinged = [
      ...content.live.flatMap((text) => pingsOf(text, parsingOf(call.args, "client"))),
      ...content.named.flatMap((text) => pingsOf(text, byName)),
    ];
    message.edits += 1;
    message.editedTs = world.nextTs();
    ledger.record({ kind: "stored", name: "chat.update", body: message });
    const channel = world.channels.get(message.channel);
    if (channel !== undefined) {
      const changed = { message: publicForm(message, false), previous_message: previous };
      platform.announce(channel, { type: "message", subtype: "message_changed", hidden: true, ...changed });
    }
    return { ok: true, channel: message.channel, ts: message.ts, text: message.text };
  },
};

const remove: Method = {
  scope: () => "chat:write",
  run(call, platform) {
    const message = ownMessage(call, platform);
    if (isAnswer(message)) return message;
    platform.world.remove(message);
    const channel = platform.world.channels.get(message.channel);
    if (channel !== undefined) {
      const gone = { deleted_ts: message.ts, previous_message: publicForm(message, false) };
      platform.announce(channel, { type: "message", subtype: "message_deleted", hidden: true, ...gone });
    }
    return { ok: true, channel: message.channel, ts: message.ts };
  },
};

const postEphemeral: Method = {
  scope: () => "chat:write",
  run(call, platform) {
    const channel = writable(call, platform);
    if (isAnswer(channel)) return channel;
    const user = textOf(call.args["user"]);
    if (!channel.members.has(user)) return no("user_not_in_channel");
    const content = contentOf(call, platform);
    if (isAnswer(content)) return content;
    const problem = threadProblem(call, channel, platform);
    if (problem !== undefined) return no(problem);
    const threadTs = textOf(call.args["thread_ts"]);
    const ts = platform.world.nextTs();
    const note = { ts, channel: channel.id, user, text: content.text, blocks: content.blocks };
    platform.world.ephemerals.push({ ...note, ...(threadTs === "" ? {} : { threadTs }) });
    platform.ledger.record({ kind: "stored", name: "chat.postEphemeral", body: note });
    return { ok: true, message_ts: ts };
  },
};

const viewsOpen: Method = {
  run(call, platform) {
    const { view } = call.args;
    if (!isRecord(view) || !isRecord(view["title"]) || view["type"] !== "modal")
      return no("invalid_arguments");
    if (JSON.stringify(view).length > 250_000) return no("view_too_large");
    const report = inspectBlocks(view["blocks"], 100);
    for (const key of ["title", "submit", "close"]) {
      const part = view[key];
      if (isRecord(part) && textOf(part["text"]).length > 24)
        report.errors.push(`[ERROR] ${key} is too long`);
    }
    if (textOf(view["private_metadata"]).length > 3000)
      report.errors.push("[ERROR] private_metadata is too long");
    if (report.errors.length > 0)
      return no("invalid_arguments", { response_metadata: { messages: report.errors } });
    const refusal = platform.useTrigger(textOf(call.args["trigger_id"]));
    if (refusal !== undefined) return no(refusal);
    const id = platform.world.nextId("V");
    const user = textOf(call.args["trigger_id"]).split(".")[1] ?? "";
    const open = { id, hash: platform.world.nextTs(), user, team: call.team.id, view };
    platform.world.views.set(id, open);
    platform.ledger.record({ kind: "stored", name: "views.open", body: open });
    return { ok: true, view: { ...view, id, hash: open.hash, team_id: call.team.id } };
  },
};

const setStatus: Method = {
  scope: () => "chat:write",
  run(call, { world, ledger }) {
    const channel = world.channels.get(textOf(call.args["channel_id"]));
    if (channel === undefined) return no("channel_not_found");
    const threadTs = textOf(call.args["thread_ts"]);
    if (!tsShape.test(threadTs)) return no("invalid_thread_ts");
    const loading = call.args["loading_messages"];
    if (Array.isArray(loading) && loading.length > 10) return no("invalid_arguments");
    const status = { channel: channel.id, threadTs, status: textOf(call.args["status"]) };
    world.statuses.push(status);
    ledger.record({ kind: "stored", name: "assistant.threads.setStatus", body: status });
    return { ok: true };
  },
};

const addReaction: Method = {
  scope: () => "reactions:write",
  run({ args, team }, { world }) {
    const message = world.find(textOf(args["channel"]), textOf(args["timestamp"]));
    if (message === undefined) return no("message_not_found");
    const name = textOf(args["name"]);
    const users = message.reactions.get(name) ?? new Set<string>();
    if (users.has(team.botUserId)) return no("already_reacted");
    message.reactions.set(name, users.add(team.botUserId));
    return { ok: true };
  },
};

export const chatMethods: Record<string, Method> = {
  "chat.postMessage": postMessage,
  "chat.update": update,
  "chat.delete": remove,
  "chat.postEphemeral": postEphemeral,
  "views.open": viewsOpen,
  "views.publish": viewsPublish,
  "assistant.threads.setStatus": setStatus,
  "reactions.add": addReaction,
};
