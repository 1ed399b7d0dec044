// The fake Slack's rules for modals and shortcuts, with raw sockets: inputs that Slack refuses are refused, a person is held
// to the fields, and errors in an acknowledgement keep the modal open only at fields that it has.
import { describe, expect, test } from "vitest";
import { isRecord } from "./slack/core.ts";
import { call, connect, fake } from "./slack/raw.ts";
import type { RawSocket } from "./slack/raw.ts";
import type { FakeSlack } from "./slack/index.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const input = (id: string, element: object, more: object = {}) => ({
  type: "input",
  block_id: id,
  label: plain(id),
  element: { action_id: "value", ...element },
  ...more,
});
const modal = (blocks: readonly object[]) => ({
  type: "modal",
  callback_id: "f",
  title: plain("Form"),
  blocks,
});
const option = (value: string) => ({ text: plain(value), value });
const words = { type: "plain_text_input" };

/** The trigger of a command that was acknowledged. */
async function trigger(slack: FakeSlack, socket: RawSocket): Promise<unknown> {
  const seen = socket.frames.length;
  const typed = slack.as("U1001").slash("/nova run x");
  const frame = await socket.next(
    (one) => one["type"] === "slash_commands" && socket.frames.indexOf(one) >= seen,
  );
  socket.ack(frame);
  await typed;
  return isRecord(frame["payload"]) ? frame["payload"]["trigger_id"] : null;
}

async function opened(blocks: readonly object[]) {
  const slack = await fake();
  const socket = await connect(slack);
  const answer: Record<string, unknown> = await call(slack, "views.open", {
    trigger_id: await trigger(slack, socket),
    view: modal(blocks),
  });
  const submit = async (values: Record<string, string>, response?: unknown) => {
    const seen = socket.frames.length;
    const sent = slack.as("U1001").submit(values);
    // A person who is stopped by the form sends nothing.
    const stopped = sent.then(() => null);
    const frame = await Promise.race([
      stopped,
      socket.next((one) => one["type"] === "interactive" && socket.frames.indexOf(one) >= seen),
    ]);
    if (frame !== null) socket.ack(frame, response);
    await sent;
    return frame;
  };
  return { slack, answer, submit };
}

describe("a modal", () => {
  test.each<readonly [string, object]>([
    ["an element that no input holds", input("a", { type: "button" })],
    ["a property that Slack does not know", input("a", { ...words, required: true })],
    ["a text of more than 3,000", input("a", { ...words, max_length: 3_001 })],
    ["a select without options", input("a", { type: "static_select", options: [] })],
    [
      "101 options",
      input("a", { type: "static_select", options: Array.from({ length: 101 }, (_, n) => option(`${n}`)) }),
    ],
    ["an option of 76 characters", input("a", { type: "static_select", options: [option("x".repeat(76))] })],
    ["a number that says nothing of decimals", input("a", { type: "number_input" })],
    ["a hint in Markdown", input("a", words, { hint: { type: "mrkdwn", text: "*x*" } })],
  ])("is refused for %s", async (_what, block) => {
    const { answer } = await opened([block]);
    expect(answer).toMatchObject({ ok: false, error: "invalid_arguments" });
  });

  const blocks = [
    input("name", { ...words, max_length: 3 }),
    input("size", { type: "static_select", options: [option("small")] }),
    input("due", { type: "datepicker" }, { optional: true }),
    input("copies", { type: "number_input", is_decimal_allowed: false }, { optional: true }),
  ];

  test.each<readonly [string, Record<string, string>, string]>([
    ["left out", { size: "small" }, "wants name"],
    ["too long", { name: "abcd", size: "small" }, "holds 3"],
    ["not offered", { name: "abc", size: "huge" }, "has no huge"],
    ["no date", { name: "abc", size: "small", due: "soon" }, "takes dates"],
    ["no number", { name: "abc", size: "small", copies: "many" }, "takes numbers"],
    ["nowhere to be typed", { name: "abc", size: "small", colour: "red" }, "no field colour"],
  ])("stops a person at what is %s", async (_what, values, why) => {
    const { submit } = await opened(blocks);
    await expect(submit(values)).rejects.toThrow(why);
  });

  test("sends each kind of answer in its own shape, and stays open for errors at its fields", async () => {
    const { slack, submit } = await opened(blocks);
    const errors = { response_action: "errors", errors: { name: "Taken." } };
    const values = { name: "abc", size: "small", due: "2026-12-01" };
    const frame = await submit(values, errors);
    expect(frame?.["payload"]).toMatchObject({
      type: "view_submission",
      view: {
        state: {
          values: {
            name: { value: { value: "abc" } },
            size: { value: { selected_option: { value: "small" } } },
            due: { value: { selected_date: "2026-12-01" } },
            copies: { value: { value: null } },
          },
        },
      },
    });
    expect(slack.store.views.size).toBe(1);
    await submit(values);
    expect(slack.store.views.size).toBe(0);
    expect(slack.violations).toEqual([]);
  });

  test.each<readonly [string, object]>([
    ["errors at fields that it does not have", { response_action: "errors", errors: { colour: "Red." } }],
    ["no errors at all", { response_action: "errors", errors: {} }],
    ["an answer that Slack does not know", { response_action: "explode" }],
  ])("tells %s apart", async (_what, response) => {
    const { slack, submit } = await opened(blocks);
    await submit({ name: "abc", size: "small" }, response);
    expect(slack.violations).toHaveLength(1);
  });
});

describe("shortcuts", () => {
  test("exist by the app's own list, and come with their message from where Nova is no member", async () => {
    const slack = await fake();
    const socket = await connect(slack);
    const said = slack.as("U1002").say("C9", "psst");
    await expect(slack.as("U1001").shortcut(said, "delete_all")).rejects.toThrow("no shortcut");
    await expect(slack.as("U1003").shortcut(said, "ask_nova")).rejects.toThrow("can't see");
    const used = slack.as("U1001").shortcut(said, "ask_nova");
    const frame = await socket.next((one) => one["type"] === "interactive");
    socket.ack(frame);
    await used;
    expect(frame["payload"]).toMatchObject({
      type: "message_action",
      callback_id: "ask_nova",
      channel: { id: "C9" },
      message: { text: "psst", ts: said.ts },
    });
  });

  test("a person's id posts into their direct messages, and a thread elsewhere is not read", async () => {
    const slack = await fake();
    const quiet = { unfurl_links: false, unfurl_media: false };
    const metadata = { event_type: "nova_outbox", event_payload: { id: "o1" } };
    const sent = await call(slack, "chat.postMessage", { channel: "U1001", text: "hi", ...quiet, metadata });
    expect(sent).toMatchObject({ ok: true, channel: slack.store.dmOf("U1001", "T1").id });
    expect(
      await call(slack, "chat.postMessage", { channel: "U9001", text: "hi", ...quiet, metadata }),
    ).toMatchObject({
      error: "cannot_dm_bot",
    });
    const said = slack.as("U1002").say("C9", "psst");
    expect(await call(slack, "conversations.replies", { channel: "C9", ts: said.ts })).toMatchObject({
      error: "not_in_channel",
    });
  });
});
