// The local chat page as a place to talk: one thread, one person, whoever sits at this machine. Showing always
// succeeds, because a post is shown in the store and every page, open now or later, is drawn from that.
import type { Context, Hono } from "hono";
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
} from "../../src/ports.ts";
import { mountAssets } from "./assets.ts";
import { createGuard } from "./guard.ts";
import { done, formOf } from "./forms.ts";
import { parseMessage, parsePress, toMessage, withFiles } from "./inbound.ts";
import { drawPage } from "./page.ts";
import { sendFile } from "./saving.ts";
import { elementIdOf, Store } from "./store.ts";
import { Stream } from "./stream.ts";
import { createUploads, limitBody } from "./uploads.ts";
import type { Uploads } from "./uploads.ts";

export type WebChatOptions = {
  /** Routes are mounted here; the server is somebody else's. */
  readonly app: Hono;
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** `host:port` values that a browser may use; asked on each request, so a port that is chosen late is fine. */
  readonly allowedHosts: () => readonly string[];
  /** Where files that come with a message are kept; without it the page takes none. */
  readonly uploadFolder?: string;
};

const previewEveryMs = 80;
const handOffMs = 5000;

class WebChat implements ChatAdapter {
  readonly surface = "web";
  readonly resendSafeMs = 0;
  readonly findAfterMs = 0;
  readonly fetchFile: Uploads["fetch"];
  readonly #uploads: Uploads;
  readonly #clock: Clock;
  readonly #bootId: string;
  readonly #store = new Store();
  readonly #stream: Stream;
  readonly #handOffs = new Set<Promise<void>>();
  #hear: Hear | null = null;
  #health: Health = { state: "connecting", detail: "not started" };
  #count = 0;
  #nextPreview: string | null = null;

  constructor({ app, clock, entropy, allowedHosts, uploadFolder }: WebChatOptions) {
    this.#clock = clock;
    this.#uploads = createUploads({ folder: uploadFolder ?? null, clock, entropy });
    this.fetchFile = this.#uploads.fetch;
    this.#bootId = entropy(6);
    this.#stream = new Stream(this.#store, clock);
    const guard = createGuard({ allowedHosts, session: entropy(32) });
    app.get("/", guard.host, async (context) => {
      guard.admit(context);
      return context.html(drawPage(this.#store).text);
    });
    mountAssets(app, guard.host);
    app.get("/chat/events", guard.stream, (context) => this.#stream.answer(context));
    app.get("/chat/files/:id", guard.stream, (context) => sendFile(this.#store, context));
    app.post("/chat/messages", guard.deed, limitBody, async (context) => this.#takeMessage(context));
    app.post("/chat/press", guard.deed, limitBody, async (context) => this.#takePress(context));
  }

  fits(): boolean {
    return true;
  }

  async start(hear: Hear): Promise<void> {
    this.#hear = hear;
    this.#health = { state: "ready", detail: "serving the chat page" };
  }

  async show({ id, post, shownAs }: Delivery): Promise<Shown> {
    const platformId = shownAs ?? elementIdOf(id);
    if (post.kind !== "progress" && post.kind !== "notice") this.#setPreview("");
    this.#store.put(platformId, { kind: "post", post }, this.#clock.now());
    return { kind: "shown", platformId };
  }

  async find({ id, shownAs }: Delivery): Promise<Found> {
    const platformId = shownAs ?? elementIdOf(id);
    return this.#store.has(platformId) ? { kind: "found", platformId } : { kind: "absent" };
  }

  working(_thread: ThreadId): () => void {
    this.#store.work(1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#store.work(-1);
    };
  }

  preview({ text }: Preview): void {
    const isDue = this.#nextPreview === null;
    this.#nextPreview = text;
    if (!isDue) return;
    this.#clock.after(previewEveryMs, () => {
      if (this.#nextPreview !== null && this.#store.isWorking) this.#store.setPreview(this.#nextPreview);
      this.#nextPreview = null;
    });
  }

  health(): Health {
    return this.#health;
  }

  async stop(): Promise<void> {
    this.#hear = null;
    this.#health = { state: "stopped", detail: "stopped" };
    this.#stream.close();
    const late = Promise.withResolvers<void>();
    const cancel = this.#clock.after(handOffMs, late.resolve);
    await Promise.race([Promise.allSettled(this.#handOffs), late.promise]);
    cancel();
  }

  #setPreview(text: string): void {
    if (this.#nextPreview !== null) this.#nextPreview = text;
    this.#store.setPreview(text);
  }

  async #takeMessage(context: Context): Promise<Response> {
    const parsed = parseMessage(await formOf(context));
    if (parsed.kind === "refused") return context.text(parsed.why, parsed.isTooLong ? 413 : 400);
    const kept = await this.#uploads.keep(parsed.files);
    if (kept.kind === "refused") return context.text(kept.why, 503);
    const { body, text } = withFiles(parsed, kept.files);
    // The page's key is the message's for ever: a page that outlives a restart may send it once more.
    const id = `w:m:${parsed.key ?? `${this.#bootId}:${this.#nextNumber()}`}`;
    // Placed before it is heard, so that a quick answer does not stand above its question.
    const place = (isLost: boolean): void =>
      this.#store.put(elementIdOf(id), { kind: "own", text, isLost }, this.#clock.now());
    if (this.#hear !== null) place(false);
    const refusal = await this.#hand(context, toMessage(id, body, this.#clock.now()));
    if (refusal !== null && this.#store.has(elementIdOf(id))) place(true);
    return refusal ?? done(context);
  }

  async #takePress(context: Context): Promise<Response> {
    const parsed = parsePress(await formOf(context));
    if (parsed.kind === "refused") return context.text(parsed.why, 400);
    const onMessage = this.#store.carrierOf(parsed.nonce);
    if (onMessage === null) return context.text("That button is not on this page any more; reload it.", 404);
    const { nonce, words, fields } = parsed;
    const body: Body = { kind: "press", nonce, onMessage, words, fields };
    const message = toMessage(`w:p:${this.#bootId}:${this.#nextNumber()}`, body, this.#clock.now());
    return (await this.#hand(context, message)) ?? done(context);
  }

  /** Null when it is committed; otherwise what to tell the person. */
  async #hand(context: Context, message: Message): Promise<Response | null> {
    const hear = this.#hear;
    if (hear === null)
      return context.text("Nova is not taking messages right now; try again in a moment.", 503);
    const handOff = hear(message);
    this.#handOffs.add(handOff);
    try {
      await handOff;
      return null;
    } catch {
      // The engine has logged why; not acknowledged here means that the person knows it was not taken.
      return context.text(
        "That could not be written to the journal, so it was not taken; send it again.",
        503,
      );
    } finally {
      this.#handOffs.delete(handOff);
    }
  }

  #nextNumber(): number {
    this.#count += 1;
    return this.#count;
  }
}

export const createWebChat = (options: WebChatOptions): ChatAdapter => new WebChat(options);
