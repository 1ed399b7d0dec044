// An answer too long to be read as messages: one message with its beginning, and the whole as a file beside it. Said by
// code to be the beginning, because no summary is asked of a model here.
import type { Said } from "../post.ts";
import { splitText } from "../surfaces/split-text.ts";

/** Up to here it is shown as messages, one after the other. */
const mostMessages = 3;
/** As much as is read on a phone before the file is opened. */
const longestBeginning = 1_200;

/** What a surface takes. `whispersFiles`: a file can be for one person's eyes too. */
export type Measure = {
  readonly fits: (text: string) => boolean;
  readonly whispersFiles: boolean;
};

/** Buttons and footer belong to the last message. What only one person may see stays with messages where no file can be shown to one. */
export function toMessages(said: Said, { fits, whispersFiles }: Measure): readonly Said[] {
  const parts = splitText(said.text, fits);
  const mayBeFile = said.only === null || whispersFiles;
  if (parts.length > mostMessages && mayBeFile) return [toBeginning(said, fits)];
  return parts.map((text, index) =>
    index === parts.length - 1 ? { ...said, text } : { ...said, text, footer: null, offers: [] },
  );
}

function toBeginning(said: Said, fits: (text: string) => boolean): Said {
  const words = said.text.split(/\s+/).filter((word) => word !== "").length;
  const note = `\n\nThis is only the beginning: the whole text, ${words.toLocaleString("en")} words, is in the attached file.`;
  const [beginning = ""] = splitText(
    said.text,
    (text) => text.length <= longestBeginning && fits(`${text}${note}`),
  );
  return { ...said, text: `${beginning.trimEnd()}${note}`, file: { name: "answer.md", text: said.text } };
}
