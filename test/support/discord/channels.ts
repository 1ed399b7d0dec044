// Everything about the bot, its channels and threads over REST: who am I, where is the gateway, open a DM,
// start, change and join a thread.
import { z } from "zod";
import type { Gateway } from "./gateway.ts";
import {
  messageUpdated,
  threadCreated,
  threadUpdated,
  toChannel,
  toMember,
  toRole,
  toThread,
  toUser,
} from "./packets.ts";
import { invalidForm, Refusal } from "./refusal.ts";
import type { Call, Reply, Route } from "./rest.ts";
import { applicationFlags } from "./settings.ts";
import { announce, channelFor, messageFor, type Stage } from "./stage.ts";
import { ids, type FakeChannel, type FakeGuild } from "./world.ts";

const nameSchema = z.object({ name: z.string().min(1).max(100) });
const archiveSchema = z.object({
  auto_archive_duration: z.literal([60, 1_440, 4_320, 10_080]).optional(),
});
const changeSchema = z.object({
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
  name: z.string().optional(),
});

export function createChannelRoutes(
  stage: Stage,
  parts: { readonly gateway: Gateway; readonly baseUrl: () => string },
): Route[] {
  const { world } = stage;
  const channelOf = (call: Call, need: "read" | "write") =>
    channelFor(stage, call.params["channel"] ?? "", need);
  return [
    { method: "GET", pattern: "/users/@me", handle: () => ({ status: 200, body: toUser(world.bot) }) },
    {
      method: "GET",
      pattern: "/applications/@me",
      handle: () => ({
        status: 200,
        body: { id: ids.application, name: "Nova", ...applicationFlags(stage.settings) },
      }),
    },
    {
      method: "GET",
      pattern: "/gateway/bot",
      handle: () => ({ status: 200, body: gatewayInfo(stage, parts) }),
    },
    {
      method: "POST",
      pattern: "/users/@me/channels",
      handle: (call) => {
        const wanted = z.object({ recipient_id: z.string() }).safeParse(call.body);
        if (!wanted.success || !world.users.has(wanted.data.recipient_id))
          throw new Refusal(400, 50033, { message: "Invalid Recipient(s)" });
        return { status: 200, body: toChannel(world, world.dm(wanted.data.recipient_id)) };
      },
    },
    {
      method: "GET",
      pattern: "/channels/:channel",
      handle: (call) => ({ status: 200, body: toChannel(world, channelOf(call, "read")) }),
    },
    {
      method: "PATCH",
      pattern: "/channels/:channel",
      handle: (call) => changeThread(stage, channelOf(call, "write"), call),
    },
    {
      method: "POST",
      pattern: "/channels/:channel/messages/:message/threads",
      handle: (call) => {
        const parent = channelOf(call, "write");
        const starter = messageFor(stage, parent.id, call.params["message"] ?? "");
        return {
          status: 201,
          body: toThread(startThread(stage, parent, { name: nameOf(call), starterId: starter.id })),
        };
      },
    },
    {
      method: "POST",
      pattern: "/channels/:channel/threads",
      handle: (call) => ({
        status: 201,
        body: toThread(startThread(stage, channelOf(call, "write"), { name: nameOf(call), starterId: null })),
      }),
    },
    {
      method: "PUT",
      pattern: "/channels/:channel/thread-members/@me",
      handle: (call) => {
        const thread = channelOf(call, "read");
        if (thread.archived) throw new Refusal(400, 50083, { message: "Thread is archived" });
        return { status: 204 };
      },
    },
    {
      method: "GET",
      pattern: "/guilds/:guild",
      handle: (call) => {
        const guild = guildOf(stage, call);
        return { status: 200, body: { id: guild.id, name: guild.name, roles: [toRole(guild)] } };
      },
    },
    {
      method: "GET",
      pattern: "/guilds/:guild/members/:user",
      handle: (call) => {
        const user = call.params["user"] ?? "";
        if (!guildOf(stage, call).memberIds.includes(user))
          throw new Refusal(404, 10007, { message: "Unknown Member" });
        return { status: 200, body: toMember(world.user(user)) };
      },
    },
    {
      method: "GET",
      pattern: "/guilds/:guild/threads/active",
      handle: (call) => {
        const open = [...world.channels.values()].filter(
          (c) => c.kind === "thread" && c.guildId === call.params["guild"] && !c.archived && !c.deleted,
        );
        return { status: 200, body: { threads: open.map(toThread), members: [] } };
      },
    },
  ];
}

/** A guild that the bot is in: 10004 otherwise. */
function guildOf({ world }: Stage, call: Call): FakeGuild {
  const guild = world.guilds.get(call.params["guild"] ?? "");
  if (guild === undefined || !guild.memberIds.includes(ids.bot))
    throw new Refusal(404, 10004, { message: "Unknown Guild" });
  return guild;
}

/** A thread from a message has that message's id. A second one is refused with 160004. */
export function startThread(
  stage: Stage,
  parent: FakeChannel,
  how: { readonly name: string; readonly starterId: string | null },
): FakeChannel {
  if (parent.kind !== "text")
    throw new Refusal(400, 50024, { message: "Cannot execute action on this channel type" });
  if (parent.threads === "denied") throw new Refusal(403, 50013, { message: "Missing Permissions" });
  if (parent.threads === "full")
    throw new Refusal(400, 160006, { message: "Maximum number of active threads reached" });
  if (how.starterId !== null && stage.world.channels.has(how.starterId)) {
    throw new Refusal(400, 160004, { message: "A thread has already been created for this message" });
  }
  const place = { kind: "thread", name: how.name, guildId: parent.guildId, parentId: parent.id } as const;
  const thread = stage.world.addChannel(how.starterId === null ? place : { ...place, id: how.starterId });
  announce(stage, thread, threadCreated(thread));
  if (how.starterId !== null)
    announce(stage, parent, messageUpdated(stage.world, stage.world.message(how.starterId)));
  return thread;
}

function nameOf(call: Call): string {
  const parsed = nameSchema.safeParse(call.body);
  if (!parsed.success)
    throw invalidForm([
      { path: "name", code: "BASE_TYPE_BAD_LENGTH", message: "Must be between 1 and 100 in length." },
    ]);
  if (!archiveSchema.safeParse(call.body).success)
    throw invalidForm([
      {
        path: "auto_archive_duration",
        code: "BASE_TYPE_CHOICES",
        message: "Value must be one of {60, 1440, 4320, 10080}.",
      },
    ]);
  return parsed.data.name;
}

function changeThread(stage: Stage, thread: FakeChannel, call: Call): Reply {
  const parsed = changeSchema.safeParse(call.body);
  if (!parsed.success)
    throw invalidForm([{ path: "body", code: "BASE_TYPE_BAD", message: parsed.error.message }]);
  if (thread.kind !== "thread")
    throw new Refusal(400, 50024, { message: "Cannot execute action on this channel type" });
  thread.archived = parsed.data.archived ?? thread.archived;
  thread.locked = parsed.data.locked ?? thread.locked;
  announce(stage, thread, threadUpdated(thread));
  return { status: 200, body: toThread(thread) };
}

function gatewayInfo(
  stage: Stage,
  parts: { readonly gateway: Gateway; readonly baseUrl: () => string },
): object {
  const limit = {
    total: stage.settings.identifyBudget,
    remaining: parts.gateway.identifyLeft(),
    reset_after: 86_400_000,
    max_concurrency: 1,
  };
  return { url: `${parts.baseUrl()}/gateway`, shards: 1, session_start_limit: limit };
}
