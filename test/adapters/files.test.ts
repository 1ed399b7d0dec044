// Foreign bytes: each ends as words, as an image, or as one sentence with the mend, within limits; never as a crash.
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readContent } from "../../adapters/files/content.ts";
import { createFileReader } from "../../adapters/files/index.ts";
import type { FileContent } from "../../src/ports.ts";
import { gifOf, jpegOf, lockedPdf, pdfBomb, pdfOf, pngOf, webpOf } from "../support/sample-files.ts";

type Given = { readonly name?: string; readonly type?: string };
const toBytes = (given: Uint8Array | string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(typeof given === "string" ? Buffer.from(given, "utf8") : given);
const read = async (given: Uint8Array | string, { name = "file", type }: Given = {}): Promise<FileContent> =>
  readContent({ name, type: type ?? null, bytes: toBytes(given) });
const whyOf = async (reading: Promise<FileContent>): Promise<string> => {
  const content = await reading;
  return content.kind === "refused" ? content.why : `not refused: ${content.kind}`;
};

describe("what is read", () => {
  test("text in the encodings that programs write", async () => {
    const words = { kind: "words", what: "text", extent: "2 words", parts: ["Grüße, Kit"] };
    expect(await read("Grüße, Kit")).toMatchObject(words);
    expect(await read(Buffer.from("\uFEFFGrüße, Kit", "utf16le"))).toMatchObject(words);
    expect(await read(Buffer.from("Grüße, Kit", "latin1"))).toMatchObject(words);
  });

  test("a table with quotes, breaks in cells and any usual separator, its rows counted", async () => {
    const table = { kind: "words", what: "table", extent: "2 rows, 2 columns", head: "name | note" };
    const parts = ['Brush | soft, "36 in"', "Broom | two lines"];
    for (const separator of [",", ";", "\t", "|"]) {
      const rows = [
        `name${separator}note`,
        `Brush${separator}"soft, ""36 in"""`,
        `Broom${separator}"two\r\nlines"`,
      ];
      expect(await read(rows.join("\r\n"), { name: "t.csv" }), separator).toMatchObject({ ...table, parts });
    }
    expect(await read("a,b,c\n1,2,3\n4,5,6\n")).toMatchObject({ what: "table", total: 2 });
    expect(await read("Dear Kit, thanks.\n\nSee you, soon, I hope.")).toMatchObject({ what: "text" });
  });

  test("images with their size, whatever their name says", async () => {
    const size = { kind: "image", extent: "640 × 480 pixels" };
    expect(await read(pngOf(640, 480), { name: "a.txt" })).toMatchObject({
      ...size,
      image: { mediaType: "image/png" },
    });
    expect(await read(jpegOf(640, 480))).toMatchObject({ ...size, image: { mediaType: "image/jpeg" } });
    expect(await read(gifOf(640, 480))).toMatchObject({ ...size, image: { mediaType: "image/gif" } });
    expect(await read(webpOf(640, 480))).toMatchObject({ ...size, image: { mediaType: "image/webp" } });
  });

  test("nothing that stands behind an image goes along with it", async () => {
    const image = pngOf(64, 48);
    const content = await read(Buffer.concat([image, Buffer.from("<script>alert(1)</script>")]));
    expect(content).toMatchObject({ image: { data: image.toString("base64") } });
  });

  test("a PDF by page", async () => {
    const parts = ["(page 1)\nfirst", "(page 2)\nsecond"];
    expect(await read(pdfOf("first", "second"))).toMatchObject({
      what: "PDF",
      extent: "2 pages",
      parts,
      total: 2,
    });
  });
});

describe("what is refused, with the mend", () => {
  const zip = Buffer.from("504b0304140000000000", "hex");
  const end = Buffer.concat([Buffer.from("504b0506", "hex"), Buffer.alloc(18)]);
  test.each<readonly [string, Uint8Array | string, RegExp]>([
    ["nothing at all", "", /is empty; send it again/u],
    ["only spaces", " \n ", /holds no words/u],
    ["an Office file or ZIP", zip, /save it as PDF, CSV or text/u],
    [
      "a packed bomb, which stays packed",
      gzipSync(Buffer.alloc(50_000_000)),
      /compressed archive, which I don't unpack/u,
    ],
    ["a program", Buffer.from("4d5a90000300", "hex"), /is a program/u],
    ["sound", Buffer.from("494433040000", "hex"), /send its words as text/u],
    ["unknown bytes", Buffer.from([1, 2, 0, 3, 4]), /is no text, PDF, table or image that I know/u],
    ["an image that is a ZIP too", Buffer.concat([pngOf(8, 8), end]), /two kinds of file at once/u],
    ["a PDF that is a ZIP too", Buffer.concat([pdfOf("hello"), end]), /two kinds of file at once/u],
    [
      "an image that is a PDF too",
      Buffer.concat([gifOf(8, 8), pdfOf("hello")]),
      /two kinds of file at once/u,
    ],
    ["half an image", pngOf(640, 480).subarray(0, 40), /broken or cut-off image/u],
    ["an image of gigabytes", pngOf(60_000, 60_000), /60000 × 60000 pixels, which is more than I take/u],
    ["a broken PDF", "%PDF-1.7\nnothing", /is a broken PDF/u],
    ["a locked PDF", lockedPdf(), /locked with a password/u],
    ["a scanned PDF", pdfOf(""), /a PDF of pictures without words/u],
  ])("%s", async (_name, given, wanted) => {
    expect(await whyOf(read(given))).toMatch(wanted);
  });
});

describe("the limits of the thread", () => {
  const file = (bytes: Uint8Array): { name: string; type: null; bytes: Uint8Array<ArrayBuffer> } => ({
    name: "bomb.pdf",
    type: null,
    bytes: toBytes(bytes),
  });

  test("a PDF that swells is stopped, and the next file is read", async () => {
    const reader = createFileReader({ maxGrowthBytes: 60 * 1024 * 1024 });
    const [bomb, next] = await Promise.all([
      reader.read(file(pdfBomb(400 * 1024 * 1024))),
      reader.read(file(pdfOf("still here"))),
    ]);
    expect(bomb.kind === "refused" ? bomb.why : bomb.kind).toMatch(/swells to more than I can hold/u);
    expect(next).toMatchObject({ parts: ["(page 1)\nstill here"] });
  });

  test("what takes too long is left", async () => {
    const reader = createFileReader({ limitMs: 1 });
    expect(await whyOf(reader.read(file(pdfOf("slow"))))).toMatch(
      /takes too long to read; send a shorter part/u,
    );
  });

  test("what needs too much memory is left", async () => {
    const reader = createFileReader({ maxHeapMb: 48 });
    const crumbs = Buffer.from("a\n\n".repeat(3_000_000), "latin1");
    expect(await whyOf(reader.read(file(crumbs)))).toMatch(/swells to more than I can hold/u);
  });
});

test("any bytes end as something that can be said", async () => {
  const heads = [
    "",
    "%PDF-1.4\n",
    "\u0089PNG\r\n\u001a\n",
    "\u00ff\u00d8\u00ff",
    "GIF89a",
    "RIFF\u0000\u0000\u0000\u0000WEBPVP8X",
    "a,b\n",
  ];
  const bytes = fc
    .tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 }))
    .map(([head, tail]) => Buffer.concat([Buffer.from(head, "latin1"), tail]));
  await fc.assert(
    fc.asyncProperty(bytes, async (given) => {
      const content = await read(given, { name: "x.csv" });
      expect(["words", "image", "refused"]).toContain(content.kind);
      if (content.kind === "refused") expect(content.why).toMatch(/^[a-z][^]*\.$/u);
    }),
    { numRuns: 300 },
  );
});
