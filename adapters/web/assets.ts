// The page's own files and htmx, as installed: no bundler, no copy, no other host.
import { readFile } from "node:fs/promises";
import type { Hono, MiddlewareHandler } from "hono";
import { etag } from "hono/etag";

const script = "text/javascript; charset=utf-8";
const own = (name: string): string => new URL(`./static/${name}`, import.meta.url).href;
/** A file may be made of several: htmx starts by itself, so its extension has to arrive with it. */
const assets = {
  "/chat/htmx.js": {
    type: script,
    files: [
      import.meta.resolve("htmx.org/dist/htmx.min.js"),
      import.meta.resolve("htmx.org/dist/ext/hx-sse.min.js"),
    ],
  },
  "/chat/chat.js": { type: script, files: [own("chat.js")] },
  "/chat/chat.css": { type: "text/css; charset=utf-8", files: [own("chat.css")] },
  "/chat/icon.svg": { type: "image/svg+xml", files: [own("icon.svg")] },
} as const;

export function mountAssets(app: Hono, guard: MiddlewareHandler): void {
  for (const [path, { type, files }] of Object.entries(assets)) {
    app.get(path, guard, etag(), async (context) => {
      const parts = await Promise.all(files.map(async (file) => readFile(new URL(file), "utf8")));
      return context.body(parts.join("\n;"), 200, { "Content-Type": type, "Cache-Control": "no-cache" });
    });
  }
}
