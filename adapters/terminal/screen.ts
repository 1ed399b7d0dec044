// Where the terminal's lines go. Piped, they are simply written; on a TTY they appear above what is being typed,
// with a live part (streamed text, running pipelines) between the two that is rewritten in place.
import type { Interface } from "node:readline";
import type { Writable } from "node:stream";
import type { Clock } from "../../src/ports.ts";
import { clip, columnsOf } from "./text.ts";

export type Output = Writable & { readonly columns?: number; readonly rows?: number };

export interface Screen {
  /** Columns that a line may fill; 80 at most, where reading is still comfortable. */
  columns(): number;
  /** True when live lines are drawn at all. */
  readonly isLive: boolean;
  /** Resolves when the lines were handed to the terminal; rejects when there is no terminal any more. */
  print(lines: readonly string[]): Promise<void>;
  /** Replaces the live lines under this key; null takes them away. Best effort. */
  live(key: string, lines: readonly string[] | null): void;
  /** After a line was entered: puts the prompt back, and the live part above it. */
  entered(text: string): void;
}

const escape = "\u001b[";
const readableColumns = 80;
const liveRowsAtMost = 12;
/** Streamed text arrives faster than anybody reads; the terminal is redrawn at most this often. */
const redrawEveryMs = 60;

async function write(output: Writable, text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    output.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
const toText = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

export function createPipedScreen(output: Output): Screen {
  return {
    columns: () => readableColumns,
    isLive: false,
    print: async (lines) => write(output, toText(lines)),
    live: () => {},
    entered: () => {},
  };
}

export type TtyParts = { readonly reader: Interface; readonly output: Output; readonly clock: Clock };

class TtyScreen implements Screen {
  readonly isLive = true;
  readonly #parts: TtyParts;
  readonly #live = new Map<string, readonly string[]>();
  #liveRows = 0;
  #cancelRedraw: (() => void) | null = null;

  #isClosed = false;

  constructor(parts: TtyParts) {
    this.#parts = parts;
    parts.reader.on("close", () => {
      this.#isClosed = true;
    });
  }

  columns(): number {
    return Math.max(24, Math.min(readableColumns, this.#width() - 1));
  }

  async print(lines: readonly string[]): Promise<void> {
    await this.#redraw(lines, 0);
  }

  live(key: string, lines: readonly string[] | null): void {
    if (lines !== null) this.#live.set(key, lines);
    else if (!this.#live.delete(key)) return;
    // A terminal that went away is reported by the next print.
    this.#cancelRedraw ??= this.#parts.clock.after(redrawEveryMs, () => {
      this.#redraw([], 0).catch(() => {});
    });
  }

  entered(text: string): void {
    const { reader } = this.#parts;
    if (this.#liveRows === 0) {
      reader.prompt();
      return;
    }
    const line = reader.getPrompt() + text;
    const rows = Math.floor(columnsOf(line) / this.#width()) + 1;
    this.#redraw([line], rows).catch(() => {});
  }

  #width(): number {
    return this.#parts.output.columns ?? readableColumns;
  }

  #liveLines(): readonly string[] {
    const room = Math.min(liveRowsAtMost, Math.max(1, (this.#parts.output.rows ?? 24) - 4));
    // Runs first, then the text being written, then the sign of life: the order of their keys.
    const keys = [...this.#live.keys()].sort();
    const lines = keys.flatMap((key) => this.#live.get(key) ?? []).slice(-room);
    return lines.map((line) => clip(line, this.#width() - 1));
  }

  /** Erases live part and prompt, writes what stays, and draws both again below it. */
  async #redraw(lines: readonly string[], rowsAbove: number): Promise<void> {
    this.#cancelRedraw?.();
    this.#cancelRedraw = null;
    const { reader, output } = this.#parts;
    const cursorRows = reader.getCursorPos().rows;
    const up = this.#liveRows + rowsAbove + cursorRows;
    const lively = this.#liveLines();
    this.#liveRows = lively.length;
    const erase = `${up > 0 ? `${escape}${up}A` : ""}\r${escape}0J`;
    const written = write(output, erase + toText(lines) + toText(lively));
    if (!this.#isClosed) {
      // The line editor would first move up over the rows it drew before, which are erased and above us now.
      Reflect.set(reader, "prevRows", 0);
      reader.prompt(true);
    }
    await written;
  }
}

export const createTtyScreen = (parts: TtyParts): Screen => new TtyScreen(parts);
