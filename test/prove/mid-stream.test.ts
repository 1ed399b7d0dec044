// The process dies while an answer is being written for all to see: after the next start there is one message, and it says
// the answer. Killed where nobody has noted the message yet, and where it was noted.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { startAnthropicStub } from "../support/anthropic-stub.ts";
import type { AnthropicStub } from "../support/anthropic-stub.ts";
import { createFakeDiscord, ids } from "../support/discord/index.ts";
import { createNovaHome, isSettled, reaches } from "./nova-process.ts";
import type { NovaHome } from "./nova-process.ts";
import { killsAt, openSlack, outboxIdOf, wordsOf } from "./slack-home.ts";
import { holds } from "../support/holds.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const half = "I am looking at everything that was said about the brushes, one thing after another, and then";
const ask = "chat/general: tell me about the brushes";

/** The first answer stops in the middle and never ends; the next ones are whole. */
async function startModel(): Promise<AnthropicStub> {
  let asked = 0;
  const model = await startAnthropicStub({
    respond: () => {
      asked += 1;
      const answer = asked === 1 ? `${half} ${half}` : "Here is the whole answer.";
      const reply = { calls: [{ name: "reply", input: { answer, sources: [] } }], pieces: 24 };
      return asked === 1 ? { fault: "stall", at: "middle", reply } : reply;
    },
  });
  closers.push(async () => model.close());
  return model;
}
const keys = (model: AnthropicStub) => ({ ANTHROPIC_API_KEY: "sk-test", ANTHROPIC_BASE_URL: model.url });

/** Until the journal of the running process knows the message that grows. */
async function noted({ folder }: NovaHome): Promise<void> {
  const db = new DatabaseSync(join(folder, "home", "journal.db"), { readOnly: true });
  try {
    const row = db.prepare("SELECT count(*) AS found FROM preview WHERE platform_id IS NOT NULL");
    await holds(() => expect(row.get()).toMatchObject({ found: 1 }));
  } finally {
    db.close();
  }
}

test.each(["before it is noted", "after it is noted"] as const)(
  "on Slack, killed %s: one message, and it is the answer",
  { timeout: 60_000 },
  async (when) => {
    const model = await startModel();
    const scene = await openSlack((close) => closers.push(close), keys(model));
    const { fake, home } = scene;
    const first = home.start();
    await first.says("started");
    const began = {
      isIt: ({ kind, name }: { kind: string; name: string }) =>
        kind === "request" && name === "chat.startStream",
      count: 1,
    };
    const killed = when === "before it is noted" ? killsAt(scene, first, began) : null;
    const asked = fake.as("U1001").say("C1", ask);
    if (killed === null) {
      await fake.until(({ kind, name }) => kind === "stored" && name === "chat.startStream");
      await noted(home);
      first.kill();
      await first.gone;
    }
    await killed;
    expect(fake.repliesTo(asked).map(({ text }) => text.slice(0, 12))).toEqual(["I am looking"]);

    const second = home.start();
    await second.says("started");
    expect(await reaches(second, isSettled)).toMatchObject({ deadPosts: 0 });
    expect(await second.stop()).toBe(0);
    const replies = fake.repliesTo(asked);
    expect(replies).toHaveLength(1);
    expect(replies.map(wordsOf).join("")).toMatch(/whole answer/u);
    expect(replies.map(wordsOf).join("")).not.toMatch(/I am looking/u);
    expect(outboxIdOf(replies[0]?.metadata)).toMatch(/:0$/u);
    await fake.close();
    expect(fake.violations).toEqual([]);
  },
);

test(
  "on Discord, killed when the first words can be read: one message, and it is the answer",
  { timeout: 60_000 },
  async () => {
    const model = await startModel();
    const fake = await createFakeDiscord();
    closers.push(async () => fake.close());
    const home = createNovaHome(
      {
        people: [{ name: "Kit", ids: [`discord:${ids.kit}`], role: "owner" }],
        projects: [{ id: "parts", name: "Parts", channels: [`discord:${ids.parts}`], agents: ["*"] }],
      },
      { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.apiUrl, ...keys(model) },
    );
    closers.push(async () => home.close());
    const first = home.start();
    await first.says("started");
    fake.as(ids.kit).say(ids.parts, ask);
    await fake.until(() => fake.said(ids.parts).length === 1);
    first.kill();
    await first.gone;
    expect(fake.said(ids.parts)[0]?.content).toMatch(/I am looking/u);

    const second = home.start();
    await second.says("started");
    expect(await reaches(second, isSettled)).toMatchObject({ deadPosts: 0 });
    expect(await second.stop()).toBe(0);
    const said = fake.said(ids.parts);
    expect(said).toHaveLength(1);
    expect(said[0]?.content).toMatch(/whole answer/u);
    expect(said[0]?.content).not.toMatch(/I am looking|writing/u);
    expect(fake.check({ allow: ["interaction-unanswered"] })).toEqual([]);
  },
);
