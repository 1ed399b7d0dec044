// The words of a PDF, page by page. Scripts in it are never run, its pictures are never decoded, and its links and
// attachments are not followed.
import { getDocumentProxy } from "unpdf";
import { z } from "zod";
import type { FileContent } from "../../src/ports/files.ts";

const mostPages = 300;
const TextItem = z.object({ str: z.string(), hasEOL: z.boolean() });
const Named = z.object({ name: z.string() });

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

export async function readPdf(bytes: Uint8Array, maxCharacters: number): Promise<FileContent> {
  try {
    const pdf = await getDocumentProxy(bytes, {
      isEvalSupported: false,
      useSystemFonts: false,
      disableFontFace: true,
      maxImageSize: 1_000_000,
      verbosity: 0,
    });
    return toContent(await pagesOf(pdf, maxCharacters), pdf.numPages);
  } catch (thrown) {
    return { kind: "refused", why: whyNot(thrown) };
  }
}

async function pagesOf(pdf: Pdf, maxCharacters: number): Promise<readonly string[]> {
  const pages: string[] = [];
  let characters = 0;
  for (let number = 1; number <= Math.min(pdf.numPages, mostPages); number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const words = items.flatMap((item) => {
      const text = TextItem.safeParse(item);
      return text.success ? [text.data.hasEOL ? `${text.data.str}\n` : text.data.str] : [];
    });
    page.cleanup();
    const text = words
      .join("")
      .replaceAll(/[ \t]+\n/g, "\n")
      .trim();
    characters += text.length;
    if (characters > maxCharacters && pages.length > 0) break;
    pages.push(text.slice(0, maxCharacters));
  }
  return pages;
}

function toContent(pages: readonly string[], total: number): FileContent {
  if (pages.every((page) => page === "")) {
    return {
      kind: "refused",
      why: "is a PDF of pictures without words, perhaps a scan; send its pages as images, or a PDF with text.",
    };
  }
  const parts = pages.map(
    (text, index) => `(page ${index + 1})\n${text === "" ? "(no words on this page)" : text}`,
  );
  const extent = total === 1 ? "1 page" : `${total} pages`;
  return { kind: "words", what: "PDF", extent, unit: "page", head: "", parts, total };
}

function whyNot(thrown: unknown): string {
  const named = Named.safeParse(thrown);
  if (named.success && named.data.name === "PasswordException") {
    return "is a PDF that is locked with a password; save it without one and send that.";
  }
  return "is a broken PDF; save or print it to PDF anew and send that.";
}
