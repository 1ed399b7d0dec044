// Words that come from a server or a model, made fit to stand in a sentence of Nova's: one line, cut, and without the
// letters that a chat would draw as something else. The exact values stand on the card, line by line.
import { toOneLine, toVisible } from "../../src/markdown/visible.ts";

/** One line, every hidden character spelled out, cut. */
export function foreign(text: string, limit: number): string {
  const line = toOneLine(text.toWellFormed());
  return line.length <= limit ? line : `${line.slice(0, limit - 1).toWellFormed()}…`;
}

/** Nothing in it can become a link, a mention or a heading: only letters, digits and plain marks are left. */
export const inert = (text: string, limit: number): string =>
  foreign(text.replaceAll(/[^\p{L}\p{M}\p{N}\s.,:;!?€$£%+'"()_-]/gu, "·"), limit);

/** Several lines, cut; what is left out is counted. */
export function excerpt(text: string, limit: number): string {
  const whole = toVisible(text.toWellFormed());
  if (whole.length <= limit) return whole;
  return `${whole.slice(0, limit).toWellFormed()}… (${whole.length - limit} more characters left out)`;
}
