// What the journeys share: every front door, and a Nova that is closed after each test.
import { afterEach, expect } from "vitest";
import type { Erp, Journal } from "../../src/ports.ts";
import { discordDoor } from "../support/doors/discord.ts";
import type { DiscordDoor } from "../support/doors/discord.ts";
import type { Door, Who } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import type { SlackDoor } from "../support/doors/slack.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { webDoor } from "../support/doors/web.ts";
import { buttonsOf } from "../support/slack/index.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaOptions, NovaUnderTest } from "../support/start-nova.ts";

export const everyDoor: readonly (readonly [string, () => Promise<Door>])[] = [
  ["terminal", async () => terminalDoor()],
  ["web", async () => webDoor()],
  ["discord", async () => discordDoor()],
  ["slack (socket)", async () => slackDoor("socket")],
  ["slack (http)", async () => slackDoor("http")],
];

/** Doors where everything said lies in one thread: in a Slack channel only what is said in a thread does. */
export const oneThread: readonly (readonly [string, () => Promise<Door>])[] = [
  ["terminal", async () => terminalDoor()],
  ["web", async () => webDoor()],
  ["discord", async () => discordDoor()],
  ["slack (in a thread)", async () => threaded(await slackDoor())],
];

function threaded(door: SlackDoor): Door {
  let start: string | null = null;
  return {
    ...door,
    says: async (text) => {
      const said = door.fake.as("U1001").say("C1", text, start === null ? {} : { thread: start });
      start ??= said.ts;
    },
  };
}

/** Another place on the same platform: what Kit says there, and what Nova said there. */
export type Place = { readonly says: (text: string) => void; readonly heard: () => readonly string[] };
/** Doors with several people at them. */
export type SharedDoor = {
  readonly door: Door;
  /** A channel of no project. */
  readonly elsewhere: Place;
  readonly direct: Place;
  /** How to write to Nova by name. */
  readonly mention: string;
  /** Presses what is no button of Nova's, or a button of one message as if it stood on another. */
  readonly forge: (nonce: "unknown" | "on another message") => Promise<void>;
  /** The verb as a hostile client would send it, registered or not. */
  readonly typesVerb: (verb: string, rest: string) => Promise<void>;
  /** The platform delivers the next message twice. */
  readonly stutter: () => void;
  /** From now on the platform calls the stranger a full member, as it does the others. */
  readonly vouch: () => void;
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
  const kit = door.fake.as(accounts.kit);
  const saidIn = (channel: string): readonly string[] =>
    door.fake.said(channel).map(({ content }) => content);
  return {
    door,
    mention: "<@9001>",
    elsewhere: { says: (text) => void kit.say("2002", text), heard: () => saidIn("2002") },
    direct: {
      says: (text) => void kit.dm(text),
      heard: () => saidIn(door.fake.store.dm(accounts.kit).id),
    },
    forge: async (how) => {
      const [reply, card] = door.fake.said("2001");
      const parts = card?.components.flatMap((row) => row.components) ?? [];
      const [real] = parts.flatMap((part) => ("custom_id" in part ? [part.custom_id] : []));
      kit.forgeClick(reply?.id ?? "", how === "unknown" ? `nova1.${"0".repeat(32)}` : (real ?? ""));
    },
    typesVerb: async (verb, rest) =>
      void kit.forgeSlash({ channelId: "2001", name: "nova", verb, options: { text: rest } }),
    stutter: () => {
      door.fake.net.knobs.copies = 2;
    },
    vouch: () => undefined,
    whispered: (who) => door.fake.whispered(accounts[who]).map(({ content }) => content),
    inPublic: () => door.fake.said(idOf(door.channel)).map((message) => JSON.stringify(message)),
  };
}

function shareSlack(door: SlackDoor): SharedDoor {
  const accounts: Readonly<Record<Who, string>> = { kit: "U1001", maya: "U1002", stranger: "U1003" };
  const kit = door.fake.as(accounts.kit);
  const saidIn = (channel: string): readonly string[] =>
    door.fake.store.posted(channel).map(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`);
  return {
    door,
    mention: door.fake.mention,
    elsewhere: { says: (text) => void kit.say("C2", text), heard: () => saidIn("C2") },
    direct: {
      says: (text) => void kit.dm(text),
      heard: () => saidIn(door.fake.store.dmOf(accounts.kit, "T1").id),
    },
    forge: async (how) => {
      const [reply, card] = door.fake.store.posted("C1");
      const [real] = buttonsOf(card?.blocks ?? []);
      if (reply === undefined || real === undefined) throw new Error("there is no card to forge");
      const button = how === "unknown" ? { ...real, value: `nova1.${"0".repeat(32)}` } : real;
      await kit.forgeClick(reply, button);
    },
    typesVerb: async (verb, rest) => void (await kit.slash(`/nova ${verb} ${rest}`, "C1")),
    stutter: () => door.fake.net.duplicateNext(1),
    vouch: () => {
      const user = door.fake.store.users.get("U1003");
      if (user !== undefined) user.isRestricted = false;
    },
    whispered: (who) =>
      door.fake.store.ephemerals.filter(({ user }) => user === accounts[who]).map(({ text }) => text),
    inPublic: () => door.fake.store.posted("C1").map((message) => JSON.stringify(message)),
  };
}

/** Starts Novas for one file's tests; each is closed when its test is over. */
export function useNova(): (options: NovaOptions) => Promise<NovaUnderTest> {
  const running: NovaUnderTest[] = [];
  afterEach(async () => {
    for (const nova of running.splice(0)) {
      // A32: whatever a test did, nothing may be left that is overdue, nothing will wake, and no end that no card shows.
      const stuck = await stuckIn(nova.journal());
      await nova.close();
      expect(stuck).toEqual([]);
    }
  });
  return async (options) => {
    const nova = await startNova(options);
    running.push(nova);
    return nova;
  };
}

/** What is overdue only because the test has just moved its clock is taken up within moments. */
async function stuckIn(journal: Pick<Journal, "stuck">): Promise<readonly string[]> {
  let stuck = await journal.stuck();
  for (let tries = 0; stuck.length > 0 && tries < 100; tries += 1) {
    await new Promise((resolve) => void setTimeout(resolve, 20));
    stuck = await journal.stuck();
  }
  return stuck;
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

/** All of an ERP, to change some of it. */
export const methodsOf = (erp: Erp): Erp => ({
  connector: erp.connector,
  name: erp.name,
  capabilities: () => erp.capabilities(),
  probe: async () => erp.probe(),
  query: async (query) => erp.query(query),
  prepare: async (command) => erp.prepare(command),
  execute: async (approval, prepared, options) => erp.execute(approval, prepared, options),
  verify: async (prepared, actionId) => erp.verify(prepared, actionId),
  reconcile: async (actionId, notBeforeMs) => erp.reconcile(actionId, notBeforeMs),
  compensate: async (prepared, actionId) => erp.compensate(prepared, actionId),
  close: async () => erp.close(),
});
