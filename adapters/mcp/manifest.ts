// What a server says of its tools, and how that differs from what the owner accepted. A tool is its name, its
// description and the schema of its arguments: whoever changes one of them has changed the tool.
import { z } from "zod";
import { canonicalHash } from "../../src/canonical.ts";
import type { McpServerConfig } from "../../src/erp/mcp-config.ts";

export const ServerTool = z.object({
  name: z.string().min(1).max(128),
  description: z.string().default(""),
  inputSchema: z.record(z.string(), z.json()),
});
export type ServerTool = z.infer<typeof ServerTool>;

/** As the owner accepted them. */
export const Pins = z.strictObject({
  v: z.literal(1),
  /** Hash of the way to the server: another program or address is another server. */
  way: z.string(),
  acceptedAt: z.number().int(),
  tools: z.array(ServerTool),
});
export type Pins = z.infer<typeof Pins>;

export type Difference = {
  readonly tool: string;
  readonly kind: "new" | "changed" | "gone";
  /** What became of it, as the end of a sentence about the tool. */
  readonly words: string;
};

export const toolHash = ({ name, description, inputSchema }: ServerTool): string =>
  canonicalHash({ name, description, inputSchema });

/** Secrets are not part of it: they may change. */
export const wayHash = ({ command, args, cwd, url }: McpServerConfig): string =>
  canonicalHash({ command: command ?? null, args, cwd: cwd ?? null, url: url ?? null });

/** Short enough to be typed: what `show` prints and `accept` may be given. */
export const fingerprintOf = (way: string, tools: readonly ServerTool[]): string =>
  canonicalHash({ way, tools: tools.map(toolHash).toSorted() }).slice(0, 12);

/** Sorted by the tool's name; empty: everything is as it was accepted. */
export function differencesOf(pins: Pins | null, tools: readonly ServerTool[]): readonly Difference[] {
  const accepted = new Map((pins?.tools ?? []).map((tool) => [tool.name, tool]));
  const offered = new Set(tools.map(({ name }) => name));
  const gone = [...accepted.keys()]
    .filter((name) => !offered.has(name))
    .map((name) => ({ tool: name, kind: "gone", words: "its server no longer offers it" }) as const);
  const others = tools.flatMap((tool): readonly Difference[] => {
    const before = accepted.get(tool.name);
    if (before === undefined)
      return [{ tool: tool.name, kind: "new", words: "it has not been accepted yet" }];
    if (toolHash(before) === toolHash(tool)) return [];
    return [{ tool: tool.name, kind: "changed", words: `its server changed ${changedParts(before, tool)}` }];
  });
  return [...gone, ...others].toSorted((left, right) => (left.tool < right.tool ? -1 : 1));
}

function changedParts(before: ServerTool, after: ServerTool): string {
  const isSameText = before.description === after.description;
  const isSameSchema = canonicalHash(before.inputSchema) === canonicalHash(after.inputSchema);
  if (isSameText) return "its arguments";
  return isSameSchema ? "its description" : "its description and its arguments";
}
