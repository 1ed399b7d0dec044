// One bot, measured once: cold start, warm-up, one message at a time, then one message at a time in each of 100 channels.
import { channelCount, openStage } from "./stage.ts";
import type { Stage } from "./stage.ts";
import { spawnContestant } from "./contestant.ts";
import type { Contestant } from "./contestant.ts";
import { machineCpuMs, ownCpuMs } from "./machine.ts";

export type Sizes = {
  readonly rounds: number;
  readonly warmUp: number;
  readonly alone: number;
  readonly crowd: number;
};
export type Bot = {
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly nodeArguments?: readonly string[];
};
export type Measured = {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly cpuMs: number;
  readonly perSecond: number;
  readonly rssMb: number;
  readonly coldStartS: number;
  /** Cores that other processes used meanwhile; null where the system doesn't say. */
  readonly foreignCores: number | null;
  /** Share of the crowd's time in which the fakes' own event loop was busy: near 1 they, not the bot, are measured. */
  readonly fakeBusy: number;
};

export async function measure(bot: Bot, sizes: Sizes): Promise<Measured> {
  const stage = await openStage();
  const startedAt = performance.now();
  const environment = { ...stage.environment, ...bot.environment };
  const contestant = spawnContestant(bot.script, environment, bot.nodeArguments);
  try {
    await Promise.race([stage.connected, contestant.died]);
    await stage.ask(0);
    const coldStartS = (performance.now() - startedAt) / 1000;
    await askAll(stage, { count: sizes.warmUp, atOnce: 1 });
    await askAll(stage, { count: sizes.warmUp, atOnce: channelCount });
    const before = await stand(contestant);
    const alone = await askAll(stage, { count: sizes.alone, atOnce: 1 });
    const busy = performance.eventLoopUtilization();
    const crowd = await askAll(stage, { count: sizes.crowd, atOnce: channelCount });
    const fakeBusy = performance.eventLoopUtilization(busy).utilization;
    const after = await stand(contestant);
    if (stage.strays() > 0) throw new Error(`${bot.script} posted ${stage.strays()} replies too many.`);
    const wallMs = after.at - before.at;
    return {
      p50Ms: quantile(alone.latenciesMs, 0.5),
      p95Ms: quantile(alone.latenciesMs, 0.95),
      cpuMs: (after.cpuMs - before.cpuMs) / (sizes.alone + sizes.crowd),
      perSecond: sizes.crowd / (crowd.wallMs / 1000),
      rssMb: after.rssMb,
      coldStartS,
      foreignCores:
        before.foreignMs === null || after.foreignMs === null
          ? null
          : Math.max(0, (after.foreignMs - before.foreignMs) / wallMs),
      fakeBusy,
    };
  } finally {
    await contestant.stop();
    await stage.close();
  }
}

type Stand = {
  readonly at: number;
  readonly cpuMs: number;
  readonly rssMb: number;
  readonly foreignMs: number | null;
};

async function stand(contestant: Contestant): Promise<Stand> {
  const { cpuMs, rssMb } = await contestant.meter();
  const machine = machineCpuMs();
  return {
    at: performance.now(),
    cpuMs,
    rssMb,
    foreignMs: machine === null ? null : machine - cpuMs - ownCpuMs(),
  };
}

type Load = { readonly count: number; readonly atOnce: number };

/** `atOnce` askers, each of whom waits for the reply before asking again. */
async function askAll(
  stage: Stage,
  { count, atOnce }: Load,
): Promise<{ latenciesMs: readonly number[]; wallMs: number }> {
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  let next = 0;
  const asker = async (): Promise<void> => {
    while (next < count) {
      const turn = next;
      next += 1;
      latenciesMs.push(await stage.ask(turn));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, asker));
  return { latenciesMs, wallMs: performance.now() - startedAt };
}

/** The nearest rank; `share` between 0 and 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
