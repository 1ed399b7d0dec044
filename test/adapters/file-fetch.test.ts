// Fetching what came with a message: from the platform's own hosts and nowhere else, no redirect, no more than asked for.
import { createServer } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { createFetchFile as createDiscordFetch } from "../../adapters/discord/files.ts";
import { createFetchFile as createSlackFetch } from "../../adapters/slack/files-in.ts";
import type { FileRef } from "../../src/body.ts";
import type { FetchedFile } from "../../src/ports.ts";
import { createFakeDiscord, ids } from "../support/discord/index.ts";
import { createFakeSlack } from "../support/slack/index.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A host of nobody's that answers whatever it is asked, and counts. */
async function stranger(): Promise<{ readonly url: string; readonly hits: () => number }> {
  let hits = 0;
  const server = createServer((_request, response) => {
    hits += 1;
    response.end("secret");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => void server.close(() => resolve()));
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/file`, hits: () => hits };
}

const ref = (where: string, more: Partial<FileRef> = {}): FileRef => ({
  name: "notes.txt",
  type: "text/plain",
  sizeBytes: null,
  where,
  ...more,
});
const limit = { maxBytes: 1_000, signal: new AbortController().signal };
const wordsOf = (got: FetchedFile): string =>
  got.kind === "refused" ? got.why : Buffer.from(got.bytes).toString("utf8");

async function discord() {
  const fake = await createFakeDiscord();
  closing.push(async () => fake.close());
  const fetchFile = createDiscordFetch(fake.apiUrl);
  const attach = (file: {
    readonly text: string;
    readonly status?: number;
    readonly url?: string;
  }): FileRef => {
    const { id } = fake.as(ids.kit).say(ids.parts, "", { files: [{ name: "notes.txt", ...file }] });
    return ref(`${fake.store.filesUrl}/attachments/${id}/0/file`);
  };
  return { fake, attach, get: async (file: FileRef) => wordsOf(await fetchFile(file, limit)) };
}

async function slack() {
  const fake = await createFakeSlack();
  closing.push(async () => fake.close());
  const fetchFile = createSlackFetch(fake);
  const attach = (text: string, mimetype = "text/plain"): FileRef => {
    const { files = [] } = fake
      .as("U1001")
      .say("C1", "", { files: [{ name: "notes", bytes: Buffer.from(text), mimetype }] });
    return ref(files[0]?.url ?? "", { type: mimetype, sizeBytes: text.length });
  };
  return { fake, attach, get: async (file: FileRef) => wordsOf(await fetchFile(file, limit)) };
}

describe("discord", () => {
  test("the bytes come without the bot's token going there", async () => {
    const { fake, attach, get } = await discord();
    expect(await get(attach({ text: "hello" }))).toBe("hello");
    expect(fake.check()).toEqual([]);
  });

  test("no other host is asked, by address or by redirect", async () => {
    const { attach, get } = await discord();
    const other = await stranger();
    expect(await get(ref(other.url))).toMatch(/^does not lie at Discord, so I don't fetch it/u);
    for (const where of [
      "",
      "file:///etc/passwd",
      "https://cdn.discordapp.com.evil.example/a",
      "http://cdn.discordapp.com/a",
    ])
      expect(await get(ref(where)), where).toMatch(/^does not lie at Discord/u);
    expect(await get(attach({ text: "", status: 302, url: other.url }))).toMatch(
      /links to files run out; attach it again/u,
    );
    expect(other.hits()).toBe(0);
  });

  test("a link that ran out, trouble, and more than was promised are told apart", async () => {
    const { attach, get } = await discord();
    expect(await get(attach({ text: "", status: 404 }))).toMatch(/is no longer at Discord/u);
    expect(await get(attach({ text: "", status: 503 }))).toMatch(/because Discord has trouble/u);
    expect(await get(attach({ text: "x".repeat(1_001) }))).toMatch(/is larger than it says/u);
  });

  test("a fetch that is given up ends at once", async () => {
    const fake = await createFakeDiscord();
    closing.push(async () => fake.close());
    const got = await createDiscordFetch(fake.apiUrl)(ref(`${fake.store.filesUrl}/attachments/1/0/file`), {
      maxBytes: 10,
      signal: AbortSignal.abort(),
    });
    expect(wordsOf(got)).toMatch(/did not arrive from Discord/u);
  });
});

describe("slack", () => {
  test("the bytes come with the bot's token", async () => {
    const { fake, attach, get } = await slack();
    expect(await get(attach("hello"))).toBe("hello");
    expect(fake.violations).toEqual([]);
  });

  test("the token goes to no other host", async () => {
    const { get } = await slack();
    const other = await stranger();
    expect(await get(ref(other.url))).toMatch(/^does not lie in this Slack/u);
    expect(await get(ref("https://files.slack.com.evil.example/a"))).toMatch(/^does not lie in this Slack/u);
    expect(other.hits()).toBe(0);
  });

  test("the sign-in page is a failure that names the missing scope, and a page that was sent is a page", async () => {
    const { fake, attach, get } = await slack();
    const page = "<!DOCTYPE html><p>mine</p>";
    expect(await get(attach(page, "text/html"))).toBe(page);
    fake.store.teams.get("T1")?.scopes.delete("files:read");
    for (const type of ["text/plain", "application/pdf", "text/html"])
      expect(await get(attach("hello", type)), type).toMatch(
        /lacks the scope files:read; add it under OAuth & Permissions/u,
      );
  });
});
