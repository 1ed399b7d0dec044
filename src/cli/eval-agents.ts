// `eval`: every agent's evals on the configured model, compared with what was reached before. Ends with 1 where something got
// worse or could not be measured, with 2 where it was asked wrongly; each in one sentence.
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createOfflineModel } from "../../adapters/offline/index.ts";
import { trust } from "../../config/trust.ts";
import { openModel, systemWorld } from "../boot.ts";
import { BootError } from "../boot-error.ts";
import { loadConfig } from "../config.ts";
import { comparedWith, keepAgentsBaseline, loadAgentsBaseline } from "../eval/agents-baseline.ts";
import type { Comparison } from "../eval/agents-baseline.ts";
import { joinedWith, keepAgentsReport, loadAgentsReport, modelNameOf } from "../eval/agents-report.ts";
import type { AgentsReport } from "../eval/agents-report.ts";
import { runAgentEvals } from "../eval/agents-run.ts";
import { agentsTable, missLines, modelWords, skippedIn } from "../eval/agents-table.ts";
import { createLog } from "../log.ts";
import { nearestNames } from "../nearest.ts";
import { loadRoster } from "../roster.ts";
import type { Roster } from "../roster.ts";
import type { Settings } from "../settings.ts";
import { loadOrTrainRouter } from "../training/router-cache.ts";
import { createProgress } from "./progress.ts";
import { WrongUse } from "./wrong-use.ts";

const ownBaseline = fileURLToPath(new URL("../../test/eval/agents-baseline.json", import.meta.url));
const usage =
  "Usage: npm run eval -- [--agent id] [--json] [--keep] [--baseline file], or npm run eval -- routing or boundary.";
const print = (text: string): void => void process.stdout.write(`${text}\n`);

type Flags = {
  readonly agents: readonly string[];
  readonly json: boolean;
  readonly keep: boolean;
  readonly baseline: string;
};
type Wrong = { readonly wrong: string };

export async function evaluateAgents(settings: Settings, words: readonly string[]): Promise<number> {
  const flags = parseFlags(words);
  if ("wrong" in flags) return refuse(flags.wrong);
  assertFolders(settings.NOVA_HOME, flags);
  const world = systemWorld(createLog(settings, false));
  const roster = await loadRoster(world.agentsFolder);
  const stranger = flags.agents.find((id) => roster.find(id) === null);
  if (stranger !== undefined) return refuse(unknownAgent(roster, stranger));
  const before = loadAgentsBaseline(flags.baseline);
  const report = await measure(settings, roster, flags);
  const compared = comparedWith(before, report, flags.agents.length === 0);
  tell(report, compared);
  if (flags.keep) {
    keepAgentsBaseline(flags.baseline, before, report);
    print(`Kept as the new baseline of ${report.model.id} in ${flags.baseline}.`);
  }
  const file = keepAgentsReport(settings.NOVA_HOME, joinedWith(loadAgentsReport(settings.NOVA_HOME), report));
  print(modelWords(report.model, skippedIn(report)));
  print(`The report is in ${resolve(file)}.`);
  const ended = endOf(report, compared, flags.keep);
  if (ended !== null) process.stderr.write(`${ended}\n`);
  if (flags.json)
    print(JSON.stringify({ ...report, regressions: compared.regressions, file: resolve(file) }));
  return ended === null ? 0 : 1;
}

/** Before anything is measured: what could not be kept afterwards would be lost, and a language model costs. */
function assertFolders(home: string, { baseline, keep }: Flags): void {
  try {
    mkdirSync(home, { recursive: true });
    accessSync(home, constants.W_OK);
  } catch (cause) {
    throw new BootError(`The report can't be kept in ${home}: set NOVA_HOME to a folder of yours.`, {
      cause,
    });
  }
  // The committed one is not there where the tests are not: then nothing is compared.
  if (existsSync(dirname(baseline)) || (baseline === ownBaseline && !keep)) return;
  throw new WrongUse(
    `There is no folder ${dirname(baseline)} for the baseline; make it, or name another file.`,
  );
}

async function measure(settings: Settings, roster: Roster, flags: Flags): Promise<AgentsReport> {
  const { clock } = systemWorld(createLog(settings, false));
  const { budgets } = await loadConfig(settings.NOVA_CONFIG);
  const model = await openModel(settings, clock, budgets);
  const router = loadOrTrainRouter(settings.NOVA_HOME, roster.toRouting(), trust.lines);
  const only = flags.agents.length === 0 ? null : new Set(flags.agents);
  const isLeftOut = (needs: string | undefined): boolean => needs !== undefined && !model.isLanguageModel;
  const skipped = roster.entries
    .filter(({ id }) => only === null || only.has(id))
    .flatMap(({ card }) => card.evals.filter(({ needs }) => isLeftOut(needs))).length;
  print(`${modelWords(modelNameOf(model), skipped)}\n`);
  const progress = createProgress(process.stderr, process.env);
  try {
    return await runAgentEvals({
      roster,
      router,
      model,
      offline: createOfflineModel(),
      clock,
      budgets,
      only,
      onEnd: ({ done, of, id }) => progress.show({ done, of, words: id }),
    });
  } finally {
    progress.end();
  }
}

function tell(report: AgentsReport, { regressions, notes }: Comparison): void {
  // Into a file or a pipe it is written at its full width.
  const columns = process.stdout.isTTY ? process.stdout.columns : null;
  print(`${agentsTable(report, columns)}\n`);
  for (const line of missLines(report)) print(line);
  for (const note of notes) print(`NOTE ${note}`);
  for (const regression of regressions) print(`WORSE ${regression}`);
  if (report.dollars > 0) print(`It cost $${report.dollars.toFixed(2)}.`);
}

/** Null: all is well. What was just kept can't be worse than itself, but nothing excuses what nobody could measure. */
function endOf(report: AgentsReport, { regressions }: Comparison, isKept: boolean): string | null {
  const unmeasured = report.agents.reduce((sum, row) => sum + row.unmeasured, 0);
  const worse = isKept ? 0 : regressions.length;
  const parts = [
    ...(worse === 0 ? [] : [`${worse} ${worse === 1 ? "thing" : "things"} got worse`]),
    ...(unmeasured === 0 ? [] : [`${unmeasured} of the evals could not be measured`]),
  ];
  return parts.length === 0 ? null : `${parts.join(", and ")}: see above.`;
}

function refuse(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 2;
}

function unknownAgent(roster: Roster, id: string): string {
  const nearest = nearestNames(
    id,
    roster.entries.map((entry) => entry.id),
  );
  return `There is no agent "${id}"; the nearest are ${nearest.join(", ")}.`;
}

function parseFlags(words: readonly string[]): Flags | Wrong {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        agent: { type: "string", multiple: true },
        json: { type: "boolean" },
        keep: { type: "boolean" },
        baseline: { type: "string" },
      },
    });
    const [what] = positionals;
    if (what !== undefined) return { wrong: `"${what}" is nothing to measure. ${usage}` };
    return {
      agents: values.agent ?? [],
      json: values.json === true,
      keep: values.keep === true,
      baseline: resolve(values.baseline ?? ownBaseline),
    };
  } catch (error) {
    return { wrong: `${error instanceof Error ? error.message.split("\n")[0] : String(error)} ${usage}` };
  }
}
