// A request with files, written out as bytes. The library would hand its HTTP client a FormData object, which that
// client refuses as soon as another part of Nova has brought its own copy of it; bytes are taken by every copy.
import { createHash } from "node:crypto";

export type Attachment = { readonly name: string; readonly data: string };
export type Multipart = {
  readonly body: Buffer;
  readonly headers: Record<string, string>;
  readonly passThroughBody: true;
};

export function toMultipart(payload: object, files: readonly Attachment[]): Multipart {
  const json = JSON.stringify(payload);
  // No text can hold a boundary that is made from the text itself.
  const hash = createHash("sha256").update(json);
  for (const { name, data } of files) hash.update(name).update(data);
  const boundary = `nova-${hash.digest("hex").slice(0, 40)}`;
  const parts = [
    toPart(`name="payload_json"`, "application/json", json),
    ...files.map(({ name, data }, id) =>
      toPart(`name="files[${id}]"; filename="${toFileName(name)}"`, "text/plain; charset=utf-8", data),
    ),
  ];
  const text = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join("");
  return {
    body: Buffer.from(`${text}--${boundary}--\r\n`, "utf8"),
    headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
    passThroughBody: true,
  };
}

const toPart = (disposition: string, type: string, content: string): string =>
  `Content-Disposition: form-data; ${disposition}\r\nContent-Type: ${type}\r\n\r\n${content}`;

const toFileName = (name: string): string => name.replaceAll(/["\\\r\n]/gu, "_");
