// Slack's App Home, through the real Bolt over sockets and over HTTP: the board as each person's own, published when it is
// opened and kept current, for those who opened it and nobody else.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sees } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import type { SlackDoor } from "../support/doors/slack.ts";
import { createHandClock } from "../support/hand-clock.ts";
import type { HandClock } from "../support/hand-clock.ts";
import { homeText } from "../support/slack/homes.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";

describe.each(["socket", "http"] as const)("the App Home over %s", (transport) => {
  let door: SlackDoor;
  let nova: NovaUnderTest;
  let clock: HandClock;
  beforeEach(async () => {
    door = await slackDoor(transport);
    clock = createHandClock(Date.now());
    nova = await startNova({ doors: [door], clock });
  });
  afterEach(async () => {
    await nova.close();
    expect(door.complaints()).toEqual([]);
  });

  const home = (user = "U1001"): string => homeText(door.fake.store, user);
  /** Changes are gathered for a moment: the clock goes on while the test looks. */
  const shows = async (wanted: RegExp, user = "U1001"): Promise<void> => {
    const look = (): string => {
      clock.advance(100);
      return home(user);
    };
    await expect.poll(look, { interval: 5 }).toMatch(wanted);
  };
  const publications = (user = "U1001"): number => door.fake.store.homes.get(user)?.publications ?? 0;
  const asks = async (): Promise<void> => {
    await door.says("create a customer called Acme GmbH in Berlin");
    await sees(door, /Waiting for Kit/u);
    await nova.idle();
  };

  test("opening it publishes the board, with a link to the card that waits", async () => {
    await asks();
    expect(await door.fake.as("U1001").openHome()).toMatchObject({ acked: true });
    await shows(/Acme GmbH.*waits for Kit.*<https:\/\/[\w.]+\/archives\/C1\/p\d+[^>]*\|open>/u);
    expect(home()).toMatch(/Pipelines.*Open questions.*Failed lately.*Spent today.*Connections/u);
    expect(home()).not.toMatch(/"Approve"|"Reject/u);
    const card = door.fake.store.posted("C1").at(-1);
    expect(home()).toContain(`/archives/C1/p${card?.ts.replace(".", "") ?? "?"}`);
    // The tab is the answer: nothing is posted beside it.
    expect(door.fake.store.posted(door.fake.store.dmOf("U1001", "T1").id)).toEqual([]);
  });

  test("what changes is published again, once for a burst", async () => {
    await door.fake.as("U1001").openHome();
    await shows(/Nothing waits/u);
    await asks();
    await shows(/Acme GmbH/u);
    const before = publications();
    const buttons = home().match(/nova1\.[^"]+/gu);
    await door.press("Approve");
    await sees(door, /Approved by Kit, done/u);
    await shows(/Nothing waits/u);
    expect(publications()).toBe(before + 1);
    expect(home().match(/nova1\.[^"]+/gu)).toEqual(buttons);
  });

  test("nobody gets a home who has not opened it, and each sees their own", async () => {
    await asks();
    await door.fake.as("U1002").openHome();
    await shows(/Waiting for a decision/u, "U1002");
    expect(home("U1002")).not.toMatch(/Acme GmbH/u);
    expect(door.fake.store.homes.has("U1001")).toBe(false);
  });

  test("a guest sees an honest empty board", async () => {
    await asks();
    await door.fake.as("U1003").openHome();
    await shows(/You are a guest here.*The owner can add you/u, "U1003");
    expect(home("U1003")).not.toMatch(/Acme|Connections|"Stop/u);
  });

  test("the messages tab publishes nothing", async () => {
    await door.fake.as("U1001").openHome("messages");
    await nova.idle();
    expect(door.fake.store.homes.size).toBe(0);
  });

  test("Refresh draws it anew, in the tab", async () => {
    await door.fake.as("U1001").openHome();
    await shows(/Refresh/u);
    const before = publications();
    await door.fake.as("U1001").clickHome("Refresh");
    await expect.poll(() => publications(), { interval: 5 }).toBe(before + 1);
    await nova.idle();
    expect(door.fake.store.posted(door.fake.store.dmOf("U1001", "T1").id)).toEqual([]);
  });

  test("a restart brings every opened home up to date", async () => {
    await door.fake.as("U1001").openHome();
    await shows(/Nothing waits/u);
    await asks();
    await nova.restart();
    await shows(/Acme GmbH/u);
  });

  test("somebody else's publication does not keep the board out", async () => {
    await door.fake.as("U1001").openHome();
    await shows(/Nothing waits/u);
    const published = door.fake.store.homes.get("U1001");
    if (published === undefined) throw new Error("no home");
    door.fake.store.homes.set("U1001", { ...published, hash: "1.1", view: { blocks: [] } });
    await asks();
    await shows(/Acme GmbH/u);
  });

  test("Stop ends a run from the tab; the word about it goes to the messages", async () => {
    await door.verb("run", "client-onboarding client=Tidehouse");
    await sees(door, /Waiting for Kit/u);
    await nova.idle();
    await door.fake.as("U1001").openHome();
    await shows(/pipeline\/client-onboarding.*waits for a person/u);
    const label = /"(Stop client-onboarding [^"]+)"/u.exec(home())?.[1] ?? "no Stop";
    await door.fake.as("U1001").clickHome(label);
    await shows(/None is running/u);
    const direct = door.fake.store.posted(door.fake.store.dmOf("U1001", "T1").id);
    expect(direct.map(({ text }) => text).join()).toMatch(/Stopped/u);
  });

  test("a button of somebody else's home, or of no home, does nothing", async () => {
    await door.verb("run", "client-onboarding client=Tidehouse");
    await sees(door, /Waiting for Kit/u);
    await door.fake.as("U1001").openHome();
    await door.fake.as("U1002").openHome();
    await shows(/Stop client/u);
    await shows(/Refresh/u, "U1002");
    const stop = /"value":"(nova1[^"]+)","text":\{"type":"plain_text","text":"Stop/u.exec(home())?.[1];
    if (stop === undefined) throw new Error("no Stop in the home");
    const metadata = JSON.stringify({ channel: door.fake.store.dmOf("U1001", "T1").id });
    for (const forged of [undefined, metadata, "nonsense", '{"channel":"C1"}'])
      await door.fake.as("U1002").forgeHomeClick({ value: stop, actionId: "press_1" }, forged);
    await door.fake.as("U1002").forgeHomeClick({ value: "other-app" });
    await nova.idle();
    expect((await nova.journal().runs({ open: true, limit: 9 })).map(({ state }) => state)).toEqual([
      "waiting",
    ]);
  });

  test.each([
    ["a limited rate", { status: 429, headers: { "retry-after": "1" } }],
    ["a 503", { status: 503 }],
  ] as const)("%s only delays it", async (_name, how) => {
    door.fake.faults.add({ match: "views.publish", times: 1, when: "before", how });
    await door.fake.as("U1001").openHome();
    await shows(/Nothing waits/u);
  });

  test("a home tab that is switched off is a failure on record, and the next opening works", async () => {
    door.fake.store.isHomeEnabled = false;
    const event = { type: "app_home_opened", user: "U1001", channel: "DT1", event_ts: "1700000000.000100" };
    door.fake.store.openedHomes.add("U1001");
    await door.fake.forgeEvent("C1", {
      ...event,
      channel: door.fake.store.dmOf("U1001", "T1").id,
      tab: "home",
    });
    await nova.idle();
    expect((await nova.journal().failures(5)).map(({ operator }) => operator).join()).toMatch(/not_enabled/u);
    door.fake.store.isHomeEnabled = true;
    await door.fake.as("U1001").openHome();
    await shows(/Nothing waits/u);
  });
});
