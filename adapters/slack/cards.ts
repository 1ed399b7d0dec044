// Posts as Slack blocks. A card is drawn from the journal's row alone; the agent's own words stand apart, labelled.
// A button carries its opaque id as value and nothing else; its action id only says whether it opens a dialog.
import type { types } from "@slack/bolt";
import type { Card, Post, PostButton } from "../../src/post.ts";
import { escapeText, toMrkdwn, toSections } from "./text.ts";

export type Drawn = {
  /** Notifications, search and screen readers use it; without blocks it is the message. */
  readonly text: string;
  readonly blocks: types.KnownBlock[];
};

/** Slack refuses somewhere above 13,000 characters of blocks; this leaves room for footer, card and buttons. */
const textLimit = 11_000;
const plainLimit = 3_000;
const lineLimit = 400;
const pressPrefix = "nova1.";

export function fitsOneMessage(text: string): boolean {
  return text.length <= textLimit && toMrkdwn(text).length <= textLimit;
}

export function drawPost(post: Post): Drawn {
  const body = toMrkdwn(post.text);
  const isPlain = post.card === null && post.buttons.length === 0 && post.footer === null;
  if (isPlain && body.length <= plainLimit) return { text: body, blocks: [] };
  const fallback = post.card === null ? body : `${body}\n${plainCard(post.card)}`.trim();
  return {
    text: fallback,
    blocks: [
      ...toSections(body).map(section),
      ...(post.card === null ? [] : drawCard(post.card)),
      ...(post.buttons.length === 0 ? [] : [drawButtons(post.buttons)]),
      ...(post.footer === null ? [] : [context(clip(post.footer, 1_000))]),
    ],
  };
}

function plainCard(card: Card): string {
  return `${escapeText(card.title)}\n${escapeText(card.state)}`;
}

function drawCard(card: Card): types.KnownBlock[] {
  const lines = (items: readonly string[], mark: string) =>
    items.map((item) => `${mark} ${clip(item, lineLimit)}`.trim()).join("\n");
  const words = card.agentWords;
  return [
    section(`*${clip(card.title, lineLimit)}*`),
    ...(card.effects.length === 0 ? [] : toSections(lines(card.effects, "•")).map(section)),
    ...(card.checks.length === 0 ? [] : toSections(lines(card.checks, "")).map(section)),
    ...(card.terms.length === 0
      ? []
      : [context(card.terms.map((term) => clip(term, lineLimit)).join(" · "))]),
    ...(words === null ? [] : [section(`_In the agent's own words, not checked:_\n${clip(words, 1_500)}`)]),
    context(
      `Asked by ${clip(card.requestedBy, 100)} · ${clip(card.agent, 100)} · ${escapeText(card.proposal)} · #${escapeText(card.fingerprint)}`,
    ),
    section(`*${clip(card.state, lineLimit)}*`),
  ];
}

/** Escaped and cut with a visible mark; nothing is cut in silence. */
function clip(text: string, limit: number): string {
  const short = text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
  return escapeText(short);
}

function section(mrkdwn: string): types.SectionBlock {
  return { type: "section", text: { type: "mrkdwn", text: mrkdwn }, expand: true };
}

function context(mrkdwn: string): types.ContextBlock {
  return { type: "context", elements: [{ type: "mrkdwn", text: mrkdwn.slice(0, 3_000) }] };
}

function drawButtons(buttons: readonly PostButton[]): types.ActionsBlock {
  return { type: "actions", elements: buttons.slice(0, 25).map(drawButton) };
}

function drawButton({ nonce, label, style, asks }: PostButton, index: number): types.Button {
  const button: types.Button = {
    type: "button",
    action_id: `${asks === null ? "press" : "ask"}_${index}`,
    value: `${pressPrefix}${nonce}`,
    text: { type: "plain_text", text: label, emoji: false },
  };
  if (style !== "plain") button.style = style;
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
