// Whose rights count: guests, other people's questions and messages, other projects' work, and rights that were taken away.
import { describe, expect, test } from "vitest";
import { NovaFailure } from "../../src/failures.ts";
import type { ConfigInput } from "../../src/config.ts";
import { discordDoor } from "../support/doors/discord.ts";
import type { DiscordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { asks, breaks, says, script } from "../support/script.ts";
import type { Script } from "../support/script.ts";
import { useNova } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const general = (answer: string) => says(answer, { sources: [] });
const stock = (answer: string) => says(answer, { items: [] });
const told = (model: Script, at: number): string => JSON.stringify(model.requests[at]);

describe("a guest", () => {
  test("is briefed with nothing that others said in the thread, and with what they said themselves", async () => {
    const door = await discordDoor();
    const model = script(general("The alarm code is XYZZY."), general("Hello."), general("Again."));
    const nova = await start({ doors: [door], model });
    await door.says("chat/general: what is the alarm code?");
    await sees(door, /XYZZY/u);
    await door.verb("remember", "the yard closes at five");
    await sees(door, /Remembered for/u);
    await door.says("chat/general: good morning", "stranger");
    await sees(door, /Hello\./u);
    await door.says("chat/general: and once more", "stranger");
    await sees(door, /Again\./u);
    await nova.idle();
    for (const at of [1, 2]) expect(told(model, at)).not.toMatch(/XYZZY|alarm|closes at five/u);
    expect(told(model, 2)).toMatch(/good morning.*Hello\./u);
  });

  test("keeps a guest's rights when the owner retries the message", async () => {
    const door = await discordDoor();
    const down = breaks(new NovaFailure("model.down", "connect ECONNREFUSED"));
    const model = script(down, general("Hello."), general("At five."));
    await start({ doors: [door], model });
    await door.verb("remember", "the yard closes at five");
    await sees(door, /Remembered for/u);
    await door.says("chat/general: when does the yard close?", "stranger");
    await sees(door, /can't be reached right now/u);
    await door.press("Retry", { who: "kit" });
    await sees(door, /Hello\./u);
    await door.says("chat/general: when does the yard close?", "kit");
    await sees(door, /At five\./u);
    expect(told(model, 1)).not.toMatch(/closes at five/u);
    expect(told(model, 2)).toMatch(/closes at five/u);
  });
});

describe("a listed person whom Slack calls a guest", () => {
  const people: ConfigInput["people"] = [
    { name: "Kit", ids: ["slack:T1/U1001"], role: "owner" },
    { name: "Gus", ids: ["slack:T1/U1003"], role: "owner" },
  ];
  test("can do nothing, and is told why instead of being served with less", async () => {
    const door = await slackDoor();
    const nova = await start({ doors: [door], config: { people } });
    await door.says("how many brushes are in stock?", "stranger");
    await sees(door, /listed as Gus, but slack calls it a guest or a stranger/u);
    await door.says("confirm order SO-1007");
    await sees(door, /Waiting for Kit or Gus/u);
    await door.press("Approve", { who: "stranger" });
    const notices = (posts: readonly string[]): boolean =>
      posts.filter((post) => /listed as Gus/u.test(post)).length === 2;
    await sees(door, notices);
    await door.verb("approvals", "", "stranger");
    await sees(door, /is for the owner and members/u);
    await nova.idle();
    expect((await nova.journal().proposals({})).map(({ state }) => state)).toEqual(["pending"]);
  });
});

describe("an open question", () => {
  test("is not answered by another person's words, and outlives what code says", async () => {
    const door = await discordDoor();
    const model = script(asks("Which brush do you mean?"), stock("Some nozzles."), stock("Enough of them."));
    await start({ doors: [door], model });
    await door.says("how many brushes are in stock?");
    await sees(door, /Which brush do you mean/u);
    await door.says("how many nozzles are in stock?", "maya");
    await sees(door, /Some nozzles/u);
    await door.verb("help");
    await sees(door, /What you can say here/u);
    await door.says("the main one");
    await sees(door, /Enough of them\./u);
    const lasts = model.requests.map(({ messages }) => messages.at(-1));
    expect(lasts[1]).toEqual({ role: "user", text: "how many nozzles are in stock?" });
    expect(lasts[2]).toEqual({ role: "user", text: "how many brushes are in stock?\nthe main one" });
  });
});

describe("two projects", () => {
  test("neither list nor stop each other's work; the owner alone with Nova sees both", async () => {
    const door = await discordDoor();
    const nova = await start({ doors: [door], config: { projects } });
    await door.verb("run", "client-onboarding client=Tidehouse");
    await sees(door, /Waiting for Kit/u);
    const run = (await nova.journal().runs({ open: true, limit: 1 }))[0]?.id ?? "";
    const elsewhere = "2002";
    for (const verb of ["runs", "approvals", "failures", "board"]) type(door, { verb, channelId: elsewhere });
    type(door, { verb: "stop", channelId: elsewhere, options: { run } });
    const heard = (): string =>
      door.fake
        .said(elsewhere)
        .map(({ content }) => content)
        .join("\n");
    await holds(() => expect(heard()).toMatch(/There is no run `r-[0-9a-f]+` here/u));
    await nova.idle();
    expect(heard()).toMatch(/No pipeline has run here yet[^]*Nothing waits for an approval here/u);
    expect(heard()).not.toMatch(/Tidehouse|p-[0-9a-f]{6}/u);
    expect((await nova.journal().run(run))?.state).toBe("waiting");
    door.fake.as("1001").dm("hello");
    const direct = door.fake.store.dm("1001").id;
    type(door, { verb: "approvals", channelId: direct });
    const said = (): string =>
      door.fake
        .said(direct)
        .map(({ content }) => content)
        .join("\n");
    await holds(() => expect(said()).toMatch(/Tidehouse/u));
  });
});

const projects: ConfigInput["projects"] = [
  { id: "sweeper-parts", name: "Sweeper Parts", channels: ["discord:2001"], agents: ["*"], erp: "main" },
  { id: "booth", name: "Booth", channels: ["discord:2002"], agents: ["*"] },
];
type Typed = {
  readonly verb: string;
  readonly channelId: string;
  readonly options?: Readonly<Record<string, string>>;
};
const type = (door: DiscordDoor, typed: Typed): void =>
  void door.fake.as("1001").slash({ name: "nova", ...typed });

describe("a pipeline", () => {
  test("goes no further for somebody who is no longer a member", async () => {
    const door = await discordDoor();
    const nova = await start({ doors: [door] });
    await door.verb("run", "client-onboarding client=Tidehouse", "maya");
    await sees(door, /Waiting for Kit/u);
    const people: ConfigInput["people"] = [
      { name: "Kit", ids: [door.kit], role: "owner" },
      { name: "Maya", ids: ["discord:1002"], role: "guest" },
    ];
    await nova.restart({ config: { people } });
    await door.press("Approve");
    await sees(door, /Maya, who started this, is no longer an owner or member/u, 20_000);
    expect((await nova.journal().proposals({})).map(({ state }) => state)).toEqual(["blocked"]);
  });
});
