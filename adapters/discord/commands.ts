// `/nova <verb>`: one subcommand per verb, written to Discord only when what is registered differs. Decisions have no
// command here: only a button decides.
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  Routes,
} from "discord.js";
import type { REST, RESTPutAPIApplicationCommandsJSONBody } from "discord.js";
import { z } from "zod";
import type { VerbSpec } from "../../src/ports.ts";
import { clip } from "./text.ts";

export type Command = RESTPutAPIApplicationCommandsJSONBody[number];

function toCommand(verbs: readonly VerbSpec[]): Command {
  return {
    name: "nova",
    description: "Ask Nova, start pipelines, look at what waits",
    type: ApplicationCommandType.ChatInput,
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    options: verbs
      .filter((verb) => !verb.isTerminalOnly)
      .map((verb) => ({
        type: ApplicationCommandOptionType.Subcommand as const,
        name: verb.name,
        description: clip(verb.summary, 100),
        options: toOptions(verb),
      })),
  };
}

/** `stop RUN` takes words, `runs` takes none, `retry` neither; what stands in brackets may be left out. */
function toOptions(verb: VerbSpec) {
  const takes = verb.usage.slice(verb.name.length).trim();
  if (takes === "") return [];
  const isOptional = /^\[[^\]]*\]$/u.test(takes);
  return [
    {
      type: ApplicationCommandOptionType.String as const,
      name: "text",
      description: clip(takes, 100),
      required: !isOptional,
    },
  ];
}

const Registered = z.object({
  name: z.string(),
  description: z.string(),
  options: z
    .array(
      z.object({
        name: z.string(),
        description: z.string(),
        options: z
          .array(
            z.object({ name: z.string(), description: z.string(), required: z.boolean().default(false) }),
          )
          .default([]),
      }),
    )
    .default([]),
});

/** Discord adds fields of its own to what it hands back, so only what Nova sets is compared. */
export async function registerCommand(
  rest: REST,
  application: string,
  verbs: readonly VerbSpec[],
): Promise<void> {
  const wanted = toCommand(verbs);
  const route = Routes.applicationCommands(application);
  const held = z.array(Registered).safeParse(await rest.get(route));
  const isSame = held.success && JSON.stringify(held.data) === JSON.stringify([Registered.parse(wanted)]);
  if (!isSame) await rest.put(route, { body: [wanted] });
}
