// The board as one Discord message: an embed that always fits, with fewer rows per part where there are too many for it.
// Its rows are shown letter by letter; only addresses that Nova's own code made are links.
import type { APIEmbed } from "discord.js";
import { minuteOf } from "../../src/board/board-time.ts";
import type { Board, BoardPart, BoardRow } from "../../src/ports.ts";
import { clip, toLiteral } from "./text.ts";

/** Discord's limit of an embed's description. */
const limit = 4_096;
const rowsTried = [8, 6, 4, 3, 2, 1, 0] as const;
const color = 0x58_65_f2;
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

export function drawBoard(board: Board): APIEmbed {
  const tries = rowsTried.map((rows) => boardText(board, rows));
  const description = tries.find((text) => text.length <= limit) ?? clip(tries.at(-1) ?? "", limit);
  return { title: "Board", description, color };
}

function boardText({ note, parts, at }: Board, rows: number): string {
  return [...(note === null ? [] : [toLiteral(note)]), ...parts.map((part) => partText(part, rows, at))].join(
    "\n\n",
  );
}

function partText(part: BoardPart, rows: number, now: number): string {
  const shown = part.rows.slice(0, rows);
  const more = part.more + part.rows.length - shown.length;
  const isEmpty = part.rows.length === 0;
  return [
    `**${toLiteral(part.title)}** · ${toLiteral(part.freshness)}`,
    ...(isEmpty ? [toLiteral(part.none)] : shown.map((row) => rowText(row, now))),
    ...(more === 0 ? [] : [`… and ${more} more`]),
  ].join("\n");
}

function rowText({ mark, text, at, link }: BoardRow, now: number): string {
  const since = at === null ? "" : `, since ${minuteOf(at, now)}`;
  return `${marks[mark]} ${toLiteral(`${text}${since}`)}${link === null ? "" : ` [open](${link})`}`;
}
