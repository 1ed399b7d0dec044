// One file from one of the addresses that a platform keeps files at: no other host, no redirect, never more bytes than
// asked for. A message names the address, so it is as foreign as the file.
import { Agent, request } from "undici";

export type Download = {
  readonly url: string;
  /** E.g. `https://cdn.discordapp.com`; anything else is refused before a connection is made. */
  readonly origins: ReadonlySet<string>;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
};
export type Downloaded =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string }
  | { readonly kind: "foreign" }
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "too big" }
  | { readonly kind: "broken"; readonly why: string };

const pool = new Agent();

/** Never throws. */
export async function download(wanted: Download): Promise<Downloaded> {
  const { url, origins, headers, maxBytes, signal } = wanted;
  if (!origins.has(originOf(url))) return { kind: "foreign" };
  try {
    const answer = await request(url, { headers, signal, dispatcher: pool });
    const { statusCode: status, body } = answer;
    // Its error reaches whoever iterates; without a listener an abort between two reads would end the process.
    body.on("error", () => undefined);
    if (status !== 200 || Number(answer.headers["content-length"] ?? 0) > maxBytes) {
      body.destroy();
      return status === 200 ? { kind: "too big" } : { kind: "status", status };
    }
    const bytes = await read(body, maxBytes);
    const type = String(answer.headers["content-type"] ?? "");
    return bytes === null ? { kind: "too big" } : { kind: "bytes", bytes, type };
  } catch (thrown) {
    return { kind: "broken", why: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/** Null: there is more than that. What the sender says of its length is not believed. */
async function read(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "";
}
