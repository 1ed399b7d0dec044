// The board as Slack blocks: a title, its rows and how fresh they are, per part. The same for a message and for the App
// Home; only addresses that Nova's own code made are links.
import type { types } from "@slack/bolt";
import type { Board, BoardPart, BoardRow } from "../../src/ports.ts";
import { minuteOf } from "../../src/board/board-time.ts";
import { escapeText, toSections } from "./text.ts";

const marks: Readonly<Record<BoardRow["mark"], string>> = {
  waits: "⏳",
  runs: "▶️",
  stuck: "⚠️",
  asks: "❓",
  failed: "❌",
  well: "✅",
  ill: "❌",
  plain: "•",
};

export function drawBoard({ note, parts, at }: Board): types.KnownBlock[] {
  return [
    ...(note === null ? [] : [section(escapeText(note))]),
    ...parts.flatMap((part) => drawPart(part, at)),
  ];
}

function drawPart({ title, rows, more, none, freshness }: BoardPart, now: number): types.KnownBlock[] {
  const lines = rows.map((row) => drawRow(row, now));
  const text = [
    `*${escapeText(title)}*`,
    ...(lines.length === 0 ? [escapeText(none)] : lines),
    ...(more === 0 ? [] : [`… and ${more} more`]),
  ].join("\n");
  return [
    ...toSections(text).map(section),
    { type: "context", elements: [{ type: "plain_text", text: freshness, emoji: false }] },
  ];
}

function drawRow({ mark, text, at, link }: BoardRow, now: number): string {
  const since = at === null ? "" : `, since ${minuteOf(at, now)}`;
  return `${marks[mark]} ${escapeText(`${text}${since}`)}${link === null ? "" : ` <${escapeText(link)}|open>`}`;
}

const section = (mrkdwn: string): types.SectionBlock => ({
  type: "section",
  // Verbatim: Slack looks for no names or addresses in it.
  text: { type: "mrkdwn", text: mrkdwn, verbatim: true },
  expand: true,
});
