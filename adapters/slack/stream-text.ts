// Text of a stream: Slack reads it as Markdown and has no switch against link previews there, so everything that could
// become a mention, a link or an image is broken by an invisible character. It only grows when the text grows: a stream
// can be added to, never changed.
import { escapeText } from "./text.ts";

const gap = "\u200b";
/** After these, the next character would begin something live. */
const beginnings = /:(?=\/)|\](?=[([:])|!(?=\[)|(?<=[\p{L}\p{N}])\.(?=[\p{L}])|@(?=\p{L})/gu;
/** What one stream carries; Slack refuses messages somewhere above 13,000 characters. */
const streamLimit = 11_000;

export function toStreamText(text: string): string {
  const inert = escapeText(whole(text)).replaceAll(beginnings, `$&${gap}`);
  if (inert.length > streamLimit) return `${whole(cutEscape(inert.slice(0, streamLimit)))} …`;
  return inert;
}

/** What to append so that the stream says `next`; words that do not go on from `sent` begin anew below them. */
export function toDelta(sent: string, next: string): string {
  if (next.startsWith(sent)) return next.slice(sent.length);
  const room = streamLimit - sent.length;
  return room <= next.length + 2 ? "" : `\n\n${next}`;
}

const cutEscape = (text: string): string => text.replace(/&[a-z]{0,3}$/u, "");
/** Never half a character: the other half comes with more text. */
const whole = (text: string): string => (/[\ud800-\udbff]$/u.test(text) ? text.slice(0, -1) : text);
