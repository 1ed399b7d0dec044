// How a server stands, for a person: what is held, what is switched off and why, and what the owner can do about it.
import type { McpServerConfig } from "../../src/erp/mcp-config.ts";
import type { ToolServerStanding } from "../../src/ports.ts";
import { differencesOf, wayHash } from "./manifest.ts";
import type { Difference, Pins, ServerTool } from "./manifest.ts";
import { inert } from "./words.ts";

/** What was found when the server was last looked at. */
export type Seen =
  | { readonly kind: "connecting" }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly why: string }
  | {
      readonly kind: "read";
      readonly tools: readonly ServerTool[];
      readonly pins: Pins | null;
      readonly way: string;
    };

const named = 4;

export const acceptWords = (server: string): string =>
  `The owner sees what it is now with \`npm run nova -- mcp show ${server}\` and accepts it with \`npm run nova -- mcp accept ${server}\`.`;

export function standingOf(
  { name, config }: { readonly name: string; readonly config: McpServerConfig },
  seen: Seen,
): ToolServerStanding {
  if (seen.kind === "connecting") return { name, state: "connecting", detail: "not connected yet" };
  if (seen.kind === "stopped") return { name, state: "stopped", detail: "" };
  if (seen.kind === "failed")
    return { name, state: "failed", detail: `not connected, so its tools are absent: ${seen.why}` };
  const { tools, pins } = seen;
  if (pins === null) {
    return {
      name,
      state: "changed",
      detail: `${tools.length} tools, none accepted yet. ${acceptWords(name)}`,
    };
  }
  if (pins.way !== wayHash(config)) {
    const detail = `the config names another program or address than was accepted, so all its tools are switched off. ${acceptWords(name)}`;
    return { name, state: "changed", detail };
  }
  const differences = differencesOf(pins, tools);
  const on = pins.tools.length - differences.filter(({ kind }) => kind !== "new").length;
  const readers = pins.tools.filter((tool) => config.readers.includes(tool.name)).length;
  const held = `${on} of ${pins.tools.length} accepted tools usable (${readers} only look)`;
  if (differences.length === 0) return { name, state: "ready", detail: held };
  return {
    name,
    state: "changed",
    detail: `${held}; switched off: ${listed(differences)}. ${acceptWords(name)}`,
  };
}

function listed(differences: readonly Difference[]): string {
  const shown = differences.slice(0, named).map(({ tool, words }) => `${inert(tool, 64)} (${words})`);
  const rest = differences.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join(", ");
}
