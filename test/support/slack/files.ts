// Files of the fake Slack: handed out only to who may read them (everybody else gets the sign-in page, with status 200),
// and taken in three steps whose order, length and single use are enforced.
import { isRecord, textOf } from "./core.ts";
import { unescapedMarkup } from "./blocks.ts";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer, Call, Method, Platform } from "./web-api.ts";
import type { Channel, SharedFile, World } from "./world.ts";

export interface GivenFile {
  name: string;
  bytes: Uint8Array;
  /** As the sender's program declares it. */
  mimetype?: string;
  /** Another address or size than the true one, for hostile tests. */
  url?: string;
  size?: number;
}

export function storeFile(world: World, given: GivenFile): SharedFile {
  const id = world.nextId("F");
  const file: SharedFile = {
    id,
    name: given.name,
    mimetype: given.mimetype ?? "",
    size: given.size ?? given.bytes.length,
    bytes: given.bytes,
    url: given.url ?? `${world.filesUrl}/files-pri/${id}/${encodeURIComponent(given.name)}`,
    shares: [],
  };
  world.files.set(id, file);
  return file;
}

export const fileForm = ({ id, name, mimetype, size, url }: SharedFile): Record<string, unknown> => ({
  id,
  name,
  title: name,
  mimetype,
  size,
  mode: "hosted",
  url_private: url,
  url_private_download: url,
});

/** Everything that is not a Web API method: downloads, and the second step of an upload. */
export function createFileServer({ world, ledger }: Pick<Platform, "world" | "ledger">) {
  const download = (request: IncomingMessage, response: ServerResponse, id: string): void => {
    const team = [...world.teams.values()].find(
      (one) => request.headers.authorization === `Bearer ${one.botToken}`,
    );
    const file = world.files.get(id);
    if (team?.scopes.has("files:read") !== true) {
      response
        .writeHead(200, { "content-type": "text/html; charset=utf-8" })
        .end("<!DOCTYPE html><title>Sign in</title>");
      return;
    }
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": file.mimetype || "application/octet-stream" });
    response.end(file.bytes);
  };
  const upload = (response: ServerResponse, id: string, bytes: Buffer): void => {
    const waiting = world.uploads.get(id);
    if (waiting === undefined || waiting.bytes !== null) {
      ledger.violate("platform", "used an upload address twice, or one that was never given", id);
      response.writeHead(404).end("not found");
      return;
    }
    if (bytes.length !== waiting.length) {
      ledger.violate(
        "platform",
        "uploaded another length than announced",
        `${bytes.length} of ${waiting.length}`,
      );
      response.writeHead(400).end("length mismatch");
      return;
    }
    waiting.bytes = bytes;
    response.writeHead(200, { "content-type": "text/plain" }).end(`OK - ${bytes.length}`);
  };
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const [, kind = "", id = ""] = textOf(request.url).split("/");
    ledger.record({ kind: "request", name: kind, body: request.url, headers: request.headers });
    if (kind === "files-pri" && request.method === "GET") download(request, response, id);
    else if (kind === "upload" && request.method === "POST") {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => upload(response, id, Buffer.concat(chunks)));
    } else return false;
    return true;
  };
}

const no = (error: string): Answer => ({ ok: false, error });

const getUploadUrl: Method = {
  scope: () => "files:write",
  run({ args, isForm }, { world }) {
    const length = Number(textOf(args["length"]) || args["length"]);
    // This method reads forms only.
    if (!isForm || textOf(args["filename"]) === "" || !Number.isInteger(length) || length < 1)
      return no("invalid_arguments");
    const id = world.nextId("F");
    world.uploads.set(id, { name: textOf(args["filename"]), length, bytes: null });
    return { ok: true, file_id: id, upload_url: `${world.filesUrl}/upload/${id}` };
  },
};

function placeIn(
  { args, team }: Call,
  { world }: Platform,
): { channel: Channel; threadTs: string | undefined } | Answer {
  const channel = world.channels.get(textOf(args["channel_id"]));
  if (channel === undefined || channel.teamId !== team.id) return no("channel_not_found");
  if (channel.isArchived) return no("is_archived");
  if (!channel.members.has(team.botUserId)) return no("not_in_channel");
  const threadTs = args["thread_ts"];
  if (threadTs === undefined) return { channel, threadTs };
  const parent = channel.messages.get(textOf(threadTs));
  return parent === undefined ? no("thread_not_found") : { channel, threadTs: parent.threadTs ?? parent.ts };
}

const completeUpload: Method = {
  scope: () => "files:write",
  run(call, platform) {
    const { world, ledger } = platform;
    const { args, team } = call;
    const given: unknown[] = Array.isArray(args["files"]) ? args["files"] : [];
    const ids = given.map((one) => (isRecord(one) ? textOf(one["id"]) : ""));
    const uploads = ids.map((id) => ({ id, ...world.uploads.get(id) }));
    if (ids.length === 0) return no("invalid_arguments");
    if (uploads.some(({ bytes }) => bytes === undefined || bytes === null)) return no("file_not_found");
    const place = placeIn(call, platform);
    if ("ok" in place) return place;
    const text = textOf(args["initial_comment"]);
    for (const markup of unescapedMarkup(text))
      ledger.violate("house", `live markup in ${call.method}`, markup);
    // Nothing can switch unfurling off here, so nothing may look like a link.
    if (/https?:\/\//.test(text))
      ledger.violate("house", `${call.method} would unfurl a link`, text.slice(0, 200));
    const files = uploads.map(({ id, name = "", bytes }) => {
      world.uploads.delete(id);
      const file = storeFile(world, { name, bytes: bytes ?? Buffer.alloc(0), mimetype: "text/markdown" });
      return Object.assign(file, { id });
    });
    for (const file of files) world.files.set(file.id, file);
    const message = world.store({
      ts: world.nextTs(),
      channel: place.channel.id,
      team: team.id,
      user: team.botUserId,
      botId: team.botId,
      subtype: "file_share",
      text,
      blocks: [],
      files,
      edits: 0,
      reactions: new Map(),
      pinged: [],
      storedAtMs: Date.now(),
      ...(place.threadTs === undefined ? {} : { threadTs: place.threadTs }),
    });
    for (const file of files) file.shares.push({ channel: place.channel.id, ts: message.ts });
    ledger.record({ kind: "stored", name: call.method, body: message.ts });
    platform.announceMessage(message);
    // Sharing goes on after the answer: where the file stands is asked apart.
    return { ok: true, files: files.map(({ id, name }) => ({ id, title: name, shares: {} })) };
  },
};

const filesInfo: Method = {
  scope: () => "files:read",
  run({ args }, { world, readLagMs }) {
    const file = world.files.get(textOf(args["file"]));
    if (file === undefined) return no("file_not_found");
    const seenUntil = Date.now() - readLagMs();
    const seen = file.shares.filter(
      ({ channel, ts }) => (world.find(channel, ts)?.storedAtMs ?? 0) <= seenUntil,
    );
    const shares = Object.fromEntries(seen.map(({ channel, ts }) => [channel, [{ ts }]]));
    return { ok: true, file: { ...fileForm(file), shares: seen.length === 0 ? {} : { public: shares } } };
  },
};

export const fileMethods: Record<string, Method> = {
  "files.getUploadURLExternal": getUploadUrl,
  "files.completeUploadExternal": completeUpload,
  "files.info": filesInfo,
};
