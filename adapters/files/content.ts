// One file's bytes as something an agent can be told: what they are first, then how to read that.
import type { FileContent } from "../../src/ports/files.ts";
import { readImage } from "./images.ts";
import { kindOf } from "./kinds.ts";
import { readPdf } from "./pdfs.ts";
import { readTable, separatorOf } from "./tables.ts";
import { decodeText, readText } from "./texts.ts";

export type FileBytes = {
  readonly name: string;
  readonly type: string | null;
  readonly bytes: Uint8Array<ArrayBuffer>;
};
/** More than any budget lets through; bounds what leaves the worker. */
const maxCharacters = 200_000;

export async function readContent({ name, type, bytes }: FileBytes): Promise<FileContent> {
  if (bytes.length === 0) return { kind: "refused", why: "is empty; send it again." };
  const found = kindOf(bytes);
  switch (found.kind) {
    case "refused":
      return found;
    case "pdf":
      return readPdf(bytes, maxCharacters);
    case "text":
      return readWords(
        decodeText(bytes),
        /[.](?:csv|tsv)$/i.test(name) || /csv|tab-separated/i.test(type ?? ""),
      );
    case "png":
    case "jpeg":
    case "gif":
    case "webp":
      return readImage(found.kind, name, bytes);
  }
}

function readWords(text: string, isNamedTable: boolean): FileContent {
  if (text.trim() === "") return { kind: "refused", why: "holds no words; send it again." };
  const separator = separatorOf(text, isNamedTable);
  return separator === null ? readText(text, maxCharacters) : readTable(text, separator, { maxCharacters });
}
