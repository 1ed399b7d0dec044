// Messages over REST: create with the nonce window, read, edit, delete, typing. Platform rules refuse; house rules
// (no pings anywhere, a nonce with enforce_nonce on every post) are only recorded.
import { parseMessageBody, pingsOf, refuseEmpty, rowsOf, type MessageBody } from "./message-body.ts";
import { messageCreated, messageDeleted, messageUpdated, threadUpdated, toMessage } from "./packets.ts";
import { invalidForm, Refusal } from "./refusal.ts";
import type { Call, Reply, Route } from "./rest.ts";
import { forbidPreviews } from "./previews.ts";
import { mayReadHistory, refuseFiles, refuseReply, withRights } from "./message-rights.ts";
import { announce, channelFor, messageFor, type Stage } from "./stage.ts";
import type { FakeChannel, FakeMessage } from "./world.ts";

export function createMessageRoutes(stage: Stage): Route[] {
  const { world, recorder } = stage;
  const one = (call: Call) => messageFor(stage, call.params["channel"] ?? "", call.params["message"] ?? "");
  const edits = new Map<string, number>();

  const create = (call: Call): Reply => {
    const channel = channelFor(stage, call.params["channel"] ?? "", "write");
    const body = parseMessageBody(call.body);
    refuseEmpty(body, call.files.length);
    checkHouse(stage, call, body);
    refuseFiles(stage, channel, call.files.length);
    refuseReply(stage, channel, body);
    const earlier = earlierByNonce(stage, body);
    if (earlier !== null) return { status: 200, body: toMessage(world, earlier) };
    if (channel.locked) throw new Refusal(400, 160005, { message: "This thread is locked" });
    if (channel.recipientId !== null && world.user(channel.recipientId).refusesDms) {
      throw new Refusal(403, 50007, { message: "Cannot send messages to this user" });
    }
    const referenceId = referenceOf(stage, channel, body);
    const repliedTo = referenceId === null ? null : world.message(referenceId).authorId;
    unarchive(stage, channel);
    const message = world.addMessage({
      channelId: channel.id,
      authorId: world.bot.id,
      content: body.content ?? "",
      embeds: withRights(stage, channel, body).embeds ?? [],
      components: rowsOf(body),
      files: call.files,
      nonce: body.nonce === undefined || body.nonce === null ? null : `${body.nonce}`,
      referenceId,
      pinged: pingsOf(body, repliedTo, "message"),
    });
    announce(stage, channel, messageCreated(world, message));
    return { status: 200, body: toMessage(world, message) };
  };

  const edit = (call: Call): Reply => {
    const channel = channelFor(stage, call.params["channel"] ?? "", "write");
    const message = one(call);
    if (message.authorId !== world.bot.id)
      throw new Refusal(403, 50005, { message: "Cannot edit a message authored by another user" });
    if (channel.archived) throw new Refusal(400, 50083, { message: "Thread is archived" });
    const count = (edits.get(message.id) ?? 0) + 1;
    if (
      Date.now() - message.createdAtMs > stage.settings.oldEditAgeMs &&
      count > stage.settings.oldEditLimit
    ) {
      throw new Refusal(429, 30046, {
        message: "Maximum number of edits to messages older than 1 hour reached",
      });
    }
    edits.set(message.id, count);
    const body = parseMessageBody(call.body);
    if ((body.allowed_mentions?.parse ?? ["absent"]).length > 0)
      recorder.violate("house", "edit-allowed-mentions", `PATCH ${call.path}`);
    forbidPreviews(recorder, body, `PATCH ${call.path}`);
    refuseFiles(stage, channel, call.files.length);
    applyEdit(message, withRights(stage, channel, body), call.files);
    message.pinged = [...message.pinged, ...pingsOf(body, null, "message")];
    announce(stage, channel, messageUpdated(world, message));
    return { status: 200, body: toMessage(world, message) };
  };

  const remove = (call: Call): Reply => {
    const channel = channelFor(stage, call.params["channel"] ?? "", "write");
    const message = one(call);
    if (channel.archived) throw new Refusal(400, 50083, { message: "Thread is archived" });
    message.deleted = true;
    announce(stage, channel, messageDeleted(world, message));
    return { status: 204 };
  };

  return [
    { method: "POST", pattern: "/channels/:channel/messages", handle: create },
    { method: "GET", pattern: "/channels/:channel/messages", handle: (call) => list(stage, call) },
    {
      method: "GET",
      pattern: "/channels/:channel/messages/:message",
      handle: (call) => {
        channelFor(stage, call.params["channel"] ?? "", "read");
        return { status: 200, body: toMessage(world, one(call)) };
      },
    },
    { method: "PATCH", pattern: "/channels/:channel/messages/:message", handle: edit },
    { method: "DELETE", pattern: "/channels/:channel/messages/:message", handle: remove },
    {
      method: "POST",
      pattern: "/channels/:channel/typing",
      handle: (call) => {
        const channel = channelFor(stage, call.params["channel"] ?? "", "write");
        if (channel.archived) throw new Refusal(400, 50083, { message: "Thread is archived" });
        recorder.write("event", "typing", { body: channel.id });
        return { status: 204 };
      },
    },
  ];
}

