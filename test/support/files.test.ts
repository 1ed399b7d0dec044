// The fakes' rules about files, each tried with raw requests: what the platforms refuse, the fakes refuse.
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createFakeDiscord, ids } from "./discord/index.ts";
import { createFakeSlack } from "./slack/index.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe("discord", () => {
  const post = async (payload: object, fields: readonly string[]): Promise<readonly [number, unknown]> => {
    const fake = await createFakeDiscord();
    closing.push(async () => fake.close());
    const form = new FormData();
    const base = { content: "hi", nonce: "n1", enforce_nonce: true, allowed_mentions: { parse: [] } };
    form.set("payload_json", JSON.stringify({ ...base, ...payload }));
    for (const field of fields) form.append(field, new Blob(["text"]), "a.md");
    const answer = await fetch(`${fake.apiUrl}/v10/channels/${ids.parts}/messages`, {
      method: "POST",
      headers: { authorization: `Bot ${fake.token}`, "user-agent": "DiscordBot (test, 1)" },
      body: form,
    });
    const { code } = z.object({ code: z.number().optional() }).parse(await answer.json());
    return [answer.status, code ?? fake.said(ids.parts)[0]?.files.map(({ text }) => text)];
  };

  test("a declared file is stored, an undeclared one refused", async () => {
    expect(await post({ attachments: [{ id: 0, filename: "a.md" }] }, ["files[0]"])).toEqual([200, ["text"]]);
    expect(await post({}, ["files[0]"])).toEqual([400, 50035]);
    expect(await post({ attachments: [{ id: 1, filename: "a.md" }] }, ["files[0]"])).toEqual([400, 50035]);
    expect(await post({ attachments: [{ id: 0, filename: "a.md" }] }, ["file"])).toEqual([400, 50035]);
  });
});

const Reply = z.looseObject({
  ok: z.boolean(),
  error: z.string().optional(),
  upload_url: z.string().default(""),
  file_id: z.string().default(""),
});

describe("slack", () => {
  async function rig() {
    const fake = await createFakeSlack();
    closing.push(async () => fake.close());
    const call = async (method: string, args: Record<string, string>, isJson = false) => {
      const type = isJson ? "application/json" : "application/x-www-form-urlencoded";
      const body = isJson ? JSON.stringify(args) : new URLSearchParams(args).toString();
      const headers = { authorization: `Bearer ${fake.botToken}`, "content-type": type };
      return Reply.parse(
        await (await fetch(`${fake.apiUrl}${method}`, { method: "POST", headers, body })).json(),
      );
    };
    const begin = async (length = "4") => call("files.getUploadURLExternal", { filename: "a.md", length });
    const bring = async (url: string, text: string): Promise<number> =>
      (await fetch(url, { method: "POST", body: text })).status;
    const complete = async (id: string, more: Record<string, string> = {}) =>
      call("files.completeUploadExternal", { files: JSON.stringify([{ id }]), channel_id: "C1", ...more });
    return { fake, call, begin, bring, complete };
  }

  test("three steps share a file in its thread", async () => {
    const { fake, begin, bring, complete } = await rig();
    const asked = fake.as("U1001").say("C1", "hello");
    const { upload_url: url, file_id: id } = await begin();
    expect(await bring(url, "text")).toBe(200);
    expect(await complete(id, { thread_ts: asked.ts })).toMatchObject({ ok: true });
    expect(fake.store.posted("C1")[0]).toMatchObject({ threadTs: asked.ts, files: [{ id, name: "a.md" }] });
    expect(fake.violations).toEqual([]);
  });

  test("an address takes the announced length, once", async () => {
    const { fake, begin, bring } = await rig();
    const { upload_url: url } = await begin();
    expect(await bring(url, "longer")).toBe(400);
    expect(await bring(url, "text")).toBe(200);
    expect(await bring(url, "text")).toBe(404);
    expect(fake.violations).toHaveLength(2);
  });

  test("nothing is shared that was not brought, or twice, or by another form", async () => {
    const { call, begin, bring, complete } = await rig();
    const { upload_url: url, file_id: id } = await begin();
    expect(await complete(id)).toMatchObject({ ok: false, error: "file_not_found" });
    await bring(url, "text");
    expect(await complete(id, { channel_id: "C404" })).toMatchObject({
      ok: false,
      error: "channel_not_found",
    });
    expect(await complete(id)).toMatchObject({ ok: true });
    expect(await complete(id)).toMatchObject({ ok: false, error: "file_not_found" });
    expect(await begin("0")).toMatchObject({ ok: false, error: "invalid_arguments" });
    expect(await call("files.getUploadURLExternal", { filename: "a", length: "4" }, true)).toMatchObject({
      error: "invalid_arguments",
    });
  });

  test("without its scope each step is refused, and a link in the comment is held against Nova", async () => {
    const { fake, begin, bring, complete } = await rig();
    const { upload_url: url, file_id: id } = await begin();
    await bring(url, "text");
    await complete(id, { initial_comment: "see https://evil.example" });
    expect(JSON.stringify(fake.violations)).toContain("files.completeUploadExternal would unfurl a link");
    fake.store.teams.get("T1")?.scopes.delete("files:write");
    expect(await begin()).toMatchObject({ ok: false, error: "missing_scope", needed: "files:write" });
  });
});
