// What a file is by its own bytes: names and declared types are its sender's word. A file that is two things at once is
// none that Nova reads, because whoever looks at it next may see the other one.

export type Kind =
  | { readonly kind: "pdf" | "png" | "jpeg" | "gif" | "webp" | "text" }
  /** One sentence for the person, with the mend. */
  | { readonly kind: "refused"; readonly why: string };

type Signature = { readonly is: string; readonly at: number; readonly bytes: readonly number[] };

const readable = [
  { is: "png", at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { is: "jpeg", at: 0, bytes: [0xff, 0xd8, 0xff] },
  { is: "gif", at: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
  { is: "webp", at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
] as const satisfies readonly Signature[];

const office =
  "is an Office file or a ZIP archive, which I don't open; save it as PDF, CSV or text and send that.";
const archive = "is a compressed archive, which I don't unpack; send the files in it by themselves.";
const program = "is a program, which I don't open; send what it is about as text or PDF.";
const media = "is sound or video, which I can't read; send its words as text.";
const picture = "is an image of a kind I don't read; save it as PNG or JPEG and send that.";

const unreadable: readonly (Signature & { readonly is: string })[] = [
  { is: office, at: 0, bytes: [0x50, 0x4b, 0x03, 0x04] },
  { is: office, at: 0, bytes: [0x50, 0x4b, 0x05, 0x06] },
  { is: office, at: 0, bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { is: archive, at: 0, bytes: [0x1f, 0x8b] },
  { is: archive, at: 0, bytes: [0x37, 0x7a, 0xbc, 0xaf] },
  { is: archive, at: 0, bytes: [0x52, 0x61, 0x72, 0x21] },
  { is: archive, at: 0, bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { is: archive, at: 0, bytes: [0x42, 0x5a, 0x68, 0x39] },
  { is: archive, at: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { is: program, at: 0, bytes: [0x4d, 0x5a, 0x90] },
  { is: program, at: 0, bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { is: program, at: 0, bytes: [0xcf, 0xfa, 0xed, 0xfe] },
  { is: media, at: 0, bytes: [0x49, 0x44, 0x33] },
  { is: media, at: 0, bytes: [0x4f, 0x67, 0x67, 0x53] },
  { is: media, at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3] },
  { is: media, at: 8, bytes: [0x57, 0x41, 0x56, 0x45] },
  { is: picture, at: 4, bytes: [0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69, 0x63] },
  { is: picture, at: 4, bytes: [0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69, 0x66] },
  { is: media, at: 4, bytes: [0x66, 0x74, 0x79, 0x70] },
  { is: picture, at: 0, bytes: [0x49, 0x49, 0x2a, 0x00] },
  { is: picture, at: 0, bytes: [0x4d, 0x4d, 0x00, 0x2a] },
];

const two =
  "is two kinds of file at once, so I don't open it; save it anew in the program it comes from and send that.";
const binary = "is no text, PDF, table or image that I know; save it as one of those and send that.";

/** A PDF may begin a little later than the file does. */
const pdfReach = 1024;
const endReach = 22 + 65_535;

export function kindOf(bytes: Uint8Array): Kind {
  const begins = ({ at, bytes: wanted }: Signature): boolean =>
    wanted.every((byte, index) => bytes[at + index] === byte);
  const known = readable.find(begins);
  const foreign = unreadable.find(begins);
  const isPdf = startsPdf(bytes);
  const isZip = endsAsZip(bytes);
  const kinds = [known, isPdf, isZip || foreign !== undefined].filter(
    (one) => one !== undefined && one !== false,
  );
  if (kinds.length > 1) return { kind: "refused", why: two };
  if (known !== undefined) return { kind: known.is };
  if (isPdf) return { kind: "pdf" };
  if (foreign !== undefined) return { kind: "refused", why: foreign.is };
  if (isZip) return { kind: "refused", why: office };
  return isText(bytes) ? { kind: "text" } : { kind: "refused", why: binary };
}

function startsPdf(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, pdfReach)).toString("latin1");
  const at = head.search(/%PDF-\d/);
  if (at === -1) return false;
  // An article about the format may quote its first bytes; a PDF also ends as one.
  const tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - 2048))).toString("latin1");
  return head.slice(0, at).trim() === "" || tail.includes("%%EOF");
}

/** The directory of a ZIP stands at the end, whatever the file begins with. */
function endsAsZip(bytes: Uint8Array): boolean {
  const tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - endReach)));
  for (let at = tail.lastIndexOf("PK\u0005\u0006", undefined, "latin1"); at >= 0;) {
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length) return true;
    at = at === 0 ? -1 : tail.lastIndexOf("PK\u0005\u0006", at - 1, "latin1");
  }
  return false;
}

/** Text in UTF-16 is full of zeros and says so in its first two bytes; any other text has none. */
function isText(bytes: Uint8Array): boolean {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isWide) return bytes.length % 2 === 0;
  let controls = 0;
  for (const byte of bytes) {
    if (byte === 0) return false;
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls += 1;
  }
  return controls * 200 <= bytes.length;
}
