// One Nova on Discord and Slack: who decides is asked where they are. A card that somebody can't see in its thread hangs
// in their direct messages too, with buttons of its own, and every copy tells the same from then on.
import { expect, test } from "vitest";
import { createTestClock } from "../support/clock.ts";
import { asking, noteOf, notes } from "../support/asking.ts";
import { discordDoor } from "../support/doors/discord.ts";
import type { DiscordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import type { SlackDoor } from "../support/doors/slack.ts";
import type { ConfigInput } from "../../src/config.ts";
import { buttonsOf } from "../support/slack/index.ts";
import type { Message } from "../support/slack/index.ts";
import type { Model } from "../../src/ports.ts";
import type { NovaOptions, NovaUnderTest } from "../support/start-nova.ts";
import { useNova, watchErp } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const order = "confirm order SO-1007";

type Two = { readonly discord: DiscordDoor; readonly slack: SlackDoor; readonly nova: NovaUnderTest };
/** Kit is on Discord alone, Maya on Slack alone; Maya decides. */
async function open(approvals: ConfigInput["approvals"], more: Partial<NovaOptions> = {}): Promise<Two> {
  const [discord, slack] = await Promise.all([discordDoor(), slackDoor()]);
  const people = [
    { name: "Kit", ids: [discord.kit], role: "owner" as const },
    { name: "Maya", ids: ["slack:T1/U1002" as const], role: "member" as const },
  ];
  const nova = await start({ doors: [discord, slack], ...more, config: { people, approvals } });
  return { discord, slack, nova };
}
const mayaDecides = { approvers: { low: ["Maya"], medium: ["Maya"] } };
const direct = ({ fake }: SlackDoor): readonly Message[] =>
  fake.store.posted(fake.store.dmOf("U1002", "T1").id);
const wordsOf = ({ text, blocks }: Message): string => `${text}\n${JSON.stringify(blocks)}`;

/** Nova's newest message to Maya alone that says so. */
async function mayaSees(slack: SlackDoor, wanted: RegExp): Promise<Message> {
  return holds(() => {
    const found = direct(slack).findLast((message) => wanted.test(wordsOf(message)));
    if (found === undefined)
      throw new Error(`never: ${String(wanted)} in ${direct(slack).map(wordsOf).join("\n---\n")}`);
    return found;
  });
}
const states = async (nova: NovaUnderTest): Promise<readonly string[]> =>
  (await nova.journal().proposals({})).map(({ state }) => state);
const expectNoComplaints = ({ discord, slack }: Two): void =>
  expect([...discord.complaints(), ...slack.complaints()]).toEqual([]);

test("A20: who decides on the other platform is asked in direct messages, and every copy tells the end", async () => {
  const erp = watchErp();
  const two = await open(mayaDecides, { wrapErp: erp.wrapErp });
  const { discord, slack, nova } = two;
  await discord.says(order);
  await sees(discord, /Waiting for Maya/u);
  const copy = await mayaSees(slack, /Confirm order SO-1007[^]*Waiting for Maya/u);
  // Its buttons are its own: none of them is on the card in the thread.
  const nonces = buttonsOf(copy.blocks).map(({ value }) => value);
  const there = JSON.stringify(discord.fake.said("2001").map(({ components }) => components));
  expect(nonces.filter((nonce) => there.includes(nonce))).toEqual([]);
  await discord.press("Approve", { who: "kit" });
  await sees(discord, /Only Maya may decide/u);
  await slack.fake.as("U1002").click(copy, "Approve");
  await mayaSees(slack, /Approved by Maya, done/u);
  await sees(discord, /Approved by Maya, done/u);
  // Those who follow it in its thread hear of it there.
  await sees(discord, /✓ Done: Confirm order SO-1007 [^]*approved by Maya/u);
  await nova.idle();
  expect(erp.executed).toHaveLength(1);
  expect(await states(nova)).toEqual(["applied"]);
  expectNoComplaints(two);
});

test("A10: a no on a copy, and its reason, are read by the agent in the thread where it was asked", async () => {
  const heard: string[] = [];
  const model = asking([noteOf("SO-1001")]);
  const listening: Model = {
    ...model,
    generate: async (request, options) => {
      heard.push(JSON.stringify(request.messages));
      return model.generate(request, options);
    },
  };
  const two = await open(mayaDecides, { model: listening });
  const { discord, slack, nova } = two;
  await discord.says("@erp/sales a note");
  const copy = await mayaSees(slack, /Waiting for Maya/u);
  await slack.fake.as("U1002").click(copy, "Reject…");
  await slack.fake.as("U1002").submit({ words: "the lake is frozen" });
  await sees(discord, /Rejected by Maya/u);
  await nova.idle();
  heard.length = 0;
  await discord.says("@erp/sales what now?");
  // Before it tries anything: what it is refused then would tell it too.
  await holds(() => expect(heard[0]).toMatch(/rejected[^]*the lake is frozen/u));
  await nova.idle();
  expectNoComplaints(two);
});

test("A20: a copy that somebody deleted is replaced by one that tells the end", async () => {
  const two = await open(mayaDecides);
  const { discord, slack, nova } = two;
  await discord.says(order);
  const copy = await mayaSees(slack, /Waiting for Maya/u);
  await nova.idle();
  slack.fake.store.remove(copy);
  // Who asked takes it back, and the copy has to say so.
  await discord.press("Reject…", { words: "not now" });
  const again = await mayaSees(slack, /Withdrawn; nothing was done/u);
  expect(again.ts).not.toBe(copy.ts);
  await nova.idle();
  expect(await states(nova)).toEqual(["cancelled"]);
  expectNoComplaints(two);
});

test("A20: copies expire with their card, and who decides elsewhere is reminded there", async () => {
  const clock = createTestClock(Date.now());
  const two = await open(mayaDecides, { clock });
  const { discord, slack, nova } = two;
  const later = async (wanted: RegExp): Promise<void> =>
    holds(() => {
      clock.advance(500);
      expect(direct(slack).map(wordsOf).join("\n")).toMatch(wanted);
    });
  await discord.says(order);
  await later(/Waiting for Maya/u);
  await nova.idle();
  clock.advance(12 * 3_600_000);
  await later(/Reminder: .*still waits for Maya/u);
  await nova.idle();
  clock.advance(12 * 3_600_000);
  await later(/Expired undecided; nothing was done/u);
  await nova.idle();
  expect(await states(nova)).toEqual(["expired"]);
  expectNoComplaints(two);
});

test("A18: who it escalates to on the other platform gets the card when half of its time is over", async () => {
  const clock = createTestClock(Date.now());
  const two = await open({ escalateTo: ["Maya"] }, { clock });
  const { discord, slack, nova } = two;
  await discord.says(order);
  await sees(discord, /Waiting for Kit/u);
  await nova.idle();
  expect(direct(slack)).toEqual([]);
  clock.advance(12 * 3_600_000);
  await holds(() => {
    clock.advance(500);
    expect(direct(slack).map(wordsOf).join("\n")).toMatch(/Waiting for Kit or Maya/u);
  });
  await nova.idle();
  expectNoComplaints(two);
});

test("A16: a batch is ticked and approved from its copy, and both cards show it", async () => {
  const two = await open(mayaDecides, { model: asking(notes(3)) });
  const { discord, slack, nova } = two;
  const maya = slack.fake.as("U1002");
  await discord.says("@erp/sales three notes");
  await maya.click(await mayaSees(slack, /☑ 3 · Add a note to SO-1003/u), "☑ 2");
  await sees(discord, /☐ 2 · /u);
  await nova.idle();
  await maya.click(await mayaSees(slack, /☐ 2 · /u), "Approve 2");
  await mayaSees(slack, /Decided by Maya: 2 applied, 1 rejected/u);
  await sees(discord, /Decided by Maya: 2 applied, 1 rejected/u);
  await nova.idle();
  expect(await states(nova)).toEqual(["applied", "rejected", "applied"]);
  expectNoComplaints(two);
});

test("A9: a copy decides and no more: what leads to another proposal is offered in the thread alone", async () => {
  const two = await open(mayaDecides, { model: asking([noteOf("SO-1001")]) });
  const { discord, slack, nova } = two;
  const offered = (message: Message): readonly string[] =>
    buttonsOf(message.blocks).map(({ label }) => label);
  await discord.says("@erp/sales a note");
  const copy = await mayaSees(slack, /Waiting for Maya/u);
  expect(offered(copy)).toEqual(["Approve", "Reject…", "Details"]);
  await discord.hold("Edit…");
  await slack.fake.as("U1002").click(copy, "Approve");
  expect(offered(await mayaSees(slack, /Approved by Maya, done/u))).toEqual(["Details"]);
  await sees(discord, /Approved by Maya, done/u);
  await discord.hold("Undo…");
  await nova.idle();
  expectNoComplaints(two);
});

test("A20: a copy outlives a restart with its buttons", async () => {
  const two = await open(mayaDecides);
  const { discord, slack, nova } = two;
  await discord.says(order);
  await mayaSees(slack, /Waiting for Maya/u);
  await nova.idle();
  await nova.restart();
  await nova.idle();
  expect(direct(slack).filter((message) => buttonsOf(message.blocks).length > 0)).toHaveLength(1);
  await slack.fake.as("U1002").click(await mayaSees(slack, /Waiting for Maya/u), "Approve");
  await sees(discord, /Approved by Maya, done/u);
  await nova.idle();
  expectNoComplaints(two);
});

test("A4: on Slack alone, who is not in the channel gets the card in direct messages, and who is does not", async () => {
  const slack = await slackDoor();
  const nova = await start({ doors: [slack], config: { approvals: mayaDecides } });
  await slack.says(order);
  await sees(slack, /Waiting for Maya/u);
  await nova.idle();
  expect(direct(slack)).toEqual([]);
  await slack.press("Reject…", { words: "later" });
  await sees(slack, /Withdrawn by Kit/u);
  slack.fake.store.channels.get("C1")?.members.delete("U1002");
  await nova.restart();
  await slack.says(`${order} after all`);
  await mayaSees(slack, /Waiting for Maya/u);
  await nova.idle();
  expect(slack.complaints()).toEqual([]);
});

test("A4: on Discord alone, who can't see the channel gets the card in direct messages, and decides there", async () => {
  const discord = await discordDoor();
  const nova = await start({ doors: [discord], config: { approvals: mayaDecides } });
  const { store } = discord.fake;
  const aside = () => discord.fake.said(store.dm("1002").id);
  await discord.says(order);
  await sees(discord, /Waiting for Maya/u);
  await nova.idle();
  expect(aside()).toEqual([]);
  await discord.press("Reject…", { words: "later" });
  await sees(discord, /Withdrawn by Kit/u);
  store.channel("2001").hiddenFrom = ["1002"];
  await nova.restart();
  await discord.says(`${order} after all`);
  await holds(() => expect(aside()).toHaveLength(1));
  await nova.idle();
  discord.fake.as("1002").click(aside()[0]?.id ?? "", "Approve");
  await sees(discord, /Approved by Maya, done/u);
  await nova.idle();
  expect(discord.complaints()).toEqual([]);
});

test("A20: an edit that Discord takes no more, of a copy too, is shown as a new one", async () => {
  const [discord, slack] = await Promise.all([
    discordDoor({ oldEditAgeMs: -1, oldEditLimit: 0 }),
    slackDoor(),
  ]);
  const people = [
    { name: "Kit", ids: ["slack:T1/U1001" as const], role: "owner" as const },
    { name: "Maya", ids: ["discord:1002" as const], role: "member" as const },
  ];
  const nova = await start({ doors: [discord, slack], config: { people, approvals: mayaDecides } });
  const aside = () => discord.fake.said(discord.fake.store.dm("1002").id);
  await slack.says(order);
  await holds(() => expect(aside()).toHaveLength(1));
  await nova.idle();
  await slack.press("Reject…", { words: "later" });
  await holds(() => expect(JSON.stringify(aside().at(-1))).toMatch(/Withdrawn; nothing was done/u));
  await nova.idle();
  expect(aside()).toHaveLength(2);
});

test("A20: where the copy may not be sent, its thread says so, and nothing is done by that", async () => {
  const two = await open({ approvers: { medium: ["Kit", "Maya"] } });
  const { discord, slack, nova } = two;
  slack.fake.faults.add({
    match: "chat.postMessage",
    times: 1,
    when: "before",
    how: { error: "cannot_dm_bot" },
  });
  await discord.says(order);
  await sees(discord, /I could not show the card for [^]* in direct messages on slack/u);
  await nova.idle();
  expect(await states(nova)).toEqual(["pending"]);
  await discord.press("Approve");
  await sees(discord, /Approved by Kit, done/u);
  await nova.idle();
  expect(direct(slack)).toEqual([]);
});
