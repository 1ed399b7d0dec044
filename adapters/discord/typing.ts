// "Nova is typing…" lasts ten seconds at Discord: repeated while anything in the thread is being worked on.
import { Routes } from "discord.js";
import type { REST } from "discord.js";
import type { Clock } from "../../src/ports.ts";
import type { ThreadId } from "../../src/ids.ts";

const repeatMs = 8_000;

export type Typing = { readonly start: (thread: ThreadId) => () => void; readonly stopAll: () => void };

type Running = { count: number; cancel: () => void };
export type TypingParts = { readonly rest: REST; readonly clock: Clock; readonly isReady: () => boolean };

export function createTyping(parts: TypingParts): Typing {
  const running = new Map<string, Running>();
  const end = (channel: string, held: Running) => {
    held.count -= 1;
    if (held.count > 0) return;
    held.cancel();
    if (running.get(channel) === held) running.delete(channel);
  };
  return {
    start: (thread) => {
      const channel = thread.split(":")[2] ?? "";
      const held = running.get(channel) ?? { count: 0, cancel: () => undefined };
      held.count += 1;
      running.set(channel, held);
      if (held.count === 1) beat(parts, channel, held);
      let isEnded = false;
      return () => {
        if (!isEnded) end(channel, held);
        isEnded = true;
      };
    },
    stopAll: () => {
      for (const held of running.values()) held.cancel();
      running.clear();
    },
  };
}

function beat(parts: TypingParts, channel: string, held: Running): void {
  held.cancel = parts.clock.after(repeatMs, () => beat(parts, channel, held));
  if (!parts.isReady()) return;
  // Only a sign of life: where it can't be shown, the answer itself will be the sign.
  parts.rest.post(Routes.channelTyping(channel)).catch(() => undefined);
}
