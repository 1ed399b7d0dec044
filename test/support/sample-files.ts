// Small files of real formats, made by hand, so that a test says what is in them.
import { crc32, deflateSync } from "node:zlib";

/** A PDF with one page per text. */
export function pdfOf(...pages: readonly string[]): Buffer {
  const kids = pages.map((_, at) => `${at * 2 + 4} 0 R`).join(" ");
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    `<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ...pages.flatMap((text, at) => [
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 144]/Contents ${at * 2 + 5} 0 R/Resources<</Font<</F1 3 0 R>>>>>>`,
      streamOf(Buffer.from(`BT /F1 18 Tf 10 100 Td (${text}) Tj ET`), ""),
    ]),
  ];
  return assemble(objects, "");
}

/** A PDF whose only page is a stream of this many zeros, packed. */
export function pdfBomb(sizeBytes: number): Buffer {
  const packed = deflateSync(Buffer.alloc(sizeBytes), { level: 9 });
  return assemble(
    [
      "<</Type/Catalog/Pages 2 0 R>>",
      "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 144]/Contents 4 0 R>>",
      streamOf(packed, "/Filter/FlateDecode"),
    ],
    "",
  );
}

/** A PDF that says it needs a password which nobody gave. */
export function lockedPdf(): Buffer {
  const lock =
    "<</Filter/Standard/V 1/R 2/Length 40/P -44/O <28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A>/U <0000000000000000000000000000000000000000000000000000000000000000>>>";
  const id = "/ID[<0123456789ABCDEF0123456789ABCDEF><0123456789ABCDEF0123456789ABCDEF>]";
  return assemble(
    ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>", lock],
    `/Encrypt 3 0 R${id}`,
  );
}

type Part = string | Buffer;
const streamOf = (data: Buffer, more: string): Buffer =>
  Buffer.concat([Buffer.from(`<</Length ${data.length}${more}>>stream\n`), data, Buffer.from("\nendstream")]);

function assemble(objects: readonly Part[], trailer: string): Buffer {
  const body = objects.flatMap((object, at) => [
    Buffer.from(`${at + 1} 0 obj`),
    Buffer.from(object),
    Buffer.from("\nendobj\n"),
  ]);
  return Buffer.concat([
    Buffer.from("%PDF-1.4\n"),
    ...body,
    Buffer.from(`trailer<</Root 1 0 R/Size ${objects.length + 1}${trailer}>>\n%%EOF\n`),
  ]);
}

/** A PNG that says it is this large; one row is really in it. */
export function pngOf(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer): Buffer => {
    const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(typed), 4);
    return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
  };
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.alloc(width + 1))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A JPEG's frame with nothing drawn in it. */
export function jpegOf(width: number, height: number): Buffer {
  const frame = Buffer.from("ffc0000b080000000001011100", "hex");
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([
    Buffer.from("ffd8ffe000104a46494600010100000100010000", "hex"),
    frame,
    Buffer.from("ffd9", "hex"),
  ]);
}

export function gifOf(width: number, height: number): Buffer {
  const head = Buffer.from("4749463839610000000000000000", "hex");
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  return Buffer.concat([head, Buffer.from([0x3b])]);
}

export function webpOf(width: number, height: number): Buffer {
  const file = Buffer.alloc(30);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(22, 4);
  file.write("WEBPVP8X", 8, "latin1");
  file.writeUInt32LE(10, 16);
  file.writeUIntLE(width - 1, 24, 3);
  file.writeUIntLE(height - 1, 27, 3);
  return file;
}
