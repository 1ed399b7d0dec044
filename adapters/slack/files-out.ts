// A long text as a file in Slack: an address is asked for, the bytes are brought there, and only the third step shows
// anything. Slack drops no second copy of that, so the file's name carries its post's id and is looked up first.
import { createHash } from "node:crypto";
import { Agent, request } from "undici";
import { z } from "zod";
import type { Clock, Delivery, Shown } from "../../src/ports.ts";
import type { Post, PostFile } from "../../src/post.ts";
import { platformIdOf } from "./addresses.ts";
import type { Place } from "./addresses.ts";
import { drawPost } from "./cards.ts";
import { lostThreadCodes, problemOf, untilMended } from "./outcomes.ts";
import { search } from "./search.ts";
import { escapeText } from "./text.ts";
import { wholeWithin } from "./whole-call.ts";
import type { Clients } from "./wire.ts";

export type FilesOutDeps = {
  readonly clients: Clients;
  readonly botId: string;
  readonly clock: Clock;
  readonly onFatal: (why: string) => void;
};
/** Sends or changes the message itself. */
type ShowPost = (delivery: Delivery, place: Place) => Promise<Shown>;
type Sharing = { readonly delivery: Delivery; readonly place: Place; readonly file: PostFile };

/** Where the file stands is known a little after it was shared. */
const askAgainMs = [0, 300, 1_000, 3_000];
const lagMs = 15_000;

/** The same post has the same file for ever. */
export function fileNameOf(id: string, { name }: PostFile): string {
  const mark = createHash("sha256").update(id).digest("hex").slice(0, 12);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? `${name}-${mark}` : `${name.slice(0, dot)}-${mark}${name.slice(dot)}`;
}

export async function showWithFile(deps: FilesOutDeps, sharing: Sharing, showPost: ShowPost): Promise<Shown> {
  const { delivery, place } = sharing;
  const plain: Delivery = { ...delivery, post: withoutFile(delivery.post) };
  if (delivery.shownAs !== null) return besideShown(deps, { ...sharing, delivery: plain }, showPost);
  const uploaded = await upload(deps, sharing);
  if (uploaded.kind === "no right") return showPost(sayingWhy(plain), place);
  if (uploaded.kind !== "uploaded") return uploaded;
  await share(deps, { place, file: uploaded.id, comment: commentOf(plain.post) });
  const ts = await whereIs(deps, uploaded.id, place);
  if (ts === null) return { kind: "unclear", why: "the file is shared, but Slack does not say yet where" };
  return dressed({ ...plain, shownAs: platformIdOf(place.channel, ts) }, place, showPost);
}

/** The message with its file stands; only now can it be given its buttons. Without them it is still the whole answer. */
export async function dressed(delivery: Delivery, place: Place, showPost: ShowPost): Promise<Shown> {
  const platformId = delivery.shownAs ?? "";
  await showPost({ ...delivery, post: withoutFile(delivery.post) }, place);
  return { kind: "shown", platformId };
}

/** The message is there already, as a preview or an earlier state of it: the file comes under it, once. */
async function besideShown(deps: FilesOutDeps, sharing: Sharing, showPost: ShowPost): Promise<Shown> {
  const { delivery, place, file } = sharing;
  const name = fileNameOf(delivery.id, file);
  const found = await search(deps, place, ({ files }) => files.some((one) => one.name === name));
  if (found.kind === "later") return found;
  if (found.kind === "unsearchable") return { kind: "later", afterMs: lagMs, why: found.why };
  if (found.kind === "absent") {
    const uploaded = await upload(deps, sharing);
    if (uploaded.kind === "no right") return showPost(sayingWhy(delivery), place);
    if (uploaded.kind !== "uploaded") return uploaded;
    try {
      await share(deps, { place, file: uploaded.id, comment: "The whole text:" });
    } catch (thrown) {
      // It may have arrived: the next try looks for it by name, when Slack's history has caught up.
      return { kind: "later", afterMs: lagMs, why: problemOf(thrown).why };
    }
  }
  return showPost(delivery, place);
}

type Uploaded =
  | { readonly kind: "uploaded"; readonly id: string }
  | { readonly kind: "no right" }
  | Extract<Shown, { kind: "later" }>;
