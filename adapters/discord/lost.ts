// The last word when a message could not be kept: its sender is told, outside the outbox, which can't be written.
import { Routes } from "discord.js";
import type { REST } from "discord.js";
import type { Message } from "../../src/message.ts";
import { wordsOf } from "./outcomes.ts";
import { toNonce } from "./payload.ts";

const content = "I can't keep messages right now, so I did not take this one. Please send it again later.";

export type LostParts = { readonly rest: REST; readonly onTrouble: (what: string) => void };

export async function sayLost(parts: LostParts, message: Message, error: unknown): Promise<void> {
  parts.onTrouble(`A message could not be kept: ${wordsOf(error)}`);
  const channel = message.thread.split(":")[2] ?? "";
  const nonce = toNonce(`lost ${message.id}`);
  const body = { content, nonce, enforce_nonce: true, allowed_mentions: { parse: [] } };
  try {
    await parts.rest.post(Routes.channelMessages(channel), { body });
  } catch (again) {
    parts.onTrouble(`… and its sender could not be told: ${wordsOf(again)}`);
  }
}
