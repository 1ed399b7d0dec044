// What the journeys share: every front door, and a Nova that is closed after each test.
import { afterEach } from "vitest";
import type { Erp } from "../../src/ports.ts";
import { discordDoor } from "../support/doors/discord.ts";
import type { DiscordDoor } from "../support/doors/discord.ts";
import type { Door, Who } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import type { SlackDoor } from "../support/doors/slack.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { webDoor } from "../support/doors/web.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaOptions, NovaUnderTest } from "../support/start-nova.ts";

export const everyDoor: readonly (readonly [string, () => Promise<Door>])[] = [
  ["terminal", async () => terminalDoor()],
  ["web", async () => webDoor()],
  ["discord", async () => discordDoor()],
  ["slack (socket)", async () => slackDoor("socket")],
  ["slack (http)", async () => slackDoor("http")],
];

/** Doors with several people at them. */
export type SharedDoor = {
  readonly door: Door;
  /** What only this person can see. */
  readonly whispered: (who: Who) => readonly string[];
  /** What everybody can see, one entry per message. */
  readonly inPublic: () => readonly string[];
};
export const sharedDoors: readonly (readonly [string, () => Promise<SharedDoor>])[] = [
  ["discord", async () => shareDiscord(await discordDoor())],
  ["slack (socket)", async () => shareSlack(await slackDoor("socket"))],
  ["slack (http)", async () => shareSlack(await slackDoor("http"))],
];

function shareDiscord(door: DiscordDoor): SharedDoor {
  const idOf = (account: string): string => account.slice(account.indexOf(":") + 1);
  const accounts: Readonly<Record<Who, string>> = {
    kit: idOf(door.kit),
    maya: idOf(door.maya ?? ""),
    stranger: "1003",
  };
  return {
    door,
    whispered: (who) => door.fake.whispered(accounts[who]).map(({ content }) => content),
    inPublic: () => door.fake.said(idOf(door.channel)).map((message) => JSON.stringify(message)),
  };
}

function shareSlack(door: SlackDoor): SharedDoor {
  const accounts: Readonly<Record<Who, string>> = { kit: "U1001", maya: "U1002", stranger: "U1003" };
  return {
    door,
    whispered: (who) =>
      door.fake.store.ephemerals.filter(({ user }) => user === accounts[who]).map(({ text }) => text),
    inPublic: () => door.fake.store.posted("C1").map((message) => JSON.stringify(message)),
  };
}

/** Starts Novas for one file's tests; each is closed when its test is over. */
export function useNova(): (options: NovaOptions) => Promise<NovaUnderTest> {
  const running: NovaUnderTest[] = [];
  afterEach(async () => {
    for (const nova of running.splice(0)) await nova.close();
  });
  return async (options) => {
    const nova = await startNova(options);
    running.push(nova);
    return nova;
  };
}

/** Notes every effect that really reaches the ERP. */
export function watchErp(): {
  readonly wrapErp: (erp: Erp) => Erp;
  readonly executed: readonly string[];
} {
  const executed: string[] = [];
  return {
    executed,
    wrapErp: (erp) => ({
      ...methodsOf(erp),
      execute: async (approval, prepared, options) => {
        executed.push(prepared.summary);
        return erp.execute(approval, prepared, options);
      },
    }),
  };
}

const methodsOf = (erp: Erp): Erp => ({
  connector: erp.connector,
  name: erp.name,
  capabilities: () => erp.capabilities(),
  probe: async () => erp.probe(),
  query: async (query) => erp.query(query),
  prepare: async (command) => erp.prepare(command),
  execute: async (approval, prepared, options) => erp.execute(approval, prepared, options),
  verify: async (prepared, actionId) => erp.verify(prepared, actionId),
  reconcile: async (actionId, notBeforeMs) => erp.reconcile(actionId, notBeforeMs),
  close: async () => erp.close(),
});
