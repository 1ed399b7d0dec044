// The terminal as a place to talk: one thread, one person, no account. Reads lines (typed or piped), prints posts,
// and says through `inputEnded` that no more lines will come.
import type { ThreadId } from "../../src/ids.ts";
import type { Body } from "../../src/body.ts";
import type { Message } from "../../src/message.ts";
import type {
  ChatAdapter,
  Clock,
  Delivery,
  Entropy,
  Found,
  Health,
  Hear,
  Preview,
  Shown,
  VerbSpec,
} from "../../src/ports.ts";
import { drawNotice } from "./cards.ts";
import { createChoices } from "./choices.ts";
import { parseLine } from "./inbound.ts";
import type { Line } from "./inbound.ts";
import { createKeyboard } from "./keyboard.ts";
import type { Input, Keyboard } from "./keyboard.ts";
import type { Output } from "./screen.ts";
import { createShow } from "./show.ts";
import type { Show } from "./show.ts";
import { createPaint } from "./text.ts";
import type { Paint } from "./text.ts";

export type TerminalOptions = {
  readonly input: Input;
  readonly output: Output;
  /** A person sits there: line editing, live text. False: input is piped. */
  readonly isTty: boolean;
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** Completed with the Tab key. */
  readonly verbs: readonly VerbSpec[];
  /** Default: on a TTY, unless NO_COLOR is set. */
  readonly isColored?: boolean;
};
export type Terminal = ChatAdapter & {
  /** Resolves when input has ended and its last line was handed over; work may still be going on. */
  readonly inputEnded: Promise<void>;
};

class TerminalChat implements Terminal {
  readonly surface = "terminal";
  readonly resendSafeMs = 0;
  readonly findAfterMs = 0;
  readonly #isTty: boolean;
  readonly #clock: Clock;
  readonly #paint: Paint;
  readonly #keyboard: Keyboard;
  readonly #choices = createChoices();
  readonly #show: Show;
  readonly #ended = Promise.withResolvers<void>();
  readonly #bootId: string;
  #count = 0;
  #health: Health = { state: "connecting", detail: "not started" };

  constructor(options: TerminalOptions) {
    const { isTty, clock, entropy, output } = options;
    this.#isTty = isTty;
    this.#clock = clock;
    this.#paint = createPaint(options.isColored ?? (isTty && (process.env["NO_COLOR"] ?? "") === ""));
    this.#keyboard = createKeyboard({ ...options, paint: this.#paint });
    const { screen } = this.#keyboard;
    this.#show = createShow({ screen, choices: this.#choices, paint: this.#paint, clock });
    this.#bootId = entropy(6);
    output.on("error", (error: Error) => this.#fail(error));
  }

  get inputEnded(): Promise<void> {
    return this.#ended.promise;
  }

  fits(): boolean {
    return true;
  }

  async start(hear: Hear): Promise<void> {
    this.#health = { state: "ready", detail: this.#isTty ? "interactive" : "piped" };
    void this.#listen(hear);
  }

  async show(delivery: Delivery): Promise<Shown> {
    return this.#show.show(delivery);
  }

  async find(delivery: Delivery): Promise<Found> {
    return this.#show.find(delivery);
  }

  working(thread: ThreadId): () => void {
    return this.#show.working(thread);
  }

  preview(preview: Preview): void {
    this.#show.preview(preview);
  }

  health(): Health {
    return this.#health;
  }

  async stop(): Promise<void> {
    // A terminal that is gone has nothing left to settle, and must not keep Nova from ending.
    await this.#show.settle().catch((error: unknown) => this.#fail(error));
    this.#health = { state: "stopped", detail: "stopped" };
    this.#keyboard.close();
  }

  async #listen(hear: Hear): Promise<void> {
    try {
      for await (const line of this.#keyboard.lines()) await this.#take(line, hear);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#ended.resolve();
    }
  }

  async #take(line: Line, hear: Hear): Promise<void> {
    const heard = parseLine(line, this.#choices);
    if (heard.kind === "nothing") return;
    if (heard.kind === "notice") {
      await this.#notify(heard.text);
      return;
    }
    this.#choices.close();
    const message = this.#toMessage(heard.body);
    if (line.kind === "line") this.#show.asked(message.id, line.text.trim());
    try {
      await hear(message);
    } catch {
      // The engine has logged why; here the person learns that the line was not taken.
      await this.#notify("That could not be written to the journal, so I did not take it; send it again.");
    }
  }

  #toMessage(body: Body): Message {
    this.#count += 1;
    return {
      id: `t:m:${this.#bootId}:${this.#count}`,
      thread: "terminal:main:main",
      channel: "terminal:main",
      account: { id: "terminal:me", name: "me", standing: "regular" },
      at: this.#clock.now(),
      direct: true,
      addressed: true,
      body,
    };
  }

  async #notify(text: string): Promise<void> {
    const { screen } = this.#keyboard;
    await screen.print(drawNotice(text, { columns: screen.columns(), paint: this.#paint }));
  }

  #fail(error: unknown): void {
    // Closing breaks off the reading of input; that is no failure.
    if (this.#health.state === "stopped") return;
    const why = error instanceof Error ? error.message : String(error);
    this.#health = { state: "fatal", detail: `The terminal can't be used any more: ${why}` };
  }
}

export const createTerminal = (options: TerminalOptions): Terminal => new TerminalChat(options);
