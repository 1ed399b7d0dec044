// Slack as a place to talk, over Socket Mode or HTTP: connects, hands everything heard to the engine before Slack is
// told it arrived, shows what the engine posts, and keeps its own word on how it is doing.
import type { Backfill } from "../../src/backfill.ts";
import type { ThreadId } from "../../src/ids.ts";
import type { ChatAdapter, Clock, Delivery, Found, Health, Hear, Recall, Shown } from "../../src/ports.ts";
import { nothingToRecall } from "../../src/recall.ts";
import { createAccounts } from "./accounts.ts";
import { createCatchUp } from "./backfill.ts";
import { createBolt } from "./bolt.ts";
import { fitsOneMessage } from "./cards.ts";
import { createFetchFile } from "./files-in.ts";
import { createHandOff } from "./hand-off.ts";
import type { HandOff } from "./hand-off.ts";
import type { HttpRoute } from "./http.ts";
import { identify } from "./identity.ts";
import type { Self } from "./inbound.ts";
import { linkTo } from "./links.ts";
import { createOutbound } from "./outbound.ts";
import type { Outbound } from "./outbound.ts";
import { showWorking } from "./status.ts";
import { createTransport } from "./transport.ts";
import type { Transport, TransportChoice } from "./transport.ts";
import { createClients, createLogger } from "./wire.ts";
import type { Clients, Report } from "./wire.ts";

export type SlackOptions = {
  readonly botToken: string;
  readonly transport: TransportChoice;
  /** e.g. `https://slack.com/api`. */
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly report: Report;
  /** How long the history may lag behind a post; 15 s unless told. */
  readonly findAfterMs?: number;
  /** Between 0 and 1; spreads reconnects. */
  readonly chance?: () => number;
};

export type Slack = ChatAdapter & {
  /** What to mount when events come over HTTP; null over Socket Mode. */
  readonly http: HttpRoute | null;
};

type Running = {
  readonly handOff: HandOff;
  readonly catchUp: Backfill;
  readonly outbound: Outbound;
  readonly self: Self;
};

/** Slack takes three seconds for a failure; a hand-off this old is about to become one. */
const slowHandOffMs = 2_500;
const drainMs = 5_000;
const firstConnectionMs = 10_000;

class SlackChat implements Slack {
  readonly surface = "slack";
  readonly resendSafeMs = 0;
  readonly findAfterMs: number;
  readonly http: HttpRoute | null;
  readonly fetchFile;
  readonly #options: SlackOptions;
  readonly #clients: Clients;
  readonly #transport: Transport;
  readonly #logger: ReturnType<typeof createLogger>;
  #running: Running | null = null;
  #fatal: string | null = null;
  #isStopped = false;
  #problem = "not connected yet";

  constructor(options: SlackOptions) {
    this.#options = options;
    this.fetchFile = createFetchFile(options);
    this.findAfterMs = options.findAfterMs ?? 15_000;
    this.#logger = createLogger(options.report);
    this.#clients = createClients({ ...options, logger: this.#logger });
    this.#transport = createTransport({
      ...options,
      choice: options.transport,
      logger: this.#logger,
      chance: options.chance ?? Math.random,
      isOpen: () => this.#running !== null && !this.#isStopped,
      onFatal: (why) => this.#fail(`the app-level token: ${why}`),
      onBack: () => this.#running?.catchUp.start(),
    });
    this.http = this.#transport.http?.route ?? null;
  }

  fits(text: string): boolean {
    return fitsOneMessage(text);
  }

  /** Resolves when Nova hears, or after ten seconds of trying (it goes on); rejects when Slack refuses the tokens. */
  async start(hear: Hear, recall: Recall = nothingToRecall): Promise<void> {
    const connected = this.#connect(hear, recall);
    const patience = Promise.withResolvers<void>();
    const cancel = this.#options.clock.after(firstConnectionMs, patience.resolve);
    connected.catch((thrown: unknown) => this.#fail(`to connect: ${String(thrown)}`));
    await Promise.race([connected, patience.promise]);
    cancel();
  }

  async show(delivery: Delivery): Promise<Shown> {
    if (this.#fatal !== null) return { kind: "refused", why: this.#fatal, isPostGone: false };
    if (this.#running === null) return { kind: "later", afterMs: 2_000, why: `Slack: ${this.#problem}` };
    return this.#running.outbound.show(delivery);
  }

  async find(delivery: Delivery): Promise<Found> {
    if (this.#running === null) return { kind: "unsearchable", why: `Slack: ${this.#problem}` };
    return this.#running.outbound.find(delivery);
  }

  linkTo: NonNullable<ChatAdapter["linkTo"]> = (thread, id) =>
    linkTo(this.#running?.self.url ?? "", thread, id);

  working(thread: ThreadId): () => void {
    const { clock, report } = this.#options;
    return showWorking({ client: this.#clients.reads, clock, report }, thread);
  }

  /** Slack shows a status while Nova works; half a text, edited once a second, would only meet its rate limit. */
  preview(): void {}

  health(): Health {
    if (this.#fatal !== null) return { state: "fatal", detail: this.#fatal };
    if (this.#isStopped) return { state: "stopped", detail: "stopped" };
    if (this.#running === null) return { state: "connecting", detail: this.#problem };
    const { sockets } = this.#transport;
    if (sockets?.upCount() === 0) return { state: "connecting", detail: sockets.lastEnd() };
    const waitingMs = this.#running.handOff.oldestMs();
    if (waitingMs > slowHandOffMs) {
      return { state: "degraded", detail: `a message has been waiting ${waitingMs} ms to be kept` };
    }
    return { state: "ready", detail: sockets === null ? "over HTTP" : `${sockets.upCount()} of 2 sockets` };
  }

  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#running?.catchUp.stop();
    await this.#running?.handOff.drain(drainMs);
    await this.#transport.sockets?.stop();
  }

  async #connect(hear: Hear, recall: Recall): Promise<void> {
    const self = await identify({
      client: this.#clients.reads,
      clock: this.#options.clock,
      isStopped: () => this.#isStopped,
      onProblem: (why, isFatal) => {
        this.#problem = why;
        if (isFatal) this.#fatal = `Slack refuses the bot token: ${why}`;
      },
    });
    if (self === null) return;
    const { clock, report, botToken, apiUrl } = this.#options;
    const { sockets, http } = this.#transport;
    const receiver = sockets === null ? http.receiver : sockets.receiver;
    const accounts = createAccounts({ client: this.#clients.people, team: self.team, clock, report });
    const catchUp = createCatchUp({
      client: this.#clients.reads,
      self,
      accounts,
      clock,
      recall,
      hear,
      report,
    });
    const { caughtUp } = catchUp;
    const handOff = createHandOff({
      hear,
      caughtUp,
      self,
      accounts,
      client: this.#clients.people,
      clock,
      report,
    });
    createBolt({ receiver, handOff, self, botToken, apiUrl, logger: this.#logger, report });
    const onFatal = (why: string): void => this.#fail(`the bot token: ${why}`);
    this.#running = {
      self,
      handOff,
      catchUp,
      outbound: createOutbound({ clients: this.#clients, botId: self.botId, clock, onFatal }),
    };
    if (sockets === null) catchUp.start();
    else await sockets.start();
  }

  #fail(why: string): void {
    if (this.#fatal !== null) return;
    this.#fatal = `Slack refuses ${why}`;
    this.#options.report("error", this.#fatal);
  }
}

export function createSlack(options: SlackOptions): Slack {
  return new SlackChat(options);
}
