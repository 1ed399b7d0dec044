// Slack as a bare client sees it: raw fetch and ws, no SDK, for proving the fake's own rules.

import { afterEach } from "vitest";
import { WebSocket } from "ws";
import { isRecord } from "./core.ts";
import { createFakeSlack } from "./index.ts";
import type { FakeSlack, FakeSlackOptions } from "./index.ts";

export const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

export async function fake(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const slack = await createFakeSlack({
    postsPerSecond: 1000,
    postBurst: 1000,
    ...options,
    times: { ackMs: 2_000, retryMs: [0, 20, 20], ...options.times },
  });
  closers.push(() => slack.close());
  return slack;
}

export async function call(slack: FakeSlack, method: string, given: Record<string, unknown>) {
  const { token = slack.botToken, ...args } = given;
  const answer = await fetch(`${slack.apiUrl}${method}`, {
    method: "POST",
    headers: { authorization: `Bearer ${String(token)}`, "content-type": "application/json" },
    body: JSON.stringify(args),
  });
  const body: unknown = await answer.json();
  if (!isRecord(body)) throw new Error("the fake must answer with an object");
  return { status: answer.status, headers: answer.headers, ...body };
}

export const houseGood = {
  unfurl_links: false,
  unfurl_media: false,
  metadata: { event_type: "nova_outbox", event_payload: { id: "o1" } },
};
export const post = (slack: FakeSlack, args: Record<string, unknown>) =>
  call(slack, "chat.postMessage", { channel: "C1", text: "hello", ...houseGood, ...args });

export interface RawSocket {
  socket: WebSocket;
  frames: Record<string, unknown>[];
  next: (predicate: (frame: Record<string, unknown>) => boolean) => Promise<Record<string, unknown>>;
  ack: (frame: Record<string, unknown>, payload?: unknown) => void;
}

export async function connect(slack: FakeSlack): Promise<RawSocket> {
  const opened: Record<string, unknown> = await call(slack, "apps.connections.open", {
    token: slack.appToken,
  });
  const socket = new WebSocket(String(opened["url"]));
  const frames: Record<string, unknown>[] = [];
  const waiters: (() => void)[] = [];
  socket.on("message", (data) => {
    const frame: unknown = JSON.parse(Buffer.isBuffer(data) ? data.toString("utf8") : "");
    if (isRecord(frame)) frames.push(frame);
    for (const wake of waiters.splice(0)) wake();
  });
  closers.push(() => socket.terminate());
  const raw: RawSocket = {
    socket,
    frames,
    async next(predicate) {
      for (;;) {
        const found = frames.findIndex(predicate);
        const frame = frames[found];
        if (frame !== undefined) return frames.splice(found, 1)[0] ?? frame;
        await new Promise<void>((resolve) => waiters.push(resolve));
      }
    },
    ack: (frame, payload = {}) => socket.send(JSON.stringify({ envelope_id: frame["envelope_id"], payload })),
  };
  await raw.next((frame) => frame["type"] === "hello");
  return raw;
}

export const isEvent = (frame: Record<string, unknown>) => frame["type"] === "events_api";
export const eventOf = (frame: Record<string, unknown>): Record<string, unknown> => {
  const payload = frame["payload"];
  return isRecord(payload) && isRecord(payload["event"]) ? payload["event"] : {};
};
export const eventIdOf = (frame: Record<string, unknown>) =>
  isRecord(frame["payload"]) ? frame["payload"]["event_id"] : "";

export async function postButton(slack: FakeSlack) {
  const button = {
    type: "button",
    action_id: "a",
    value: "v",
    text: { type: "plain_text", text: "Approve" },
  };
  await post(slack, { blocks: [{ type: "actions", elements: [button] }] });
  const [message] = slack.store.posted();
  if (message === undefined) throw new Error("nothing was posted");
  return message;
}
