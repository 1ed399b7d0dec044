// The fake Slack's rules for streams, proved with raw fetch: a fake that streams more freely than Slack proves nothing.
import { expect, test } from "vitest";
import { call, fake } from "./slack/raw.ts";

const user = { recipient_user_id: "U1001", recipient_team_id: "T1" };
type Fake = Awaited<ReturnType<typeof fake>>;

function place(slack: Fake): { readonly channel: string; readonly thread_ts: string } {
  return { channel: "C1", thread_ts: slack.as("U1001").say("C1", "hello").ts };
}
async function begun(slack: Fake): Promise<{ readonly channel: string; readonly ts: string }> {
  const started: Record<string, unknown> = await call(slack, "chat.startStream", {
    ...place(slack),
    ...user,
    markdown_text: "One",
  });
  expect(started).toMatchObject({ ok: true });
  return { channel: "C1", ts: String(started["ts"]) };
}
const quiet = { parse: "none", link_names: false };

test("a stream answers somebody in a thread", async () => {
  const slack = await fake();
  const here = place(slack);
  const start = async (args: Record<string, unknown>) => call(slack, "chat.startStream", args);
  expect(await start({ channel: "C1", ...user, markdown_text: "x" })).toMatchObject({
    error: "invalid_arguments",
  });
  expect(await start({ ...here, thread_ts: "1.000000", ...user })).toMatchObject({
    error: "thread_not_found",
  });
  expect(await start({ ...here, markdown_text: "x" })).toMatchObject({ error: "missing_recipient_user_id" });
  expect(await start({ ...here, recipient_user_id: "U1001" })).toMatchObject({
    error: "missing_recipient_team_id",
  });
  expect(await start({ ...here, ...user, markdown_text: "x".repeat(12_001) })).toMatchObject({
    error: "msg_too_long",
  });
  expect(await start({ ...here, channel: "C9", ...user })).toMatchObject({ error: "not_in_channel" });
  const direct = slack.as("U1001").dm("hello");
  expect(await start({ channel: direct.channel, thread_ts: direct.ts, markdown_text: "x" })).toMatchObject({
    ok: true,
  });
});

test("it grows, can't be edited while it runs, and is over when it is stopped", async () => {
  const slack = await fake({ times: { appendEveryMs: 0 } });
  const stream = await begun(slack);
  expect(await call(slack, "chat.appendStream", { ...stream, markdown_text: " two" })).toMatchObject({
    ok: true,
  });
  expect(slack.store.posted("C1")[0]?.text).toBe("One two");
  const long = "x".repeat(12_001);
  expect(await call(slack, "chat.appendStream", { ...stream, markdown_text: long })).toMatchObject({
    error: "msg_too_long",
  });
  const edit = { ...stream, text: "whole", ...quiet };
  expect(await call(slack, "chat.update", edit)).toMatchObject({ error: "streaming_state_conflict" });
  const metadata = { event_type: "nova_outbox", event_payload: { id: "t:0" } };
  expect(await call(slack, "chat.stopStream", { ...stream, metadata })).toMatchObject({ ok: true });
  expect(slack.store.posted("C1")[0]?.metadata).toEqual(metadata);
  for (const method of ["chat.appendStream", "chat.stopStream"])
    expect(await call(slack, method, { ...stream, markdown_text: "x" })).toMatchObject({
      error: "message_not_in_streaming_state",
    });
  expect(await call(slack, "chat.update", edit)).toMatchObject({ ok: true });
});

test("Slack ends a stream that was silent for long", async () => {
  const slack = await fake({ times: { streamIdleMs: -1 } });
  const stream = await begun(slack);
  expect(await call(slack, "chat.appendStream", { ...stream, markdown_text: "x" })).toMatchObject({
    error: "message_not_in_streaming_state",
  });
  expect(await call(slack, "chat.update", { ...stream, text: "whole", ...quiet })).toMatchObject({
    ok: true,
  });
});

test("only who began a stream may add to it", async () => {
  const slack = await fake();
  const said = slack.as("U1001").say("C1", "hello");
  expect(
    await call(slack, "chat.appendStream", { channel: "C1", ts: said.ts, markdown_text: "x" }),
  ).toMatchObject({ error: "message_not_owned_by_app" });
});

test("what Nova promised is held against it: live markup, links, haste, a stream left running", async () => {
  const slack = await fake();
  const stream = await begun(slack);
  for (const markdown_text of ["<!here>", "see https://a.example", "[a](b)"])
    await call(slack, "chat.appendStream", { ...stream, markdown_text });
  await slack.close();
  const what = new Set(slack.violations.map((violation) => violation.what));
  expect(what).toEqual(
    new Set([
      "live markup in chat.appendStream",
      "chat.appendStream would unfurl a link",
      "appended to a stream too soon",
      "a stream was never stopped",
    ]),
  );
});
