// Files that came with a message, fetched with the bot's token when it is worked on. Without the scope files:read Slack
// answers with its sign-in page and status 200, which is a failure to say and never the file.
import type { z } from "zod";
import { download } from "../../src/surfaces/download.ts";
import type { FileRef } from "../../src/body.ts";
import type { ChatAdapter, FetchedFile } from "../../src/ports.ts";
import type { Event } from "./payloads.ts";

const ownOrigins = ["https://files.slack.com"] as const;

type Given = NonNullable<z.infer<typeof Event>["files"]>[number];

export function toFiles(files: readonly Given[]): readonly FileRef[] {
  return files.map(({ name, mimetype, size, url_private_download: down, url_private: own }) => ({
    name: name ?? "file",
    type: mimetype ?? null,
    sizeBytes: size ?? null,
    where: down ?? own ?? "",
  }));
}

export function createFetchFile(settings: {
  readonly botToken: string;
  readonly apiUrl: string;
}): NonNullable<ChatAdapter["fetchFile"]> {
  const origins = new Set([...ownOrigins, new URL(settings.apiUrl).origin]);
  const headers = { authorization: `Bearer ${settings.botToken}` };
  return async (file, limit): Promise<FetchedFile> => {
    const got = await download({ url: file.where, origins, headers, ...limit });
    switch (got.kind) {
      case "bytes":
        return isSignIn(file, got) ? refused(noScope) : { kind: "bytes", bytes: got.bytes };
      case "foreign":
        return refused("does not lie in this Slack, so I don't fetch it; upload the file itself here.");
      case "too big":
        return refused("is larger than it says; send the part that matters.");
      case "status":
        return refused(whyStatus(got.status));
      case "broken":
        return refused("did not arrive from Slack; upload it again.");
    }
  };
}

const noScope =
  "was kept back by Slack, which asked me to sign in: the app lacks the scope files:read; add it under OAuth & Permissions, reinstall the app, and send the file again.";
const refused = (why: string): FetchedFile => ({ kind: "refused", why });

/** A page where something else was promised; a page that was promised has the size that was promised. */
function isSignIn(file: FileRef, got: { readonly type: string; readonly bytes: Uint8Array }): boolean {
  if (!got.type.startsWith("text/html")) return false;
  return file.type !== "text/html" || (file.sizeBytes !== null && file.sizeBytes !== got.bytes.length);
}

function whyStatus(status: number): string {
  if (status >= 500) return "could not be fetched because Slack has trouble; send it again in a while.";
  const isSignIn = (status >= 300 && status < 400) || status === 401 || status === 403;
  return isSignIn ? noScope : "is no longer at Slack; upload it again.";
}
