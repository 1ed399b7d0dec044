// Posts drawn with lines and indent, readable at 80 columns with or without colours. What to press is what to type.
import { toOneLine } from "../../src/markdown/visible.ts";
import type { Card, Post } from "../../src/post.ts";
import { quietKey } from "./choices.ts";
import type { Offered } from "./choices.ts";
import { hang, toLines } from "./outbound.ts";
import type { Look } from "./outbound.ts";
import { toInert, wrap } from "./text.ts";

const margin = 6;

/** A terminal scrolls: where other places show a beginning beside a file, here is the file's text. */
const wholeOf = (post: Post): string => post.file?.text ?? post.text;

/** A post shown for the first time. */
export function drawPost(post: Post, offered: readonly Offered[], look: Look): readonly string[] {
  const inner: Look = { ...look, columns: look.columns - margin };
  const body = [
    ...(wholeOf(post).trim() === "" ? [] : toLines(wholeOf(post), inner)),
    ...(post.card === null ? [] : drawCard(post.card, post, inner)),
    ...drawChoices(offered, inner),
    ...(post.footer === null ? [] : toneLines(`${post.footer}${quietWords(post)}`, inner)),
  ];
  const name = post.kind === "failure" ? look.paint("bad", "nova!") : look.paint("accent", "nova");
  return [...behind(name.concat(post.kind === "failure" ? " " : "  "), body), ""];
}

/** The small buttons as what is typed for them. */
function quietWords({ buttons }: Post): string {
  const quiet = buttons.filter(({ style }) => style === "quiet");
  const words = quiet.map(({ label }) => (quietKey(label) === "?" ? "? why" : `${quietKey(label)} ${label}`));
  return words.length === 0 ? "" : ` · type ${words.join(", ")}`;
}

/** A post that was shown before and changed: what it says now, in as few lines as that takes. */
export function drawChange(post: Post, offered: readonly Offered[], look: Look): readonly string[] {
  const inner: Look = { ...look, columns: look.columns - margin };
  const { card } = post;
  const words =
    card === null
      ? toLines(wholeOf(post), inner)
      : [
          ...wrap(toOneLine(card.state), inner.columns),
          ...toneLines(`${card.proposal} ${card.title}`, inner),
          ...card.effects.filter((line) => /^[≠✗?]/u.test(line)).flatMap((line) => toneLines(line, inner)),
          ...lateLines(post, card.proposal).map((line) => look.paint("dim", line.slice(2))),
        ];
  return behind(`   ${look.paint("accent", "↻")}  `, [...words, ...drawChoices(offered, inner)]);
}

/** A sentence of the terminal itself, not a message of Nova. */
export function drawNotice(text: string, look: Look): readonly string[] {
  return behind("   ·  ", toneLines(text, { ...look, columns: look.columns - margin }));
}

/** `head` fills the margin of the first line; it may be painted, so its length in bytes says nothing. */
const behind = (head: string, lines: readonly string[]): readonly string[] =>
  lines.map((line, index) => {
    if (index === 0) return head + line;
    return line === "" ? "" : " ".repeat(margin) + line;
  });

const canDecide = (post: Post): boolean => post.card !== null && post.card.isOpen && post.buttons.length > 0;

function drawCard(card: Card, post: Post, look: Look): readonly string[] {
  const { paint } = look;
  const inner: Look = { ...look, columns: look.columns - 2 };
  const rows = [
    ...card.effects.flatMap((effect) => hang("  ", wrap(toOneLine(effect), inner.columns - 2))),
    ...card.checks.flatMap((check) => toneLines(`· ${check}`, inner)),
    ...toneLines(card.terms.join(" · "), inner),
    ...toneLines(`Asked by ${card.requestedBy} · ${card.agent} · fingerprint ${card.fingerprint}`, inner),
    ...(card.agentWords === null ? [] : toneLines(`The agent's own words: “${card.agentWords}”`, inner)),
    ...wrap(toOneLine(card.state), inner.columns).map((line) => paint("bold", line)),
  ];
  const details = `Details:  /details ${toInert(card.proposal)}`;
  const end = canDecide(post)
    ? [
        `├ Approve:  ${paint("good", `/approve ${toInert(card.proposal)}${approveWords(post)}`)}`,
        `├ Reject:   ${paint("bad", `/reject ${toInert(card.proposal)} reason`)}`,
        ...editLines(post, card.proposal),
        ...tickLines(post),
        `└ ${details}`,
      ]
    : [...lateLines(post, card.proposal), `└ ${details}`];
  const title = wrap(toOneLine(card.title), inner.columns).map((line) => paint("bold", line));
  return [
    ...title.map((line, index) => (index === 0 ? "┌ " : "│ ") + line),
    ...rows.map((row) => `│ ${row}`),
    ...end,
  ];
}

/** A batch's items by the ids that leave them out or take them in again. */
function tickLines({ buttons }: Post): readonly string[] {
  return buttons.flatMap(({ nonce, label }) => {
    const [, verb, item] = /^(tick|untick)-(.+)$/u.exec(nonce) ?? [];
    return verb === undefined || item === undefined
      ? []
      : [`├ ${toOneLine(label)}: /${verb} ${toInert(item)}`];
  });
}

/** What can still be done about a proposal that is decided. */
function lateLines({ buttons }: Post, proposal: string): readonly string[] {
  const has = (wanted: string): boolean => buttons.some(({ label }) => label === wanted);
  return [
    ...(has("Stop") ? [`├ Stop:     /stop ${toInert(proposal)}`] : []),
    ...(has("Undo…") ? [`├ Undo:     /undo ${toInert(proposal)}`] : []),
  ];
}

/** What has to be typed behind it, as a word that says what. */
const approveWords = ({ buttons }: Post): string =>
  buttons.some(({ style, asks }) => style === "primary" && asks !== null) ? " AMOUNT-OR-CODE" : "";

/** The fields as they would be typed, with what they hold now. */
function editLines({ buttons }: Post, proposal: string): readonly string[] {
  const fields = buttons.flatMap(({ fields: held }) => held ?? []);
  if (fields.length === 0) return [];
  const typed = fields.map(({ key, value }) => `${key}=${toInert(value).replaceAll("\n", " ")}`).join(" ");
  return [`├ Edit:     /edit ${toInert(proposal)} ${typed}`];
}

function drawChoices(offered: readonly Offered[], look: Look): readonly string[] {
  if (offered.length === 0) return [];
  const lines = offered.map(({ key, label, asks }) => {
    const how = /^\d+$/u.test(key) && asks === null ? key : `/choose ${key}${asks === null ? "" : " words"}`;
    return `  ${look.paint("accent", how)}  ${toOneLine(label)}`;
  });
  const isMenu = offered.every(({ key, asks }) => /^\d+$/u.test(key) && asks === null);
  return isMenu ? [...lines, look.paint("dim", "  Type the number of your choice.")] : lines;
}

function toneLines(text: string, look: Look): readonly string[] {
  return wrap(toOneLine(text), look.columns).map((line) => look.paint("dim", line));
}
