// A card without its frame: where a channel denies Nova the right to embed, Discord drops the embed without a word, and
// the buttons would stand under nothing. The same words then stand in the message itself.
import type { APIEmbed } from "discord.js";
import type { Drawn } from "./cards.ts";
import { Sent } from "./payload.ts";
import { clip, contentLimit } from "./text.ts";

/** What to show instead, when Discord's answer has lost the embeds; null: nothing was lost. */
export function withoutEmbeds(answer: unknown, drawn: Drawn): Drawn | null {
  if (drawn.embeds.length === 0 || (Sent.safeParse(answer).data?.embeds ?? drawn.embeds).length > 0)
    return null;
  const words = [drawn.content, ...drawn.embeds.flatMap(wordsOf)].filter((part) => part !== "");
  return { ...drawn, embeds: [], content: clip(words.join("\n"), contentLimit) };
}

function wordsOf({ title, description, fields, footer }: APIEmbed): readonly string[] {
  const head = title === undefined ? "" : `**${title}**`;
  return [
    head,
    description ?? "",
    ...(fields ?? []).map(({ name, value }) => `${name}: ${value}`),
    footer?.text ?? "",
  ];
}
