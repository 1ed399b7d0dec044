// The door of Slack: the real Bolt against the strict fake, over Socket Mode or signed HTTP.
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import { createSlack } from "../../../adapters/slack/index.ts";
import { buttonsOf, createFakeSlack } from "../slack/index.ts";
import type { FakeSlack, FakeSlackOptions, Message } from "../slack/index.ts";
import { opensDialog } from "./door.ts";
import type { Door, Who } from "./door.ts";

const accounts: Readonly<Record<Who, string>> = { kit: "U1001", maya: "U1002", stranger: "U1003" };
const channel = "C1";
/** Slack's rules at a hundred times its pace: nobody waits for a second post, and none comes too early either. */
const brisk = { postsPerSecond: 100, postBurst: 330 };
export type SlackDoor = Door & { readonly fake: FakeSlack };

/** `through`: another address of the same platform, e.g. of a proxy before it. */
export async function slackDoor(
  transport: "socket" | "http" = "socket",
  {
    through = (apiUrl) => apiUrl,
    ...options
  }: FakeSlackOptions & { readonly through?: (apiUrl: string) => string; readonly findAfterMs?: number } = {},
): Promise<SlackDoor> {
  const { findAfterMs, ...given } = options;
  const settings = { ...brisk, ...given };
  const fake = await createFakeSlack(settings);
  const http = await openHttp();
  const newestWith = (label: string): Message => {
    const found = fake.store
      .posted(channel)
      .findLast((message) => buttonsOf(message.blocks).some((button) => button.label === label));
    if (found === undefined) throw new Error(`no button "${label}" in Slack`);
    return found;
  };
  return {
    name: `slack (${transport})`,
    fake,
    kit: "slack:T1/U1001",
    maya: "slack:T1/U1002",
    channel: `slack:T1/${channel}`,
    open: async ({ clock }) => {
      const way =
        transport === "socket"
          ? ({ kind: "socket", appToken: fake.appToken } as const)
          : ({ kind: "http", signingSecret: fake.signingSecret } as const);
      const adapter = createSlack({
        botToken: fake.botToken,
        transport: way,
        apiUrl: through(fake.apiUrl),
        ...(findAfterMs === undefined ? {} : { findAfterMs }),
        clock,
        postsPerSecond: settings.postsPerSecond,
        report: () => undefined,
      });
      if (adapter.http !== null) {
        http.serve(adapter.http.handle);
        fake.deliverTo(`${http.url}${adapter.http.path}`);
      }
      return adapter;
    },
    says: async (text, who = "kit") => void fake.as(accounts[who]).say(channel, text),
    verb: async (verb, rest = "", who = "kit") =>
      void (await fake.as(accounts[who]).slash(`/nova ${verb} ${rest}`.trim(), channel)),
    seen: async () => [
      ...fake.store.posted(channel).map(({ text, blocks }) => `${text}\n${wordsOf(blocks)}`),
      ...fake.store.ephemerals.map(({ text }) => text),
    ],
    press: async (label, { who = "kit", words, twice = false, fields } = {}) => {
      const person = fake.as(accounts[who]);
      const target = newestWith(label);
      const presses = [person.click(target, label), ...(twice ? [person.click(target, label)] : [])];
      await Promise.all(presses);
      if (opensDialog(label)) await person.submit(fields ?? { words: words ?? "" });
    },
    hold: async (label) => {
      const target = newestWith(label);
      const button = buttonsOf(target.blocks).find((one) => one.label === label);
      if (button === undefined) throw new Error(`no button "${label}" in Slack`);
      return async (who = "kit") => void (await fake.as(accounts[who]).forgeClick(target, button));
    },
    complaints: () => fake.violations,
    close: async () => {
      await http.close();
      await fake.close();
    },
  };
}

const wordsOf = (blocks: readonly unknown[]): string => JSON.stringify(blocks);

async function openHttp() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    serve: (handle: RequestListener) => {
      server.removeAllListeners("request");
      server.on("request", handle);
    },
    close: async () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
