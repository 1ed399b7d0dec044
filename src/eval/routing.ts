// The measurement of routing: the frozen messages, the public sets where they are, and the time it all takes.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { loadRouter, trainRouter } from "../routing/training.ts";
import type { LineSettings } from "../routing/lines.ts";
import type { RosterEntry } from "../routing/route.ts";
import { BootError } from "../boot-error.ts";
import { apartFrom } from "./apart.ts";
import { loadFrozenSet, type FrozenMessage } from "./frozen-set.ts";
import { measureBanking77, measureClinc150 } from "./intents.ts";
import { judge, toInput, type Bench, type Judged } from "./judgement.ts";
import { decisionP95Ms } from "./latency.ts";
import { ownFigures } from "./own-figures.ts";
import { loadBanking77, loadClinc150 } from "./public-sets.ts";
import { clincTable, curveTable, kindTable, missesOf, ownTable, toReport } from "./report.ts";
import type { RoutingReport } from "./report.ts";
import { Measured, shortfalls, shown, targets } from "./targets.ts";

export interface RoutingEval {
  readonly roster: readonly RosterEntry[];
  readonly lines: LineSettings;
  readonly allowed: ReadonlyMap<string, readonly string[]>;
  /** Of the frozen messages, of the public sets, and the file with what was reached before. */
  readonly setFolder: string;
  readonly dataFolder: string;
  readonly baselineFile: string;
  /** Also print what went wrong in the development half. */
  readonly showMisses: boolean;
  /** Keep what was reached as the new baseline. */
  readonly isKept: boolean;
  readonly print: (text: string) => void;
}

export interface RoutingOutcome {
  readonly report: RoutingReport;
  /** One sentence each; empty: everything was reached. */
  readonly problems: readonly string[];
}

const seed = 42;

export function evaluateRouting(given: RoutingEval): RoutingOutcome {
  const { print } = given;
  const before = process.cpuUsage();
  const models = trainRouter(given.roster, given.lines, seed);
  // Of the processor, not of the clock: what else the machine does is not Nova's.
  const { user, system } = process.cpuUsage(before);
  const trainingMs = (user + system) / 1_000;
  const bench: Bench = { router: loadRouter(models), roster: given.roster, allowed: given.allowed };
  print(
    `${given.roster.length} agents, trained in ${(trainingMs / 1000).toFixed(1)} s; lines: low ${models.low.line ?? "unreachable"} (${models.low.basis}), high ${models.high.line ?? "unreachable"} (${models.high.basis})\n`,
  );
  const messages = judgeable(loadFrozenSet(given.setFolder), given);
  const judged = messages.map((message) => judge(bench, message));
  printOwn(judged, given);
  const p95Ms = decisionP95Ms(messages.map((message) => toInput(bench, message)));
  print(
    `Decision, p95: ${p95Ms.toFixed(2)} ms (needed ${shown("decisionP95Ms", targets.decisionP95Ms.needs)})\n`,
  );
  const clinc = measureClinc(given);
  const banking = measureBanking(given);
  const own = ownFigures(judged);
  const { n, ...figures } = own;
  const measured: Measured = {
    ...figures,
    messages: n,
    clincInScope: clinc?.inScope ?? null,
    clincOosRecall: clinc?.oosRecall ?? null,
    banking,
    decisionP95Ms: p95Ms,
    trainingMs,
  };
  const problems = shortfalls(measured, loadBaseline(given.baselineFile)).map(({ words }) => words);
  if (given.isKept) writeFileSync(given.baselineFile, `${JSON.stringify(toKept(measured), null, 2)}\n`);
  return {
    report: toReport(own, clinc === null ? null : { ...clinc, embedder: null }, p95Ms),
    problems,
  };
}

function printOwn(judged: readonly Judged[], { print, showMisses }: RoutingEval): void {
  print(`${ownTable(judged)}\n`);
  print(`${kindTable(judged)}\n`);
  print(`${curveTable(judged)}\n`);
  if (showMisses) for (const missed of missesOf(judged)) print(missed);
}

/**
 * Messages for agents that this roster does not have are left out, and said: sample projects can be deleted with their
 * agents. So are those that training has heard. How many remain is compared with the baseline, so that deleting what is
 * hard is no way to pass.
 */
export function judgeable(
  messages: readonly FrozenMessage[],
  given: Pick<RoutingEval, "roster" | "allowed" | "print">,
): readonly FrozenMessage[] {
  const known = new Set(given.roster.map(({ id }) => id));
  const isKnown = ({ expect, after }: FrozenMessage): boolean =>
    expect.agents.every((id) => known.has(id)) && (after === null || known.has(after.agent));
  const isPlaced = ({ project }: FrozenMessage): boolean => project === null || given.allowed.has(project);
  const strangers = messages.filter((message) => !isKnown(message));
  const unplaced = messages.filter((message) => isKnown(message) && !isPlaced(message));
  if (strangers.length > 0)
    given.print(`LEFT OUT: ${strangers.length} messages for agents that are not in the roster.`);
  if (unplaced.length > 0)
    given.print(`LEFT OUT: ${unplaced.length} messages of projects that are not in the config.`);
  const left = messages.filter((message) => isKnown(message) && isPlaced(message));
  const isApart = apartFrom(given.roster);
  const apart = left.filter(({ text }) => isApart(text));
  if (apart.length < left.length)
    given.print(
      `LEFT OUT: ${left.length - apart.length} messages that share words with what trains the router.`,
    );
  return apart;
}

function measureClinc({ dataFolder, print }: RoutingEval): ReturnType<typeof measureClinc150> | null {
  const data = loadClinc150(dataFolder);
  if (data === null) {
    print(`SKIPPED: CLINC150 is not in ${dataFolder}, so it is not measured.\n`);
    return null;
  }
  const figures = measureClinc150(data);
  print(`${clincTable(figures, "CLINC150, default router")}\n`);
  return figures;
}

function measureBanking({ dataFolder, print }: RoutingEval): number | null {
  const data = loadBanking77(dataFolder);
  if (data === null) {
    print(`SKIPPED: BANKING77 is not in ${dataFolder}, so it is not measured.\n`);
    return null;
  }
  const right = measureBanking77(data);
  print(
    `BANKING77, default router: ${shown("banking", right)} right (needed ${shown("banking", targets.banking.needs)})\n`,
  );
  return right;
}

const places = 10_000;

/** Times differ from machine to machine: they stand in the file for the reader, and are compared with their targets only. */
function toKept(measured: Measured): Measured {
  const entries = Object.entries(measured).map(([gate, value]) => [
    gate,
    value === null ? null : Math.round(value * places) / places,
  ]);
  return Measured.parse(Object.fromEntries(entries));
}

function loadBaseline(file: string): Measured | null {
  if (!existsSync(file)) return null;
  try {
    return Measured.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new BootError(`${file} is no baseline; restore it, or write it anew with --keep.`);
  }
}