/** Changes a stored message in place; what is absent stays. */
export function applyEdit(message: FakeMessage, body: MessageBody, files: Call["files"]): void {
  message.versions.push(message.content);
  if (body.content !== undefined) message.content = body.content ?? "";
  if (body.embeds !== undefined) message.embeds = body.embeds ?? [];
  if (body.components !== undefined) message.components = rowsOf(body);
  if (body.attachments !== undefined || files.length > 0) {
    const kept = (body.attachments ?? []).length > files.length ? message.files : [];
    message.files = [...kept, ...files];
  }
  message.loading = false;
  message.editedAtMs = Date.now();
}

/** A thread wakes up before the message arrives in it. */
export function unarchive(stage: Stage, channel: FakeChannel): void {
  if (!channel.archived) return;
  channel.archived = false;
  announce(stage, channel, threadUpdated(channel));
}

function checkHouse(stage: Stage, call: Call, body: MessageBody): void {
  const { recorder } = stage;
  forbidPreviews(recorder, body, `POST ${call.path}`);
  if ((body.allowed_mentions?.parse ?? ["absent"]).length > 0)
    recorder.violate("house", "allowed-mentions", `POST ${call.path}`);
  if (body.enforce_nonce !== true || body.nonce === undefined || body.nonce === null) {
    recorder.violate("house", "nonce", `POST ${call.path} without nonce and enforce_nonce.`);
  }
}

function earlierByNonce(stage: Stage, body: MessageBody): FakeMessage | null {
  if (body.enforce_nonce !== true || body.nonce === undefined || body.nonce === null) return null;
  const nonce = `${body.nonce}`;
  const sinceMs = Date.now() - stage.settings.nonceWindowMs;
  const mine = [...stage.world.messages.values()].filter(
    (m) => m.authorId === stage.world.bot.id && m.createdAtMs >= sinceMs,
  );
  return mine.find((m) => m.nonce === nonce) ?? null;
}

function referenceOf(stage: Stage, channel: FakeChannel, body: MessageBody): string | null {
  const reference = body.message_reference;
  if (reference === undefined || reference === null) return null;
  const target = stage.world.messages.get(reference.message_id);
  const isThere = target !== undefined && !target.deleted && target.channelId === channel.id;
  if (isThere) return target.id;
  if (reference.fail_if_not_exists === false) return null;
  throw invalidForm([
    { path: "message_reference", code: "REPLIES_UNKNOWN_MESSAGE", message: "Unknown message" },
  ]);
}

function list(stage: Stage, call: Call): Reply {
  const channel = channelFor(stage, call.params["channel"] ?? "", "read");
  const cursors = ["after", "before", "around"].filter((name) => call.query.has(name));
  const limit = Number(call.query.get("limit") ?? 50);
  if (cursors.length > 1)
    throw invalidForm([{ path: cursors[1] ?? "", code: "EXCLUSIVE", message: "Only one cursor" }]);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw invalidForm([{ path: "limit", code: "NUMBER_TYPE_MAX", message: "1-100" }]);
  const visibleMs = Date.now() - stage.settings.readLagMs;
  const history = mayReadHistory(stage, channel) ? stage.world.history(channel.id) : [];
  const all = history.filter((m) => m.visibleTo === null && m.createdAtMs <= visibleMs);
  const after = call.query.get("after");
  const before = call.query.get("before");
  // Discord gives the messages right behind an `after` cursor, and the newest otherwise; always newest first.
  const behind = after === null ? all : all.filter((m) => BigInt(m.id) > BigInt(after));
  const ahead = before === null ? behind : behind.filter((m) => BigInt(m.id) < BigInt(before));
  const page = after === null ? ahead.slice(-limit) : ahead.slice(0, limit);
  return { status: 200, body: page.toReversed().map((m) => toMessage(stage.world, m)) };
}
