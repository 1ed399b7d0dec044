// The line to each open page. A page is never queued for: each time it can take more it gets what changed since what
// it has, so a slow page costs nothing and misses nothing.
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { SSEStreamingApi } from "hono/streaming";
import type { Clock } from "../../src/ports.ts";
import { drawChanges, drawLive } from "./page.ts";
import type { Store } from "./store.ts";

const keepAliveMs = 20_000;
const pagesAtMost = 24;

export class Stream {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #open = new Set<() => void>();
  #isClosed = false;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  answer(context: Context): Response {
    if (this.#isClosed)
      return context.text("Nova is stopping; this page comes back with its next start.", 503);
    if (this.#open.size >= pagesAtMost) {
      return context.text("Too many pages are open on this Nova; close one and reload.", 429);
    }
    const after = toRevision(context.req.header("last-event-id") ?? context.req.query("after"));
    return streamSSE(context, async (sse) => this.#serve(sse, after));
  }

  close(): void {
    this.#isClosed = true;
    for (const end of this.#open) end();
  }

  async #serve(sse: SSEStreamingApi, after: number): Promise<void> {
    let wake = Promise.withResolvers<void>();
    let isOver = false;
    const end = (): void => {
      isOver = true;
      wake.resolve();
    };
    this.#open.add(end);
    sse.onAbort(end);
    const unwatch = this.#store.watch(() => wake.resolve());
    try {
      // A number from before a restart is ahead of everything here: such a page gets all there is.
      let seen = after > this.#store.revision ? 0 : after;
      let live = -1;
      // Sent at once, so that the page knows the line stands.
      await sse.write(": open\n\n");
      for (;;) {
        if (isOver || this.#isClosed) return;
        const { revision, liveRevision } = this.#store;
        if (revision > seen || liveRevision !== live) {
          const changes = revision > seen ? drawChanges(this.#store, seen).text : "";
          const news = liveRevision === live ? "" : drawLive(this.#store).text;
          await sse.writeSSE({ id: String(revision), data: changes + news });
          [seen, live] = [revision, liveRevision];
          continue;
        }
        const cancel = this.#clock.after(keepAliveMs, () => wake.resolve());
        await wake.promise;
        cancel();
        wake = Promise.withResolvers<void>();
        if (this.#store.revision === seen && this.#store.liveRevision === live) await sse.write(":\n\n");
      }
    } finally {
      unwatch();
      this.#open.delete(end);
    }
  }
}

function toRevision(given: string | undefined): number {
  return given !== undefined && /^\d{1,15}$/u.test(given) ? Number(given) : 0;
}
