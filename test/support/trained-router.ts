// Starting a real process in an empty folder trains the router anew, most of a second each time. A test that is not
// about that lends the folder what an earlier start would have left there.
import { copyFileSync, mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { trust } from "../../config/trust.ts";
import { loadRoster } from "../../src/roster.ts";
import type { Roster } from "../../src/roster.ts";
import { loadOrTrainRouter } from "../../src/training/router-cache.ts";
import type { RosterEntry } from "../../src/routing/route.ts";
import type { Router } from "../../src/routing/training.ts";

const shelf = join(tmpdir(), "nova-test-router");
/** The project's own agents: read-only, so one reading does for every Nova of a process. */
export const ownAgentsRoster: Roster = await loadRoster(new URL("../../agents", import.meta.url).pathname);
/** The same, as routing knows them. */
export const ownRoster: readonly RosterEntry[] = ownAgentsRoster.toRouting();
/** Trained once per machine and roster, as it is in the product. */
export const trainedFor = (roster: readonly RosterEntry[]): Router =>
  loadOrTrainRouter(shelf, roster, trust.lines);
export const ownRouter: Router = trainedFor(ownRoster);
const name = `router-${ownRouter.id}.json`;

/** Does nothing where something else than a folder stands. */
export function lendRouter(home: string): void {
  if (statSync(home, { throwIfNoEntry: false })?.isDirectory() === false) return;
  mkdirSync(home, { recursive: true });
  copyFileSync(join(shelf, name), join(home, name));
}
