// Application commands: what the bot registered, with the limits that refuse a bad set.
import { z } from "zod";
import { invalidForm, Refusal, type FieldError } from "./refusal.ts";
import type { Call, Reply, Route } from "./rest.ts";
import type { Stage } from "./stage.ts";

interface Option {
  readonly name: string;
  readonly description: string;
  readonly type: number;
  readonly required?: boolean | undefined;
  readonly autocomplete?: boolean | undefined;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[] | undefined;
  readonly options?: readonly Option[] | undefined;
}

const optionSchema: z.ZodType<Option> = z.lazy(() =>
  z.object({
    name: z.string(),
    description: z.string(),
    type: z.number().int(),
    required: z.boolean().optional(),
    autocomplete: z.boolean().optional(),
    choices: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })).optional(),
    options: z.array(optionSchema).optional(),
  }),
);
const commandSchema = z.object({
  name: z.string(),
  description: z.string().default(""),
  type: z.number().int().default(1),
  options: z.array(optionSchema).optional(),
  contexts: z.array(z.number()).optional(),
  integration_types: z.array(z.number()).optional(),
});

export type FakeCommand = z.infer<typeof commandSchema> & {
  readonly id: string;
  readonly guildId: string | null;
};

export interface Commands {
  readonly routes: readonly Route[];
  readonly list: () => readonly FakeCommand[];
}

const NAME = /^[-_'\p{L}\p{N}]{1,32}$/u;

export function createCommands(stage: Stage): Commands {
  let commands: FakeCommand[] = [];
  let created = 0;

  const put = (call: Call): Reply => {
    const guildId = call.params["guild"] ?? null;
    const parsed = z.array(commandSchema).safeParse(call.body);
    if (!parsed.success)
      throw invalidForm([{ path: "commands", code: "BASE_TYPE_BAD", message: parsed.error.message }]);
    const errors = parsed.data.flatMap((command, at) => commandErrors(command, `${at}`));
    if (errors.length > 0) throw invalidForm(errors);
    const known = new Set(commands.filter((c) => c.guildId === guildId).map((c) => c.name));
    created += parsed.data.filter((c) => !known.has(c.name)).length;
    if (created > stage.settings.commandCreatesPerDay)
      throw new Refusal(400, 30034, { message: "Max number of daily application command creates" });
    const fresh = parsed.data.map((command) => Object.assign(command, { id: stage.world.nextId(), guildId }));
    commands = [...commands.filter((c) => c.guildId !== guildId), ...fresh];
    return { status: 200, body: fresh };
  };
  const get = (call: Call): Reply => {
    const guildId = call.params["guild"] ?? null;
    const version = stage.world.nextId();
    const held = commands.filter((c) => c.guildId === guildId);
    return {
      status: 200,
      body: held.map((c) =>
        Object.assign(structuredClone(c), { version, nsfw: false, default_member_permissions: null }),
      ),
    };
  };
  return {
    list: () => commands,
    routes: [
      { method: "PUT", pattern: "/applications/:app/commands", handle: put },
      { method: "GET", pattern: "/applications/:app/commands", handle: get },
      { method: "PUT", pattern: "/applications/:app/guilds/:guild/commands", handle: put },
      { method: "GET", pattern: "/applications/:app/guilds/:guild/commands", handle: get },
    ],
  };
}

function commandErrors(command: Option | z.infer<typeof commandSchema>, path: string): FieldError[] {
  const options = command.options ?? [];
  const isLower = command.name === command.name.toLowerCase();
  return [
    ...(NAME.test(command.name) && isLower
      ? []
      : [
          {
            path: `${path}.name`,
            code: "STRING_TYPE_REGEX",
            message: "String value did not match validation regex.",
          },
        ]),
    ...(command.description.length >= 1 && command.description.length <= 100
      ? []
      : [
          {
            path: `${path}.description`,
            code: "BASE_TYPE_BAD_LENGTH",
            message: "Must be between 1 and 100 in length.",
          },
        ]),
    ...(options.length > 25
      ? [{ path: `${path}.options`, code: "BASE_TYPE_MAX_LENGTH", message: "Must be 25 or fewer in length." }]
      : []),
    ...(sizeOf(command) > 8000
      ? [{ path, code: "APPLICATION_COMMAND_TOO_LARGE", message: "Command exceeds maximum size (8000)" }]
      : []),
    ...options.flatMap((option, at) => commandErrors(option, `${path}.options.${at}`)),
  ];
}

function sizeOf(command: Option | z.infer<typeof commandSchema>): number {
  const own = command.name.length + command.description.length;
  return (command.options ?? []).reduce((sum, option) => sum + sizeOf(option), own);
}
