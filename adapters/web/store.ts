// What the page shows, newest 200 entries, in memory: the journal is the truth, this is its window. Every change has a
// number, so that a page that was away asks for what it missed and nothing else.
import { createHash } from "node:crypto";
import type { Post } from "../../src/post.ts";

export type Entry = {
  readonly elementId: string;
  /** Epoch ms when it first appeared here. */
  readonly at: number;
  readonly content:
    | { readonly kind: "post"; readonly post: Post }
    | { readonly kind: "own"; readonly text: string; readonly isLost: boolean };
  /** Number of the change that brought it, and of the last one that touched it. */
  readonly born: number;
  readonly changed: number;
};

const keptEntries = 200;

/** The same post has the same element for ever, also after a restart. */
export const elementIdOf = (id: string): string =>
  `post-${createHash("sha256").update(id, "utf8").digest("hex").slice(0, 16)}`;

export class Store {
  #revision = 0;
  readonly #entries = new Map<string, Entry>();
  /** Every nonce an entry ever carried: a press on an older page is the engine's to judge, not lost here. */
  readonly #nonces = new Map<string, string>();
  readonly #watchers = new Set<() => void>();
  #preview = "";
  #atWork = 0;
  #liveRevision = 0;

  get revision(): number {
    return this.#revision;
  }
  get liveRevision(): number {
    return this.#liveRevision;
  }
  get preview(): string {
    return this.#preview;
  }
  get isWorking(): boolean {
    return this.#atWork > 0;
  }

  has(elementId: string): boolean {
    return this.#entries.has(elementId);
  }

  put(elementId: string, content: Entry["content"], at: number): void {
    this.#revision += 1;
    const before = this.#entries.get(elementId);
    this.#entries.set(elementId, {
      elementId,
      at: before?.at ?? at,
      content,
      born: before?.born ?? this.#revision,
      changed: this.#revision,
    });
    if (content.kind === "post") {
      for (const { nonce } of content.post.buttons) this.#nonces.set(nonce, elementId);
    }
    this.#forgetOldest();
    this.#tell();
  }

  /** Platform id of the post that carries this button; null: none that is still here. */
  carrierOf(nonce: string): string | null {
    return this.#nonces.get(nonce) ?? null;
  }

  /** In order of appearance; `after` 0 gives everything. */
  changedAfter(after: number): readonly Entry[] {
    return [...this.#entries.values()].filter(({ changed }) => changed > after);
  }

  setPreview(text: string): void {
    if (text === this.#preview) return;
    this.#preview = text;
    this.#liveRevision += 1;
    this.#tell();
  }

  work(change: 1 | -1): void {
    this.#atWork += change;
    this.#liveRevision += 1;
    if (this.#atWork === 0) this.#preview = "";
    this.#tell();
  }

  /** Calls on every change until the returned function is called. */
  watch(call: () => void): () => void {
    this.#watchers.add(call);
    return () => this.#watchers.delete(call);
  }

  #tell(): void {
    for (const call of this.#watchers) call();
  }

  #forgetOldest(): void {
    const [oldest] = this.#entries.keys();
    if (this.#entries.size <= keptEntries || oldest === undefined) return;
    this.#entries.delete(oldest);
    for (const [nonce, elementId] of this.#nonces) if (elementId === oldest) this.#nonces.delete(nonce);
  }
}
