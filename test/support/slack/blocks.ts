// Slack's rules for blocks and live markup, with the errors Slack gives: sizes, shapes, unique ids, and
// which people or channels a stored text really notifies.

import { checkInput } from "./dialogs.ts";
import { isRecord, textOf } from "./core.ts";
import { checkRichText, checkTable, mentionsOf } from "./rich-text.ts";

export interface BlockReport {
  errors: string[];
  totalCharacters: number;
  /** Texts in which markup is live (mrkdwn and markdown, not plain_text). */
  liveTexts: string[];
  /** Texts in which Slack also looks for bare names: mrkdwn that is not verbatim. */
  namedTexts: string[];
}

const allowedKeys: Record<string, readonly string[]> = {
  section: ["type", "block_id", "text", "fields", "accessory", "expand"],
  header: ["type", "block_id", "text"],
  divider: ["type", "block_id"],
  context: ["type", "block_id", "elements"],
  actions: ["type", "block_id", "elements"],
  markdown: ["type", "block_id", "text"],
  rich_text: ["type", "block_id", "elements"],
  table: ["type", "block_id", "rows", "column_settings"],
  input: ["type", "block_id", "label", "element", "hint", "optional", "dispatch_action"],
};

const buttonKeys = new Set([
  "type",
  "text",
  "action_id",
  "url",
  "value",
  "style",
  "confirm",
  "accessibility_label",
]);

type Report = (pointer: string, message: string) => void;

function sized(value: unknown, limit: number, report: (message: string) => void): void {
  if (typeof value !== "string" || value.length === 0) report("must be a non-empty string");
  else if (value.length > limit) report(`must be less than ${limit + 1} characters`);
}

function checkText(
  text: unknown,
  rule: { limit: number; plain?: boolean },
  at: (message: string) => void,
): void {
  if (!isRecord(text)) return at("must provide an object");
  if (text["type"] !== "plain_text" && (rule.plain === true || text["type"] !== "mrkdwn")) {
    at(`unsupported type: ${textOf(text["type"])}`);
  }
  sized(text["text"], rule.limit, at);
}

function checkButton(button: Record<string, unknown>, pointer: string, report: Report): void {
  for (const key of Object.keys(button)) {
    if (!buttonKeys.has(key)) report(pointer, `no more than known properties allowed: ${key}`);
  }
  checkText(button["text"], { limit: 75, plain: true }, (why) => report(`${pointer}/text`, why));
  sized(button["action_id"], 255, (why) => report(`${pointer}/action_id`, why));
  if (button["value"] !== undefined) sized(button["value"], 2000, (why) => report(`${pointer}/value`, why));
  if (button["url"] !== undefined) sized(button["url"], 3000, (why) => report(`${pointer}/url`, why));
  if (button["style"] !== undefined && button["style"] !== "primary" && button["style"] !== "danger") {
    report(`${pointer}/style`, "must be one of primary, danger");
  }
  const confirm = button["confirm"];
  if (confirm === undefined) return;
  if (!isRecord(confirm)) return report(`${pointer}/confirm`, "must provide an object");
  checkText(confirm["title"], { limit: 100, plain: true }, (why) => report(`${pointer}/confirm/title`, why));
  checkText(confirm["text"], { limit: 300 }, (why) => report(`${pointer}/confirm/text`, why));
  checkText(confirm["confirm"], { limit: 30, plain: true }, (why) =>
    report(`${pointer}/confirm/confirm`, why),
  );
  checkText(confirm["deny"], { limit: 30, plain: true }, (why) => report(`${pointer}/confirm/deny`, why));
}

function checkElements(block: Record<string, unknown>, pointer: string, report: Report): void {
  const elements = block["elements"];
  const limit = block["type"] === "actions" ? 25 : 10;
  if (!Array.isArray(elements) || elements.length === 0)
    return report(`${pointer}/elements`, "must have elements");
  if (elements.length > limit) report(`${pointer}/elements`, `no more than ${limit} items allowed`);
  const ids = new Set<string>();
  for (const [index, element] of elements.entries()) {
    const at = `${pointer}/elements/${index}`;
    if (!isRecord(element)) report(at, "must provide an object");
    else if (block["type"] === "context") checkText(element, { limit: 3000 }, (why) => report(at, why));
    else {
      if (element["type"] === "button") checkButton(element, at, report);
      const id = textOf(element["action_id"]);
      if (ids.has(id)) report(`${at}/action_id`, `already exists: ${id}`);
      ids.add(id);
    }
  }
}

function checkSection(block: Record<string, unknown>, pointer: string, report: Report): void {
  const { text, fields, accessory } = block;
  if (text === undefined && fields === undefined) report(pointer, "must provide text or fields");
  if (text !== undefined) checkText(text, { limit: 3000 }, (why) => report(`${pointer}/text/text`, why));
  if (Array.isArray(fields)) {
    if (fields.length > 10) report(`${pointer}/fields`, "no more than 10 items allowed");
    for (const [index, field] of fields.entries()) {
      checkText(field, { limit: 2000 }, (why) => report(`${pointer}/fields/${index}`, why));
    }
  }
  if (isRecord(accessory) && accessory["type"] === "button")
    checkButton(accessory, `${pointer}/accessory`, report);
}

