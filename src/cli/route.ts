// `nova route`: who would get a message, and why. It only looks.
import { trust } from "../../config/trust.ts";
import { systemWorld } from "../boot.ts";
import { BootError } from "../boot-error.ts";
import { loadConfig } from "../config.ts";
import { createLog } from "../log.ts";
import { loadRoster } from "../roster.ts";
import { loadOrTrainRouter } from "../training/router-cache.ts";
import { decideRoute } from "../routing/decide.ts";
import type { Settings } from "../settings.ts";
import { WrongUse } from "./wrong-use.ts";

const world = (settings: Settings): ReturnType<typeof systemWorld> => systemWorld(createLog(settings, false));

/** The decision as JSON, as an owner would get it in a fresh thread. */
export async function printRoute(settings: Settings, words: readonly string[]): Promise<number> {
  const at = words.indexOf("--project");
  const project = at === -1 ? null : (words[at + 1] ?? "");
  const text = words.filter((_, index) => at === -1 || (index !== at && index !== at + 1)).join(" ");
  if (text === "")
    throw new WrongUse('Tell what to route: nova route "which invoices are overdue?" [--project id].');
  const config = await loadConfig(settings.NOVA_CONFIG);
  const found = config.projects.find(({ id }) => id === project);
  if (project !== null && found === undefined)
    throw new BootError(
      `There is no project "${project}"; there are ${config.projects.map(({ id }) => id).join(", ")}.`,
    );
  const roster = (await loadRoster(world(settings).agentsFolder)).toRouting();
  const { decision } = decideRoute({
    router: loadOrTrainRouter(settings.NOVA_HOME, roster, trust.lines),
    roster,
    person: "owner",
    projectAgents: found?.agents ?? null,
    thread: { lastAgent: null, lastText: null, waiting: null },
    address: null,
    text,
    modelReady: false,
  });
  process.stdout.write(`${JSON.stringify(decision, null, 2)}\n`);
  return 0;
}
