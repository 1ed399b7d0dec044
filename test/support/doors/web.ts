// The door of the local web chat: real HTTP, the page as a browser without script would use it.
import { Hono } from "hono";
import { createWebChat } from "../../../adapters/web/index.ts";
import { listen } from "../../../src/server.ts";
import type { Listening } from "../../../src/server.ts";
import type { Door } from "./door.ts";

export function webDoor(): Door & { readonly url: () => string } {
  let listening: Listening | null = null;
  let cookie = "";
  const url = (): string => listening?.url ?? "";
  const page = async (): Promise<string> => {
    const response = await fetch(url());
    cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    return response.text();
  };
  const post = async (path: string, fields: Record<string, string>): Promise<void> => {
    if (cookie === "") await page();
    const response = await fetch(`${url()}${path}`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie, origin: url() },
      body: new URLSearchParams(fields),
    });
    if (response.status >= 400)
      throw new Error(`the page answered ${response.status}: ${await response.text()}`);
  };
  return {
    name: "web",
    url,
    kit: "web:me",
    maya: null,
    channel: "web:chat",
    open: async (world) => {
      await listening?.close();
      cookie = "";
      const app = new Hono();
      const adapter = createWebChat({
        ...world,
        app,
        allowedHosts: () => (listening === null ? [] : [`127.0.0.1:${listening.port}`]),
      });
      listening = await listen({ app, host: "127.0.0.1", port: 0, route: null });
      return adapter;
    },
    says: async (text) => post("/chat/messages", { text }),
    verb: async (verb, rest = "") => post("/chat/messages", { text: `/${verb} ${rest}`.trim() }),
    seen: async () => articlesOf(await page()),
    press: async (label, { words, twice = false } = {}) => {
      const nonce = nonceOf(await page(), label);
      const fields = { nonce, ...(words === undefined ? {} : { words }) };
      await Promise.all([post("/chat/press", fields), ...(twice ? [post("/chat/press", fields)] : [])]);
    },
    hold: async (label) => {
      const nonce = nonceOf(await page(), label);
      return async () => post("/chat/press", { nonce });
    },
    complaints: () => [],
    close: async () => listening?.close(),
  };
}

/** What stands in the log, one entry per post, with marks of HTML taken away. */
function articlesOf(html: string): readonly string[] {
  return html
    .split("<article")
    .slice(1)
    .map((article) =>
      article
        .slice(article.indexOf(">") + 1)
        .replaceAll(/<[^>]*>/gu, " ")
        .replaceAll("&#39;", "'")
        .replaceAll("&quot;", '"')
        .replaceAll("&amp;", "&")
        .replaceAll(/\s+/gu, " ")
        .trim(),
    );
}

/** The nonce of the newest button with this label. */
function nonceOf(html: string, label: string): string {
  const forms = [
    ...html.matchAll(
      /name="nonce" value="([^"]+)">(?:(?!name="nonce")[^])*?<button class="[^"]*">([^<]*)</gu,
    ),
  ];
  const found = forms.findLast(([, , text]) => text?.trim() === label.replace(/…$/u, ""));
  if (found?.[1] === undefined) throw new Error(`no button "${label}" on the page`);
  return found[1];
}
