// Files that a person sends with a message on the page: on the disk before the message is heard, under a name of ours,
// and read again when its turn is worked on. They are kept for a week, so that a message can be run again.
import { mkdir, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { bodyLimit } from "hono/body-limit";
import type { MiddlewareHandler } from "hono";
import type { FileRef } from "../../src/body.ts";
import type { ChatAdapter, Clock, Entropy, FetchedFile } from "../../src/ports.ts";
import { maxBodyBytes } from "./inbound.ts";

export type Uploads = {
  readonly keep: (files: readonly File[]) => Promise<KeptFiles>;
  readonly fetch: NonNullable<ChatAdapter["fetchFile"]>;
};
type KeptFiles =
  | { readonly kind: "kept"; readonly files: readonly FileRef[] }
  | { readonly kind: "refused"; readonly why: string };

const mostBytes = 25 * 1024 * 1024;
const keptMs = 7 * 24 * 3_600_000;

/** A form with files may be large; everything else is words. */
export const limitBody: MiddlewareHandler = async (context, next) => {
  const isForm = (context.req.header("content-type") ?? "").startsWith("multipart/form-data");
  const [maxSize, why] = isForm
    ? [mostBytes, "That is more than 25 MB; send fewer or smaller files."]
    : [maxBodyBytes, "That is longer than 64 KB; send it in shorter parts."];
  return bodyLimit({ maxSize, onError: (refused) => refused.text(why, 413) })(context, next);
};

/** `folder` null: this page takes no files. */
export function createUploads(settings: {
  readonly folder: string | null;
  readonly clock: Clock;
  readonly entropy: Entropy;
}): Uploads {
  const { folder, clock, entropy } = settings;
  const keepOne = async (into: string, file: File): Promise<FileRef> => {
    const id = entropy(16);
    const handle = await open(join(into, id), "wx", 0o600);
    try {
      await handle.writeFile(Buffer.from(await file.arrayBuffer()));
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { name: file.name, type: file.type || null, sizeBytes: file.size, where: `upload:${id}` };
  };
  return {
    keep: async (files) => {
      if (files.length === 0) return { kind: "kept", files: [] };
      if (folder === null)
        return { kind: "refused", why: "This page takes no files; paste the words of it." };
      try {
        await mkdir(folder, { recursive: true });
        await forgetOld(folder, clock.now() - keptMs);
        return { kind: "kept", files: await Promise.all(files.map(async (file) => keepOne(folder, file))) };
      } catch {
        return {
          kind: "refused",
          why: "The files could not be written to the disk; make room, then send again.",
        };
      }
    },
    fetch: async ({ where }, { maxBytes }) => fetchFrom(folder, where, maxBytes),
  };
}

async function forgetOld(folder: string, before: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if ((await stat(path)).mtimeMs < before) await rm(path, { force: true });
  }
}

async function fetchFrom(folder: string | null, where: string, maxBytes: number): Promise<FetchedFile> {
  const refused = (why: string): FetchedFile => ({ kind: "refused", why });
  const id = /^upload:(?<id>[0-9a-z]{8,64})$/u.exec(where)?.groups?.["id"];
  if (folder === null || id === undefined) return refused("was not sent here; send it again.");
  try {
    const bytes = Uint8Array.from(await readFile(join(folder, id)));
    return bytes.length > maxBytes
      ? refused("is larger than 10 MB; send the part that matters.")
      : { kind: "bytes", bytes };
  } catch {
    return refused("is no longer here, since files are kept for a week; send it again.");
  }
}
