// Slack's rules for rich text and tables: which element may stand where, what each must hold, and whom it mentions.
// Text in them is letters; only elements of their own kind are live.
import { isRecord, textOf } from "./core.ts";

type Report = (pointer: string, message: string) => void;

const keysOf: Readonly<Record<string, readonly string[]>> = {
  rich_text_section: ["type", "elements"],
  rich_text_list: ["type", "elements", "style", "indent", "offset", "border"],
  rich_text_quote: ["type", "elements", "border"],
  rich_text_preformatted: ["type", "elements", "border"],
  text: ["type", "text", "style"],
  link: ["type", "url", "text", "unsafe", "style"],
  user: ["type", "user_id", "style"],
  usergroup: ["type", "usergroup_id", "style"],
  channel: ["type", "channel_id", "style"],
  broadcast: ["type", "range", "style"],
  emoji: ["type", "name", "unicode", "style"],
};
const containers = new Set([
  "rich_text_section",
  "rich_text_list",
  "rich_text_quote",
  "rich_text_preformatted",
]);
const styles = new Set(["bold", "italic", "strike", "code", "underline"]);

export function checkRichText(block: Record<string, unknown>, pointer: string, report: Report): void {
  const elements: unknown = block["elements"];
  if (!Array.isArray(elements) || elements.length === 0)
    return report(`${pointer}/elements`, "must have elements");
  for (const [index, element] of elements.entries()) {
    const at = `${pointer}/elements/${index}`;
    if (!isRecord(element) || !containers.has(textOf(element["type"])))
      report(at, `unsupported element: ${isRecord(element) ? textOf(element["type"]) : typeof element}`);
    else checkContainer(element, at, report);
  }
}

function checkContainer(element: Record<string, unknown>, pointer: string, report: Report): void {
  const type = textOf(element["type"]);
  checkKeys(element, pointer, report);
  const inner: unknown = element["elements"];
  if (!Array.isArray(inner) || inner.length === 0) return report(`${pointer}/elements`, "must have elements");
  if (type === "rich_text_list") {
    if (element["style"] !== "bullet" && element["style"] !== "ordered")
      report(`${pointer}/style`, "must be one of bullet, ordered");
    for (const [key, most] of [
      ["indent", 8],
      ["offset", 1_000_000_000],
    ] as const) {
      const number = element[key];
      const isFine = typeof number === "number" && Number.isInteger(number) && number >= 0 && number <= most;
      if (number !== undefined && !isFine) report(`${pointer}/${key}`, `must be 0 to ${most}`);
    }
  }
  for (const [index, item] of inner.entries()) {
    const at = `${pointer}/elements/${index}`;
    if (!isRecord(item)) report(at, "must provide an object");
    else if (type === "rich_text_list") {
      if (item["type"] === "rich_text_section") checkContainer(item, at, report);
      else report(at, "a list holds sections");
    } else checkInline(item, at, report);
    const isWord = isRecord(item) && (item["type"] === "text" || item["type"] === "link");
    if (type === "rich_text_preformatted" && !isWord) report(at, "preformatted text holds text and links");
  }
  return undefined;
}

function checkInline(item: Record<string, unknown>, pointer: string, report: Report): void {
  const type = textOf(item["type"]);
  if (keysOf[type] === undefined || containers.has(type))
    return report(pointer, `unsupported element: ${type}`);
  checkKeys(item, pointer, report);
  if (type === "text" && textOf(item["text"]) === "") report(`${pointer}/text`, "must be a non-empty string");
  const url = textOf(item["url"]);
  if (type === "link" && (url.length === 0 || url.length > 3000))
    report(`${pointer}/url`, "must be 1 to 3000 characters");
  if (type === "link" && (!URL.canParse(url) || /[\s<>]/u.test(url))) report(`${pointer}/url`, "invalid url");
  const style: unknown = item["style"];
  if (style === undefined) return undefined;
  if (!isRecord(style)) return report(`${pointer}/style`, "must provide an object");
  for (const [key, value] of Object.entries(style))
    if (!styles.has(key) || typeof value !== "boolean") report(`${pointer}/style/${key}`, "unknown style");
  return undefined;
}

function checkKeys(element: Record<string, unknown>, pointer: string, report: Report): void {
  const known = keysOf[textOf(element["type"])] ?? [];
  for (const key of Object.keys(element))
    if (!known.includes(key)) report(pointer, `invalid additional property: ${key}`);
}

/** At most 100 rows of 20 cells, 10,000 characters in all of them, none empty. */
export function checkTable(block: Record<string, unknown>, pointer: string, report: Report): void {
  const { rows, column_settings: settings } = block;
  if (!Array.isArray(rows) || rows.length === 0) return report(`${pointer}/rows`, "must have rows");
  if (rows.length > 100) report(`${pointer}/rows`, "no more than 100 items allowed");
  if (Array.isArray(settings) && settings.length > 20)
    report(`${pointer}/column_settings`, "no more than 20 items allowed");
  let characters = 0;
  for (const [index, row] of rows.entries()) {
    const at = `${pointer}/rows/${index}`;
    const cells: readonly unknown[] = Array.isArray(row) ? row : [];
    if (cells.length === 0 || cells.length > 20) report(at, "must have 1 to 20 cells");
    for (const [column, cell] of cells.entries()) {
      checkCell(cell, `${at}/${column}`, report);
      characters += lettersOf(cell);
    }
  }
  if (characters > 10_000) report(`${pointer}/rows`, "cells hold more than 10000 characters");
  return undefined;
}

function checkCell(cell: unknown, pointer: string, report: Report): void {
  if (!isRecord(cell)) return report(pointer, "must provide an object");
  if (cell["type"] === "rich_text") return checkRichText(cell, pointer, report);
  if (cell["type"] !== "raw_text" || textOf(cell["text"]) === "") report(pointer, "must be a cell with text");
  return undefined;
}

function lettersOf(value: unknown): number {
  if (typeof value === "string") return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + lettersOf(item), 0);
  if (!isRecord(value)) return 0;
  return textOf(value["text"]).length + lettersOf(Object.values(value));
}

/** Elements that notify somebody, as the markup they stand for. */
export function mentionsOf({
  type,
  range,
  user_id: user,
  usergroup_id: group,
}: Record<string, unknown>): string[] {
  if (type === "broadcast") return [`<!${textOf(range)}>`];
  if (type === "user") return [`<@${textOf(user)}>`];
  return type === "usergroup" ? [`<!subteam^${textOf(group)}>`] : [];
}
