// Files that came with a message, fetched when it is worked on. Discord's addresses are signed and run out after a while.
import { download } from "../../src/surfaces/download.ts";
import type { FileRef } from "../../src/body.ts";
import type { ChatAdapter, FetchedFile } from "../../src/ports.ts";
import type { MessagePacket } from "./packets.ts";

const ownOrigins = ["https://cdn.discordapp.com", "https://media.discordapp.net"] as const;

export function toFiles({ attachments }: MessagePacket): readonly FileRef[] {
  return (attachments ?? []).map(({ filename, content_type: type, size, url }) => ({
    name: filename,
    type: type ?? null,
    sizeBytes: size ?? null,
    where: url ?? "",
  }));
}

/** `apiUrl`: whoever stands in for Discord keeps its files too. */
export function createFetchFile(apiUrl: string): NonNullable<ChatAdapter["fetchFile"]> {
  const origins = new Set([...ownOrigins, new URL(apiUrl).origin]);
  return async ({ where }, limit): Promise<FetchedFile> => {
    const got = await download({ url: where, origins, headers: {}, ...limit });
    switch (got.kind) {
      case "bytes":
        return { kind: "bytes", bytes: got.bytes };
      case "foreign":
        return {
          kind: "refused",
          why: "does not lie at Discord, so I don't fetch it; attach the file itself.",
        };
      case "too big":
        return { kind: "refused", why: "is larger than it says; send the part that matters." };
      case "status":
        return got.status >= 500
          ? {
              kind: "refused",
              why: "could not be fetched because Discord has trouble; send it again in a while.",
            }
          : {
              kind: "refused",
              why: "is no longer at Discord, whose links to files run out; attach it again.",
            };
      case "broken":
        return { kind: "refused", why: "did not arrive from Discord; attach it again." };
    }
  };
}