function checkBlock(block: Record<string, unknown>, pointer: string, report: Report): void {
  const type = textOf(block["type"]);
  const keys = allowedKeys[type];
  if (keys === undefined) return report(pointer, `unsupported block type: ${type}`);
  for (const key of Object.keys(block)) {
    if (!keys.includes(key)) report(pointer, `invalid additional property: ${key}`);
  }
  if (block["block_id"] !== undefined)
    sized(block["block_id"], 255, (why) => report(`${pointer}/block_id`, why));
  if (type === "section") checkSection(block, pointer, report);
  if (type === "header")
    checkText(block["text"], { limit: 150, plain: true }, (why) => report(`${pointer}/text`, why));
  if (type === "actions" || type === "context") checkElements(block, pointer, report);
  if (type === "rich_text") checkRichText(block, pointer, report);
  if (type === "table") checkTable(block, pointer, report);
  if (type === "markdown") sized(block["text"], 12_000, (why) => report(`${pointer}/text`, why));
  if (type === "input") {
    checkText(block["label"], { limit: 2000, plain: true }, (why) => report(`${pointer}/label`, why));
    checkInput(block["element"], `${pointer}/element`, report);
    if (block["hint"] !== undefined)
      checkText(block["hint"], { limit: 2000, plain: true }, (why) => report(`${pointer}/hint`, why));
  }
}

/** What a rich text holds is letters; only its own elements mention somebody. */
const letterTypes = new Set(["plain_text", "text", "link", "raw_text"]);

function collectTexts(value: unknown, into: { total: number; live: string[]; named: string[] }): void {
  if (Array.isArray(value)) {
    for (const item of value) collectTexts(item, into);
  } else if (isRecord(value)) {
    const { type, text } = value;
    if (typeof text === "string") {
      into.total += text.length;
      if (!letterTypes.has(textOf(type))) into.live.push(text);
      if (type === "mrkdwn" && value["verbatim"] !== true) into.named.push(text);
    }
    into.live.push(...mentionsOf(value));
    for (const [key, item] of Object.entries(value))
      if (key !== "text" || isRecord(item)) collectTexts(item, into);
  }
}

export function inspectBlocks(blocks: unknown, limit: number): BlockReport {
  const errors: string[] = [];
  const report: Report = (pointer, message) => {
    errors.push(`[ERROR] ${message} [json-pointer:${pointer}]`);
  };
  const texts = { total: 0, live: [], named: [] };
  if (!Array.isArray(blocks)) {
    report("/blocks", "must be an array");
    return { errors, totalCharacters: 0, liveTexts: [], namedTexts: [] };
  }
  if (blocks.length > limit) report("/blocks", `no more than ${limit} items allowed`);
  const ids = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    const pointer = `/blocks/${index}`;
    if (!isRecord(block)) {
      report(pointer, "must provide an object");
      continue;
    }
    checkBlock(block, pointer, report);
    const id = textOf(block["block_id"]);
    if (id !== "" && ids.has(id)) report(`${pointer}/block_id`, `block_id already exists: ${id}`);
    ids.add(id);
  }
  const tables = blocks.filter((block) => isRecord(block) && block["type"] === "table");
  if (tables.length > 1) report("/blocks", "only one table allowed");
  collectTexts(blocks, texts);
  return { errors, totalCharacters: texts.total, liveTexts: texts.live, namedTexts: texts.named };
}

const explicit = /<(?:!(?:channel|here|everyone|subteam\^[^>]+)|@[UW][A-Z0-9]+)[^>]*>/g;
const bare = /(?<![\w<!])@(?:channel|here|everyone)\b/g;

/** Whom a text notifies. `client` and `full` parsing, or link_names, turn bare @names into pings too. */
export function pingsOf(text: string, parsing: { parse: string; linkNames: boolean }): string[] {
  const found: string[] = [...(text.match(explicit) ?? [])];
  if (parsing.parse !== "none" || parsing.linkNames) found.push(...(text.match(bare) ?? []));
  return found;
}

/** Live markup that Nova never means to send; escaped text has no `<` at all. */
export function unescapedMarkup(text: string): string[] {
  return text.match(/<[!@#][^>]*>?/g) ?? [];
}

export interface Button {
  label: string;
  actionId: string;
  blockId: string;
  value: string;
  type: string;
}

/** The buttons a person can press in a message as it stands now. */
export function buttonsOf(blocks: readonly unknown[]): Button[] {
  const found: Button[] = [];
  for (const block of blocks) {
    if (!isRecord(block)) continue;
    const elements: unknown[] = Array.isArray(block["elements"]) ? block["elements"] : [block["accessory"]];
    for (const element of elements) {
      if (!isRecord(element) || element["type"] !== "button") continue;
      const label = isRecord(element["text"]) ? textOf(element["text"]["text"]) : "";
      found.push({
        label,
        actionId: textOf(element["action_id"]),
        blockId: textOf(block["block_id"]),
        value: textOf(element["value"]),
        type: "button",
      });
    }
  }
  return found;
}
