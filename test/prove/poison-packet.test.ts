// A packet that breaks the library itself must not end the process: it is kept as a failure, and the next one is heard.
import { afterEach, expect, test } from "vitest";
import { createFakeDiscord, ids } from "../support/discord/index.ts";
import { createNovaHome } from "./nova-process.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

test(
  "a message whose thread is null is answered, and so is the one after it",
  { timeout: 60_000 },
  async () => {
    const fake = await createFakeDiscord();
    closers.push(async () => fake.close());
    const home = createNovaHome(
      {
        people: [{ name: "Kit", ids: [`discord:${ids.kit}`], role: "owner" }],
        projects: [{ id: "parts", name: "Parts", channels: [`discord:${ids.parts}`], agents: ["chat/*"] }],
      },
      { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.apiUrl },
    );
    closers.push(async () => home.close());
    const nova = home.start();
    await nova.says("started");
    const poison = {
      id: fake.store.nextId(),
      channel_id: ids.parts,
      guild_id: ids.guild,
      type: 0,
      content: "hello",
      author: { id: ids.kit, username: "kit", discriminator: "0000", avatar: null },
      thread: null,
      mentions: null,
      timestamp: new Date().toISOString(),
    };
    const s = fake.log.filter(({ kind, name }) => kind === "out" && !name.startsWith("op ")).length + 1;
    fake.net.sendRaw(JSON.stringify({ op: 0, s, t: "MESSAGE_CREATE", d: poison }));
    await fake.until(() => fake.said(ids.parts).length === 1, 20_000);
    fake.as(ids.kit).say(ids.parts, "who are you?");
    await fake.until(() => fake.said(ids.parts).length === 2, 20_000);
    expect(await nova.stop()).toBe(0);
  },
);
