// Cuts a long text into parts that each fit one platform message: nothing lost, order kept, code fences closed and reopened.

/** @param fits the surface's own measure of a rendered text. Joining the parts gives back every character except fence marks added at a cut. */
export function splitText(text: string, fits: (part: string) => boolean): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  let fence: string | null = null;
  while (true) {
    const opened: string = fence === null ? rest : `${fence}\n${rest}`;
    if (fits(opened)) return [...parts, opened];
    const prefix: string = fence === null ? "" : `${fence}\n`;
    const cut = cutOf(rest, (part) => fits(`${prefix}${part}\n\`\`\``));
    const head: string = `${prefix}${rest.slice(0, cut)}`;
    const open = openFence(head);
    parts.push(open === null ? head : `${head}${head.endsWith("\n") ? "" : "\n"}\`\`\``);
    fence = open;
    rest = rest.slice(cut);
  }
}

/** Where to cut: the longest prefix that fits, moved back to a paragraph, line, sentence or word, never inside a character. */
function cutOf(text: string, fits: (part: string) => boolean): number {
  let low = 1;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  const head = text.slice(0, low);
  for (const mark of ["\n\n", "\n", ". ", " "]) {
    const at = head.lastIndexOf(mark);
    if (at > low / 2) return at + mark.length;
  }
  return isLowSurrogate(text.charCodeAt(low)) && low > 1 ? low - 1 : low;
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** The opening line of a fence that is still open at the end of the text, or null. */
function openFence(text: string): string | null {
  let open: string | null = null;
  for (const line of text.split("\n")) {
    const mark = /^\s*```\s*(\S{0,20})/.exec(line);
    if (mark !== null) open = open === null ? `\`\`\`${mark[1] ?? ""}` : null;
  }
  return open;
}
