// The saying half of the terminal: posts, changes of posts, and signs of life while Nova works.
import type { Post } from "../../src/post.ts";
import type { ChatAdapter, Clock, Delivery, Found, Preview, Shown } from "../../src/ports.ts";
import { drawChange, drawPost } from "./cards.ts";
import type { Choices } from "./choices.ts";
import type { Look } from "./outbound.ts";
import { toLines } from "./outbound.ts";
import type { Screen } from "./screen.ts";
import { clip, toInert } from "./text.ts";
import type { Paint } from "./text.ts";

export type ShowParts = {
  readonly screen: Screen;
  readonly choices: Choices;
  readonly paint: Paint;
  readonly clock: Clock;
};
export type Show = Pick<ChatAdapter, "show" | "find" | "working" | "preview"> & {
  /** Piped words leave no trace on the screen: they are written above the first answer to them. */
  asked(messageId: string, text: string): void;
  /** Prints what was only live, so that it stays readable after the end. */
  settle(): Promise<void>;
};

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] as const;
const frameMs = 150;
const previewRows = 8;
/** Older posts are drawn whole when they change. */
const rememberedPosts = 500;

class Showing implements Show {
  readonly #parts: ShowParts;
  readonly #sign: Sign;
  /** Last words per post shown here: a change that changes nothing readable is not printed again. */
  readonly #shown = new Map<string, string>();
  /** Runs still going on: drawn live on a TTY, printed when they end. */
  readonly #running = new Map<string, readonly string[]>();

  readonly #asked = new Map<string, string>();

  constructor(parts: ShowParts) {
    this.#parts = parts;
    this.#sign = createSign(parts);
  }

  asked(messageId: string, text: string): void {
    if (!this.#parts.screen.isLive) this.#asked.set(messageId, text);
  }

  async show(delivery: Delivery): Promise<Shown> {
    try {
      return { kind: "shown", platformId: await this.#draw(delivery) };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { kind: "refused", why: `The terminal can't be written to: ${why}`, isPostGone: false };
    }
  }

  async find(delivery: Delivery): Promise<Found> {
    const platformId = platformIdOf(delivery);
    return this.#shown.has(platformId) ? { kind: "found", platformId } : { kind: "absent" };
  }

  working(): () => void {
    return this.#sign.begin();
  }

  preview({ text }: Preview): void {
    const { screen } = this.#parts;
    const lines = toLines(text, { ...this.#look(), columns: screen.columns() - 6 }).slice(-previewRows);
    screen.live(
      "2 preview",
      lines.map((line) => `      ${line}`),
    );
  }

  async settle(): Promise<void> {
    this.#sign.end();
    for (const lines of this.#running.values()) await this.#parts.screen.print(lines);
    this.#running.clear();
  }

  async #draw(delivery: Delivery): Promise<string> {
    const { post } = delivery;
    const { screen, choices } = this.#parts;
    const platformId = platformIdOf(delivery);
    const offered = choices.offer(platformId, post);
    // After a restart a known post is new to this screen, so it is drawn whole.
    const draw = this.#shown.has(platformId) ? drawChange : drawPost;
    const words = draw(post, offered, this.#look()).join("\n");
    if (this.#shown.get(platformId) === words) return platformId;
    if (isReply(post)) screen.live("2 preview", null);
    await this.#place(platformId, post, [...this.#takeAsked(delivery), ...words.split("\n")]);
    // Remembered only once it is on the screen.
    this.#remember(platformId, words);
    return platformId;
  }

  #takeAsked({ inReplyTo }: Delivery): readonly string[] {
    const text = inReplyTo === null ? undefined : this.#asked.get(inReplyTo);
    if (inReplyTo === null || text === undefined) return [];
    this.#asked.delete(inReplyTo);
    return [`${this.#parts.paint("bold", "you ›")} ${clip(toInert(text).replaceAll("\n", " "), 240)}`];
  }

  #remember(platformId: string, words: string): void {
    this.#shown.set(platformId, words);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > rememberedPosts && oldest !== undefined) this.#shown.delete(oldest);
  }

  async #place(platformId: string, post: Post, lines: readonly string[]): Promise<void> {
    const { screen } = this.#parts;
    const key = `1 run ${platformId}`;
    if (isRunning(post) && screen.isLive) {
      this.#running.set(platformId, lines);
      screen.live(key, lines);
      return;
    }
    this.#running.delete(platformId);
    screen.live(key, null);
    await screen.print(lines);
  }

  #look(): Look {
    return { columns: this.#parts.screen.columns(), paint: this.#parts.paint };
  }
}

export const createShow = (parts: ShowParts): Show => new Showing(parts);

const platformIdOf = (delivery: Delivery): string => delivery.shownAs ?? `terminal:${delivery.id}`;
const isReply = (post: Post): boolean => post.kind !== "progress" && post.kind !== "notice";
/** A progress post that can still be stopped is still going on. */
const isRunning = (post: Post): boolean => post.kind === "progress" && post.buttons.length > 0;

type Sign = { begin(): () => void; end(): void };

/** One turning mark however many turns are at work; nothing moves when none is. */
function createSign({ screen, paint, clock }: Omit<ShowParts, "choices">): Sign {
  let atWork = 0;
  let frame = 0;
  let cancel: (() => void) | null = null;

  function turn(): void {
    frame += 1;
    screen.live("3 working", [paint("dim", `   ${frames[frame % frames.length] ?? "·"}  working`)]);
    cancel = clock.after(frameMs, turn);
  }
  function end(): void {
    cancel?.();
    cancel = null;
    screen.live("3 working", null);
    screen.live("2 preview", null);
  }
  return {
    begin: () => {
      atWork += 1;
      if (atWork === 1 && screen.isLive) turn();
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        atWork -= 1;
        if (atWork === 0) end();
      };
    },
    end,
  };
}