const Address = z.object({ upload_url: z.url(), file_id: z.string() });

/** Nothing of it can be seen before it is shared, so whatever goes wrong is tried again from the start. */
async function upload({ clients, onFatal }: FilesOutDeps, { delivery, file }: Sharing): Promise<Uploaded> {
  const bytes = Buffer.from(file.text, "utf8");
  const filename = fileNameOf(delivery.id, file);
  try {
    const { files } = clients.reads;
    const given = Address.parse(await files.getUploadURLExternal({ filename, length: bytes.length }));
    await clients.upload(given.upload_url, bytes);
    return { kind: "uploaded", id: given.file_id };
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (problem.kind === "refused") return { kind: "no right" };
    if (problem.kind === "fatal") onFatal(problem.why);
    if (problem.kind === "fatal") return untilMended(problem.why);
    return { kind: "later", afterMs: problem.kind === "later" ? problem.afterMs : 2_000, why: problem.why };
  }
}

type Share = { readonly place: Place; readonly file: string; readonly comment: string };

async function share({ clients }: FilesOutDeps, { place, file, comment }: Share): Promise<void> {
  const { channel, threadTs } = place;
  const { files } = clients.reads;
  const only: [{ id: string }] = [{ id: file }];
  const shared = { files: only, channel_id: channel, initial_comment: comment };
  try {
    if (threadTs === null) {
      await files.completeUploadExternal(shared);
      return;
    }
    await files.completeUploadExternal({ ...shared, thread_ts: threadTs });
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (threadTs === null || problem.kind !== "refused" || !lostThreadCodes.has(problem.code)) throw thrown;
    await files.completeUploadExternal(shared);
  }
}

const Shares = z.record(z.string(), z.array(z.object({ ts: z.string() }))).optional();
const Info = z.object({
  file: z.object({ shares: z.object({ public: Shares, private: Shares }).optional() }),
});

async function whereIs({ clients, clock }: FilesOutDeps, file: string, place: Place): Promise<string | null> {
  for (const waitMs of askAgainMs) {
    if (waitMs > 0) await new Promise<void>((resolve) => void clock.after(waitMs, resolve));
    const answer = await clients.reads.files.info({ file }).catch(() => null);
    const shares = Info.safeParse(answer).data?.file.shares;
    const [first] = shares?.public?.[place.channel] ?? shares?.private?.[place.channel] ?? [];
    if (first !== undefined) return first.ts;
  }
  return null;
}

const commentOf = (post: Post): string =>
  [drawPost(post).text, ...(post.footer === null ? [] : [escapeText(post.footer)])].join("\n\n");

/** Nothing can forbid the preview of a link beside a file, so there is none here: the file has them as they are. */
function withoutFile(given: Post): Post {
  const { file: _, ...post } = given;
  return { ...post, text: post.text.replaceAll("://", ":\u200b//") };
}

const sayingWhy = (delivery: Delivery): Delivery => ({
  ...delivery,
  post: {
    ...delivery.post,
    text: `${delivery.post.text}\n\nSlack did not let me attach that file: give the app the scope files:write under OAuth & Permissions, reinstall it, and ask again.`,
  },
});

/** Brings bytes to an address that Slack gave: only to Slack's own hosts. Throws unless they were taken. */
export function createUpload(settings: {
  readonly apiUrl: string;
  readonly limitMs: number;
}): (url: string, bytes: Buffer) => Promise<void> {
  const origins = new Set(["https://files.slack.com", "https://slack.com", new URL(settings.apiUrl).origin]);
  const pool = new Agent({ headersTimeout: settings.limitMs, bodyTimeout: settings.limitMs });
  return async (url, bytes) => {
    if (!origins.has(new URL(url).origin)) throw new Error("Slack named an address that is not its own");
    const headers = { "content-type": "application/octet-stream" };
    const answer = await wholeWithin(settings.limitMs, async (signal) => {
      const answer = await request(url, { method: "POST", headers, body: bytes, dispatcher: pool, signal });
      await answer.body.dump({ limit: Number.MAX_SAFE_INTEGER, signal });
      return answer;
    });
    if (answer.statusCode !== 200) throw new Error(`Slack took no file: HTTP ${answer.statusCode}`);
  };
}
