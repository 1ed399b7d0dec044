// SIGTERM at every step: Nova ends within ten seconds, whatever hangs, and what it could not finish is still open.
import { expect, test } from "vitest";
import type { Journal } from "../../src/ports.ts";
import { discordDoor } from "../support/doors/discord.ts";
import type { Door } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { hangs, script } from "../support/script.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaOptions } from "../support/start-nova.ts";

type Step = {
  readonly options?: (reached: () => void) => Partial<NovaOptions>;
  /** A call of the platform that never ends. */
  readonly stuck?: "reading" | "posting";
  readonly speaks: boolean;
};
const never = new Promise<never>(() => undefined);
const steps: readonly (readonly [string, Step])[] = [
  ["while nothing happens", { speaks: false }],
  [
    "while a message can't be kept",
    {
      speaks: true,
      options: (reached) => ({
        wrapJournal: (journal: Journal) => ({
          ...journal,
          keep: async () => {
            reached();
            return never;
          },
        }),
      }),
    },
  ],
  [
    "while the model thinks",
    {
      speaks: true,
      options: (reached) => ({
        model: script(async (request, signal) => {
          reached();
          return hangs(request, signal);
        }),
      }),
    },
  ],
  ["while a post hangs", { speaks: true, stuck: "posting" }],
  ["while what was missed is read", { speaks: false, stuck: "reading" }],
];

async function openDiscord(stuck: Step["stuck"], reached: () => void): Promise<Door> {
  const door = await discordDoor();
  const match = stuck === "posting" ? "POST /channels/2001/messages" : "GET /channels/2001/messages";
  if (stuck !== undefined)
    door.fake.faults.add({
      match: ({ method, path }) => {
        const isIt = `${method} ${path}` === match;
        if (isIt) reached();
        return isIt;
      },
      times: 9,
      how: "hang",
    });
  return door;
}

async function openSlack(stuck: Step["stuck"], reached: () => void): Promise<Door> {
  const door = await slackDoor();
  const wanted = stuck === "posting" ? "chat.postMessage" : "conversations.history";
  if (stuck !== undefined)
    door.fake.faults.add({
      match: (method) => {
        if (method === wanted) reached();
        return method === wanted;
      },
      when: "before",
      how: "hang",
    });
  return door;
}

const cases = steps.flatMap(([name, step]) => [
  [`Discord, ${name}`, openDiscord, step] as const,
  [`Slack, ${name}`, openSlack, step] as const,
]);

test.each(cases)("%s", async (_name, open, { stuck, speaks, options }) => {
  const reached = Promise.withResolvers<void>();
  const clock = createHandClock(Date.now());
  const door = await open(stuck, reached.resolve);
  const nova = await startNova({ doors: [door], clock, ...options?.(reached.resolve) });
  if (speaks) await door.says("hello");
  if (speaks || stuck !== undefined) await reached.promise;
  const over = nova.close().then(() => "over");
  for (let leftMs = 10_000; leftMs > 0; leftMs -= 250) {
    const pause = new Promise((resolve) => setTimeout(resolve, 5));
    if ((await Promise.race([over, pause])) === "over") break;
    clock.advance(250);
  }
  const late = new Promise((resolve) => setTimeout(resolve, 2_000, "after more than ten seconds"));
  expect(await Promise.race([over, late])).toBe("over");
});
