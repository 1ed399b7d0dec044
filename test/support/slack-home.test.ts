// What the fake Slack holds an App Home to, proved with raw requests.
import { describe, expect, test } from "vitest";
import { isRecord } from "./slack/core.ts";
import { call, connect, fake } from "./slack/raw.ts";
import type { FakeSlack } from "./slack/index.ts";

const section = { type: "section", text: { type: "mrkdwn", text: "hello" } };
const home = (more: object = {}) => ({ type: "home", blocks: [section], ...more });
const publish = (slack: FakeSlack, more: object = {}) =>
  call(slack, "views.publish", { user_id: "U1001", view: home(), ...more });
async function opened(): Promise<FakeSlack> {
  const slack = await fake();
  slack.store.openedHomes.add("U1001");
  return slack;
}

describe("views.publish", () => {
  test.each<readonly [string, object, string]>([
    ["a person it does not know", { user_id: "U404" }, "user_not_found"],
    ["a person of another workspace", { user_id: "U2001" }, "user_not_found"],
    ["nobody", { user_id: undefined }, "user_not_found"],
    ["a dialog", { view: { ...home(), type: "modal" } }, "invalid_arguments"],
    ["no view", { view: "home" }, "invalid_arguments"],
    ["a title", { view: home({ title: { type: "plain_text", text: "x" } }) }, "invalid_arguments"],
    [
      "101 blocks",
      { view: home({ blocks: Array.from({ length: 101 }, () => section) }) },
      "invalid_arguments",
    ],
    ["a block that is none", { view: home({ blocks: [{ type: "board" }] }) }, "invalid_arguments"],
    ["long metadata", { view: home({ private_metadata: "x".repeat(3_001) }) }, "invalid_arguments"],
    ["more than 250 kB", { view: home({ private_metadata: "x".repeat(250_001) }) }, "view_too_large"],
    ["a hash of a view that is not there", { hash: "1.2" }, "hash_conflict"],
  ])("refuses %s", async (_name, more, error) => {
    expect(await publish(await opened(), more)).toMatchObject({ ok: false, error });
  });

  test("takes 100 blocks, and the hash of the view that stands", async () => {
    const slack = await opened();
    const blocks = Array.from({ length: 100 }, () => section);
    const first: Record<string, unknown> = await publish(slack, { view: home({ blocks }) });
    const hash = isRecord(first["view"]) ? first["view"]["hash"] : "";
    expect(await publish(slack, { hash })).toMatchObject({ ok: true });
    expect(await publish(slack, { hash })).toMatchObject({ ok: false, error: "hash_conflict" });
    expect(slack.store.homes.get("U1001")?.publications).toBe(2);
    expect(slack.violations).toEqual([]);
  });

  test("answers not_enabled without a Home tab, and 429 beyond its rate", async () => {
    const slack = await opened();
    slack.store.isHomeEnabled = false;
    expect(await publish(slack)).toMatchObject({ ok: false, error: "not_enabled" });
    slack.store.isHomeEnabled = true;
    slack.store.homePublications = 100;
    expect(await publish(slack)).toMatchObject({ status: 429, error: "ratelimited" });
  });

  test("reports a home that its person has not opened, and live markup in one", async () => {
    const slack = await fake();
    const live = { ...section, text: { type: "mrkdwn", text: "<!channel> look" } };
    await publish(slack, { view: home({ blocks: [live] }) });
    expect(slack.violations.map(({ what }) => what)).toEqual([
      "live markup in views.publish",
      "published a home that its person has not opened",
    ]);
  });
});

describe("people in the App Home", () => {
  test("open it as an event with their direct messages, and with the view once there is one", async () => {
    const slack = await opened();
    const socket = await connect(slack);
    const hears = async (view: boolean) => {
      const going = slack.as("U1001").openHome();
      const frame = await socket.next(({ type }) => type === "events_api");
      const { payload } = frame;
      expect(isRecord(payload) ? payload["event"] : null).toMatchObject({
        type: "app_home_opened",
        user: "U1001",
        channel: slack.store.dmOf("U1001", "T1").id,
        tab: "home",
        ...(view ? { view: { type: "home" } } : {}),
      });
      socket.ack(frame);
      expect(await going).toMatchObject({ acked: true });
    };
    await hears(false);
    await publish(slack);
    await hears(true);
  });

  test("press what stands there, without channel and message", async () => {
    const slack = await opened();
    const button = {
      type: "button",
      action_id: "a",
      value: "v",
      text: { type: "plain_text", text: "Refresh" },
    };
    await publish(slack, { view: home({ blocks: [{ type: "actions", elements: [button] }] }) });
    const socket = await connect(slack);
    void slack.as("U1001").clickHome("Refresh");
    const { payload } = await socket.next(({ type }) => type === "interactive");
    expect(payload).toMatchObject({
      container: { type: "view" },
      view: { type: "home" },
      actions: [{ value: "v" }],
    });
    expect(payload).not.toHaveProperty("channel");
    expect(payload).not.toHaveProperty("message");
    await expect(slack.as("U1001").clickHome("Approve")).rejects.toThrow(/offers: Refresh/u);
    await expect(slack.as("U1002").clickHome("Refresh")).rejects.toThrow(/no button/u);
  });
});
