// What people say of answers: thumbs by button and by reaction, and Why? for exactly that answer, through every front door.
import { describe, expect, test } from "vitest";
import type { AgentRating } from "../../src/ports.ts";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import type { Door, Who } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { buttonsOf } from "../support/slack/index.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { everyDoor, sharedDoors, useNova } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
/** Slack takes a post a second. */
const overdue = "Which invoices are overdue?";
const answered = /erp\/invoices · read/u;
const votes = async (nova: NovaUnderTest): Promise<readonly AgentRating[]> => nova.journal().ratings(0);
const up = [{ agent: "erp/invoices", up: 1, down: 0 }];
const down = [{ agent: "erp/invoices", up: 0, down: 1 }];

describe.each(everyDoor)("on %s", (_name, open) => {
  test("a thumb is thanked for, changed by the other, and taken back by the same", async () => {
    const door = await open();
    const nova = await start({ doors: [door] });
    await door.says(overdue);
    await sees(door, answered);
    await nova.idle();
    await door.press("👍");
    await sees(door, /Thank you, noted: 👍 for erp\/invoices/u);
    expect(await votes(nova)).toEqual(up);
    await door.press("👎");
    await sees(door, /Thank you, noted: 👎 for erp\/invoices/u);
    expect(await votes(nova)).toEqual(down);
    await door.press("👎");
    await sees(door, /Taken back: you have no thumb on this answer/u);
    expect(await votes(nova)).toEqual([]);
    expect(door.complaints()).toEqual([]);
  });

  test("Why? tells of the answer it stands under, also when others came after it, and after a restart", async () => {
    const door = await open();
    const nova = await start({ doors: [door] });
    await door.says(overdue);
    await sees(door, answered);
    await nova.idle();
    const why = await door.hold("Why?");
    await door.says("How many squeegee blades are in stock?");
    await sees(door, /erp\/stock · read/u);
    await nova.idle();
    if (door.name !== "terminal" && door.name !== "web") await nova.restart();
    await why();
    // The terminal knows the newest answer only.
    const agent = door.name === "terminal" ? "erp/stock" : "erp/invoices";
    await sees(door, new RegExp(String.raw`${agent}\W* answered`, "u"));
    expect(door.complaints()).toEqual([]);
  });
});

type Reacting = {
  readonly door: Door;
  /** Puts a thumb under Nova's newest answer, or under what Kit said first. */
  readonly react: (
    thumb: "up" | "down",
    more?: { who?: Who; isGone?: boolean; on?: "question" },
  ) => Promise<void>;
  readonly repeat: () => void;
  readonly posts: () => number;
};

const reactingDoors: readonly (readonly [string, () => Promise<Reacting>])[] = [
  ["discord", reactingDiscord],
  ["slack (socket)", async () => reactingSlack("socket")],
  ["slack (http)", async () => reactingSlack("http")],
];

async function reactingDiscord(): Promise<Reacting> {
  const door = await discordDoor();
  const { fake } = door;
  const accounts = { kit: "1001", maya: "1002", stranger: "1003" } as const;
  return {
    door,
    react: async (thumb, { who = "kit", isGone = false, on } = {}) => {
      const mine = fake.store.history("2001");
      const target =
        on === "question"
          ? mine.find(({ authorId }) => authorId === accounts.kit)
          : fake.said("2001").findLast(({ components }) => JSON.stringify(components).includes("Why?"));
      const person = fake.as(accounts[who]);
      const emoji = thumb === "up" ? "👍" : "👎";
      if (isGone) person.unreact(target?.id ?? "", emoji);
      else person.react(target?.id ?? "", emoji);
    },
    repeat: () => {
      fake.net.knobs.copies = 2;
    },
    posts: () => fake.said("2001").length,
  };
}

