// The menu of a message in Slack: a shortcut used on it, as the verb that it stands for. The words are the message's, and
// whoever wrote them is named where it is somebody else.
import { z } from "zod";
import type { Message } from "../../src/message.ts";
import { shortcuts } from "../../src/surfaces/shortcuts.ts";
import { channelIdOf, isDirect, threadIdOf } from "./addresses.ts";
import type { Self, Who } from "./inbound.ts";
import { toPlain } from "./text.ts";

const MessageAction = z.object({
  type: z.literal("message_action"),
  callback_id: z.string(),
  trigger_id: z.string(),
  team: z.object({ id: z.string() }).nullish(),
  user: z.object({ id: z.string(), name: z.string().optional(), team_id: z.string().optional() }),
  channel: z.object({ id: z.string() }),
  message: z.object({
    ts: z.string(),
    thread_ts: z.string().optional(),
    user: z.string().optional(),
    username: z.string().optional(),
    team: z.string().optional(),
    text: z.string().default(""),
  }),
});

export type UsedShortcut = {
  readonly kind: "shortcut";
  readonly who: Who;
  /** Who wrote the message, when the words are handed on as theirs; looked up apart. */
  readonly author: Who | null;
  readonly writtenAt: number;
  readonly message: Omit<Message, "account">;
};

/** Null: another payload, or no shortcut of Nova's. */
export function parseShortcut(body: unknown, self: Self, now: number): UsedShortcut | null {
  const used = MessageAction.safeParse(body);
  if (!used.success) return null;
  const { callback_id, trigger_id, user, channel, message } = used.data;
  const shortcut = shortcuts.find(({ id }) => id === callback_id);
  if (shortcut === undefined) return null;
  const { verb } = shortcut;
  const direct = isDirect(channel.id);
  const threadTs = message.thread_ts ?? (direct ? null : message.ts);
  const isOwn = message.user === user.id && verb === "ask";
  const author = {
    team: message.team ?? self.team,
    user: message.user ?? "",
    name: message.username ?? null,
  };
  return {
    kind: "shortcut",
    who: { team: user.team_id ?? self.team, user: user.id, name: user.name ?? null },
    author: verb === "summarise" || isOwn ? null : author,
    writtenAt: Math.floor(Number(message.ts) * 1000),
    message: {
      id: `s:t:${trigger_id}`,
      thread: threadIdOf({ team: self.team, channel: channel.id, threadTs }),
      channel: channelIdOf(self.team, channel.id),
      at: now,
      direct,
      addressed: true,
      body: {
        kind: "command",
        verb,
        rest: verb === "summarise" ? "" : toPlain(message.text, self.botUserId),
      },
    },
  };
}
