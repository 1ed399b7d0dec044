// A text that lists several things, cut where a person would cut it: behind the colon, at line ends, commas and "then".
const bullets = /^(?:[-*•–]|\d{1,2}[.)])\s+/u;
const openings = /^(?:first(?:ly)?|then|and then|and|next|after that|finally|zuerst|dann|danach|und)[,\s]+/iu;
const ends = /[.!?;,\s]+$/u;

const clean = (piece: string): string =>
  piece.trim().replace(bullets, "").replace(openings, "").replace(openings, "").replace(ends, "").trim();

/** Without lines, commas, semicolons and "then" cut; with lines, only they do. */
export function piecesOf(text: string): readonly string[] {
  const raw = text.trim().includes("\n")
    ? text.split(/\n+/u)
    : text.split(/;\s+|,\s+|\s+(?:and then|then|dann)\s+|\.\s+(?=\p{Lu})/u);
  return raw.map(clean).filter((piece) => piece !== "");
}

/** What stands behind the first colon or line end; null where nothing does. */
export function listIn(text: string): string | null {
  const found = /^[^\n:]{0,160}(?::\s+|:?\s*\n)([^]+)$/u.exec(text.trim());
  return found?.[1]?.trim() ?? null;
}

/** What a client wants: what is listed behind a colon, or what "wants" is said of. */
export function wishesIn(text: string): readonly string[] {
  const listed = listIn(text);
  if (listed !== null) return piecesOf(listed);
  const wanted = /\b(?:wants?|would like|asks? for|möchten?|will)\s+(?:to (?:have )?)?(.{4,})$/iu.exec(
    text.trim(),
  )?.[1];
  return wanted === undefined ? [] : [clean(wanted)];
}
