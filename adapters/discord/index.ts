// Discord as a place to talk: connects, hears, shows, and knows how it is doing by its own account, because the
// library's `isReady()` stays true after a connection has died for good.
import type { Client } from "discord.js";
import type {
  ChatAdapter,
  Clock,
  Desk,
  Health,
  Hear,
  PostLimits,
  Recall,
  VerbSpec,
} from "../../src/ports.ts";
import { nothingToRecall } from "../../src/surfaces/recall.ts";
import { createCatchUp } from "./backfill.ts";
import type { CatchUp } from "./backfill.ts";
import { fits } from "./cards.ts";
import { createClient } from "./client.ts";
import { registerCommands } from "./commands.ts";
import { connect } from "./connection.ts";
import { createLive } from "./live.ts";
import type { Live } from "./live.ts";
import { createFetchFile } from "./files.ts";
import { createHearing } from "./hearing.ts";
import type { Listener } from "./listener.ts";
import { toLimits } from "./limits.ts";
import { createMemberOf } from "./members.ts";
import { createOutbound } from "./outbound.ts";
import { createSees } from "./onlookers.ts";
import { toFailed, wordsOf } from "./outcomes.ts";
import { Dispatch, ReadyPacket } from "./packets.ts";
import { createState } from "./state.ts";
import type { State } from "./state.ts";
import { createRead } from "./talk.ts";
import { createThreads } from "./threads.ts";
import type { Threads } from "./threads.ts";
import { createTokens } from "./tokens.ts";
import { createTyping } from "./typing.ts";

export type DiscordOptions = {
  readonly token: string;
  /** Without version and trailing slash, e.g. `https://discord.com/api`. */
  readonly apiUrl: string;
  /** What one channel takes; 1 unless told. */
  readonly postsPerSecond?: number;
  readonly verbs: readonly VerbSpec[];
  readonly clock: Clock;
  /** For the operator's log: what went wrong and was survived. */
  readonly onTrouble: (what: string) => void;
};

const drainMs = 5_000;

class DiscordChat implements ChatAdapter {
  readonly surface = "discord";
  readonly resendSafeMs = 120_000;
  readonly limits: PostLimits;
  readonly findAfterMs = 5_000;
  readonly whispersFiles = true;
  readonly fits = fits;
  readonly show: ChatAdapter["show"];
  readonly find: ChatAdapter["find"];
  readonly preview: ChatAdapter["preview"];
  readonly fetchFile;
  readonly read;
  readonly threadFor: Threads["threadFor"];
  readonly linkTo: Threads["linkTo"];
  readonly sees;
  readonly memberOf;
  readonly #options: DiscordOptions;
  readonly #client: Client;
  readonly #tokens;
  readonly #typing;
  readonly #live: Live;
  readonly #state: State;
  #listener: Listener | null = null;
  #me: { readonly bot: string; readonly application: string; readonly session: string } | null = null;
  #catchUp: CatchUp | null = null;

  constructor(options: DiscordOptions) {
    this.#options = options;
    this.limits = toLimits(options.postsPerSecond ?? 1);
    const { clock } = options;
    this.#state = createState(clock);
    this.fetchFile = createFetchFile(options.apiUrl);
    this.#client = createClient(options.apiUrl);
    const { rest } = this.#client;
    this.read = createRead(rest, clock);
    this.#tokens = createTokens(clock);
    this.#typing = createTyping({ rest, clock, isReady: () => this.#state.blocked() === null });
    const outbound = createOutbound({
      rest,
      clock,
      tokens: this.#tokens,
      botId: () => this.#me?.bot ?? null,
      blocked: this.#state.blocked,
      onFailed: this.#state.note,
    });
    const client = this.#client;
    this.sees = createSees({ client, clock });
    this.memberOf = createMemberOf({ client, clock });
    const threads = createThreads({ client, clock, onFailed: this.#state.note });
    const canBegin = (): boolean => this.#state.blocked() === null;
    this.#live = createLive({ clock, outbound: threads.around(outbound), canBegin });
    ({ show: this.show, find: this.find, preview: this.preview } = this.#live);
    ({ threadFor: this.threadFor, linkTo: this.linkTo } = threads);
  }

  async start(hear: Hear, recall: Recall = nothingToRecall, desk: Desk | null = null): Promise<void> {
    const client = this.#client;
    const { onTrouble, clock } = this.#options;
    this.#listener = createHearing(
      {
        ...this.#options,
        client,
        desk,
        tokens: this.#tokens,
        botId: () => this.#me?.bot ?? null,
        application: () => this.#me?.application ?? null,
        caughtUp: (channel) => this.#catchUp?.caughtUp(channel) ?? null,
      },
      hear,
    );
    this.#catchUp = createCatchUp({
      client,
      clock,
      recall,
      botId: () => this.#me?.bot ?? null,
      hear: async (message) => this.#listener?.messageFound(message),
      onTrouble,
    });
    client.on("raw", (packet: unknown) => this.#take(packet));
    await connect({
      client,
      clock,
      recall,
      onTrouble,
      token: this.#options.token,
      isStopped: () => this.#state.health().state === "stopped",
      onState: this.#state.set,
      onLeft: () => this.#catchUp?.left(),
      onResumed: () => this.#catchUp?.resumed(),
    });
    await this.#register();
  }

  working: ChatAdapter["working"] = (thread) => this.#typing.start(thread);
  health = (): Health => this.#state.health();

  async stop(): Promise<void> {
    this.#client.removeAllListeners("raw");
    this.#catchUp?.stop();
    this.#typing.stopAll();
    void this.#live.endAll();
    let cancel = () => {};
    const late = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(drainMs, resolve);
    });
    await Promise.race([this.#listener?.idle() ?? Promise.resolve(), late]);
    cancel();
    this.#state.set("stopped", "stopped");
    await this.#client.destroy();
  }

  #take(raw: unknown): void {
    const packet = Dispatch.safeParse(raw);
    if (!packet.success) return;
    const { t, s, d } = packet.data;
    if (t === "READY") {
      const ready = ReadyPacket.safeParse(d);
      this.#catchUp?.returned();
      if (ready.success)
        this.#me = {
          bot: ready.data.user.id,
          application: ready.data.application.id,
          session: ready.data.session_id,
        };
    } else if (t === "MESSAGE_CREATE") {
      this.#listener?.messageCreated(d);
    } else if (t === "INTERACTION_CREATE") {
      this.#listener?.interactionCreated(d);
    } else if (t === "MESSAGE_REACTION_ADD" || t === "MESSAGE_REACTION_REMOVE") {
      const session = this.#me?.session ?? "";
      this.#listener?.reactionGiven({ t, d, session, sequence: s ?? 0, now: this.#options.clock.now() });
    }
  }

  async #register(): Promise<void> {
    if (this.#me === null) return;
    const { verbs, onTrouble } = this.#options;
    await registerCommands(this.#client.rest, this.#me.application, verbs).catch((error: unknown) => {
      this.#state.note(toFailed(error, false));
      onTrouble(`The /nova command could not be registered: ${wordsOf(error)}`);
    });
  }
}

export function createDiscord(options: DiscordOptions): ChatAdapter {
  return new DiscordChat(options);
}
