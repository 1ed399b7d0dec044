// Who decides on Discord belongs to the server of the project's channel: a stranger to it, a guest there, and whoever has
// left are asked nothing and decide nothing, whatever the config says of their account.
import { expect, test } from "vitest";
import { toInteractionMessage, toMessage } from "../../adapters/discord/inbound.ts";
import { InteractionPacket, MessagePacket } from "../../adapters/discord/packets.ts";
import type { ConfigInput } from "../../src/config.ts";
import type { Membership } from "../../src/ports.ts";
import { createTestClock } from "../support/clock.ts";
import type { TestClock } from "../support/clock.ts";
import { discordDoor } from "../support/doors/discord.ts";
import type { DiscordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import { stageExecution } from "../support/execution-stage.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { useNova, watchErp } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const order = "confirm order SO-1007";
const maya = "1002";
type Place = {
  readonly discord: DiscordDoor;
  readonly nova: NovaUnderTest;
  readonly executed: readonly unknown[];
};

/** Maya decides, and nobody else. */
async function open(more: ConfigInput["approvals"] = {}, clock?: TestClock): Promise<Place> {
  const discord = await discordDoor();
  const erp = watchErp();
  const approvals = { approvers: { low: ["Maya"], medium: ["Maya"] }, ...more };
  const timed = clock === undefined ? {} : { clock };
  const nova = await start({ doors: [discord], wrapErp: erp.wrapErp, config: { approvals }, ...timed });
  return { discord, nova, executed: erp.executed };
}
function leaves({ fake }: DiscordDoor): void {
  const members = fake.store.guilds.get("3001")?.memberIds ?? [];
  members.splice(members.indexOf(maya), 1);
}
const statesOf = async (nova: NovaUnderTest): Promise<readonly string[]> =>
  (await nova.journal().proposals({})).map(({ state }) => state);

test.each(["has left the server", "is a guest there"])(
  "A21: who %s is not asked, and that is said",
  async (how) => {
    const { discord, nova, executed } = await open();
    if (how.startsWith("has")) leaves(discord);
    else discord.fake.store.user(maya).isGuest = true;
    await discord.says(order);
    await sees(discord, /Nobody who may approve this can be reached here[^]*Maya left/u);
    await nova.idle();
    expect([await statesOf(nova), executed, discord.complaints()]).toEqual([[], [], []]);
  },
);

test("A4: who left after the card came decides nothing, hears why, and decides again once back", async () => {
  const { discord, nova, executed } = await open();
  await discord.says(order);
  await sees(discord, /Waiting for Maya/u);
  await nova.idle();
  const press = await discord.hold("Approve");
  leaves(discord);
  await press("maya");
  const whispered = () => discord.fake.whispered(maya).map(({ content }) => content);
  await holds(() => expect(whispered().join()).toMatch(/no full member of this project's server/u));
  await nova.idle();
  expect([await statesOf(nova), executed]).toEqual([["pending"], []]);
  discord.fake.store.guilds.get("3001")?.memberIds.push(maya);
  await press("maya");
  await sees(discord, /Approved by Maya, done/u);
  await nova.idle();
  expect(executed).toHaveLength(1);
});

// What runs meanwhile has a deadline on the same clock: its end is waited for with small steps.
const seesBy = async (discord: DiscordDoor, clock: TestClock, wanted: RegExp): Promise<unknown> =>
  sees(discord, (posts) => {
    clock.advance(20);
    return wanted.test(posts.join("\n"));
  });
async function afterTenMinutes(discord: DiscordDoor, clock: TestClock, wanted: RegExp): Promise<void> {
  clock.advance(10 * 60_000);
  await seesBy(discord, clock, wanted);
}

test("A21: where the only one who may decide leaves while the card waits, it is closed within minutes, and said", async () => {
  const clock = createTestClock(Date.now());
  const { discord, nova, executed } = await open({}, clock);
  await discord.says(order);
  await sees(discord, /Waiting for Maya/u);
  await nova.idle();
  leaves(discord);
  await afterTenMinutes(discord, clock, /Nobody is left who may approve/u);
  await holds(async () => expect(await statesOf(nova)).toEqual(["blocked"]));
  const [closed] = await nova.journal().proposals({});
  expect(closed?.outcomeDetail).toMatch(/^Maya left by what their platform says/u);
  expect([executed, discord.complaints()]).toEqual([[], []]);
});

test("A18: who it escalates to need not wait for half of its time when the one who may decide leaves", async () => {
  const clock = createTestClock(Date.now());
  const { discord, nova, executed } = await open({ escalateTo: ["Kit"] }, clock);
  await discord.says(order);
  await sees(discord, /Waiting for Maya/u);
  await nova.idle();
  leaves(discord);
  await afterTenMinutes(discord, clock, /Maya left, so Kit may decide `p-/u);
  await seesBy(discord, clock, /Waiting for Maya or Kit/u);
  await discord.press("Approve");
  await seesBy(discord, clock, /Approved by Kit, done/u);
  expect([executed.length, discord.complaints()]).toEqual([1, []]);
});

test("A21: an edit that only somebody who left could approve leaves the card as it was, and says so", async () => {
  const { discord, nova } = await open();
  await discord.says("@erp/stock Receive 12 squeegee blades 34 in");
  await sees(discord, /Waiting for Maya/u);
  await nova.idle();
  leaves(discord);
  await discord.press("Edit…", { fields: { quantity: "7" } });
  await sees(discord, /Maya left[^]*The proposal stands as it was/u);
  await nova.idle();
  expect(await statesOf(nova)).toEqual(["pending"]);
});

test("A4: what Discord does not say opens no door", async () => {
  const { discord, nova, executed } = await open();
  await discord.says(order);
  await sees(discord, /Waiting for Maya/u);
  await nova.idle();
  const press = await discord.hold("Approve");
  // The bot was put out of the server: nothing can be asked of it any more.
  const members = discord.fake.store.guilds.get("3001")?.memberIds ?? [];
  members.splice(members.indexOf("9001"), 1);
  await press("maya");
  await holds(() =>
    expect(
      discord.fake
        .whispered(maya)
        .map(({ content }) => content)
        .join(),
    ).toMatch(/could not find out/u),
  );
  await nova.idle();
  expect([await statesOf(nova), executed]).toEqual([["pending"], []]);
});

test.each<readonly [Membership, string, readonly unknown[]]>([
  ["member", "applied", [1]],
  ["unclear", "approved", []],
  ["outsider", "stale", []],
])("A4: between the yes and the deed Discord says %s, so it ends as %s", async (word, state, sent) => {
  const stage = stageExecution();
  await stage.approved("p-1");
  stage.calls("discord:1001", word);
  await stage.execute("p-1");
  expect([(await stage.get("p-1")).state, stage.sent.map(() => 1)]).toEqual([state, sent]);
  await stage.close();
});

test("A4: what Discord did not say between the yes and the deed is asked again, and the deed waits for it", async () => {
  const stage = stageExecution();
  await stage.approved("p-1");
  stage.calls("discord:1001", "unclear");
  await stage.execute("p-1");
  const { state, outcomeDetail } = await stage.get("p-1");
  expect([state, outcomeDetail, stage.sent]).toEqual([
    "approved",
    expect.stringMatching(/could not be found out whether who approved still may/u),
    [],
  ]);
  stage.calls("discord:1001", "member");
  await stage.execute("p-1");
  expect([(await stage.get("p-1")).state, stage.sent.length]).toEqual(["applied", 1]);
  await stage.close();
});

const author = { id: "1001", username: "kit" };
const said = { id: "1400000000000000000", channel_id: "2001", content: "hello", author, guild_id: "3001" };
const place = { channel: "2001", parent: null, isDirect: false };
test.each([
  ["a full member", { flags: 2 }, "regular"],
  ["no member that is named", null, "regular"],
  ["a guest", { flags: 16 | 2 }, "outsider"],
  ["not yet through the rules", { flags: 0, pending: true }, "outsider"],
])("A4: who writes as %s", (_who, member, standing) => {
  expect(toMessage(MessagePacket.parse({ ...said, member }), place, "9001")?.account.standing).toBe(standing);
});

const pressed = {
  id: "1400000000000000000",
  token: "t",
  type: 3,
  channel_id: "2001",
  message: { id: "5001" },
  data: { custom_id: `nova1.${"0".repeat(32)}` },
};
test.each([
  ["a member", { guild_id: "3001", member: { user: author, flags: 2 } }, "regular"],
  ["a guest", { guild_id: "3001", member: { user: author, flags: 16 } }, "outsider"],
  ["nobody of the server", { guild_id: "3001", user: author }, "outsider"],
  ["alone with Nova", { user: author }, "regular"],
])("A4: who presses as %s", (_who, by, standing) => {
  const message = toInteractionMessage(InteractionPacket.parse({ ...pressed, ...by }), place, null);
  expect(message?.account.standing).toBe(standing);
});

test("the fake Discord says of a guest that it is one, wherever it names the member", async () => {
  const discord = await discordDoor();
  discord.fake.store.user(maya).isGuest = true;
  const answer = await fetch(`${discord.fake.apiUrl}/v10/guilds/3001/members/${maya}`, {
    headers: {
      authorization: `Bot ${discord.fake.token}`,
      "user-agent": "DiscordBot (https://nova.example, 1)",
    },
  });
  expect(await answer.json()).toMatchObject({ flags: 16 });
  await discord.close();
});
