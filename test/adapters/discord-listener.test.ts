// The line in which a channel of Discord's is heard: what goes wrong in it takes nobody else along.
import { expect, test } from "vitest";
import { createAcknowledge } from "../../adapters/discord/acknowledge.ts";
import { createClient } from "../../adapters/discord/client.ts";
import { createListener } from "../../adapters/discord/listener.ts";
import { createTokens } from "../../adapters/discord/tokens.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { createHearSink } from "../support/hear-sink.ts";

test("neither a catching up that breaks nor a message that can't be kept keeps the next one from being heard", async () => {
  const [sink, clock] = [createHearSink(), createHandClock()];
  const client = createClient("http://127.0.0.1:9/api");
  const application = (): string => "1";
  const tokens = createTokens(clock);
  const troubles: string[] = [];
  const listener = createListener(
    {
      client,
      clock,
      verbs: [],
      desk: null,
      botId: () => "1",
      acknowledge: createAcknowledge({ rest: client.rest, tokens, application, onMissed: () => undefined }),
      parents: new Map(),
      onTrouble: (what) => troubles.push(what),
      caughtUp: async () => Promise.reject(new Error("the history is torn")),
      onLost: () => {
        throw new Error("nobody can be told");
      },
    },
    async (message) => {
      if (message.id === "d:m:12") throw new Error("disk full");
      await sink.hear(message);
    },
  );
  for (const id of ["11", "12", "13"])
    listener.messageCreated({ id, channel_id: "2001", author: { id: "1001", username: "kit" } });
  await expect
    .poll(() => {
      clock.advance(1_000);
      return sink.heard.map(({ id }) => id);
    })
    .toEqual(["d:m:11", "d:m:13"]);
  await listener.idle();
  expect(troubles).toEqual([expect.stringContaining("nobody can be told")]);
});
