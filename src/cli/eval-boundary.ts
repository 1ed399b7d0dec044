// `eval boundary`: fits the weights that decide where a message is cut again, from the agents' examples, the written
// examples of the tests and the development half of the frozen messages, and prints them beside those in the code.
import { fileURLToPath } from "node:url";
import { trust } from "../../config/trust.ts";
import { oneRequest, severalRequests } from "../../test/routing/several-requests.ts";
import { systemWorld } from "../boot.ts";
import { loadConfig } from "../config.ts";
import { reportBoundary } from "../eval/boundary-report.ts";
import { fittingRows, testRows } from "../eval/boundary-rows.ts";
import { loadFrozenSet } from "../eval/frozen-set.ts";
import { judgeable } from "../eval/routing.ts";
import { createLog } from "../log.ts";
import { loadRoster } from "../roster.ts";
import { loadRouter, trainRouter } from "../routing/training.ts";
import type { Settings } from "../settings.ts";
import { withPhrases } from "../training/phrases.ts";
import { WrongUse } from "./wrong-use.ts";

const seed = 42;
const setFolder = fileURLToPath(new URL("../../test/eval/routing", import.meta.url));
const print = (text: string): void => void process.stdout.write(`${text}\n`);

export async function measureBoundary(settings: Settings, words: readonly string[]): Promise<number> {
  if (words.length > 0) throw new WrongUse("`eval boundary` takes nothing more; leave the rest out.");
  const config = await loadConfig(settings.NOVA_CONFIG);
  const { agentsFolder } = systemWorld(createLog(settings, false));
  const roster = withPhrases((await loadRoster(agentsFolder)).toRouting());
  const allowed = new Map(config.projects.map(({ id, agents }) => [id, agents]));
  const given = {
    bench: { router: loadRouter(trainRouter(roster, trust.lines, seed)), roster, allowed },
    lines: trust.lines,
    messages: judgeable(loadFrozenSet(setFolder), { roster, allowed, print }),
    written: { one: oneRequest, several: severalRequests },
    seed,
  };
  const { lines, differing } = reportBoundary({ fitting: fittingRows(given), test: testRows(given) }, seed);
  for (const line of lines) print(line);
  print(
    differing.length === 0
      ? "\nThe weights in src/routing/boundary.ts are what comes out."
      : `\n${differing.length} weights differ by more than a rounding: src/routing/boundary.ts could be refitted; whether that is better, \`npm run eval -- routing\` says.`,
  );
  return 0;
}
