// What Nova registers with Discord: `/nova` with one subcommand per verb, and one entry per shortcut in the menu of a
// message. It is written only when its hash differs from what stands there. Decisions have no command: a button decides.
import { createHash } from "node:crypto";
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  Routes,
} from "discord.js";
import type { REST, RESTPutAPIApplicationCommandsJSONBody } from "discord.js";
import { z } from "zod";
import type { VerbOption, VerbSpec } from "../../src/ports.ts";
import { shortcuts } from "../../src/surfaces/shortcuts.ts";
import { clip } from "./text.ts";
import { commandWords, localised, shortcutNames } from "./wording.ts";

export type Command = RESTPutAPIApplicationCommandsJSONBody[number];

/** Everywhere Nova can be met: servers and its own direct messages. */
const contexts = [InteractionContextType.Guild, InteractionContextType.BotDM];

export function toCommands(verbs: readonly VerbSpec[]): readonly Command[] {
  const menus = shortcuts.map((shortcut) => ({
    name: shortcut.label,
    name_localizations: shortcutNames(shortcut.id),
    type: ApplicationCommandType.Message as const,
    contexts,
  }));
  const slash = {
    name: "nova",
    description: "Ask Nova, start pipelines, look at what waits",
    description_localizations: commandWords(),
    type: ApplicationCommandType.ChatInput as const,
    contexts,
    options: verbs.filter((verb) => !verb.isTerminalOnly).map(toSubcommand),
  };
  return [slash, ...menus];
}

function toSubcommand(verb: VerbSpec) {
  return {
    type: ApplicationCommandOptionType.Subcommand as const,
    name: verb.name,
    description: clip(verb.summary, 100),
    ...localised("verbs", verb.name),
    options: [...(verb.options ?? optionsOf(verb))].sort(requiredFirst).map(toOption),
  };
}

/** Discord wants what must be given before what may be. */
const requiredFirst = (left: VerbOption, right: VerbOption): number =>
  Number(right.isRequired) - Number(left.isRequired);

function toOption({ name, about, isRequired, suggests }: VerbOption) {
  return {
    type: ApplicationCommandOptionType.String as const,
    name,
    description: clip(about, 100),
    ...localised("options", name),
    required: isRequired,
    ...(suggests === null ? {} : { autocomplete: true }),
  };
}

/** One text, as the usage has it; what stands in brackets may be left out. */
function optionsOf(verb: VerbSpec): readonly VerbOption[] {
  const about = verb.usage.slice(verb.name.length).trim();
  const isRequired = !/^\[[^\]]*\]$/u.test(about);
  return about === "" ? [] : [{ name: "text", about, isRequired, suggests: null }];
}

const Translations = z.record(z.string(), z.string()).nullish().transform(sorted);
const Named = z.object({
  name: z.string(),
  description: z.string().default(""),
  type: z.number().default(1),
  name_localizations: Translations,
  description_localizations: Translations,
});
const Option = Named.extend({
  required: z.boolean().default(false),
  autocomplete: z.boolean().default(false),
});
const Registered = z.array(
  Named.extend({
    options: z.array(Named.extend({ options: z.array(Option).default([]) })).default([]),
  }),
);

function sorted(words: Record<string, string> | null | undefined): readonly (readonly [string, string])[] {
  return Object.entries(words ?? {}).sort(([left], [right]) => (left < right ? -1 : 1));
}

/** Discord adds fields of its own to what it hands back, so only what Nova sets counts. Null: something else stands there. */
function hashOf(commands: unknown): string | null {
  const parsed = Registered.safeParse(commands);
  if (!parsed.success) return null;
  const inOrder = parsed.data.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(inOrder)).digest("hex");
}

export async function registerCommands(
  rest: REST,
  application: string,
  verbs: readonly VerbSpec[],
): Promise<void> {
  const wanted = toCommands(verbs);
  const route = Routes.applicationCommands(application);
  const query = new URLSearchParams({ with_localizations: "true" });
  if (hashOf(await rest.get(route, { query })) === hashOf(wanted)) return;
  await rest.put(route, { body: wanted });
}
