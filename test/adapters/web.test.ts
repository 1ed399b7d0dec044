// The chat page through real HTTP: what a browser posts becomes messages, what is said becomes inert HTML, and nobody
// but a page that this Nova served gets in.
import { request } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as fc from "fast-check";
import { toHtml } from "../../adapters/web/outbound.ts";
import { createHandClock } from "../support/hand-clock.ts";
import type { HandClock } from "../support/hand-clock.ts";
import { delivery, proposal, question, reply } from "../support/posts.ts";
import { startWebChat } from "../support/web-chat.ts";
import type { WebChatUnderTest } from "../support/web-chat.ts";
import { toPreview } from "../support/preview.ts";

let chat: WebChatUnderTest;
let clock: HandClock;
beforeEach(async () => {
  clock = createHandClock();
  chat = await startWebChat({ clock });
});
afterEach(async () => chat.close());

type Answer = { readonly status: number; readonly text: string; readonly headers: Headers };
/** Plain node:http, because fetch does not let a test forge Host or Origin. */
async function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  const answered = Promise.withResolvers<Answer>();
  // An empty value stands for a header that is not sent.
  const headers = Object.fromEntries(
    Object.entries(options.headers ?? {}).filter(([, value]) => value !== ""),
  );
  const sent = request(`${chat.url}${path}`, { method: options.method ?? "GET", headers });
  sent.on("error", answered.reject);
  sent.on("response", (response) => {
    let text = "";
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => (text += chunk));
    response.on("error", answered.reject);
    response.on("end", () => {
      const headers = new Headers();
      for (const [name, value] of Object.entries(response.headers)) headers.set(name, String(value));
      answered.resolve({ status: response.statusCode ?? 0, text, headers });
    });
  });
  sent.end(options.body);
  return answered.promise;
}
async function cookie(): Promise<string> {
  const page = await ask("/");
  return (page.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}
async function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return ask(path, {
    method: "POST",
    headers: {
      Cookie: await cookie(),
      Origin: chat.url,
      "HX-Request": "true",
      "Content-Type": "application/x-www-form-urlencoded",
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  });
}

test("hears a text and a verb, and shows the person's own words", async () => {
  expect((await post("/chat/messages", { text: "  how many brushes?\r\nplease " })).status).toBe(204);
  expect((await post("/chat/messages", { text: "/run client-onboarding name=Acme" })).status).toBe(204);
  expect(chat.sink.heard.map(({ body }) => body)).toEqual([
    { kind: "text", text: "how many brushes?\nplease" },
    { kind: "command", verb: "run", rest: "client-onboarding name=Acme" },
  ]);
  expect(chat.sink.heard[0]).toMatchObject({
    thread: "web:chat:chat",
    channel: "web:chat",
    account: { id: "web:me" },
    direct: true,
    addressed: true,
  });
  expect((await ask("/")).text).toContain("how many brushes?");
});

test("the same message sent again after a broken connection is the same message", async () => {
  const fields = { text: "post invoice 42", key: "5a0c34e2-9f7e-4a51-8a9f-1d3c5e7f9b10" };
  await post("/chat/messages", fields);
  await post("/chat/messages", fields);
  expect(new Set(chat.sink.heard.map(({ id }) => id)).size).toBe(1);
  expect((await ask("/")).text.split("post invoice 42")).toHaveLength(2);
});

test("without script a form leads back to the page", async () => {
  const answer = await post("/chat/messages", { text: "hello" }, { "HX-Request": "false" });
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe("/");
});

test("a press carries its nonce, its post and its words", async () => {
  const platformId = await chat.show(proposal(), { id: "o1" });
  await post("/chat/press", { nonce: "nova1.reject", words: " wrong customer " });
  await post("/chat/press", { nonce: "nova1.approve" });
  expect(chat.sink.heard.map(({ body }) => body)).toEqual([
    { kind: "press", nonce: "nova1.reject", onMessage: platformId, words: "wrong customer", fields: {} },
    { kind: "press", nonce: "nova1.approve", onMessage: platformId, words: null, fields: {} },
  ]);
  expect(new Set(chat.sink.heard.map(({ id }) => id)).size).toBe(2);
});

test("a press on a card that was decided meanwhile still reaches the engine, an unknown one does not", async () => {
  const shownAs = await chat.show(proposal(), { id: "o1" });
  await chat.show(
    { ...proposal({ isOpen: false, state: "Rejected by Kit" }), buttons: [] },
    { id: "o1", shownAs },
  );
  expect((await post("/chat/press", { nonce: "nova1.approve" })).status).toBe(204);
  const unknown = await post("/chat/press", { nonce: "nova1.guess" });
  expect(unknown.status).toBe(404);
  expect(unknown.text).toBe("That button is not on this page any more; reload it.");
  expect(chat.sink.heard).toHaveLength(1);
});

test.each([
  ["nothing typed", { text: " \n " }, "Type something first."],
  ["a NUL", { text: "a\0b" }, "not readable text"],
  ["no field of that name", { words: "x" }, "form field named text"],
])("refuses %s with one sentence", async (_name, fields, sentence) => {
  const answer = await post("/chat/messages", fields);
  expect(answer.status).toBe(400);
  expect(answer.text).toContain(sentence);
  expect(chat.sink.heard).toEqual([]);
});

test("refuses binary and over 64 KB", async () => {
  const headers = { Cookie: await cookie(), Origin: chat.url };
  const type = { "Content-Type": "application/x-www-form-urlencoded" };
  const binary = {
    method: "POST",
    headers: { ...headers, ...type },
    body: Buffer.from([116, 61, 255, 254, 0]),
  };
  expect((await ask("/chat/messages", binary)).status).toBe(400);
  const huge = { method: "POST", headers: { ...headers, ...type }, body: `text=${"x".repeat(70_000)}` };
  const answer = await ask("/chat/messages", huge);
  expect(answer.status).toBe(413);
  expect(answer.text).toContain("longer than 64 KB");
  const bogus = {
    method: "POST",
    headers: { ...headers, "Content-Type": "multipart/form-data; boundary=x" },
    body: "?",
  };
  expect((await ask("/chat/messages", bogus)).status).toBe(400);
  expect(chat.sink.heard).toEqual([]);
});

test("says so, on the page too, when a message could not be kept", async () => {
  chat.sink.refuse();
  const answer = await post("/chat/messages", { text: "keep this" });
  expect(answer.status).toBe(503);
  expect(answer.text).toContain("was not taken; send it again");
  expect((await ask("/")).text).toContain("Not taken");
});

test.each([
  ["a rebound Host", { Host: "evil.example:80" }],
  ["a Host on another port", { Host: "127.0.0.1:1" }],
  ["a foreign Origin", { Origin: "https://evil.example" }],
  ["Origin null", { Origin: "null" }],
  ["no Origin at all", { Origin: "" }],
  ["a foreign Sec-Fetch-Site", { "Sec-Fetch-Site": "cross-site" }],
  ["no cookie", { Cookie: "" }],
  ["a guessed cookie", { Cookie: "nova_session_0=1" }],
])("refuses a deed with %s, in one sentence", async (_name, forged) => {
  await chat.show(proposal(), { id: "o1" });
  for (const [path, fields] of [
    ["/chat/messages", { text: "pay everything" }],
    ["/chat/press", { nonce: "nova1.approve" }],
  ] as const) {
    const answer = await post(path, fields, forged);
    expect(answer.status).toBe(403);
    expect(answer.text).toMatch(/^[A-Z][^.]+\.$/u);
  }
  expect(chat.sink.heard).toEqual([]);
});

test.each([
  ["a rebound Host", { Host: "evil.example" }],
  ["a foreign Origin", { Origin: "https://evil.example" }],
  ["no cookie", { Cookie: "" }],
])("refuses the stream with %s", async (_name, forged) => {
  const answer = await ask("/chat/events", { headers: { Cookie: await cookie(), ...forged } });
  expect(answer.status).toBe(403);
});

test("serves no page under a rebound Host, and allows no inline script, frame or foreign source", async () => {
  expect((await ask("/", { headers: { Host: "evil.example" } })).status).toBe(403);
  const page = await ask("/");
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toContain("unsafe");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(page.headers.get("set-cookie")).toMatch(/; HttpOnly; SameSite=Strict$/u);
  expect(page.text).not.toMatch(/<script(?![^>]*src=)|<style| style="| on\w+="/u);
});

test.each(["/chat/htmx.js", "/chat/chat.js", "/chat/chat.css", "/chat/icon.svg"])(
  "serves %s once and then by its tag",
  async (path) => {
    const first = await ask(path);
    expect(first.status).toBe(200);
    expect(first.headers.get("x-content-type-options")).toBe("nosniff");
    const tag = first.headers.get("etag") ?? "";
    expect((await ask(path, { headers: { "If-None-Match": tag } })).status).toBe(304);
  },
);

test("hostile words stay words, wherever they stand", async () => {
  const hostile = `"><img src=x onerror=alert(1)><script>alert(2)</script>' hx-get="/x" \u202Egpj\u0000`;
  await chat.show(
    {
      ...proposal({
        title: hostile,
        effects: [hostile, `${hostile}: ${hostile}`],
        checks: [hostile],
        terms: [hostile],
      }),
      text: `${hostile}\n\n- ${hostile}\n\n\`\`\`\n${hostile}\n\`\`\`\n**${hostile}** [x](javascript:alert(3))`,
      footer: hostile,
    },
    { id: "o1" },
  );
  await chat.show(
    {
      ...question,
      text: hostile,
      buttons: [{ nonce: hostile, label: hostile, style: "plain", asks: hostile }],
    },
    { id: "o2" },
  );
  await post("/chat/messages", { text: hostile.replace("\u0000", "") });
  const { text } = await ask("/");
  expect(text).not.toMatch(/<img src=x|<script>|href="javascript|<a /u);
  expect(text.match(/<script/gu)).toHaveLength(2);
  // Only what the page itself asks for: its own forms and its own stream.
  for (const [, path] of text.matchAll(/<[^>"']*(?:"[^"]*"[^>"']*)*hx-(?:get|post)="([^"]*)"/gu)) {
    expect(path).toMatch(/^\/chat\/(?:messages|press)$/u);
  }
  expect(text).toContain("⟨U+202E⟩");
  expect(text).not.toContain("\u202E");
});

const drawnTag =
  /^<\/?(?:p|br|hr|h[456]|strong|em|s|code|blockquote|ul|ol(?: start="\d+")?|li(?: class="task")?|pre(?: tabindex="0")?(?: data-language="[\w.#+-]+")?|div(?: class="table" tabindex="0" role="group" aria-label="Table")?|table(?: class="(?:wide|narrow)")?|thead|tbody|tr|t[hd](?: scope="col")?(?: data-align="(?:left|center|right)"(?: data-short)?)?(?: data-name="[^"<>]*")?|a(?: href="https?:[^"<>]+" target="_blank" rel="noopener noreferrer nofollow")?)>$/u;

test("no text becomes a tag that Markdown does not have", () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom(...Array.from("<>&\"'`*-1.)[](\n #aé\u202E|_~:/h"), "https://a.b", "|-|-|\n"),
      }),
      (text) => {
        const tags = toHtml(text).text.match(/<[^>]*>/gu) ?? [];
        for (const tag of tags) {
          expect(tag).toMatch(drawnTag);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("an edit shows in place, and a known post is found", async () => {
  const shownAs = await chat.show(proposal(), { id: "o1" });
  await chat.show(reply("later"), { id: "o2" });
  expect(await chat.show(proposal({ state: "Approved by Kit, done" }), { id: "o1", shownAs })).toBe(shownAs);
  const { text } = await ask("/");
  expect(text.split(`id="${shownAs}"`)).toHaveLength(2);
  expect(text.indexOf("Approved by Kit")).toBeLessThan(text.indexOf("later"));
  const find = async (id: string) => chat.web.find(delivery("web:chat:chat", reply(""), { id }));
  expect(await find("o1")).toEqual({ kind: "found", platformId: shownAs });
  expect(await find("o9")).toEqual({ kind: "absent" });
});

test("keeps the newest 200 posts", async () => {
  for (let number = 0; number < 230; number += 1)
    await chat.show(reply(`post-${number}.`), { id: `o${number}` });
  const { text } = await ask("/");
  expect(text).not.toContain("post-29.");
  expect(text).toContain("post-30.");
  expect(text).toContain("post-229.");
});

test("answers that it is not taking messages before its start and after its stop", async () => {
  await chat.web.stop();
  const answer = await post("/chat/messages", { text: "hello" });
  expect(answer.status).toBe(503);
  expect(answer.text).toContain("not taking messages right now");
  expect(chat.web.health().state).toBe("stopped");
});

/** Reads the stream until it holds these words. */
async function streamed(after: string, headers: Record<string, string>, words: string): Promise<string> {
  const stop = new AbortController();
  const answer = await fetch(`${chat.url}/chat/events?after=${after}`, {
    headers: { Cookie: await cookie(), ...headers },
    signal: stop.signal,
  });
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  let text = "";
  const body: ReadableStream<Uint8Array> | null = answer.body;
  if (body === null) throw new Error("the stream has no body");
  for await (const chunk of body) {
    text += new TextDecoder().decode(chunk);
    if (text.includes(words)) break;
  }
  stop.abort();
  return text;
}

test("a page that was away gets what it missed, and nothing that it has", async () => {
  await chat.show(reply("known"), { id: "o1" });
  const shownAs = await chat.show(proposal(), { id: "o2" });
  await chat.show(reply("missed"), { id: "o3" });
  await chat.show(proposal({ state: "Approved by Kit" }), { id: "o2", shownAs });
  const text = await streamed("0", { "Last-Event-ID": "2" }, "missed");
  expect(text).not.toContain("known");
  expect(text).toContain(`id="${shownAs}" class="entry" data-kind="card" hx-swap-oob="outerMorph"`);
  expect(text).toContain('hx-swap-oob="beforeend:#log"');
  expect(text).toContain("id: 4");
});

test("streams text while it is written, and takes it away with the post", async () => {
  const rest = chat.web.working("web:chat:chat");
  chat.web.preview(toPreview("web:chat:chat", "There are 24"));
  clock.advance(100);
  const during = await streamed("0", {}, "There are 24");
  expect(during).toContain("Nova is working");
  await chat.show(reply("There are 240."), { id: "o1" });
  rest();
  clock.advance(1000);
  const after = await streamed("0", {}, "There are 240.");
  expect(after).not.toContain('data-kind="preview"');
  expect(after).not.toContain("Nova is working");
});
