// A terminal has no buttons: it prints them with a number or a letter, and this remembers what each of them presses.
import type { Post } from "../../src/post.ts";

export type Choice = {
  readonly nonce: string;
  /** Platform id of the post that carries the button. */
  readonly onMessage: string;
  /** What the button asks for when it is pressed; null: nothing. */
  readonly asks: string | null;
};
export type Offered = { readonly key: string; readonly label: string; readonly asks: string | null };

export interface Choices {
  /** Notes what a shown post offers, and returns what to print for it. */
  offer(platformId: string, post: Post): readonly Offered[];
  /** By the key that was printed. */
  pick(key: string): Choice | null;
  /** By a number typed alone: only while the offer is the last thing said, so that the answer "2" stays an answer. */
  pickBare(number: string): Choice | null;
  /** Something else was said: a number alone is only a number again. */
  close(): void;
  keys(): readonly string[];
}

const signs: Readonly<Record<string, string>> = { "Why?": "?", "👍": "+", "👎": "-" };
/** What is typed for a small button: a sign that nobody says alone. */
export const quietKey = (label: string): string => signs[label] ?? label;
const isLoud = ({ style }: Post["buttons"][number]): boolean => style !== "quiet";
const letters = Array.from("abcdefghijklmnopqrstuvwxyz");

class OpenChoices implements Choices {
  #menu: ReadonlyMap<string, Choice> = new Map();
  #menuOn: string | null = null;
  #isFresh = false;
  #quiet: ReadonlyMap<string, Choice> = new Map();
  readonly #lasting = new Map<string, Choice>();

  offer(platformId: string, post: Post): readonly Offered[] {
    // A run's Stop stays on offer while other things are said, so it must not take a question's number.
    this.#noteQuiet(platformId, post);
    return post.kind === "progress"
      ? this.#offerLasting(platformId, post)
      : this.#offerMenu(platformId, post);
  }

  #offerLasting(platformId: string, post: Post): readonly Offered[] {
    for (const [key, choice] of this.#lasting) {
      if (choice.onMessage === platformId) this.#lasting.delete(key);
    }
    const free = letters.filter((letter) => !this.#lasting.has(letter));
    return post.buttons
      .filter(isLoud)
      .slice(0, free.length)
      .map(({ nonce, label, asks }, index) => {
        const key = free[index] ?? "";
        this.#lasting.set(key, { nonce, onMessage: platformId, asks });
        return { key, label, asks };
      });
  }

  #offerMenu(platformId: string, post: Post): readonly Offered[] {
    // A proposal is decided with verbs, which name it; a number could hit the wrong one.
    const buttons = post.card === null ? post.buttons.filter(isLoud) : [];
    if (buttons.length === 0) {
      if (this.#menuOn === platformId) this.#menu = new Map();
      if (post.kind !== "notice" && post.kind !== "receipt") this.#isFresh = false;
      return [];
    }
    this.#menu = new Map(
      buttons.map(({ nonce, asks }, index) => [String(index + 1), { nonce, onMessage: platformId, asks }]),
    );
    this.#menuOn = platformId;
    this.#isFresh = true;
    return buttons.map(({ label, asks }, index) => ({ key: String(index + 1), label, asks }));
  }

  /** The newest answer's small buttons, each a sign of its own. */
  #noteQuiet(platformId: string, post: Post): void {
    // A card's Details is typed as a verb that names its proposal.
    const quiet = post.card === null ? post.buttons.filter((button) => !isLoud(button)) : [];
    if (quiet.length === 0) return;
    this.#quiet = new Map(
      quiet.map(({ nonce, label, asks }) => [quietKey(label), { nonce, onMessage: platformId, asks }]),
    );
  }

  pick(key: string): Choice | null {
    return this.#quiet.get(key) ?? this.#menu.get(key) ?? this.#lasting.get(key) ?? null;
  }

  pickBare(number: string): Choice | null {
    return this.#quiet.get(number) ?? (this.#isFresh ? (this.#menu.get(number) ?? null) : null);
  }

  close(): void {
    this.#isFresh = false;
  }

  keys(): readonly string[] {
    return [...this.#menu.keys(), ...this.#lasting.keys()];
  }
}

export const createChoices = (): Choices => new OpenChoices();
