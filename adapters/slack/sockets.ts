// Two Socket Mode connections kept alive side by side: while Slack refreshes one, the other goes on hearing.
// A refused token is final; everything else is tried again, from 50 ms up to 30 s apart.
import type { App, Receiver, ReceiverEvent } from "@slack/bolt";
import type { Clock } from "../../src/ports.ts";
import { createCarriage } from "./carriage.ts";
import type { Carriage } from "./carriage.ts";
import { openConnection } from "./connection.ts";
import type { Connection, ConnectionSettings, SocketEvent } from "./connection.ts";
import { problemOf } from "./outcomes.ts";

export type SocketSettings = Omit<ConnectionSettings, "onEvent"> & {
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly chance: () => number;
  readonly onFatal: (why: string) => void;
  /** The first connection after none: something may have been missed. */
  readonly onBack: () => void;
};

const count = 2;
const openWithinMs = 10_000;
/** A connection that ends sooner than this counts as a failure, so that quick ends don't become a storm. */
const usefulAfterMs = 5_000;
/** Slack has ten sockets per app; hammering does not make room. */
const crowdedWaitMs = 30_000;

export class Sockets {
  readonly receiver: Receiver;
  readonly #settings: SocketSettings;
  readonly #up = new Set<Connection>();
  readonly #carriage: Carriage<symbol>;
  readonly #stopped = Promise.withResolvers<void>();
  readonly #first = Promise.withResolvers<void>();
  #loops: readonly Promise<void>[] = [];
  #app: App | null = null;
  #isStopped = false;
  #lastEnd = "not connected yet";

  constructor(settings: SocketSettings) {
    this.#settings = settings;
    this.#carriage = createCarriage(settings.clock, count);
    this.receiver = {
      init: (app) => {
        this.#app = app;
      },
      start: async () => {},
      stop: async () => {},
    };
  }

  /** Resolves when the first connection is up; rejects when Slack refuses the token for good. */
  async start(): Promise<void> {
    this.#loops = Array.from({ length: count }, async () => this.#keepAlive());
    await this.#first.promise;
  }

  upCount(): number {
    return this.#up.size;
  }

  /** Why the last connection ended, for the operator. */
  lastEnd(): string {
    return this.#lastEnd;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopped.resolve();
    this.#first.resolve();
    await Promise.all(this.#loops);
  }

  async #keepAlive(): Promise<void> {
    let failures = 0;
    while (!this.#isStopped) {
      try {
        const wasUseful = await this.#live();
        failures = wasUseful ? 0 : failures + 1;
        if (this.#lastEnd === "too_many_websockets") await this.#pause(crowdedWaitMs);
      } catch (thrown) {
        const problem = problemOf(thrown);
        this.#lastEnd = problem.why;
        if (problem.kind === "fatal") return this.#giveUp(problem.why);
        failures += 1;
        if (problem.kind === "later") await this.#pause(problem.afterMs);
      }
      const doubled = 50 * 2 ** Math.min(10, Math.max(0, failures - 1));
      await this.#pause(Math.min(30_000, doubled) * (0.5 + this.#settings.chance() / 2));
    }
  }

  /** One connection from ticket to end. True: it lasted, so its end is Slack's routine. */
  async #live(): Promise<boolean> {
    const { clock } = this.#settings;
    const key = Symbol("connection");
    const onEvent = (event: SocketEvent): void => {
      this.#carriage.carried(key, event);
      this.#take(event);
    };
    const connection = openConnection({ ...this.#settings, onEvent });
    const renewed = Promise.withResolvers<string>();
    let unwatch = (): void => undefined;
    try {
      await this.#opened(connection);
      if (this.#isStopped) return true;
      const openedAt = clock.now();
      if (this.#up.size === 0) this.#settings.onBack();
      this.#up.add(connection);
      this.#first.resolve();
      unwatch = this.#carriage.watch(key, renewed.resolve);
      this.#lastEnd = await Promise.race([
        connection.over,
        renewed.promise,
        this.#stopped.promise.then(() => "stopped"),
      ]);
      return clock.now() - openedAt > usefulAfterMs;
    } finally {
      unwatch();
      this.#up.delete(connection);
      connection.discard();
    }
  }

  async #opened(connection: Connection): Promise<void> {
    const late = Promise.withResolvers<never>();
    const words = `Slack did not say hello within ${openWithinMs / 1000} s`;
    const cancel = this.#settings.clock.after(openWithinMs, () => late.reject(new Error(words)));
    try {
      await Promise.race([connection.opened, late.promise, this.#stopped.promise]);
    } finally {
      cancel();
    }
  }

  #take(event: SocketEvent): void {
    const received: ReceiverEvent = {
      body: event.body,
      ack: event.ack,
      ...(event.retry_num === undefined ? {} : { retryNum: event.retry_num }),
      ...(event.retry_reason === undefined ? {} : { retryReason: event.retry_reason }),
    };
    // Not acknowledged on purpose: Slack delivers it again.
    this.#app?.processEvent(received).catch((thrown: unknown) => {
      this.#settings.report("warn", `not acknowledged: ${String(thrown)}`);
    });
  }

  #giveUp(why: string): void {
    this.#settings.onFatal(why);
    const mend = 'make a new one with connections:write under "Basic Information" of the app';
    this.#first.reject(new Error(`Slack refuses SLACK_APP_TOKEN (${why}): ${mend}.`));
  }

  async #pause(delayMs: number): Promise<void> {
    if (this.#isStopped) return;
    const over = Promise.withResolvers<void>();
    const cancel = this.#settings.clock.after(delayMs, over.resolve);
    await Promise.race([over.promise, this.#stopped.promise]);
    cancel();
  }
}
