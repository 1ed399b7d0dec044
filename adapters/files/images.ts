// An image's size as its own header tells it. Nothing is decoded here: a small file can hold a picture of gigabytes, and
// whoever decodes it must have been told its size first.
import type { FileContent } from "../../src/ports/files.ts";

type ImageKind = "png" | "jpeg" | "gif" | "webp";
/** `end`: where the picture ends; what stands behind it is not passed on. */
type Measured = { readonly width: number; readonly height: number; readonly end: number };

const longestSide = 8_000;
const mostPixels = 40_000_000;
/** What the model takes is measured after base64, which adds a third. */
const mostBytes = 3_900_000;

export function readImage(kind: ImageKind, name: string, given: Uint8Array): FileContent {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const measured = measure(kind, bytes);
  if (measured === null) {
    return { kind: "refused", why: "is a broken or cut-off image; save it anew and send it again." };
  }
  const { width, height, end } = measured;
  const extent = `${width} × ${height} pixels`;
  if (Math.max(width, height) > longestSide || width * height > mostPixels) {
    return {
      kind: "refused",
      why: `has ${extent}, which is more than I take (${longestSide} on a side); send it smaller.`,
    };
  }
  if (end > mostBytes) {
    return {
      kind: "refused",
      why: "is an image of more than 3.9 MB; save it smaller or as JPEG and send that.",
    };
  }
  const data = bytes.subarray(0, end).toString("base64");
  return { kind: "image", extent, image: { name, mediaType: `image/${kind}`, data } };
}

function measure(kind: ImageKind, bytes: Buffer): Measured | null {
  try {
    const measured = measures[kind](bytes);
    return measured !== null && measured.width > 0 && measured.height > 0 ? measured : null;
  } catch {
    // Reading past the end: the header promises more than there is.
    return null;
  }
}

const measures: Readonly<Record<ImageKind, (bytes: Buffer) => Measured | null>> = {
  png: measurePng,
  jpeg: measureJpeg,
  gif: measureGif,
  webp: measureWebp,
};

function measurePng(bytes: Buffer): Measured | null {
  if (bytes.toString("latin1", 12, 16) !== "IHDR") return null;
  for (let at = 8; at + 12 <= bytes.length;) {
    const next = at + 12 + bytes.readUInt32BE(at);
    if (bytes.toString("latin1", at + 4, at + 8) === "IEND" && next <= bytes.length)
      return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), end: next };
    at = next;
  }
  return null;
}

function measureJpeg(bytes: Buffer): Measured | null {
  const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]));
  for (let at = 2; at + 9 < bytes.length && end > at;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes.readUInt8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7), end: end + 2 };
    // Filling bytes before a marker carry no length.
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

function measureGif(bytes: Buffer): Measured | null {
  const end = bytes.lastIndexOf(0x3b) + 1;
  if (end < 14) return null;
  return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8), end };
}

function measureWebp(bytes: Buffer): Measured | null {
  const end = 8 + bytes.readUInt32LE(4);
  if (bytes.toString("latin1", 0, 4) !== "RIFF" || end > bytes.length + 1) return null;
  const form = bytes.toString("latin1", 12, 16);
  if (form === "VP8X")
    return { width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3), end };
  if (form === "VP8L") {
    const bits = bytes.readUInt32LE(21);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff), end };
  }
  if (form !== "VP8 ") return null;
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff, end };
}
