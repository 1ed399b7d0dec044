// A strict Slack on loopback: Web API, Socket Mode, signed HTTP requests, and the people who use it.
// It refuses what Slack refuses (`platform` violations) and reports what Nova promised not to do (`house` violations).
//
//   const slack = await createFakeSlack({ times: { ackMs: 300, retryMs: [0, 50, 100] } });
//   // product: SLACK_API_URL=slack.apiUrl, SLACK_BOT_TOKEN=slack.botToken, SLACK_APP_TOKEN=slack.appToken
//   // over HTTP instead: SLACK_SIGNING_SECRET=slack.signingSecret, then slack.deliverTo("http://127.0.0.1:P/slack/events")
//   const asked = slack.as("U1001").say("C1", `${slack.mention} hello`);        // also .dm(text), {thread: asked.ts}
//   const reply = await slack.reply(asked);                                       // first post in the thread of `asked`
//   await slack.as("U1001").click(reply, "Approve");                              // {acked, response?}
//   await slack.as("U1001").slash("/nova agents");                                // .submit({…}) for a dialog
//   slack.faults.add({ match: "chat.postMessage", times: 1, when: "after", how: { status: 503 } });
//   expect(slack.violations).toEqual([]);  await slack.close();
//
// People: U1001 kit, U1002 ada, U1003 gus (guest), U1004 solo (single-channel guest), U9001 another bot, all in T1;
// U2001 eve, U2002 tom in T2. Channels: C1, C2, G3 (private), C5 (shared with T2), C8 (archived), C9 (without Nova), C2001 (T2).

import { createServer } from "node:http";
import { createLedger, createRandom, createTimers } from "./core.ts";
import { createDeliveries } from "./deliveries.ts";
import { createCrowd } from "./drivers.ts";
import { createFileServer } from "./files.ts";
import { createFaults } from "./faults.ts";
import { createHttpCarrier } from "./http-carrier.ts";
import { createSockets } from "./sockets.ts";
import { createWebApi } from "./web-api.ts";
import { createWorld, isStreaming } from "./world.ts";
import type { AddressInfo } from "node:net";
import type { Ledger, Settings, Times } from "./core.ts";
import type { Deliveries, Outcome } from "./deliveries.ts";
import type { Drivers, MessageRef } from "./drivers.ts";
import type { Faults } from "./faults.ts";
import type { ForgedRequest, HttpAnswer } from "./http-carrier.ts";
import type { Sockets } from "./sockets.ts";
import type { Message, World } from "./world.ts";

export type { Entry } from "./core.ts";
export type { FaultRule } from "./faults.ts";
export type { Message } from "./world.ts";
export { buttonsOf } from "./blocks.ts";

export interface FakeSlackOptions {
  seed?: number;
  lean?: boolean;
  times?: Partial<Times>;
  postsPerSecond?: number;
  postBurst?: number;
  maxSockets?: number;
  allowMarkup?: (markup: string) => boolean;
  /** Fixed port, for a fake that must outlive a restart of itself. */
  port?: number;
}

export interface FakeSlack extends Pick<Ledger, "log" | "violations" | "until"> {
  apiUrl: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  /** `<@U…>` of Nova in T1. */
  mention: string;
  store: World;
  faults: Faults;
  /** Which event kinds Slack sends; everything Nova asks for by default. */
  subscriptions: Set<string>;
  net: Pick<
    Sockets,
    "openCount" | "disconnect" | "drop" | "freeze" | "deafen" | "sendRaw" | "withholdHello"
  > &
    Pick<Deliveries, "duplicateNext" | "redeliver" | "hold"> & { readLagMs: number };
  as: (userId: string) => Drivers;
  /** From now on events go to this request URL, signed; without it, to sockets. */
  deliverTo: (url: string) => void;
  /** Sends a request to the request URL, as wrong as wanted. */
  forgeRequest: (forged: ForgedRequest) => Promise<HttpAnswer>;
  forgeEvent: (channelId: string, event: Record<string, unknown>) => Promise<Outcome>;
  /** Waits for Nova's first (or `nth`) post that answers `asked`: in its thread, or after it in a direct message. */
  reply: (asked: MessageRef, options?: { nth?: number; timeoutMs?: number }) => Promise<Message>;
  /** All of Nova's posts that answer `asked`, so far. */
  repliesTo: (asked: MessageRef) => Message[];
  close: () => Promise<void>;
}

const realTimes: Times = {
  ackMs: 3000,
  retryMs: [0, 60_000, 300_000],
  pingMs: 1000,
  ticketMs: 30_000,
  triggerMs: 3000,
  closeAfterWarningMs: 10_000,
  editWindowMs: Number.POSITIVE_INFINITY,
  streamIdleMs: 60_000,
  appendEveryMs: 1_000,
};

const everyEvent = [
  "message.channels",
  "message.groups",
  "message.im",
  "message.mpim",
  "app_mention",
  "reaction_added",
  "reaction_removed",
  "app_home_opened",
];

