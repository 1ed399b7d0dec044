// The page's own files and htmx, as installed: no bundler, no copy, no other host.
import { readFile } from "node:fs/promises";
import type { Hono, MiddlewareHandler } from "hono";
import { etag } from "hono/etag";

const script = "text/javascript; charset=utf-8";
const assets = {
  "/chat/htmx.js": { url: import.meta.resolve("htmx.org/dist/htmx.min.js"), type: script },
  "/chat/sse.js": { url: import.meta.resolve("htmx.org/dist/ext/hx-sse.min.js"), type: script },
  "/chat/chat.js": { url: new URL("./static/chat.js", import.meta.url), type: script },
  "/chat/chat.css": { url: new URL("./static/chat.css", import.meta.url), type: "text/css; charset=utf-8" },
  "/chat/icon.svg": { url: new URL("./static/icon.svg", import.meta.url), type: "image/svg+xml" },
} as const;

export function mountAssets(app: Hono, guard: MiddlewareHandler): void {
  for (const [path, { url, type }] of Object.entries(assets)) {
    app.get(path, guard, etag(), async (context) => {
      const file = await readFile(new URL(url), "utf8");
      return context.body(file, 200, { "Content-Type": type, "Cache-Control": "no-cache" });
    });
  }
}
