// The trained router, kept under NOVA_HOME by the hash of everything it was trained from, so that a boot trains only
// after a change of the roster.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadReviewed, withExamples } from "./examples.ts";
import { withPhrases } from "./phrases.ts";
import type { LineSettings } from "../routing/lines.ts";
import type { RosterEntry } from "../routing/route.ts";
import { loadRouter, routerId, trainRouter } from "../routing/training.ts";
import type { Router } from "../routing/training.ts";

const seed = 42;

/** Requests beside the config and accepted examples train like the cards' own, so they are part of the hash. */
export function loadOrTrainRouter(
  folder: string,
  cards: readonly RosterEntry[],
  lines: LineSettings,
): Router {
  const roster = withExamples(withPhrases(cards), loadReviewed(folder));
  const file = join(folder, `router-${routerId(roster, lines, seed)}.json`);
  const stored = readStored(file);
  if (stored !== null) return stored;
  const models = trainRouter(roster, lines, seed);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(models));
  return loadRouter(models);
}

/** A missing or damaged cache is trained anew: it is derived data. */
function readStored(file: string): Router | null {
  try {
    return loadRouter(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}
