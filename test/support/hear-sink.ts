// Stands where the engine's first room stands: takes messages, refuses when told to, and lets a test wait for one.
import type { Message } from "../../src/message.ts";
import type { Hear } from "../../src/ports.ts";

export type HearSink = {
  readonly hear: Hear;
  readonly heard: Message[];
  /** The message at this place, as soon as it was heard. */
  at(index: number): Promise<Message>;
  /** From now on nothing can be committed. */
  refuse(): void;
};

export function createHearSink(): HearSink {
  const heard: Message[] = [];
  let isRefusing = false;
  let changed = Promise.withResolvers<void>();
  return {
    heard,
    hear: async (message) => {
      if (isRefusing) throw new Error("disk full");
      heard.push(message);
      changed.resolve();
      changed = Promise.withResolvers<void>();
    },
    at: async (index) => {
      for (;;) {
        const message = heard[index];
        if (message !== undefined) return message;
        await changed.promise;
      }
    },
    refuse: () => {
      isRefusing = true;
    },
  };
}
