// Application commands: what the bot registered, with the limits that refuse a bad set.
import { z } from "zod";
import { invalidForm, Refusal, type FieldError } from "./refusal.ts";
import type { Call, Reply, Route } from "./rest.ts";
import type { Stage } from "./stage.ts";

type Translations = Readonly<Record<string, string>> | null | undefined;
interface Option {
  readonly name: string;
  readonly description: string;
  readonly name_localizations?: Translations;
  readonly description_localizations?: Translations;
  readonly type: number;
  readonly required?: boolean | undefined;
  readonly autocomplete?: boolean | undefined;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[] | undefined;
  readonly options?: readonly Option[] | undefined;
}

const translations = z.record(z.string(), z.string()).nullish();
const optionSchema: z.ZodType<Option> = z.lazy(() =>
  z.object({
    name: z.string(),
    description: z.string(),
    name_localizations: translations,
    description_localizations: translations,
    type: z.number().int().min(1).max(11),
    required: z.boolean().optional(),
    autocomplete: z.boolean().optional(),
    choices: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })).optional(),
    options: z.array(optionSchema).optional(),
  }),
);
const commandSchema = z.object({
  name: z.string(),
  description: z.string().default(""),
  name_localizations: translations,
  description_localizations: translations,
  type: z.number().int().min(1).max(3).default(1),
  options: z.array(optionSchema).optional(),
  contexts: z.array(z.number()).optional(),
  integration_types: z.array(z.number()).optional(),
});
type Command = z.infer<typeof commandSchema>;

export type FakeCommand = Command & {
  readonly id: string;
  readonly guildId: string | null;
};

export interface Commands {
  readonly routes: readonly Route[];
  readonly list: () => readonly FakeCommand[];
}

const NAME = /^[-_'\p{L}\p{N}]{1,32}$/u;
/** Chat input, user menu, message menu: how many of each an application may have. */
const MOST: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };
const LOCALES = new Set(
  "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko".split(
    " ",
  ),
);

