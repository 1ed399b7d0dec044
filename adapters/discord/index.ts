// Discord as a place to talk: connects, hears, shows, and knows how it is doing by its own account, because the
// library's `isReady()` stays true after a connection has died for good.
import { BootError } from "../../src/boot-error.ts";
import { Events } from "discord.js";
import type { Client } from "discord.js";
import type { ChatAdapter, Clock, Health, Hear, Shown, VerbSpec } from "../../src/ports.ts";
import { createAcknowledge } from "./acknowledge.ts";
import { createBackfill } from "./backfill.ts";
import { fits } from "./cards.ts";
import { createClient, toCloseWords, toLoginWords } from "./client.ts";
import { registerCommand } from "./commands.ts";
import { sayLost } from "./lost.ts";
import { createListener } from "./listener.ts";
import type { Listener } from "./listener.ts";
import { createOutbound } from "./outbound.ts";
import { toFailed, wordsOf } from "./outcomes.ts";
import type { Failed } from "./outcomes.ts";
import { Dispatch, ReadyPacket } from "./packets.ts";
import { createTokens } from "./tokens.ts";
import { createTyping } from "./typing.ts";

export type DiscordOptions = {
  readonly token: string;
  /** Without version and trailing slash, e.g. `https://discord.com/api`. */
  readonly apiUrl: string;
  readonly verbs: readonly VerbSpec[];
  readonly clock: Clock;
  /** For the operator's log: what went wrong and was survived. */
  readonly onTrouble: (what: string) => void;
};

const drainMs = 5_000;

class DiscordChat implements ChatAdapter {
  readonly surface = "discord";
  readonly resendSafeMs = 120_000;
  readonly findAfterMs = 5_000;
  readonly fits = fits;
  readonly show: ChatAdapter["show"];
  readonly find: ChatAdapter["find"];
  readonly #options: DiscordOptions;
  readonly #client: Client;
  readonly #tokens;
  readonly #typing;
  #health: Health = { state: "connecting", detail: "not started" };
  #listener: Listener | null = null;
  #me: { readonly bot: string; readonly application: string } | null = null;
  #pausedUntilMs = 0;
  readonly #backfill;

  constructor(options: DiscordOptions) {
    this.#options = options;
    const { clock } = options;
    this.#client = createClient(options.apiUrl);
    const { rest } = this.#client;
    this.#tokens = createTokens(clock);
    const hear = (packet: unknown) => this.#listener?.messageCreated(packet);
    this.#backfill = createBackfill({ client: this.#client, clock, hear, onTrouble: options.onTrouble });
    this.#typing = createTyping({ rest, clock, isReady: () => this.#blocked() === null });
    const outbound = createOutbound({
      rest,
      clock,
      tokens: this.#tokens,
      botId: () => this.#me?.bot ?? null,
      blocked: () => this.#blocked(),
      onFailed: (failed) => this.#note(failed),
    });
    this.show = outbound.show;
    this.find = outbound.find;
  }

  async start(hear: Hear): Promise<void> {
    const client = this.#client;
    const { onTrouble } = this.#options;
    const acknowledge = createAcknowledge({
      rest: client.rest,
      tokens: this.#tokens,
      application: () => this.#me?.application ?? null,
      onMissed: (error) => onTrouble(`Discord took no answer to an interaction: ${wordsOf(error)}`),
    });
    this.#listener = createListener(
      {
        client,
        clock: this.#options.clock,
        botId: () => this.#me?.bot ?? null,
        acknowledge,
        onTrouble,
        parents: new Map(),
        onLost: (message, error) => void sayLost({ rest: client.rest, onTrouble }, message, error),
      },
      hear,
    );
    this.#watch();
    const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
    try {
      await client.login(this.#options.token);
    } catch (error) {
      // A refused login must not leave a client behind that reconnects twice a second.
      await client.destroy();
      this.#setHealth("fatal", toLoginWords(error));
      throw new BootError(toLoginWords(error), { cause: error });
    }
    await ready;
    await this.#register();
  }

  working: ChatAdapter["working"] = (thread) => this.#typing.start(thread);
  /** Discord's edit limits leave no room for text as it is written; "typing…" says that work goes on. */
  preview(): void {}
  health = (): Health => this.#health;

  async stop(): Promise<void> {
    this.#client.removeAllListeners("raw");
    this.#typing.stopAll();
    let cancel = () => {};
    const late = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(drainMs, resolve);
    });
    await Promise.race([this.#listener?.idle() ?? Promise.resolve(), late]);
    cancel();
    this.#setHealth("stopped", "stopped");
    await this.#client.destroy();
  }

  #watch(): void {
    const client = this.#client;
    client.on("raw", (packet: unknown) => this.#take(packet));
    client.on(Events.Error, (error) => this.#options.onTrouble(`Discord: ${wordsOf(error)}`));
    client.on(Events.ShardError, (error) =>
      this.#options.onTrouble(`Discord's connection: ${wordsOf(error)}`),
    );
    client.on(Events.ShardReady, () => {
      this.#backfill.returned();
      this.#setHealth("ready", "connected");
    });
    client.on(Events.ShardResume, () => {
      this.#backfill.resumed();
      this.#setHealth("ready", "connected again");
    });
    client.on(Events.ShardReconnecting, () => {
      this.#backfill.left();
      this.#setHealth("degraded", "reconnecting");
    });
    client.on(Events.ShardDisconnect, (event) => this.#setHealth("fatal", toCloseWords(event.code)));
    client.on(Events.Invalidated, () =>
      this.#setHealth("fatal", "Discord ended the session for good; restart Nova"),
    );
  }

  #take(raw: unknown): void {
    const packet = Dispatch.safeParse(raw);
    if (!packet.success) return;
    const { t, d } = packet.data;
    if (t === "READY") {
      const ready = ReadyPacket.safeParse(d);
      if (ready.success) this.#me = { bot: ready.data.user.id, application: ready.data.application.id };
    } else if (t === "MESSAGE_CREATE") {
      this.#backfill.saw(d);
      this.#listener?.messageCreated(d);
    } else if (t === "INTERACTION_CREATE") {
      this.#listener?.interactionCreated(d);
    }
  }

  async #register(): Promise<void> {
    try {
      if (this.#me !== null)
        await registerCommand(this.#client.rest, this.#me.application, this.#options.verbs);
    } catch (error) {
      this.#note(toFailed(error, false));
      this.#options.onTrouble(`The /nova command could not be registered: ${wordsOf(error)}`);
    }
  }

  #note(failed: Failed): void {
    if (failed.isFatal) this.#setHealth("fatal", failed.shown.why);
    if (failed.pauseMs > 0) this.#pausedUntilMs = this.#options.clock.now() + failed.pauseMs;
  }

  #blocked(): Extract<Shown, { kind: "later" }> | null {
    const leftMs = this.#pausedUntilMs - this.#options.clock.now();
    if (leftMs > 0) return { kind: "later", afterMs: leftMs, why: "Discord's rate limit, without a time" };
    if (this.#health.state === "ready" || this.#health.state === "degraded") return null;
    return {
      kind: "later",
      afterMs: this.#health.state === "fatal" ? 60_000 : 1_000,
      why: this.#health.detail,
    };
  }

  #setHealth(state: Health["state"], detail: string): void {
    if (this.#health.state !== "stopped") this.#health = { state, detail };
  }
}

export function createDiscord(options: DiscordOptions): ChatAdapter {
  return new DiscordChat(options);
}
