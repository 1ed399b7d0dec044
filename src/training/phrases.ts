// More of what people say to each agent, in files beside the config: one request a line, found by the agent's id. Cards
// stay readable, and a project adds its own words and languages without touching an agent.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RosterEntry } from "../routing/route.ts";

const ownFolder = fileURLToPath(new URL("../../config/examples", import.meta.url));

/** The roster as it trains. An agent without a file keeps what its card says; a file without an agent says nothing. */
export function withPhrases(roster: readonly RosterEntry[], folder = ownFolder): readonly RosterEntry[] {
  return roster.map((entry) => {
    const file = join(folder, `${entry.id}.txt`);
    if (!existsSync(file)) return entry;
    const added = readFileSync(file, "utf8")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
    return { ...entry, handles: [...new Set([...entry.handles, ...added])] };
  });
}
