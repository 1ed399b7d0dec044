// The door of the local web chat: real HTTP, the page as a browser without script would use it.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { createWebChat } from "../../../adapters/web/index.ts";
import { listen } from "../../../src/server.ts";
import type { Listening } from "../../../src/server.ts";
import type { Door } from "./door.ts";

export type WebDoor = Door & {
  readonly url: () => string;
  /** Every next message is sent this many times, as by a page whose connection broke. */
  readonly stutter: (copies: number) => void;
  /** What was posted last, once more. */
  readonly repeat: () => Promise<void>;
  /** Sends words with files, as the page's form does. */
  readonly attaches: (text: string, ...files: readonly File[]) => Promise<Response>;
  /** What stands at a path of the page's own. */
  readonly get: (path: string) => Promise<Response>;
};

/** What the test's terminal showed. */
export const testWebCode = "c0de1234";

export function webDoor(): WebDoor {
  const uploadFolder = mkdtempSync(join(tmpdir(), "nova-uploads-"));
  let listening: Listening | null = null;
  let cookie = "";
  let copies = 1;
  let newest: readonly [string, Record<string, string>] | null = null;
  const url = (): string => listening?.url ?? "";
  const page = async (): Promise<string> => {
    const response = await fetch(url());
    cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    return response.text();
  };
  const post = async (path: string, fields: Record<string, string>): Promise<void> => {
    if (cookie === "") await page();
    newest = [path, fields];
    const response = await fetch(`${url()}${path}`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie, origin: url() },
      body: new URLSearchParams(fields),
    });
    if (response.status >= 400)
      throw new Error(`the page answered ${response.status}: ${await response.text()}`);
  };
  // As the page does: a key per message, so that sending it again says it once.
  const send = async (text: string): Promise<void> => {
    const fields = { text, key: randomUUID() };
    await Promise.all(Array.from({ length: copies }, async () => post("/chat/messages", fields)));
  };
  const attaches = async (text: string, ...files: readonly File[]): Promise<Response> => {
    if (cookie === "") await page();
    const body = new FormData();
    body.set("text", text);
    for (const file of files) body.append("files", file);
    const headers = { cookie, origin: url() };
    return fetch(`${url()}/chat/messages`, { method: "POST", redirect: "manual", headers, body });
  };
  return {
    attaches,
    get: async (path) => fetch(`${url()}${path}`, { headers: { cookie, origin: url() } }),
    name: "web",
    url,
    stutter: (times) => {
      copies = times;
    },
    repeat: async () => {
      if (newest === null) throw new Error("nothing was posted yet");
      await post(...newest);
    },
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
        uploadFolder,
      });
      listening = await listen({ app, host: "127.0.0.1", port: 0, route: null });
      return adapter;
    },
    says: send,
    verb: async (verb, rest = "") => send(`/${verb} ${rest}`.trim()),
    seen: async () => articlesOf(await page()),
    press: async (label, { words, twice = false, fields: typed = {} } = {}) => {
      const html = await page();
      const nonce = nonceOf(html, label);
      // Whoever sits there read the code in the terminal, and types it with the amount.
      const withCode = label === "Approve…" && words !== undefined ? `${words} ${testWebCode}` : words;
      const fields: Record<string, string> = {
        nonce,
        ...(withCode === undefined ? {} : { words: withCode }),
        ...filledIn(html, nonce),
      };
      for (const [name, value] of Object.entries(typed)) fields[`field.${name}`] = value;
      await Promise.all([post("/chat/press", fields), ...(twice ? [post("/chat/press", fields)] : [])]);
    },
    hold: async (label) => {
      const nonce = nonceOf(await page(), label);
      return async () => post("/chat/press", { nonce });
    },
    complaints: () => [],
    close: async () => {
      await listening?.close();
      rmSync(uploadFolder, { recursive: true, force: true });
    },
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

/** What stands in the fields of the form with this button, as a browser would send it. */
function filledIn(html: string, nonce: string): Record<string, string> {
  const [form = ""] = html.split(`value="${nonce}"`).slice(1).join("").split("</form>");
  const found = [...form.matchAll(/name="(field\.[^"]+)" value="([^"]*)"/gu)];
  return Object.fromEntries(found.map(([, name = "", value = ""]) => [name, value]));
}

/** The nonce of the newest button with this label. */
function nonceOf(html: string, label: string): string {
  const forms = [
    ...html.matchAll(
      /name="nonce" value="([^"]+)">(?:(?!name="nonce")[^])*?<button class="[^"]*">([^<]*)</gu,
    ),
  ];
  const found = forms.findLast(([, , text]) =>
    [label, label.replace(/…$/u, "")].includes(text?.trim() ?? ""),
  );
  if (found?.[1] === undefined) throw new Error(`no button "${label}" on the page`);
  return found[1];
}
