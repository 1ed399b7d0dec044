// The connection to Discord from login to its end, and the only word on how it is doing: the library's own `isReady()`
// stays true after a connection has died for good.
import { ApplicationFlags, Events, GatewayIntentBits, IntentsBitField, Routes } from "discord.js";
import type { Client } from "discord.js";
import { z } from "zod";
import { BootError } from "../../src/boot-error.ts";
import type { Clock, Health, Recall } from "../../src/ports.ts";
import { toCloseWords, toLoginWords } from "./client.ts";
import { createLogins } from "./logins.ts";
import type { Logins } from "./logins.ts";
import { wordsOf } from "./outcomes.ts";

export type ConnectionParts = {
  readonly client: Client;
  readonly token: string;
  readonly clock: Clock;
  readonly recall: Recall;
  readonly isStopped: () => boolean;
  readonly onState: (state: Health["state"], detail: string) => void;
  /** The connection is gone, and whether the old session goes on when it is back. */
  readonly onLeft: () => void;
  readonly onResumed: () => void;
  readonly onTrouble: (what: string) => void;
};

const deafWords =
  "the Message Content intent is off, so I only hear mentions, replies, direct messages and /nova: switch it on in Discord's developer portal under Bot, then restart Nova";
const Application = z.object({ flags: z.number().default(0) });

/** Resolves when Nova is connected, or when it has to wait before it may log in (it goes on by itself). Throws a BootError that says what to mend. */
export async function connect(parts: ConnectionParts): Promise<void> {
  const logins = createLogins(parts.recall, parts.clock);
  const waitMs = await logins.waitMs();
  if (waitMs === 0) return logIn(parts, logins);
  const seconds = Math.ceil(waitMs / 1000);
  parts.onState("connecting", `waiting ${seconds} s before the next login: Discord allows 1000 a day`);
  parts.clock.after(waitMs, () => {
    if (parts.isStopped()) return;
    // It is fatal by then, and says so; there is nobody left to throw at.
    void logIn(parts, logins).catch((error: unknown) => parts.onTrouble(wordsOf(error)));
  });
  return undefined;
}

async function logIn(parts: ConnectionParts, logins: Logins): Promise<void> {
  const { client, token } = parts;
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  try {
    client.rest.setToken(token);
    const canRead = await mayReadContent(client);
    if (!canRead)
      client.options.intents = new IntentsBitField(client.options.intents).remove(
        GatewayIntentBits.MessageContent,
      );
    watch(parts, canRead ? null : deafWords);
    await logins.made();
    await client.login(token);
    await ready;
    await tellHearing(parts, canRead);
  } catch (error) {
    // A refused login must not leave a client behind that reconnects twice a second.
    await client.destroy();
    parts.onState("fatal", toLoginWords(error));
    throw new BootError(toLoginWords(error), { cause: error });
  }
}

/** Asked before the login: a refused intent would cost one, and end the connection for good. */
async function mayReadContent(client: Client): Promise<boolean> {
  const { flags } = Application.parse(await client.rest.get(Routes.currentApplication()));
  return (
    (flags & (ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited)) !== 0
  );
}

/** Once per change, in each bound channel: people there would otherwise talk to nobody. */
async function tellHearing({ recall }: ConnectionParts, canRead: boolean): Promise<void> {
  const before = (await recall.note("hearing")) ?? "all";
  const now = canRead ? "all" : "mentions";
  if (before === now) return;
  const words = canRead
    ? "I hear everything that is said here again."
    : `I can't read what is said here: ${deafWords}.`;
  for (const thread of recall.bound) await recall.tell(thread, `hearing-${now}`, words);
  await recall.keepNote("hearing", now);
}

function watch(
  { client, onState, onLeft, onResumed, onTrouble }: ConnectionParts,
  limits: string | null,
): void {
  const connected = (words: string): void =>
    limits === null ? onState("ready", words) : onState("degraded", limits);
  client.on(Events.Error, (error) => onTrouble(`Discord: ${wordsOf(error)}`));
  client.on(Events.ShardError, (error) => onTrouble(`Discord's connection: ${wordsOf(error)}`));
  client.on(Events.ShardReady, () => connected("connected"));
  client.on(Events.ShardResume, () => {
    onResumed();
    connected("connected again");
  });
  client.on(Events.ShardReconnecting, () => {
    onLeft();
    onState("degraded", "reconnecting");
  });
  client.on(Events.ShardDisconnect, (event) => onState("fatal", toCloseWords(event.code)));
  client.on(Events.Invalidated, () => onState("fatal", "Discord ended the session for good; restart Nova"));
}
