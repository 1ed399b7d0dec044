// The chat page on a real server of its own, on a port that is free.
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { createWebChat } from "../../adapters/web/index.ts";
import type { Post } from "../../src/post.ts";
import type { ChatAdapter, Clock } from "../../src/ports.ts";
import { createHandClock } from "./hand-clock.ts";
import { createHearSink } from "./hear-sink.ts";
import type { HearSink } from "./hear-sink.ts";
import { delivery } from "./posts.ts";

export type WebChatUnderTest = {
  readonly web: ChatAdapter;
  readonly sink: HearSink;
  /** E.g. `127.0.0.1:40123`. */
  readonly host: string;
  readonly url: string;
  show(post: Post, more: { readonly id: string; readonly shownAs?: string }): Promise<string>;
  close(): Promise<void>;
};

let boots = 0;
export async function startWebChat(
  settings: { readonly clock?: Clock; readonly port?: number } = {},
): Promise<WebChatUnderTest> {
  boots += 1;
  const boot = boots;
  const app = new Hono();
  let host = "";
  const web = createWebChat({
    app,
    clock: settings.clock ?? createHandClock(),
    entropy: (bytes) => boot.toString(16).padStart(bytes * 2, "0"),
    allowedHosts: () => [host, host.replace("127.0.0.1", "localhost")],
  });
  const listening = Promise.withResolvers<number>();
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: settings.port ?? 0 }, ({ port }) =>
    listening.resolve(port),
  );
  server.on("error", listening.reject);
  host = `127.0.0.1:${await listening.promise}`;
  const sink = createHearSink();
  await web.start(sink.hear);
  return {
    web,
    sink,
    host,
    url: `http://${host}`,
    show: async (post, more) => {
      const shown = await web.show(delivery("web:chat:chat", post, more));
      if (shown.kind !== "shown") throw new Error(`not shown: ${shown.why}`);
      return shown.platformId;
    },
    close: async () => {
      await web.stop();
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed.promise;
    },
  };
}
