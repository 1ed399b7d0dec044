// The Discord adapter with the real discord.js, joined to the strict fake: a clock that stands still until a test moves
// it, and an engine that only keeps what it hears.
import { createDiscord } from "../../../adapters/discord/index.ts";
import type { Message } from "../../../src/message.ts";
import type { ChatAdapter, Clock, Delivery, VerbSpec } from "../../../src/ports.ts";
import type { Card, Post } from "../../../src/post.ts";
import { createFakeDiscord, ids, type FakeDiscord } from "./index.ts";
import type { Settings } from "./settings.ts";

export interface Chat {
  readonly fake: FakeDiscord;
  /** The adapter; `restart` puts a new one in its place. */
  nova: ChatAdapter;
  readonly heard: Message[];
  readonly troubles: string[];
  /** What the engine does with a message; tests replace it. */
  keep: (message: Message) => Promise<void>;
  create(): ChatAdapter;
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Resolves with everything heard once that is so many. */
  hears(count: number): Promise<readonly Message[]>;
  /** Moves the adapter's clock and calls what is due. */
  advance(ms: number): void;
  /** How far away the adapter's timers are, in ms. */
  waits(): readonly number[];
  /** Shows it, and fails unless it is on the platform then. */
  shown(delivery: Delivery): Promise<string>;
  /** How often the adapter made this request. */
  requests(name: string): number;
  close(): Promise<void>;
}

const verb = (name: string, usage: string): VerbSpec => ({
  name,
  summary: `Does ${name}`,
  usage,
  isTerminalOnly: name === "approve",
});
const verbs = [verb("ask", "ask [agent] text"), verb("runs", "runs"), verb("approve", "approve ID")];

export async function createChat(settings: Partial<Settings> = {}): Promise<Chat> {
  const fake = await createFakeDiscord(settings);
  const { clock, advance, waits } = createClock();
  const heard: Message[] = [];
  const troubles: string[] = [];
  const create = () =>
    createDiscord({
      token: fake.token,
      apiUrl: fake.apiUrl,
      verbs,
      clock,
      onTrouble: (what) => troubles.push(what),
    });
  const chat: Chat = {
    fake,
    nova: create(),
    heard,
    troubles,
    keep: (message) => {
      heard.push(message);
      return Promise.resolve();
    },
    create,
    start: () => chat.nova.start((message) => chat.keep(message)),
    restart: async () => {
      await chat.nova.stop();
      chat.nova = create();
      await chat.start();
    },
    hears: (count) => fake.until(() => heard.length >= count && heard),
    advance,
    waits,
    shown: async (delivery) => {
      const shown = await chat.nova.show(delivery);
      if (shown.kind !== "shown") throw new Error(`not shown: ${JSON.stringify(shown)}`);
      return shown.platformId;
    },
    requests: (name) => fake.log.filter((entry) => entry.kind === "request" && entry.name === name).length,
    close: async () => {
      await chat.nova.stop();
      await fake.close();
    },
  };
  return chat;
}

function createClock() {
  let nowMs = Date.now();
  let timers: { readonly atMs: number; readonly call: () => void }[] = [];
  const clock: Clock = {
    now: () => nowMs,
    after: (delayMs, call) => {
      const timer = { atMs: nowMs + delayMs, call };
      timers.push(timer);
      return () => {
        timers = timers.filter((held) => held !== timer);
      };
    },
  };
  return {
    clock,
    advance: (ms: number) => {
      nowMs += ms;
      const due = timers.filter((timer) => timer.atMs <= nowMs);
      timers = timers.filter((timer) => timer.atMs > nowMs);
      for (const timer of due) timer.call();
    },
    waits: () => timers.map((timer) => timer.atMs - nowMs),
  };
}

export const postsToParts = `POST /channels/${ids.parts}/messages`;
const plainPost: Post = {
  kind: "reply",
  text: "Hello.",
  card: null,
  buttons: [],
  footer: null,
  only: null,
};
export const approve = { nonce: "a1b2", label: "Approve", style: "primary", asks: null } as const;
export const reject = { nonce: "c3d4", label: "Reject", style: "danger", asks: "Why not?" } as const;
export const card: Card = {
  proposal: "p-1",
  title: "Post invoice *42*",
  effects: ["state: draft → posted"],
  checks: ["Customer is active"],
  terms: ["medium stakes"],
  requestedBy: "Kit",
  agent: "erp/invoices",
  agentWords: "**Approved** already @everyone",
  fingerprint: "deadbeef",
  state: "Waiting for Kit",
  isOpen: true,
};

let count = 0;
/** A delivery to the parts channel, with an id of its own. */
export function toDelivery(post: Partial<Post>, more: Partial<Delivery> = {}): Delivery {
  count += 1;
  return {
    id: `row-${count}`,
    thread: `discord:${ids.parts}:${ids.parts}`,
    post: { ...plainPost, ...post },
    shownAs: null,
    inReplyTo: null,
    ...more,
  };
}

export function messageOf(platformId: string): string {
  return platformId.split("/")[1] ?? "";
}
