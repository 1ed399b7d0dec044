// What the fake Discord holds threads to, proved with raw requests.
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFakeDiscord, ids } from "./discord/index.ts";
import type { FakeDiscord } from "./discord/index.ts";

let fake: FakeDiscord;
beforeEach(async () => {
  fake = await createFakeDiscord();
});
afterEach(async () => fake.close());

async function starts(message: string, body: object = { name: "brushes" }): Promise<unknown> {
  const response = await fetch(`${fake.apiUrl}/v10/channels/${ids.parts}/messages/${message}/threads`, {
    method: "POST",
    headers: {
      authorization: `Bot ${fake.token}`,
      "content-type": "application/json",
      "user-agent": "DiscordBot (https://nova.example, 1)",
    },
    body: JSON.stringify(body),
  });
  return response.json();
}

test("a thread from a message has the message's id, and there is one", async () => {
  const { id } = fake.as(ids.kit).say(ids.parts, "hello");
  expect(await starts(id)).toMatchObject({ id, name: "brushes", parent_id: ids.parts });
  expect(await starts(id)).toMatchObject({ code: 160_004 });
});

test.each<readonly [string, object, number]>([
  ["no name", { name: "" }, 50_035],
  ["a name that is too long", { name: "x".repeat(101) }, 50_035],
  ["a time until it is put away that Discord has not", { name: "x", auto_archive_duration: 61 }, 50_035],
])("refuses %s", async (_name, body, code) => {
  const { id } = fake.as(ids.kit).say(ids.parts, "hello");
  expect(await starts(id, body)).toMatchObject({ code });
});

test.each([
  ["denied", 50_013],
  ["full", 160_006],
] as const)("refuses where threads are %s", async (threads, code) => {
  fake.store.channel(ids.parts).threads = threads;
  const { id } = fake.as(ids.kit).say(ids.parts, "hello");
  expect(await starts(id)).toMatchObject({ code });
});

test("refuses a message that is gone", async () => {
  const { id } = fake.as(ids.kit).say(ids.parts, "hello");
  fake.as(ids.kit).remove(id);
  expect(await starts(id)).toMatchObject({ code: 10_008 });
});
