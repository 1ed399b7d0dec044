// Slack as a place to talk, over Socket Mode or HTTP: connects, hands everything heard to the engine before Slack is
// told it arrived, shows what the engine posts, and keeps its own word on how it is doing.
import type { ThreadId } from "../../src/ids.ts";
import type {
  ChatAdapter,
  Clock,
  Delivery,
  Desk,
  Found,
  Health,
  Hear,
  MayBe,
  Preview,
  PostLimits,
  Recall,
  Shown,
} from "../../src/ports.ts";
import { nothingToRecall } from "../../src/surfaces/recall.ts";
import { fitsOneMessage } from "./cards.ts";
import { createFetchFile } from "./files-in.ts";
import type { HttpRoute } from "./http.ts";
import { identify } from "./identity.ts";
import { toLimits } from "./limits.ts";
import { linkTo } from "./links.ts";
import { createSees } from "./onlookers.ts";
import { untilMended } from "./outcomes.ts";
import { createRunning } from "./running.ts";
import type { Running } from "./running.ts";
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
  /** What one channel takes; 1 unless told. */
  readonly postsPerSecond?: number;
  /** Between 0 and 1; spreads reconnects. */
  readonly chance?: () => number;
};

export type Slack = ChatAdapter & {
  /** What to mount when events come over HTTP; null over Socket Mode. */
  readonly http: HttpRoute | null;
};

/** Slack takes three seconds for a failure; a hand-off this old is about to become one. */
const slowHandOffMs = 2_500;
const drainMs = 5_000;
const firstConnectionMs = 10_000;

class SlackChat implements Slack {
  readonly surface = "slack";
  readonly resendSafeMs = 0;
  readonly findAfterMs: number;
  readonly limits: PostLimits;
  readonly http: HttpRoute | null;
  readonly fetchFile;
  readonly #options: SlackOptions;
  readonly #clients: Clients;
  readonly #transport: Transport;
  readonly #logger: ReturnType<typeof createLogger>;
  readonly #sees: NonNullable<ChatAdapter["sees"]>;
  #running: Running | null = null;
  #fatal: string | null = null;
  #isStopped = false;
  #problem = "not connected yet";

  constructor(options: SlackOptions) {
    this.#options = options;
    this.fetchFile = createFetchFile(options);
    this.findAfterMs = options.findAfterMs ?? 15_000;
    this.limits = toLimits(options.postsPerSecond ?? 1);
    this.#logger = createLogger(options.report);
    this.#clients = createClients({ ...options, logger: this.#logger });
    this.#sees = createSees({ clients: this.#clients, clock: options.clock });
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
  async start(hear: Hear, recall: Recall = nothingToRecall, desk: Desk | null = null): Promise<void> {
    const connected = this.#connect(hear, recall, desk);
    const patience = Promise.withResolvers<void>();
    const cancel = this.#options.clock.after(firstConnectionMs, patience.resolve);
    connected.catch((thrown: unknown) => this.#fail(`to connect: ${String(thrown)}`));
    await Promise.race([connected, patience.promise]);
    cancel();
  }

  async show(delivery: Delivery): Promise<Shown> {
    if (this.#fatal !== null) return untilMended(this.#fatal);
    if (this.#running === null) return { kind: "later", afterMs: 2_000, why: `Slack: ${this.#problem}` };
    return this.#running.outbound.show(delivery);
  }

  async find(delivery: Delivery, mayBe: MayBe = async () => true): Promise<Found> {
    if (this.#running === null) return { kind: "later", afterMs: 2_000, why: `Slack: ${this.#problem}` };
    return this.#running.outbound.find(delivery, mayBe);
  }

  read: NonNullable<ChatAdapter["read"]> = async (thread, limit) =>
    this.#running?.read(thread, limit) ?? {
      kind: "unreadable",
      why: "Slack is not connected; try again soon.",
    };

  sees: NonNullable<ChatAdapter["sees"]> = async (thread, account) => this.#sees(thread, account);

  linkTo: NonNullable<ChatAdapter["linkTo"]> = (thread, id) =>
    linkTo(this.#running?.self.url ?? "", thread, id);

  working(thread: ThreadId): () => void {
    const { clock, report } = this.#options;
    return showWorking({ client: this.#clients.reads, clock, report }, thread);
  }

  preview(preview: Preview): void {
    if (this.#fatal === null && !this.#isStopped) this.#running?.outbound.preview(preview);
  }

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
    await Promise.all([this.#running?.handOff.drain(drainMs), this.#running?.outbound.stop()]);
    await this.#transport.sockets?.stop();
  }

  async #connect(hear: Hear, recall: Recall, desk: Desk | null): Promise<void> {
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
    this.#running = createRunning({
      options: this.#options,
      clients: this.#clients,
      transport: this.#transport,
      logger: this.#logger,
      self,
      hear,
      recall,
      desk,
      onFatal: (why) => this.#fail(`the bot token: ${why}`),
    });
    const { sockets } = this.#transport;
    if (sockets === null) this.#running.catchUp.start();
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
