// Names the parts, starts and stops them: the only file that knows all of them.
import { createBudget, dayOf } from "./budget.ts";
import { furnish } from "./house.ts";
import type { House } from "./house.ts";
import type { Parts } from "./parts.ts";
import { cardDraft } from "./rooms/outbox.ts";

export type Nova = {
  readonly start: () => Promise<void>;
  /** Resolves when every message has its outcome, every post is on its way, and no run could go on by itself. */
  readonly idle: () => Promise<void>;
  /** Stops hearing, lets running work finish for a while, closes everything. */
  readonly stop: () => Promise<void>;
};

const drainMs = 5_000;
const dayMs = 86_400_000;

export async function createNova(parts: Parts): Promise<Nova> {
  const { journal, clock } = parts;
  const budget = createBudget(
    parts.config.budgets,
    clock,
    await journal.spentSince(dayOf(clock.now()) * dayMs),
  );
  const house = furnish(parts, budget);
  const idle = async (): Promise<void> => settled(parts, house);
  return { start: async () => start(parts, house), idle, stop: async () => stop(parts, house, idle) };
}

async function start(parts: Parts, house: House): Promise<void> {
  const { durable, journal, adapters, log } = parts;
  await durable.start(house.jobs);
  const found = await journal.recover();
  for (const run of found.runs) await durable.launch({ id: run.id, job: run.agent, input: run.input });
  for (const adapter of adapters) await adapter.start(house.orchestrator.hear);
  house.orchestrator.resume(found.turns);
  await Promise.all(
    found.proposals.map(async ({ id, run }) =>
      run === null ? house.execute(id) : durable.signal(`proposal:${id}`),
    ),
  );
  await showOpenCards(parts, house);
  await house.watchdog.look();
  log.info(
    {
      surfaces: adapters.map(({ surface }) => surface),
      agents: parts.roster.entries.length,
      model: parts.model.id,
    },
    "started",
  );
}

/** A page or a terminal starts empty and somebody may have deleted a message: what waits for a decision is shown as it is. */
async function showOpenCards({ journal, adapters }: Parts, house: House): Promise<void> {
  const open = await journal.proposals({ states: ["pending"] });
  const within = open.filter(({ thread }) =>
    adapters.some(({ surface }) => thread.startsWith(`${surface}:`)),
  );
  await house.outbox.post(
    within.map((proposal) =>
      cardDraft(proposal.id, { thread: proposal.thread, turn: proposal.turn }, proposal),
    ),
  );
}

/** Runs that wait for a person may wait; those that could go on by themselves are waited for. */
async function settled(parts: Parts, house: House): Promise<void> {
  while (true) {
    await house.orchestrator.idle();
    await house.outbox.idle();
    const next = house.nextProgress();
    const open = await parts.journal.runs({ open: true, limit: 100 });
    if (!open.some(({ state }) => state === "new" || state === "running")) return;
    await next;
  }
}

async function stop(parts: Parts, house: House, idle: () => Promise<void>): Promise<void> {
  house.watchdog.stop();
  await Promise.all(parts.adapters.map(async (adapter) => adapter.stop()));
  await Promise.race([idle(), new Promise<void>((resolve) => void parts.clock.after(drainMs, resolve))]);
  await parts.durable.stop();
  for (const erp of parts.erps.values()) await erp.close();
  await parts.context.close();
  await parts.journal.close();
}
