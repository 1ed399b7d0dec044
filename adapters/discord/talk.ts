// What was said lately in a channel or thread, read over REST when somebody asks to have it summed up: one page, as text.
import { DiscordAPIError, Routes, SnowflakeUtil } from "discord.js";
import type { REST } from "discord.js";
import { z } from "zod";
import type { ChatAdapter, Clock, Talk } from "../../src/ports.ts";
import { withDeadline } from "./payload.ts";

const pageLimit = 100;
/** Words of people (0), replies (19), and the message that a thread starts from (21), which stands in its channel. */
const spoken: ReadonlySet<number> = new Set([0, 19, 21]);

const Author = z.object({ username: z.string(), global_name: z.string().nullish() });
const Words = z.object({ content: z.string().default(""), author: Author });
const Page = z.array(
  Words.extend({ id: z.string(), type: z.number().default(0), referenced_message: Words.nullish() }),
);

export function createRead(rest: REST, clock: Clock): NonNullable<ChatAdapter["read"]> {
  return async (thread, limit): Promise<Talk> => {
    const channel = thread.split(":")[2] ?? "";
    const wanted = Math.min(limit, pageLimit);
    const query = new URLSearchParams({ limit: `${wanted}` });
    try {
      const page = Page.parse(
        await withDeadline(clock, rest.get(Routes.channelMessages(channel), { query })),
      );
      const lines = page.toReversed().flatMap((message) => {
        const { content, author } = message.type === 21 ? (message.referenced_message ?? message) : message;
        if (!spoken.has(message.type) || content.trim() === "") return [];
        const by = author.global_name ?? author.username;
        return [{ by, at: SnowflakeUtil.timestampFrom(message.id), text: content }];
      });
      return { kind: "talk", lines, isWhole: page.length < wanted };
    } catch (error) {
      const isForbidden = error instanceof DiscordAPIError && error.status === 403;
      const why = isForbidden
        ? "I may not read this channel; give me View Channel and Read Message History here."
        : "Discord did not let me read this thread just now; try again in a minute.";
      return { kind: "unreadable", why };
    }
  };
}
