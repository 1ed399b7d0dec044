// What was chosen and typed in Discord's fields, as the words of a verb: the same that somebody would type elsewhere.
import { SnowflakeUtil } from "discord.js";
import { shortcuts } from "../../src/surfaces/shortcuts.ts";
import type { Body } from "../../src/body.ts";
import type { VerbSpec } from "../../src/ports.ts";
import type { InteractionPacket } from "./packets.ts";

export type CommandPacket = Extract<InteractionPacket, { type: 2 }>;
type CommandBody = Extract<Body, { kind: "command" }>;

/** Null: no command of Nova's. */
export function toCommand(packet: CommandPacket, verbs: readonly VerbSpec[]): CommandBody | null {
  return packet.data.type === 1 ? fromFields(packet, verbs) : fromMenu(packet);
}

function fromFields({ data }: CommandPacket, verbs: readonly VerbSpec[]): CommandBody | null {
  const [verb] = data.options ?? [];
  if (data.name !== "nova" || verb === undefined) return null;
  const given = new Map((verb.options ?? []).map(({ name, value = "" }) => [name, String(value).trim()]));
  const declared = verbs.find(({ name }) => name === verb.name)?.options ?? [];
  const words = declared.map(({ name, suggests }) => {
    const value = given.get(name) ?? "";
    given.delete(name);
    // Whoever is chosen by name is meant, also when there is nobody of that name.
    return suggests === "agents" && value !== "" ? `@${value.replace(/^@/u, "")}` : value;
  });
  const rest = [...words, ...given.values()].filter((word) => word !== "").join(" ");
  return { kind: "command", verb: verb.name, rest };
}

/** A message's menu: the words are those of the message, and their author is named where it is somebody else. */
function fromMenu({ data, member, user }: CommandPacket): CommandBody | null {
  const shortcut = shortcuts.find(({ label }) => label === data.name);
  const target = data.resolved?.messages?.[data.target_id ?? ""];
  if (shortcut === undefined || target === undefined) return null;
  const { verb } = shortcut;
  if (verb === "summarise") return { kind: "command", verb, rest: "" };
  // Who was called by name at the start is no part of what was said.
  const rest = target.content.replace(/^(?:\s*<@!?\d+>)+/u, "").trim();
  const { author } = target;
  if (author.id === (member?.user ?? user)?.id && verb === "ask") return { kind: "command", verb, rest };
  const quoted = { by: author.global_name ?? author.username, at: SnowflakeUtil.timestampFrom(target.id) };
  return { kind: "command", verb, rest, quoted };
}
