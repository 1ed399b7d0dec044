// The hearing half: raw packets become messages, are handed to the engine, and only then is Discord acknowledged.
// Raw, because the library silently drops messages of threads and channels that it has not cached.
import type { Client } from "discord.js";
import { Routes } from "discord.js";
import { z } from "zod";
import type { Message } from "../../src/message.ts";
import type { Clock, Desk, Hear, VerbSpec } from "../../src/ports.ts";
import type { Acknowledge } from "./acknowledge.ts";
import { toMessage } from "./inbound.ts";
import type { Place } from "./inbound.ts";
import { hearInteraction, threadTypes } from "./interactions.ts";
import { wordsOf } from "./outcomes.ts";
import { InteractionPacket, MessagePacket } from "./packets.ts";
import { toReaction } from "./reactions.ts";
import type { ReactionFrame } from "./reactions.ts";

export type ListenerParts = {
  readonly client: Client;
  readonly clock: Clock;
  readonly botId: () => string | null;
  readonly acknowledge: Acknowledge;
  readonly verbs: readonly VerbSpec[];
  readonly desk: Desk | null;
  readonly onTrouble: (what: string) => void;
  /** Parent channels of threads that the library does not know. A thread never moves. */
  readonly parents: Map<string, string>;
  /** What was missed here is heard first; null: nothing was. */
  readonly caughtUp: (channel: string) => Promise<unknown> | null;
  /** A message could not be committed although it was tried again: the person has to be told. */
  readonly onLost: (message: Message, error: unknown) => void;
};
export type Listener = {
  readonly messageCreated: (data: unknown) => void;
  readonly interactionCreated: (data: unknown) => void;
  readonly reactionGiven: (frame: ReactionFrame) => void;
  /** A message that was found afterwards: it comes before whatever waits in its channel. */
  readonly messageFound: (message: Message) => Promise<void>;
  /** Resolves when everything heard so far was handed over. */
  readonly idle: () => Promise<void>;
};

const commitTriesMs = [250, 1_000, 4_000] as const;

export function createListener(parts: ListenerParts, hear: Hear): Listener {
  const { inOrder, idle } = createLines(parts);
  return {
    messageCreated: (data) => {
      const packet = MessagePacket.safeParse(data);
      const botId = parts.botId();
      if (!packet.success || botId === null || packet.data.author.id === botId) return;
      inOrder(packet.data.channel_id, async () => {
        const message = toMessage(packet.data, await placeOf(parts, packet.data), botId);
        if (message !== null) await hearPatiently(parts, hear, message);
      });
    },
    messageFound: async (message) => hearPatiently(parts, hear, message),
    interactionCreated: (data) => {
      const packet = InteractionPacket.safeParse(data);
      if (!packet.success) return;
      const around = { ...parts, parentOf: async (thread: string) => parentOf(parts, thread) };
      inOrder(`i:${packet.data.id}`, () => hearInteraction(around, hear, packet.data));
    },
    reactionGiven: (frame) => {
      const botId = parts.botId();
      const message = botId === null ? null : toReaction(frame, botId);
      if (message !== null) inOrder(message.channel, () => hearPatiently(parts, hear, message));
    },
    idle,
  };
}

type Task = () => Promise<void>;

/** One line per channel: looking a thread up must not let a later message overtake. */
function createLines({ caughtUp, onTrouble }: Pick<ListenerParts, "caughtUp" | "onTrouble">) {
  const lines = new Map<string, Promise<void>>();
  return {
    inOrder: (channel: string, task: Task): void => {
      const before = lines.get(channel) ?? caughtUp(channel) ?? Promise.resolve();
      // What goes wrong with one of them must not take along whatever waits behind it.
      const running = before.then(task, task).catch((error: unknown) => {
        onTrouble(`Something said in ${channel} could not be heard: ${wordsOf(error)}`);
      });
      lines.set(channel, running);
      void running.finally(() => {
        if (lines.get(channel) === running) lines.delete(channel);
      });
    },
    idle: async (): Promise<void> => {
      await Promise.all(lines.values());
    },
  };
}

async function hearPatiently(parts: ListenerParts, hear: Hear, message: Message): Promise<void> {
  for (const waitMs of [...commitTriesMs, null]) {
    try {
      return await hear(message);
    } catch (error) {
      // The gateway can't be told "again, please": Nova tries itself, and says so when it gives up.
      if (waitMs === null) return parts.onLost(message, error);
      await new Promise<void>((resolve) => {
        parts.clock.after(waitMs, resolve);
      });
    }
  }
}

async function placeOf(parts: ListenerParts, packet: MessagePacket): Promise<Place> {
  const isDirect = (packet.guild_id ?? null) === null;
  const cached = parts.client.channels.cache.get(packet.channel_id);
  const isThread = cached?.isThread() ?? threadTypes.has(packet.channel_type ?? -1);
  const parent = isThread ? await parentOf(parts, packet.channel_id) : null;
  return { channel: packet.channel_id, parent, isDirect };
}

const Thread = z.object({ parent_id: z.string() });

/** A thread that can't be looked up stands for itself: its message is answered, without a project. */
async function parentOf(parts: ListenerParts, thread: string): Promise<string | null> {
  const cached = parts.client.channels.cache.get(thread);
  const known = parts.parents.get(thread) ?? (cached?.isThread() === true ? cached.parentId : null);
  if (known !== null) return known;
  try {
    const found = Thread.parse(await parts.client.rest.get(Routes.channel(thread)));
    parts.parents.set(thread, found.parent_id);
    return found.parent_id;
  } catch (error) {
    parts.onTrouble(`The thread ${thread} could not be looked up: ${wordsOf(error)}`);
    return null;
  }
}
