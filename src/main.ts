// Names the parts, starts and stops them: the only file that knows all of them.
import { watchJournal } from "./board/board-watch.ts";
import { createBudget } from "./budget.ts";
import { createDesk } from "./surfaces/desk.ts";
import { createConnectionWatch } from "./surfaces/connection-watch.ts";
import type { ConnectionWatch } from "./surfaces/connection-watch.ts";
import { createErpWatch } from "./erp/erp-watch.ts";
import type { ErpWatch, NamedStanding } from "./erp/erp-watch.ts";
import { furnish } from "./house.ts";
import type { House } from "./house.ts";
import { createMemory } from "./memory/facts.ts";
import type { Given, Parts } from "./parts.ts";
import { createRecall } from "./surfaces/recall.ts";
import { watchEvidence } from "./trust/evidence-watch.ts";
import { createTrust } from "./trust/trust.ts";
import type { Trust } from "./trust/trust.ts";
import { takeUp } from "./turns/recovery.ts";

export type Nova = {
  readonly start: () => Promise<void>;
  /** Resolves when every message has its outcome, every post is on its way, and no run could go on by itself. */
  readonly idle: () => Promise<void>;
  /** How each ERP of the config stands right now. */
  readonly erps: () => readonly NamedStanding[];
  /** Stops hearing, lets running work finish for a while, closes everything. */
  readonly stop: () => Promise<void>;
};

/** A supervisor waits ten seconds; what is closed after this needs the rest. */
const drainMs = 8_000;
const lookAgainMs = 1_000;

export async function createNova(given: Given): Promise<Nova> {
  const trust = trustFrom(given);
  await trust.refresh();
  const { journal, onChange } = watchJournal(watchEvidence(given.journal, trust.refresh));
  const erpWatch = createErpWatch(given.erps, given.clock);
  const parts = { ...given, journal, erps: erpWatch.erps, trust };
  const budget = createBudget({
    ...parts,
    budgets: parts.config.budgets,
    owners: parts.config.people.flatMap(({ name, role }) => (role === "owner" ? [name] : [])),
    onTrouble: (what, thrown) => parts.log.error({ what, err: thrown }, "money could not be accounted for"),
  });
  const furnished = furnish(parts, budget);
  const connections = createConnectionWatch({ ...parts, outbox: furnished.outbox });
  const house = { ...furnished, connections, erpWatch };
  onChange(house.homes.touch);
  const idle = async (): Promise<void> => settled(parts, house);
  return {
    start: async () => start(parts, house),
    idle,
    erps: erpWatch.standing,
    stop: async () => stop(parts, house, idle),
  };
}

const trustFrom = (given: Given): Trust =>
  createTrust({
    ...given,
    settings: given.trustSettings,
    modelId: given.model.id,
    evals: given.evals ?? (() => []),
    onTrouble: (thrown) => given.log.error({ err: thrown }, "the evidence of trust could not be read"),
  });

type Watched = House & { readonly connections: ConnectionWatch; readonly erpWatch: ErpWatch };

async function start(parts: Parts, house: Watched): Promise<void> {
  const { durable, journal, adapters, log } = parts;
  // First of all: what this process itself begins must not be mistaken for what the last one left.
  const found = await journal.recover();
  await durable.start(house.jobs);
  const desk = createDesk({ ...parts, memoryOf: createMemory(journal, parts.clock) });
  for (const adapter of adapters) {
    const recall = createRecall({ ...parts, outbox: house.outbox }, adapter.surface);
    await adapter.start(house.orchestrator.hear, recall, desk);
  }
  // Before anything that was left behind may run.
  await house.auditWatch.start();
  house.erpWatch.start({ ...parts, outbox: house.outbox });
  await takeUp(parts, house, found);
  await house.watchdog.look();
  await house.homes.start();
  house.connections.start();
  log.info(
    {
      surfaces: adapters.map(({ surface }) => surface),
      agents: parts.roster.entries.length,
      model: parts.model.id,
    },
    "started",
  );
}

/** Runs that wait for a person may wait; those that could go on by themselves are waited for. */
async function settled(parts: Parts, house: House): Promise<void> {
  while (true) {
    // One that died with the engine would never give a sign of life again.
    await house.sweeper.sweep("urgent");
    await house.orchestrator.idle();
    // What a turn moved is drawn anew by a look of the watchdog's, and what was shown may make another one.
    for (let looked = 0; looked < 2; looked += 1) {
      await house.watchdog.idle();
      await house.outbox.idle();
    }
    const next = house.nextProgress();
    const open = await parts.journal.runs({ open: true, limit: 100 });
    if (!open.some(({ state }) => state === "new" || state === "running")) return;
    await Promise.race([next, after(parts, lookAgainMs)]);
  }
}

const after = async ({ clock }: Parts, ms: number): Promise<void> =>
  new Promise<void>((resolve) => void clock.after(ms, resolve));

async function stop(parts: Parts, house: Watched, idle: () => Promise<void>): Promise<void> {
  house.letGo();
  house.homes.stop();
  // What it began may still write; what it has not begun is found again at the next start.
  const watches = [house.watchdog, house.auditWatch, house.connections, house.erpWatch];
  const watched = Promise.all(watches.map(async (watch) => watch.stop()));
  const late = after(parts, drainMs);
  await Promise.race([Promise.all(parts.adapters.map(async (adapter) => adapter.stop())), late]);
  await Promise.race([Promise.all([watched, idle()]), late]);
  await parts.durable.stop();
  await Promise.all([...parts.erps.values()].map(async (erp) => erp.close()));
  await parts.context.close();
  await parts.journal.close();
}
