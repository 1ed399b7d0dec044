// Where lines come from: a line editor with prompt, history and completion on a TTY, the plain bytes otherwise.
import { createInterface } from "node:readline";
import type { Interface } from "node:readline";
import type { Readable } from "node:stream";
import type { Clock, VerbSpec } from "../../src/ports.ts";
import { toLine, toLinesOf } from "./inbound.ts";
import type { Line } from "./inbound.ts";
import { createPipedScreen, createTtyScreen } from "./screen.ts";
import type { Output, Screen } from "./screen.ts";
import type { Paint } from "./text.ts";

export type Input = Readable;
export interface Keyboard {
  readonly screen: Screen;
  /** Lines in order; ends with the input, with Ctrl-C, Ctrl-D, or `close`. */
  lines(): AsyncGenerator<Line>;
  close(): void;
}
export type KeyboardParts = {
  readonly input: Input;
  readonly output: Output;
  readonly isTty: boolean;
  readonly clock: Clock;
  readonly verbs: readonly VerbSpec[];
  readonly paint: Paint;
};

export function createKeyboard(parts: KeyboardParts): Keyboard {
  return parts.isTty ? new LineEditor(parts) : createPipe(parts);
}

function createPipe({ input, output }: KeyboardParts): Keyboard {
  const screen = createPipedScreen(output);
  let isClosed = false;
  return {
    screen,
    lines: async function* lines() {
      for await (const line of toLinesOf(input)) {
        if (isClosed) return;
        yield line;
      }
    },
    close: () => {
      isClosed = true;
      input.destroy();
    },
  };
}

class LineEditor implements Keyboard {
  readonly screen: Screen;
  readonly #reader: Interface;
  readonly #hint: string;
  readonly #waiting: Line[] = [];
  #isClosed = false;
  #wake = Promise.withResolvers<void>();

  constructor({ input, output, clock, verbs, paint }: KeyboardParts) {
    this.#hint = paint("dim", "Type a message, /help for the verbs, Ctrl-D to leave.");
    this.#reader = createInterface({
      input,
      output,
      terminal: true,
      prompt: `${paint("bold", "you ›")} `,
      historySize: 500,
      removeHistoryDuplicates: true,
      completer: (line: string): [string[], string] => [completionsOf(line, verbs), line],
    });
    this.screen = createTtyScreen({ reader: this.#reader, output, clock });
    this.#reader.on("line", (text) => {
      this.#waiting.push(toLine(text));
      this.screen.entered(text);
      this.#wake.resolve();
    });
    this.#reader.on("SIGINT", () => this.close());
    this.#reader.on("close", () => {
      this.#isClosed = true;
      this.#wake.resolve();
    });
  }

  async *lines(): AsyncGenerator<Line> {
    await this.screen.print([this.#hint, ""]);
    for (;;) {
      yield* this.#waiting.splice(0);
      if (this.#isClosed) return;
      await this.#wake.promise;
      this.#wake = Promise.withResolvers<void>();
    }
  }

  close(): void {
    this.#reader.close();
  }
}

function completionsOf(line: string, verbs: readonly VerbSpec[]): string[] {
  if (!line.startsWith("/") || line.includes(" ")) return [];
  return verbs.map(({ name }) => `/${name} `).filter((word) => word.startsWith(line));
}
