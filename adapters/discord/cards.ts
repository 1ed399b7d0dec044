// A post as Discord shows it: text, a proposal as an embed drawn from its card, buttons that carry an opaque id.
// What would be too long for Discord travels whole as an attached file; nothing is dropped.
import { ButtonStyle, ComponentType, MessageFlags } from "discord.js";
import type { APIActionRowComponent, APIButtonComponentWithCustomId, APIEmbed } from "discord.js";
import type { Card, Post, PostButton } from "../../src/post.ts";
import { toPhoneChecks } from "../../src/cards/passed-checks.ts";
import { splitText } from "../../src/surfaces/split-text.ts";
import { toOneLine } from "../../src/markdown/visible.ts";
import { drawBoard } from "./board.ts";
import { toDiscord } from "./markup.ts";
import type { Attachment } from "./multipart.ts";
import { clip, clipLiteral, contentLimit, toInert, toLiteral } from "./text.ts";

export type Drawn = {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIActionRowComponent<APIButtonComponentWithCustomId>[];
  readonly files: readonly Attachment[];
  readonly flags: number;
};

const buttonPrefix = "nova1.";
const footerRoom = 200;
const buttonsPerRow = 5;
const rowLimit = 5;
const description = { limit: 4096, field: 1024, title: 256 } as const;
const colors = { open: 0xf0_b2_32, closed: 0x80_84_8e } as const;
const styles = {
  primary: ButtonStyle.Success,
  danger: ButtonStyle.Danger,
  plain: ButtonStyle.Secondary,
  quiet: ButtonStyle.Secondary,
} as const satisfies Record<PostButton["style"], ButtonStyle>;

/** The outbox cuts texts with this measure; a footer always has room beside it. */
export function fits(text: string): boolean {
  return toDiscord(text).length <= contentLimit - footerRoom;
}

export function drawPost(post: Post): Drawn {
  const components = toRows(post.buttons);
  if (post.board !== undefined)
    return { content: "", embeds: [drawBoard(post.board)], components, files: [], flags: 0 };
  const files: Attachment[] = post.file === undefined ? [] : [{ name: post.file.name, data: post.file.text }];
  const embeds = post.card === null ? [] : [drawCard(post.card, files)];
  const footer = post.footer === null ? "" : `\n${drawFooter(post.footer)}`;
  const text = toDiscord(post.text);
  const isWhole = text.length + footer.length <= contentLimit;
  if (!isWhole)
    files.push({ name: "answer.md", data: post.text + (post.footer === null ? "" : `\n\n${post.footer}\n`) });
  return {
    content: isWhole ? `${text}${footer}`.trim() : toBeginning(post.text),
    embeds,
    components,
    files,
    // A link in model text must not fetch anything; the same flag would hide a card.
    flags: embeds.length === 0 ? MessageFlags.SuppressEmbeds : 0,
  };
}

const drawFooter = (footer: string): string => `-# ${clipLiteral(toOneLine(footer), footerRoom - 10)}`;

function toBeginning(text: string): string {
  return `${toDiscord(splitText(text, fits)[0] ?? "")}\n-# The whole text is in the attached file.`.trim();
}

/** At most ten lines on a phone: what it is, where it stands, what changes, on which terms. */
function drawCard(card: Card, files: Attachment[]): APIEmbed {
  const lines = [
    `**${toLine(card.state)}**`,
    ...card.effects.map((line) => `• ${toLine(line)}`),
    ...toPhoneChecks(card.checks).map(toLine),
    ...(card.terms.length === 0 ? [] : [`-# ${toLine(card.terms.join(" · "))}`]),
  ];
  const text = lines.join("\n");
  const words = card.agentWords === null ? "" : toLiteral(card.agentWords).trim();
  const title = toLine(card.title);
  const isCut =
    text.length > description.limit || words.length > description.field || title.length > description.title;
  if (isCut) files.push({ name: `${card.proposal}.txt`, data: toPlain(card) });
  return {
    title: title === "" ? "Proposal" : clipLiteral(toOneLine(card.title), description.title),
    description: toFitting(lines, description.limit),
    color: card.isOpen ? colors.open : colors.closed,
    fields:
      words === ""
        ? []
        : [{ name: "The agent's own words", value: clipLiteral(card.agentWords ?? "", description.field) }],
    footer: {
      text: clip(
        toInert(`${card.proposal} · asked by ${card.requestedBy} · ${card.agent} · ${card.fingerprint}`),
        500,
      ),
    },
  };
}

const toLine = (text: string): string => toLiteral(toOneLine(text));

/** Whole lines, as many as there is room for; the file holds the others. */
function toFitting(lines: readonly string[], limit: number): string {
  const note = "-# … the rest is in the attached file.";
  let text = "";
  for (const [index, line] of lines.entries()) {
    const longer = text === "" ? line : `${text}\n${line}`;
    const room = limit - (index === lines.length - 1 ? 0 : note.length + 1);
    if (longer.length > room) return text === "" ? note : `${text}\n${note}`;
    text = longer;
  }
  return text;
}

function toPlain(card: Card): string {
  const words = card.agentWords === null ? [] : ["", "The agent's own words:", card.agentWords];
  return [
    card.title,
    card.state,
    "",
    ...card.effects,
    "",
    ...card.checks,
    "",
    ...card.terms,
    ...words,
    "",
  ].join("\n");
}

function toRows(buttons: readonly PostButton[]): Drawn["components"] {
  const rows: APIActionRowComponent<APIButtonComponentWithCustomId>[] = [];
  for (let at = 0; at < buttons.length && rows.length < rowLimit; at += buttonsPerRow) {
    rows.push({
      type: ComponentType.ActionRow,
      components: buttons.slice(at, at + buttonsPerRow).map((button) => ({
        type: ComponentType.Button,
        style: styles[button.style],
        label: clip(toOneLine(button.label), 80),
        custom_id: toButtonId(button),
      })),
    });
  }
  return rows;
}

/** The opaque id; a button that opens a dialog also carries the dialog's question, so that it works after a restart. */
function toButtonId(button: Pick<PostButton, "nonce" | "asks">): string {
  const id = `${buttonPrefix}${button.nonce}`;
  return button.asks === null ? id : clip(`${id}.${button.asks}`, 100);
}

export function parseButtonId(
  customId: string,
): { readonly nonce: string; readonly asks: string | null } | null {
  const groups = /^nova1\.(?<nonce>[\w-]{1,80})(?:\.(?<asks>.+))?$/su.exec(customId)?.groups;
  if (groups === undefined) return null;
  return { nonce: groups["nonce"] ?? "", asks: groups["asks"] ?? null };
}
