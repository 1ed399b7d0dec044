// Durable pipeline runs on openworkflow, with its gaps closed: busy timeout, reclaim at boot, signals that come before
// anybody waits, deadlines on every step, and no polling while no run is open. Its file is its own: engine locks
// never touch the journal.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { OpenWorkflow } from "openworkflow";
import type { WorkflowRun } from "openworkflow/internal";
import { BackendSqlite } from "openworkflow/sqlite";
import type { Clock, Durable, DurableJob } from "../../src/ports.ts";
import { toWorkflow } from "./job.ts";

export type OpenWorkflowOptions = {
  readonly folder: string;
  readonly clock: Clock;
  /** The engine itself failed; the run stays open and is tried again. */
  readonly onTrouble: (what: string, thrown: unknown) => void;
};
type Engine = {
  readonly backend: BackendSqlite;
  readonly flow: OpenWorkflow;
  readonly worker: ReturnType<OpenWorkflow["newWorker"]>;
  readonly jobs: ReadonlyMap<string, DurableJob>;
};
type Life = {
  engine: Engine | null;
  readonly open: Set<string>;
  readonly unheard: Set<string>;
  cancelTick: (() => void) | null;
};

const concurrency = 8;
const tickMs = 500;

export function createOpenWorkflow(options: OpenWorkflowOptions): Durable {
  const life: Life = { engine: null, open: new Set(), unheard: new Set(), cancelTick: null };
  const pump = async (): Promise<void> => {
    life.cancelTick?.();
    life.cancelTick = null;
    try {
      await tick(life);
    } catch (thrown) {
      options.onTrouble("runs", thrown);
    }
    // Nothing polls when idle: the next look is only booked while a run is open.
    if (life.engine !== null && life.open.size > 0)
      life.cancelTick = options.clock.after(tickMs, () => void pump());
  };
  return {
    start: async (jobs) => {
      life.engine = await open(options, jobs, life);
      await pump();
    },
    launch: async ({ id, job, input }) => {
      const { flow, jobs } = running(life);
      const known = jobs.get(job);
      if (known === undefined) throw new Error(`no pipeline is called ${job}`);
      if (life.open.has(id)) return;
      life.open.add(id);
      await flow.runWorkflow(
        { name: job, version: String(known.version) },
        { run: id, input },
        { idempotencyKey: id },
      );
      void pump();
    },
    signal: async (name) => {
      life.unheard.add(name);
      await pump();
    },
    cancel: async (run) => {
      await cancelRun(running(life), run);
      life.open.delete(run);
    },
    stop: async () => close(life),
  };
}

function running(life: Life): Engine {
  if (life.engine === null) throw new Error("the durable engine is not running");
  return life.engine;
}

/** One round: deliver signals that nobody has heard yet, then work on what is due. */
async function tick(life: Life): Promise<void> {
  if (life.engine === null) return;
  const { flow, worker } = life.engine;
  for (const signal of life.unheard) {
    const { workflowRunIds } = await flow.sendSignal({ signal });
    if (workflowRunIds.length > 0 || life.open.size === 0) life.unheard.delete(signal);
  }
  await worker.tick();
}

async function open(options: OpenWorkflowOptions, jobs: readonly DurableJob[], life: Life): Promise<Engine> {
  const backend = BackendSqlite.connect(join(options.folder, "runs.db"));
  // The backend sets no busy timeout: a second process would get "database is locked" at once.
  const database: unknown = Reflect.get(backend, "db");
  if (!(database instanceof DatabaseSync))
    throw new Error("openworkflow no longer keeps its database where the busy timeout must be set");
  database.exec("PRAGMA busy_timeout = 5000");
  const flow = new OpenWorkflow({ backend });
  for (const job of jobs) {
    const workflow = toWorkflow(job, { clock: options.clock, onOver: (run) => life.open.delete(run) });
    flow.implementWorkflow(workflow.spec, workflow.fn);
  }
  for (const run of await reclaim(backend)) life.open.add(run);
  return {
    backend,
    flow,
    worker: flow.newWorker({ concurrency }),
    jobs: new Map(jobs.map((job) => [job.name, job])),
  };
}

/** Runs that a dead process still holds are released at once instead of after the engine's 30 s lease. */
async function reclaim(backend: BackendSqlite): Promise<readonly string[]> {
  const unfinished = await unfinishedRuns(backend);
  for (const { id, workerId } of unfinished) {
    if (workerId !== null)
      await backend.sleepWorkflowRun({ workflowRunId: id, workerId, availableAt: new Date() });
  }
  return unfinished.flatMap(({ idempotencyKey }) => idempotencyKey ?? []);
}

async function unfinishedRuns(backend: BackendSqlite): Promise<readonly WorkflowRun[]> {
  const found: WorkflowRun[] = [];
  let after: string | null = null;
  do {
    const page = await backend.listWorkflowRuns({ limit: 100, ...(after === null ? {} : { after }) });
    found.push(...page.data.filter(({ status }) => status === "running" || status === "pending"));
    after = page.pagination.next;
  } while (after !== null);
  return found;
}

async function cancelRun({ backend, flow }: Engine, id: string): Promise<void> {
  const run = (await unfinishedRuns(backend)).find(({ idempotencyKey }) => idempotencyKey === id);
  if (run !== undefined) await flow.cancelWorkflowRun(run.id);
}

async function close(life: Life): Promise<void> {
  life.cancelTick?.();
  const engine = life.engine;
  life.engine = null;
  await engine?.worker.stop();
  await engine?.backend.stop();
}
