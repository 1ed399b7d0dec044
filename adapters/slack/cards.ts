// Posts as Slack blocks. A card is drawn from the journal's row alone; the agent's own words stand apart, labelled.
// A button carries its opaque id as value and nothing else; its action id only says whether it opens a dialog.
import type { types } from "@slack/bolt";
import type { Post, PostButton } from "../../src/post.ts";
import { drawBoard } from "./board.ts";
import type { Document } from "../../src/markdown/document.ts";
import { parseMarkdown } from "../../src/markdown/parse.ts";
import { toPlainText } from "../../src/markdown/plain.ts";
import { toOneLine } from "../../src/markdown/visible.ts";
import { splitText } from "../../src/surfaces/split-text.ts";
import { drawCard, plainCard } from "./proposal-card.ts";
import { smallPrint, toRichText } from "./rich-text.ts";
import { clip, escapeText } from "./text.ts";

export type Drawn = {
  /** Notifications, search and screen readers use it; without blocks it is the message. */
  readonly text: string;
  readonly blocks: types.KnownBlock[];
};

/** Slack refuses somewhere above 13,000 characters of blocks; this leaves room for footer, card and buttons. */
const textLimit = 10_500;
/** Slack cuts a message's plain text at 40,000 characters. */
const fallbackLimit = 30_000;
/** No letter is spelled with more than this: an invisible one by its number, a link's address beside its words. */
const mostPerLetter = 12;
const pressPrefix = "nova1.";

export function fitsOneMessage(text: string): boolean {
  if (text.length > textLimit) return false;
  // What is short fits however it is spelled; only a table can grow by more, where it becomes entries.
  if (text.length * mostPerLetter <= textLimit && !text.includes("|")) return true;
  const document = parseMarkdown(text);
  return lettersOf(toRichText(document)) <= textLimit && wordsOf(document).length <= fallbackLimit;
}

const wordsOf = (document: Document): string => escapeText(toPlainText(document)).trim();

/** What Slack counts, and the addresses besides, which it may count too. */
function lettersOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let sum = 0;
  for (const [key, inner] of Object.entries(value)) {
    const isCounted = typeof inner === "string" && (key === "text" || key === "url");
    sum += isCounted ? inner.length : lettersOf(inner);
  }
  return sum;
}

export function drawPost(post: Post): Drawn {
  const body = parseMarkdown(fitsOneMessage(post.text) ? post.text : toBeginning(post.text));
  const words = wordsOf(body);
  const isBare =
    post.card === null && post.board === undefined && post.buttons.length === 0 && post.footer === null;
  if (isBare && isPlain(body)) return { text: words === "" ? nothing : words, blocks: [] };
  const fallback = post.card === null ? words : `${words}\n${plainCard(post.card)}`.trim();
  return {
    text: fallback === "" ? nothing : fallback,
    blocks: [
      ...(post.board === undefined ? toRichText(body) : drawBoard(post.board)),
      ...(post.card === null ? [] : drawCard(post.card)),
      ...drawRow(
        post.buttons.filter(({ style }) => style !== "quiet"),
        "press",
      ),
      ...(post.footer === null ? [] : [smallPrint(clip(toOneLine(post.footer), 1_000))]),
      ...drawRow(
        post.buttons.filter(({ style }) => style === "quiet"),
        "small",
      ),
    ],
  };
}

const nothing = "(nothing to show)";

/** The outbox cuts what is too long; whatever was not cut is shown as far as there is room, and says so. */
const toBeginning = (text: string): string =>
  `${splitText(text, (part) => fitsOneMessage(`${part}\n\n…`))[0] ?? ""}\n\n… (too long for one message)`;

/** Words in which Slack would find neither markup nor an address: they need no blocks. */
const isPlain = (document: Document): boolean =>
  document.every(
    (block) =>
      block.kind === "paragraph" &&
      block.spans.every((span) => span.kind === "text" && !/[*_~`]|:\/\/|^\s*>/mu.test(span.text)),
  );

function drawRow(buttons: readonly PostButton[], name: string): types.ActionsBlock[] {
  if (buttons.length === 0) return [];
  const elements = buttons.slice(0, 25).map((button, index) => drawButton(button, `${name}_${index}`));
  return [{ type: "actions", elements }];
}

function drawButton({ nonce, label, style, asks }: PostButton, name: string): types.Button {
  const button: types.Button = {
    type: "button",
    action_id: asks === null ? name : name.replace("press", "ask"),
    value: `${pressPrefix}${nonce}`,
    text: { type: "plain_text", text: clip(toOneLine(label), 75) || "…", emoji: false },
  };
  if (style === "primary" || style === "danger") button.style = style;
  // Read aloud by screen readers, and the question of the dialog that the button opens.
  if (asks !== null) button.accessibility_label = asks.slice(0, 75);
  return button;
}

/** The nonce of a button's value; null: not a button of Nova's. */
export function nonceOf(value: string): string | null {
  return value.startsWith(pressPrefix) && value.length > pressPrefix.length
    ? value.slice(pressPrefix.length)
    : null;
}

export const opensDialog = (actionId: string): boolean => actionId.startsWith("ask_");

/** A dialog with one text field; `metadata` comes back with what was typed. */
export function drawDialog(question: string, metadata: string): types.ModalView {
  return {
    type: "modal",
    callback_id: "nova_words",
    private_metadata: metadata,
    title: { type: "plain_text", text: "Nova" },
    submit: { type: "plain_text", text: "Send" },
    close: { type: "plain_text", text: "Cancel" },
    blocks: [
      {
        type: "input",
        block_id: "words",
        optional: true,
        label: { type: "plain_text", text: question.slice(0, 2_000) },
        element: { type: "plain_text_input", action_id: "words", multiline: true, max_length: 2_000 },
      },
    ],
  };
}