export function createCommands(stage: Stage): Commands {
  let commands: FakeCommand[] = [];
  let created = 0;

  const put = (call: Call): Reply => {
    const guildId = call.params["guild"] ?? null;
    const parsed = z.array(commandSchema).safeParse(call.body);
    if (!parsed.success)
      throw invalidForm([{ path: "commands", code: "BASE_TYPE_BAD", message: parsed.error.message }]);
    refuseTooMany(parsed.data);
    const errors = [
      ...parsed.data.flatMap((command, at) => commandErrors(command, `${at}`)),
      ...doubles(parsed.data, ({ type, name }) => `${type} ${name}`, "name"),
    ];
    if (errors.length > 0) throw invalidForm(errors);
    const known = new Set(commands.filter((c) => c.guildId === guildId).map((c) => `${c.type} ${c.name}`));
    created += parsed.data.filter((c) => !known.has(`${c.type} ${c.name}`)).length;
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
    const isWhole = call.query.get("with_localizations") === "true";
    return {
      status: 200,
      body: held.map((c) => {
        const own = { version, nsfw: false, default_member_permissions: null };
        return Object.assign(isWhole ? structuredClone(c) : withoutTranslations(c), own);
      }),
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

/** Discord leaves translations out unless they are asked for, at every depth. */
const withoutTranslations = (command: FakeCommand): Record<string, unknown> =>
  z
    .record(z.string(), z.unknown())
    .parse(
      JSON.parse(
        JSON.stringify(command, (key, value: unknown) =>
          key.endsWith("_localizations") ? undefined : value,
        ),
      ),
    );

function refuseTooMany(commands: readonly Command[]): void {
  for (const [type, most] of Object.entries(MOST)) {
    if (commands.filter((command) => command.type === Number(type)).length > most)
      throw new Refusal(400, 30032, { message: `Maximum number of application commands reached (${most}).` });
  }
}

function commandErrors(command: Option | Command, path: string, isOption = false): FieldError[] {
  const options = command.options ?? [];
  const isSlash = isOption || command.type === 1;
  const names = [command.name, ...Object.values(command.name_localizations ?? {})];
  const texts = [command.description, ...Object.values(command.description_localizations ?? {})];
  const locales = Object.keys({ ...command.name_localizations, ...command.description_localizations });
  const said = (at: string, code: string, message: string): FieldError => ({
    path: `${path}.${at}`,
    code,
    message,
  });
  const isNamed = names.every((name) =>
    isSlash ? isSlashName(name) : name.length >= 1 && name.length <= 32,
  );
  const isDescribed = texts.every((text) => (isSlash ? text.length >= 1 && text.length <= 100 : text === ""));
  return [
    ...(isNamed ? [] : [said("name", "STRING_TYPE_REGEX", "String value did not match validation regex.")]),
    ...(isDescribed
      ? []
      : [said("description", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")]),
    ...(locales.every((locale) => LOCALES.has(locale))
      ? []
      : [said("name_localizations", "ENUM_TYPE_COERCE", `Unknown locale in ${locales.join(", ")}.`)]),
    ...(options.length > 25
      ? [said("options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")]
      : []),
    ...(!isSlash && options.length > 0 ? [said("options", "BASE_TYPE_BAD", "Menus take no options.")] : []),
    ...(sizeOf(command) > 8000
      ? [{ path, code: "APPLICATION_COMMAND_TOO_LARGE", message: "Command exceeds maximum size (8000)" }]
      : []),
    ...(isOption ? fieldErrors(command, path) : []),
    ...orderErrors(options, path),
    ...doubles(options, ({ name }) => name, `${path}.options`),
    ...[...LOCALES].flatMap((locale) =>
      doubles(options, (option) => option.name_localizations?.[locale] ?? option.name, `${path}.options`),
    ),
    ...options.flatMap((option, at) => commandErrors(option, `${path}.options.${at}`, true)),
  ];
}

const isSlashName = (name: string): boolean => NAME.test(name) && name === name.toLowerCase();

/** What a person fills in: text and numbers complete themselves or offer choices, never both. */
function fieldErrors(option: Option | Command, path: string): FieldError[] {
  const { type } = option;
  const autocomplete = "autocomplete" in option && option.autocomplete;
  const choices = "choices" in option ? option.choices : undefined;
  const canComplete = type === 3 || type === 4 || type === 10;
  const isOdd = autocomplete === true && (!canComplete || choices !== undefined);
  const isLong = (choices?.length ?? 0) > 25;
  return [
    ...(isOdd
      ? [
          {
            path: `${path}.autocomplete`,
            code: "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
            message: "Not here.",
          },
        ]
      : []),
    ...(isLong
      ? [{ path: `${path}.choices`, code: "BASE_TYPE_MAX_LENGTH", message: "Must be 25 or fewer in length." }]
      : []),
  ];
}

/** Required options first; subcommands only among themselves. */
function orderErrors(options: readonly Option[], path: string): FieldError[] {
  const late = options.findIndex(
    (option, at) =>
      option.required === true && options.slice(0, at).some((earlier) => earlier.required !== true),
  );
  const isSub = (option: Option) => option.type === 1 || option.type === 2;
  const isMixed = options.some(isSub) && !options.every(isSub);
  return [
    ...(late === -1
      ? []
      : [
          {
            path: `${path}.options.${late}`,
            code: "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
            message: "Required options must be placed before non-required options",
          },
        ]),
    ...(isMixed
      ? [
          {
            path: `${path}.options`,
            code: "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            message:
              "Sub-command and sub-command group option types are mutually exclusive to all other types",
          },
        ]
      : []),
  ];
}

function doubles<T>(all: readonly T[], nameOf: (one: T) => string, path: string): FieldError[] {
  const names = all.map(nameOf);
  const double = names.find((name, at) => names.indexOf(name) !== at);
  return double === undefined
    ? []
    : [
        {
          path,
          code: "APPLICATION_COMMANDS_DUPLICATE_NAME",
          message: `Application command names must be unique: ${double}`,
        },
      ];
}

/** The longest translation counts. */
function sizeOf(command: Option | Command): number {
  const longest = (text: string, others: Translations): number =>
    Math.max(text.length, ...Object.values(others ?? {}).map((other) => other.length));
  const own =
    longest(command.name, command.name_localizations) +
    longest(command.description, command.description_localizations);
  return (command.options ?? []).reduce((sum, option) => sum + sizeOf(option), own);
}
