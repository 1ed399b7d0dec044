// The owner's config: people, projects, ERPs, approvals, budgets. Strict: an unknown key stops the boot with its path
// and the nearest known name, because a misspelt `aprovers` must never mean "no approvers".
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { approvalProblems, Approvals, QuietHoursConfig } from "./approvals/approval-config.ts";
import { Budgets } from "./budget-config.ts";
import { BootError } from "./boot-error.ts";
import { ErpConfig, erpKeys } from "./erp/erp-config.ts";
import { AccountId, ChannelId, ProjectId } from "./ids.ts";
import { McpConfig, McpServerConfig, mcpProblems } from "./erp/mcp-config.ts";
import { nearestNames } from "./nearest.ts";

const PersonConfig = z.strictObject({
  name: z.string().min(1),
  ids: z.array(AccountId).min(1),
  role: z.enum(["owner", "member", "guest"]),
  quietHours: QuietHoursConfig,
});
const ProjectConfig = z.strictObject({
  id: ProjectId,
  name: z.string().min(1),
  channels: z.array(ChannelId).default([]),
  /** Agent ids or `role/*`; what is not listed does not exist in this project. */
  agents: z.array(z.string().min(1)).min(1).default(["*"]),
  repositories: z.array(z.string()).default([]),
  /** What the project is about, in a few sentences; a channel's own profile, once given, stands before it. */
  profile: z.string().trim().max(2_000).default(""),
  /** How things are done here; a channel adds its own. */
  conventions: z.array(z.string().trim().min(1).max(300)).max(20).default([]),
  erp: z.string().nullable().default(null),
  quietHours: QuietHoursConfig,
});
const Audit = z.strictObject({
  /** Where the owner is told once a day where the audit chain ends; null: where the owner last talked with Nova alone. */
  channel: ChannelId.nullable().default(null),
});

const ConfigShape = z.strictObject({
  people: z.array(PersonConfig).min(1),
  projects: z.array(ProjectConfig).default([]),
  erps: z.record(z.string(), ErpConfig).default({}),
  mcp: McpConfig.default({}),
  approvals: Approvals.prefault({}),
  audit: Audit.prefault({}),
  budgets: Budgets.prefault({}),
});
export type Config = z.infer<typeof ConfigShape>;
export type ConfigInput = z.input<typeof ConfigShape>;

/** Gives a config file its types; the value is checked when Nova starts. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}

/** The same for a project that has a file of its own. */
export function defineProject(project: z.input<typeof ProjectConfig>): z.input<typeof ProjectConfig> {
  return project;
}

/** Reads the config module (`.ts`, `.mjs`) or `.json`. Throws BootError with one sentence per problem. */
export async function loadConfig(file: string): Promise<Config> {
  const path = resolve(file);
  if (!existsSync(path)) {
    throw new BootError(
      `There is no config at ${file}. Copy config/nova.ts there, or point NOVA_CONFIG at yours.`,
    );
  }
  return parseConfig(await loadRaw(path), file);
}

async function loadRaw(path: string): Promise<unknown> {
  try {
    if (path.endsWith(".json")) return JSON.parse(readFileSync(path, "utf8"));
    const loaded: unknown = await import(pathToFileURL(path).href);
    return z.object({ default: z.unknown() }).parse(loaded).default;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new BootError(
      `The config ${path} can't be loaded: ${reason}. Mend the file, or point NOVA_CONFIG at another.`,
    );
  }
}

/** Parses and cross-checks: names of approvers, ERPs and channels must exist and be unambiguous. */
export function parseConfig(raw: unknown, file: string): Config {
  const parsed = ConfigShape.safeParse(raw);
  if (!parsed.success)
    throw new BootError(`The config ${file} is not valid. ${parsed.error.issues.map(sentenceOf).join(" ")}`);
  const problems = crossCheck(parsed.data);
  if (problems.length > 0) throw new BootError(`The config ${file} is not valid. ${problems.join(" ")}`);
  return parsed.data;
}

const knownKeys = [ConfigShape, PersonConfig, ProjectConfig, McpServerConfig, Approvals, Audit, Budgets]
  .flatMap((shape) => Object.keys(shape.shape))
  .concat(erpKeys);

function sentenceOf(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join(".");
  if (issue.code !== "unrecognized_keys") return `At ${path === "" ? "the top" : path}: ${issue.message}.`;
  return issue.keys
    .map((key) => {
      const near = nearestNames(key, knownKeys, 1)[0];
      return `Unknown key "${path === "" ? "" : `${path}.`}${key}"${near === undefined ? "" : `: did you mean "${near}"?`}`;
    })
    .join(" ");
}

function crossCheck(config: Config): readonly string[] {
  const names = config.people.map(({ name }) => name);
  const channels = config.projects.flatMap(({ id, channels }) =>
    channels.map((channel) => ({ id, channel })),
  );
  return [
    ...approvalProblems(config.approvals, config.people),
    ...config.projects
      .filter(({ erp }) => erp !== null && !(erp in config.erps))
      .map(
        ({ id, erp }) =>
          `Project "${id}" uses the ERP "${erp ?? ""}", which is not in erps: add it there or set erp to null.`,
      ),
    ...mcpProblems(config),
    ...duplicatesOf(config.people.flatMap(({ ids }) => ids)).map(
      (id) => `The account "${id}" belongs to two people: keep it with one.`,
    ),
    ...duplicatesOf(names).map((name) => `Two people are called "${name}": give each a name of their own.`),
    ...duplicatesOf(channels.map(({ channel }) => channel)).map(
      (channel) => `The channel "${channel}" belongs to two projects: keep it with one.`,
    ),
    ...(config.people.some(({ role }) => role === "owner")
      ? []
      : ['Nobody is the owner: give one person the role "owner", or nothing could ever be approved.']),
  ];
}

const duplicatesOf = (items: readonly string[]): readonly string[] => [
  ...new Set(items.filter((item, index) => items.indexOf(item) !== index)),
];
