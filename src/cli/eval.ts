// `eval` is every agent's evals; `eval boundary` fits what a message is cut with; `eval routing` measures routing, prints
// it, and ends with 1 where a target is missed or something got worse.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { resolve } from "node:path";
import { trust } from "../../config/trust.ts";
import { systemWorld } from "../boot.ts";
import { systemClock } from "../clock.ts";
import { loadConfig } from "../config.ts";
import { createLog } from "../log.ts";
import { withPhrases } from "../training/phrases.ts";
import { loadRoster } from "../roster.ts";
import type { Settings } from "../settings.ts";
import { evaluateRouting } from "../eval/routing.ts";
import { evaluateAgents } from "./eval-agents.ts";
import { evaluateEmbedder, type EmbedderOutcome } from "../eval/with-embedder.ts";
import { WrongUse } from "./wrong-use.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
const print = (text: string): void => void process.stdout.write(`${text}\n`);

export async function evaluate(settings: Settings, words: readonly string[]): Promise<number> {
  // Only this one reads the tests' own examples, which need not be there for the others.
  if (words[0] === "boundary")
    return (await import("./eval-boundary.ts")).measureBoundary(settings, words.slice(1));
  return words[0] === "routing" ? measureRouting(settings, words) : evaluateAgents(settings, words);
}

async function measureRouting(settings: Settings, words: readonly string[]): Promise<number> {
  const { values } = parseWords(words);
  const config = await loadConfig(settings.NOVA_CONFIG);
  const { agentsFolder } = systemWorld(createLog(settings, false));
  const dataFolder = resolve(values.data ?? resolve(project, "../shared/data"));
  const { report, problems } = evaluateRouting({
    roster: withPhrases((await loadRoster(agentsFolder)).toRouting()),
    lines: trust.lines,
    allowed: new Map(config.projects.map(({ id, agents }) => [id, agents])),
    setFolder: resolve(values.set ?? resolve(project, "test/eval/routing")),
    dataFolder,
    baselineFile: resolve(project, "test/eval/routing-baseline.json"),
    showMisses: values.misses === true,
    isKept: values.keep === true,
    print,
  });
  const embedded = values.embedder === true ? await embed(dataFolder) : null;
  const missed = [...problems, ...(embedded?.problems ?? [])];
  for (const problem of missed) print(`MISSED: ${problem}`);
  if (missed.length === 0) print("Every target is reached, and nothing got worse.");
  if (values.json === true)
    print(JSON.stringify({ ...report, clinc150: embedded?.clinc150 ?? report.clinc150 }));
  return missed.length === 0 ? 0 : 1;
}

/** Long batches are no message that waits: they get a minute each. */
const batchDeadlineMs = 60_000;

async function embed(dataFolder: string): Promise<EmbedderOutcome | null> {
  const { createEnergeticEmbedder } = await import("../../adapters/energetic/index.ts");
  const embedder = await createEnergeticEmbedder({ clock: systemClock, deadlineMs: batchDeadlineMs });
  try {
    return await evaluateEmbedder({ embedder, dataFolder, print });
  } finally {
    await embedder.close();
  }
}

type Flags = {
  readonly json?: boolean;
  readonly misses?: boolean;
  readonly keep?: boolean;
  readonly embedder?: boolean;
  readonly set?: string;
  readonly data?: string;
};

function parseWords(words: readonly string[]): { readonly values: Flags } {
  try {
    const { values } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        misses: { type: "boolean" },
        keep: { type: "boolean" },
        embedder: { type: "boolean" },
        set: { type: "string" },
        data: { type: "string" },
      },
    });
    return { values };
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
