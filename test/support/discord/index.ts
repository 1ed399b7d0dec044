// A strict Discord on loopback: gateway, REST and interactions, with people who use it. It lives in the test, so it
// survives restarts of Nova. It refuses what Discord refuses, and records what Nova promised never to do.
//
//   const fake = await createFakeDiscord();                      // { ackMs: 200, ... } overrides settings.ts
//   DISCORD_API_URL=fake.apiUrl  DISCORD_TOKEN=fake.token
//
//   fake.as(ids.kit).say(ids.parts, "hello")                     // also .dm(text) .edit .remove .thread
//   fake.as(ids.kit).click(message.id, "Approve")                // label or custom id; .forgeClick skips the checks
//   fake.as(ids.kit).slash({ channelId: ids.parts, name: "nova", verb: "ask", options: { text: "hi" } })
//   fake.as(ids.kit).modal(fake.as(ids.kit).click(id, "Reject"), { [label]: "too expensive" })
//   fake.said(ids.parts)                                         // Nova's visible messages there, oldest first
//   await fake.until(() => fake.said(ids.parts).find((m) => m.content.includes("42")))
//   fake.faults.add({ match: "POST /channels/2001/messages", when: "after", how: { status: 502 } })
//   fake.check({ allow: ["interaction-unanswered"] })            // broken rules; expect it toEqual([])
//   fake.net                                                     // op 7, op 9, drops, close codes, duplicates...
//
// Ids of people, guilds and channels are in `ids`: Kit, Maya and Ola are people, the stranger is in no config.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { APIInteraction } from "discord-api-types/v10";
import { serveAttachment } from "./attachments.ts";
import { createChannelRoutes } from "./channels.ts";
import { createCommands, type FakeCommand } from "./commands.ts";
import { createDrivers, type Drivers } from "./drivers.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createGateway, type Gateway } from "./gateway.ts";
import { createInteractions, type FakeInteraction } from "./interactions.ts";
import { createMessageRoutes } from "./messages.ts";
import { createRecorder, type Entry, type Recorder, type Violation } from "./recorder.ts";
import { createRest, type Limits } from "./rest.ts";
import { quickSettings, type Settings } from "./settings.ts";
import { createWorld, ids, type FakeMessage, type World } from "./world.ts";

export { ids } from "./world.ts";
export type { FakeMessage } from "./world.ts";
export type { FakeInteraction } from "./interactions.ts";

export interface FakeDiscord {
  /** For `DISCORD_API_URL`: no version, no trailing slash. */
  readonly apiUrl: string;
  readonly token: string;
  readonly log: readonly Entry[];
  readonly violations: readonly Violation[];
  /** People, guilds, channels and every message. */
  readonly store: World;
  readonly commands: readonly FakeCommand[];
  readonly interactions: readonly FakeInteraction[];
  readonly faults: Faults;
  readonly limits: Limits;
  /** The gateway's switches: `askReconnect`, `invalidateSessions`, `closeAll`, `dropAll`, `knobs.copies`... */
  readonly net: Gateway;
  as(userId: string): Drivers;
  /** Messages of Nova that everybody in the channel sees, oldest first. */
  said(channelId: string): readonly FakeMessage[];
  /** Messages of Nova that only this person sees (ephemeral), oldest first. */
  whispered(userId: string): readonly FakeMessage[];
  until: Recorder["until"];
  /** The token stops working: REST answers 401, the gateway 4004. */
  revokeToken(): void;
  /** And works again. */
  restoreToken(): void;
  /** Broken rules so far, with what may not be left over: a "thinking..." message, an unanswered interaction. */
  check(options?: { readonly allow?: readonly string[] }): readonly Violation[];
  close(): Promise<void>;
}

export async function createFakeDiscord(overrides: Partial<Settings> = {}): Promise<FakeDiscord> {
  const settings: Settings = { ...quickSettings, ...overrides };
  const world = createWorld();
  const recorder = createRecorder();
  const faults = createFaults();
  const token = { value: "fake.discord.token", valid: true };
  const address = { port: 0 };
  const baseUrl = () => `ws://127.0.0.1:${address.port}`;
  const gateway = createGateway({ world, settings, recorder, token, baseUrl });
  const stage = { world, gateway, recorder, settings };
  const interactions = createInteractions(stage);
  const commands = createCommands(stage);
  const routes = [
    ...createMessageRoutes(stage),
    ...createChannelRoutes(stage, { gateway, baseUrl }),
    ...commands.routes,
    ...interactions.routes,
  ];
  const serveFile = (request: IncomingMessage, response: ServerResponse) =>
    serveAttachment({ world, recorder }, request, response);
  const { server, limits } = createRest({ settings, recorder, faults, token, routes, serveFile });
  server.on("upgrade", (request, stream, head) => gateway.upgrade(request, stream, head));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address.port = portOf(server.address());
  world.filesUrl = `http://127.0.0.1:${address.port}`;
  const sent = new Map<string, APIInteraction>();
  const fromNova = (message: FakeMessage) => message.authorId === ids.bot && !message.deleted;

  return {
    apiUrl: `http://127.0.0.1:${address.port}/api`,
    token: token.value,
    log: recorder.log,
    violations: recorder.violations,
    store: world,
    get commands() {
      return commands.list();
    },
    interactions: interactions.all,
    faults,
    limits,
    net: gateway,
    as: (userId) => createDrivers(stage, { interactions, commands, sent }, userId),
    said: (channelId) => world.history(channelId).filter((m) => fromNova(m) && m.visibleTo === null),
    whispered: (userId) => [...world.messages.values()].filter((m) => fromNova(m) && m.visibleTo === userId),
    until: (condition, timeoutMs) => recorder.until(condition, timeoutMs),
    revokeToken() {
      token.valid = false;
    },
    restoreToken() {
      token.valid = true;
    },
    check: (options = {}) =>
      [...recorder.violations, ...leftovers(world, interactions.all)].filter(
        (v) => !(options.allow ?? []).includes(v.rule),
      ),
    async close() {
      interactions.close();
      gateway.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function leftovers(world: World, interactions: readonly FakeInteraction[]): Violation[] {
  const loading = [...world.messages.values()].filter((m) => m.loading && !m.deleted);
  const unanswered = interactions.filter((i) => i.failed);
  return [
    ...loading.map((m) => ({
      set: "platform" as const,
      rule: "still-loading",
      text: `message ${m.id} still says "thinking"`,
    })),
    ...unanswered.map((i) => ({
      set: "house" as const,
      rule: "interaction-unanswered",
      text: `${i.kind} ${i.id} failed for the person`,
    })),
  ];
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The fake got no port.");
  return address.port;
}