export async function createFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const { times, port = 0, ...rest } = options;
  const settings: Settings = {
    seed: 1,
    lean: false,
    postsPerSecond: 1,
    postBurst: 3,
    homesPerMinute: 100,
    maxSockets: 10,
    allowMarkup: () => false,
    ...rest,
    times: { ...realTimes, ...times },
  };
  const ledger = createLedger(settings.lean);
  const world = createWorld();
  const timers = createTimers();
  const faults = createFaults();
  const random = createRandom(settings.seed);
  const subscriptions = new Set(everyEvent);
  const sockets = createSockets({ settings, ledger, timers, world, random });
  const deliveries = createDeliveries({ settings, ledger, timers, carrier: sockets });
  const { triggerMs } = settings.times;
  const crowd = createCrowd({ world, ledger, deliveries, random, triggerMs, subscriptions });
  const lag = { readLagMs: 0 };
  const address: { host: string } = { host: "" };
  const onRequest = createWebApi({
    settings,
    ledger,
    timers,
    world,
    faults,
    readLagMs: () => lag.readLagMs,
    issueSocketUrl: () => `ws://${address.host}/link?ticket=${sockets.issueTicket()}&app_id=${world.appId}`,
    announce: crowd.announce,
    announceMessage: crowd.announceMessage,
    useTrigger: crowd.useTrigger,
  });
  const onFile = createFileServer({ world, ledger });
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    if (request.url?.startsWith("/api/") === true) onRequest(request, response);
    else if (!onFile(request, response)) {
      ledger.violate("platform", "called an unknown route", request.url);
      response.writeHead(404).end();
    }
  });
  server.on("upgrade", (request, tcp, head) => {
    const fault = faults.draw("socket", {});
    if (fault === undefined) sockets.upgrade(request, tcp, head);
    else if (typeof fault.how === "object" && "status" in fault.how) {
      tcp.end(`HTTP/1.1 ${fault.how.status} Fault\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    } else if (fault.how !== "hang") tcp.destroy();
  });
  const listening = Promise.withResolvers<void>();
  server.listen(port, "127.0.0.1", listening.resolve);
  await listening.promise;
  const bound = server.address();
  address.host = `127.0.0.1:${isAddress(bound) ? bound.port : 0}`;
  world.filesUrl = `http://${address.host}`;
  let http: ReturnType<typeof createHttpCarrier> | undefined;
  const nova = world.teams.get("T1");

  const repliesTo = (asked: MessageRef) => {
    const origin = world.find(asked.channel, asked.ts);
    const thread = origin?.threadTs ?? asked.ts;
    const isDirect = world.channels.get(asked.channel)?.type === "im";
    return world
      .posted(asked.channel)
      .filter(
        (post) =>
          (post.threadTs === thread || (isDirect && post.threadTs === origin?.threadTs)) &&
          post.ts > asked.ts,
      );
  };

  return {
    apiUrl: `http://${address.host}/api/`,
    botToken: nova?.botToken ?? "",
    appToken: world.appToken,
    signingSecret: world.signingSecret,
    mention: `<@${nova?.botUserId ?? ""}>`,
    log: ledger.log,
    violations: ledger.violations,
    until: ledger.until,
    store: world,
    faults,
    subscriptions,
    net: Object.assign(lag, {
      openCount: sockets.openCount,
      disconnect: sockets.disconnect,
      drop: sockets.drop,
      freeze: sockets.freeze,
      deafen: sockets.deafen,
      sendRaw: sockets.sendRaw,
      withholdHello: sockets.withholdHello,
      duplicateNext: deliveries.duplicateNext,
      redeliver: deliveries.redeliver,
      hold: deliveries.hold,
    }),
    as: crowd.as,
    deliverTo(url) {
      http?.close();
      http = createHttpCarrier({ url, settings, ledger, timers, world });
      deliveries.carrier = http;
    },
    async forgeRequest(forged) {
      if (http === undefined) throw new Error("call deliverTo(url) first: there is no request URL yet");
      return http.forge(forged);
    },
    forgeEvent: crowd.forgeEvent,
    repliesTo,
    async reply(asked, { nth = 1, timeoutMs = 10_000 } = {}) {
      const known = repliesTo(asked)[nth - 1];
      if (known !== undefined) return known;
      await ledger.until(
        (entry) => entry.kind === "stored" && repliesTo(asked)[nth - 1] !== undefined,
        timeoutMs,
      );
      const found = repliesTo(asked)[nth - 1];
      if (found === undefined) throw new Error(`no reply to ${asked.ts}`);
      return found;
    },
    async close() {
      for (const message of world.posted().filter((one) => isStreaming(one, settings.times.streamIdleMs)))
        ledger.violate("platform", "a stream was never stopped", message.ts);
      timers.clear();
      http?.close();
      sockets.close();
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

function isAddress(value: string | AddressInfo | null): value is AddressInfo {
  return typeof value === "object" && value !== null;
}
