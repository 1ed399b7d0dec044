// The board in words, for surfaces that draw no board of their own, and as what others fall back to.
import type { Board, BoardPart, BoardRow } from "../ports.ts";
import { minuteOf } from "./board-time.ts";

const marks: Readonly<Record<BoardRow["mark"], string>> = {
  waits: "⏳",
  runs: "▶",
  stuck: "⚠",
  asks: "?",
  failed: "✗",
  well: "✓",
  ill: "✗",
  plain: "·",
};

export function boardText(board: Board): string {
  const head = board.note === null ? [] : [inert(board.note)];
  return [...head, ...board.parts.map((part) => partText(part, board.at))].join("\n\n");
}

function partText({ title, rows, more, none, freshness }: BoardPart, now: number): string {
  const lines = rows.map((row) => `- ${rowText(row, now)}`);
  return [
    `**${title}** (${freshness})`,
    ...(lines.length === 0 ? [`- ${none}`] : lines),
    ...(more === 0 ? [] : [`- … and ${more} more`]),
  ].join("\n");
}

function rowText({ mark, text, at, link }: BoardRow, now: number): string {
  const since = at === null ? "" : `, since ${minuteOf(at, now)}`;
  return `${marks[mark]} ${inert(text)}${since}${link === null ? "" : ` [open](${link})`}`;
}

/** Rows hold words of people, models and records: no mark-up of theirs may be live. */
const inert = (text: string): string =>
  text.replaceAll(/[*`~]/gu, "").replaceAll("[", "(").replaceAll("]", ")");