async function reactingSlack(transport: "socket" | "http"): Promise<Reacting> {
  const door = await slackDoor(transport);
  const { fake } = door;
  const accounts = { kit: "U1001", maya: "U1002", stranger: "U1003" } as const;
  return {
    door,
    react: async (thumb, { who = "kit", isGone = false, on } = {}) => {
      const target =
        on === "question"
          ? [...(fake.store.channels.get("C1")?.messages.values() ?? [])].find(
              ({ user }) => user === accounts.kit,
            )
          : fake.store
              .posted("C1")
              .findLast(({ blocks }) => buttonsOf(blocks).some(({ label }) => label === "Why?"));
      if (target === undefined) throw new Error("nothing to react to");
      const person = fake.as(accounts[who]);
      const name = thumb === "up" ? "+1" : "-1";
      await (isGone ? person.unreact(target, name) : person.react(target, name));
    },
    repeat: () => fake.net.duplicateNext(1),
    posts: () => fake.store.posted("C1").length + fake.store.ephemerals.length,
  };
}

describe.each(reactingDoors)("reactions on %s", (_name, open) => {
  async function asked(): Promise<Reacting & { readonly nova: NovaUnderTest }> {
    const place = await open();
    const nova = await start({ doors: [place.door] });
    await place.door.says(overdue);
    await sees(place.door, answered);
    await nova.idle();
    return { ...place, nova };
  }

  test("a thumb under an answer is a vote, and taking it away takes the vote back; nothing is said", async () => {
    const { nova, react, posts, door, repeat } = await asked();
    const before = posts();
    repeat();
    await react("up");
    await holds(async () => expect(await votes(nova)).toEqual(up));
    await react("down");
    await holds(async () => expect(await votes(nova)).toEqual(down));
    await react("down", { isGone: true });
    // The other thumb still stands there, so it counts again.
    await holds(async () => expect(await votes(nova)).toEqual(up));
    await react("up", { isGone: true });
    await holds(async () => expect(await votes(nova)).toEqual([]));
    await nova.idle();
    expect(posts()).toBe(before);
    expect(door.complaints()).toEqual([]);
  });

  test("two people vote apart, and votes outlive a restart", async () => {
    const { nova, react } = await asked();
    await react("up");
    await react("down", { who: "maya" });
    const both = [{ agent: "erp/invoices", up: 1, down: 1 }];
    await holds(async () => expect(await votes(nova)).toEqual(both));
    await nova.idle();
    await nova.restart();
    expect(await votes(nova)).toEqual(both);
  });

  test("a stranger's thumb and one under anything else are dropped before they are kept", async () => {
    const { nova, react } = await asked();
    const kept = await nova.journal().figures();
    await react("up", { who: "stranger" });
    await react("up", { on: "question" });
    await react("down");
    await holds(async () => expect(await votes(nova)).toEqual(down));
    await nova.idle();
    const { done, open: left } = await nova.journal().figures();
    expect({ done, left }).toEqual({ done: kept.done + 1, left: 0 });
  });

  test("a thumb makes no thread and holds no thread up: the conversation goes on where it was", async () => {
    const { nova, react, door } = await asked();
    await react("up");
    await door.says("How many squeegee blades are in stock?");
    await sees(door, /erp\/stock · read/u);
    await holds(async () => expect(await votes(nova)).toEqual(up));
    await nova.idle();
    expect((await nova.journal().figures()).open).toBe(0);
    expect(door.complaints()).toEqual([]);
  });
});

describe.each(sharedDoors)("on %s", (_name, open) => {
  test("Why? and the thanks for a thumb are for the eyes of who pressed", async () => {
    const { door, whispered, inPublic } = await open();
    const nova = await start({ doors: [door] });
    await door.says(overdue);
    await sees(door, answered);
    await nova.idle();
    const before = inPublic().length;
    await door.press("Why?", { who: "maya" });
    await holds(() => expect(whispered("maya").join("\n")).toMatch(/erp\/invoices\W* answered/u));
    await door.press("👍", { who: "maya" });
    await holds(() => expect(whispered("maya").join("\n")).toMatch(/Thank you, noted/u));
    await door.press("👍", { who: "stranger" });
    await holds(() => expect(whispered("stranger").join("\n")).toMatch(/nothing was noted/u));
    await nova.idle();
    expect(inPublic()).toHaveLength(before);
    expect(await votes(nova)).toEqual(up);
  });
});
