// Tool names as the API allows them. Nova's own names mostly are; what is not gets a name that is, and comes back
// under its own.
import type { ToolSpec } from "../../src/ports.ts";

export type ToolNames = {
  readonly toWire: (name: string) => string;
  readonly fromWire: (name: string) => string;
};

const inadmissible = /[^a-zA-Z0-9_-]/g;

export function createToolNames(tools: readonly ToolSpec[]): ToolNames {
  const wireBy = new Map<string, string>();
  const ownBy = new Map<string, string>();
  for (const { name } of tools) {
    const base = name.replace(inadmissible, "_").slice(0, 120);
    let wire = base;
    for (let copy = 2; ownBy.has(wire); copy += 1) wire = `${base}_${String(copy)}`;
    wireBy.set(name, wire);
    ownBy.set(wire, name);
  }
  return {
    // Calls in the history may name a tool that is no longer offered.
    toWire: (name) => wireBy.get(name) ?? name.replace(inadmissible, "_").slice(0, 128),
    fromWire: (name) => ownBy.get(name) ?? name,
  };
}
