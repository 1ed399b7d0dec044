// What a channel's rights do to a message of the bot's: files and replies are refused, embeds are dropped without a word,
// and a history that may not be read is empty.
import type { MessageBody } from "./message-body.ts";
import { Refusal } from "./refusal.ts";
import { isDenied } from "./stage.ts";
import type { Stage } from "./stage.ts";
import type { FakeChannel } from "./world.ts";

const EMBED_LINKS = 1n << 14n;
const ATTACH_FILES = 1n << 15n;
const READ_HISTORY = 1n << 16n;

export const mayReadHistory = (stage: Stage, channel: FakeChannel): boolean =>
  !isDenied(stage, channel, READ_HISTORY);

export function refuseFiles(stage: Stage, channel: FakeChannel, count: number): void {
  if (count > 0 && isDenied(stage, channel, ATTACH_FILES))
    throw new Refusal(403, 50013, { message: "Missing Permissions" });
}

export function refuseReply(stage: Stage, channel: FakeChannel, body: MessageBody): void {
  const isReply = body.message_reference !== undefined && body.message_reference !== null;
  if (isReply && !mayReadHistory(stage, channel))
    throw new Refusal(400, 160_002, {
      message: "You cannot reply without permission to read message history",
    });
}

/** Discord says nothing of what it drops. */
export function withRights(stage: Stage, channel: FakeChannel, body: MessageBody): MessageBody {
  return body.embeds !== undefined && isDenied(stage, channel, EMBED_LINKS) ? { ...body, embeds: [] } : body;
}
