// The config of MCP servers: how each is reached, which of its tools only look, who may hold them and where. Closed by
// default: a tool that is not listed as a reader needs an approval, and a server bound to nobody is a mistake.
import { z } from "zod";

const environmentName = z
  .string()
  .regex(/^[A-Z_][A-Z0-9_]*$/, 'must be the name of a variable, e.g. "NOTES_TOKEN"');
const tool = z.string().min(1).max(128);

/** How the outcome of a tool is read back: which reader, what it is asked with, what one record of its answer must show. */
const Verification = z.strictObject({
  tool,
  /** Argument of the reader > argument of the deed. */
  pass: z.record(z.string(), z.string()),
  /** Field of the answer > argument of the deed; all of them in one record. */
  shows: z
    .record(z.string(), z.string())
    .refine((fields) => Object.keys(fields).length > 0, "must name a field"),
});

export const McpServerConfig = z.strictObject({
  /** A program of its own, spoken to over its standard input and output. */
  command: z.string().min(1).optional(),
  args: z.array(z.string()).default([]),
  cwd: z.string().min(1).optional(),
  /** Or an address (streamable HTTP): https, or http on this machine. */
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** Names of variables of Nova's environment that the program gets; nothing else of it but PATH, HOME and their like. */
  env: z.array(environmentName).default([]),
  /** Name of the variable that holds the bearer token for the address. */
  bearer: environmentName.optional(),
  /** Tools that only look. Every other tool is an effect of high stakes. */
  readers: z.array(tool).default([]),
  verify: z.record(tool, Verification).default({}),
  /** In place of the server's own description, which is foreign text. */
  describe: z.record(tool, z.string().min(1).max(1_000)).default({}),
  /** Agents that hold its tools: an erp agent all, a chat agent the readers. */
  agents: z.array(z.string().min(1)).min(1),
  /** Projects in which they do. */
  projects: z.array(z.string().min(1)).min(1),
});
export type McpServerConfig = z.infer<typeof McpServerConfig>;

export const McpConfig = z.record(
  z.string().regex(/^[a-z][a-z0-9-]{0,23}$/, 'must be a short name in lower case, e.g. "notes"'),
  McpServerConfig,
);
type House = {
  readonly mcp: z.infer<typeof McpConfig>;
  readonly projects: readonly { readonly id: string }[];
  readonly erps: Readonly<Record<string, unknown>>;
};

/** What no single field can see, one sentence each. */
export function mcpProblems({ mcp, projects, erps }: House): readonly string[] {
  return Object.entries(mcp).flatMap(([name, server]) => [
    ...(Object.hasOwn(erps, `mcp/${name}`)
      ? [`An ERP is called "mcp/${name}", like the MCP server: rename it.`]
      : []),
    ...wayProblems(name, server),
    ...server.projects
      .filter((id) => !projects.some((project) => project.id === id))
      .map((id) => `mcp.${name}.projects names "${id}", which is no project: add it or correct the name.`),
    ...Object.entries(server.verify).flatMap(([deed, { tool }]) => [
      ...(server.readers.includes(tool)
        ? []
        : [
            `mcp.${name}.verify.${deed} looks with "${tool}", which is not among its readers: list it there, if it only looks.`,
          ]),
      ...(server.readers.includes(deed)
        ? [`mcp.${name}.verify names "${deed}", which is a reader: there is nothing to verify, remove it.`]
        : []),
    ]),
  ]);
}

function wayProblems(
  name: string,
  { command, url, bearer, env, args, cwd }: McpServerConfig,
): readonly string[] {
  if ((command === undefined) === (url === undefined))
    return [`mcp.${name} needs either a command or a url: give exactly one of them.`];
  if (url === undefined)
    return bearer === undefined
      ? []
      : [`mcp.${name}.bearer is for a url: give the program its secret in env.`];
  return [
    ...(isSafe(new URL(url)) ? [] : [`mcp.${name}.url is plain http to another machine: use https.`]),
    ...(env.length > 0 || args.length > 0 || cwd !== undefined
      ? [`mcp.${name} has args, env or cwd beside a url: they are for a command, remove them.`]
      : []),
  ];
}

const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === "https:" ||
  hostname === "localhost" ||
  hostname === "[::1]" ||
  /^127(?:\.\d{1,3}){3}$/u.test(hostname);
