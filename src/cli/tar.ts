// A file of files in the plainest form that every system can open by itself (POSIX ustar), read back with suspicion: what is
// not exactly as it was written is no archive.
import { hash } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";

export type Part = { readonly name: string; readonly bytes: number; readonly sha256: string };

const block = 512;
const nameShape = /^(?:erp\/)?[A-Za-z0-9][\w.-]{0,80}$/u;
const maxBytes = 8 ** 11 - 1;

/** Parts as they are in `folder`, in that order; durable when it returns. The file must not exist yet. */
export function writeTar(file: string, folder: string, names: readonly string[]): void {
  const handle = openSync(file, "wx", 0o600);
  try {
    for (const name of names) {
      const content = readFileSync(join(folder, name));
      if (!nameShape.test(name) || content.length > maxBytes) throw new Error(`${name} can't be archived`);
      writeSync(handle, header(name, content.length));
      writeAll(handle, content);
      writeSync(handle, Buffer.alloc(padding(content.length)));
    }
    writeSync(handle, Buffer.alloc(2 * block));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export const partOf = (folder: string, name: string): Part => toPart(name, readFileSync(join(folder, name)));
const toPart = (name: string, content: Uint8Array): Part => ({
  name,
  bytes: content.length,
  sha256: hash("sha256", content, "hex"),
});

/** Writes every part into `folder`. Throws for whatever is cut off, has another form, or names a place outside. */
export function readTar(file: string, folder: string): readonly Part[] {
  const handle = openSync(file, "r");
  const parts: Part[] = [];
  try {
    for (let at = 0; ;) {
      const head = readAt(handle, at, block);
      if (head.every((byte) => byte === 0)) return parts;
      const name = head.toString("latin1", 0, head.indexOf(0));
      const bytes = Number.parseInt(head.toString("latin1", 124, 135), 8);
      if (!nameShape.test(name) || !Number.isSafeInteger(bytes) || !head.equals(header(name, bytes)))
        throw new Error(`at byte ${at} is no part`);
      const content = readAt(handle, at + block, bytes);
      mkdirSync(dirname(join(folder, name)), { recursive: true, mode: 0o700 });
      writeFileSync(join(folder, name), content, { mode: 0o600, flag: "wx", flush: true });
      parts.push(toPart(name, content));
      at += block + bytes + padding(bytes);
    }
  } finally {
    closeSync(handle);
  }
}

const padding = (bytes: number): number => (block - (bytes % block)) % block;

/** Always the same for the same name and size: nothing else of a file is kept. */
function header(name: string, bytes: number): Buffer {
  const head = Buffer.alloc(block);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, "0")}\0`;
  head.write(name, 0, "latin1");
  head.write(
    `${octal(0o600, 7)}${octal(0, 7)}${octal(0, 7)}${octal(bytes, 11)}${octal(0, 11)}        0`,
    100,
    "latin1",
  );
  head.write("ustar\x0000", 257, "latin1");
  const sum = head.reduce((all, byte) => all + byte, 0);
  head.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return head;
}

function writeAll(handle: number, content: Uint8Array): void {
  for (let at = 0; at < content.length;) at += writeSync(handle, content, at);
}

function readAt(handle: number, from: number, bytes: number): Buffer {
  const content = Buffer.alloc(bytes);
  for (let at = 0; at < bytes;) {
    const read = readSync(handle, content, at, bytes - at, from + at);
    if (read === 0) throw new Error(`cut off after ${from + at} bytes`);
    at += read;
  }
  return content;
}
