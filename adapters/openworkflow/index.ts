// Durable pipeline runs on openworkflow, with its gaps closed: busy timeout, reclaim at boot, signals that come before
// anybody waits, deadlines on every step, and no polling while no run is open. Its file is its own: engine locks
// never touch the journal.
import { join } from "node:path";
import { OpenWorkflow } from "openworkflow";
import type { WorkflowRun } from "openworkflow/internal";
import type { BackendSqlite } from "openworkflow/sqlite";
import type { Clock, Durable, DurableJob } from "../../src/ports.ts";
import { openBackend } from "./backend.ts";
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
  /** Signals that nobody has heard yet, and when each was sent. */
  readonly unheard: Map<string, number>;
  cancelTick: (() => void) | null;
};

const concurrency = 8;
const tickMs = 500;
/** A signal is early by moments; one that is still unheard after this was for a run that needed none. */
const keepSignalMs = 600_000;
const stopMs = 3_000;

export function createOpenWorkflow(options: OpenWorkflowOptions): Durable {
  const life: Life = { engine: null, open: new Set(), unheard: new Map(), cancelTick: null };
  const book = (): void => {
    life.cancelTick?.();
    // Nothing polls when idle: the next look is only booked while a run is open.
    const isNeeded = life.engine !== null && life.open.size > 0;
    life.cancelTick = isNeeded ? options.clock.after(tickMs, () => void pump()) : null;
  };
  const pump = async (): Promise<void> => {
    try {
      await tick(life, options.clock.now());
    } catch (thrown) {
      options.onTrouble("runs", thrown);
    }
    book();
  };
  return {
    start: async (jobs) => {
      life.engine = await open(options, jobs, life);
      // What a dead process left goes on with the first tick: the doors open meanwhile.
      book();
    },
    launch: async (run) => {
      await launch(life, run);
      void pump();
    },
    signal: async (name) => {
      life.unheard.set(name, options.clock.now());
      await pump();
    },
    cancel: async (run) => {
      await cancelRun(running(life), run);
      life.open.delete(run);
    },
    standing: async (id) => standingOf(life, id),
    stop: async () => close(life, options.clock),
  };
}

async function launch(life: Life, { id, job, input }: Parameters<Durable["launch"]>[0]): Promise<void> {
  const { flow, jobs } = running(life);
  const known = jobs.get(job);
  if (known === undefined) throw new Error(`no pipeline is called ${job}`);
  if (life.open.has(id)) return;
  life.open.add(id);
  try {
    const spec = { name: job, version: String(known.version) };
    await flow.runWorkflow(spec, { run: id, input }, { idempotencyKey: id });
  } catch (thrown) {
    // Not started, so it must not count as such: the next launch tries again.
    life.open.delete(id);
    throw thrown;
  }
}

function running(life: Life): Engine {
  if (life.engine === null) throw new Error("the durable engine is not running");
  return life.engine;
}

/** One round: deliver signals that nobody has heard yet, then work on what is due. */
async function tick(life: Life, now: number): Promise<void> {
  if (life.engine === null) return;
  const { flow, worker } = life.engine;
  for (const [signal, sentAt] of life.unheard) {
    const { workflowRunIds } = await flow.sendSignal({ signal });
    const isOver = life.open.size === 0 || now - sentAt > keepSignalMs;
    if (workflowRunIds.length > 0 || isOver) life.unheard.delete(signal);
  }
  await worker.tick();
}

async function open(options: OpenWorkflowOptions, jobs: readonly DurableJob[], life: Life): Promise<Engine> {
  const backend = openBackend(join(options.folder, "runs.db"));
  const flow = new OpenWorkflow({ backend });
  for (const job of jobs) {
    const workflow = toWorkflow(job, {
      clock: options.clock,
      isStopping: () => life.engine === null,
      onOver: (run) => life.open.delete(run),
    });
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

const openStatuses: ReadonlySet<WorkflowRun["status"]> = new Set(["pending", "running", "sleeping"]);

/** Newest first, so a run that is under way is on the first page. */
async function standingOf(life: Life, id: string): ReturnType<Durable["standing"]> {
  const { backend } = running(life);
  let after: string | null = null;
  do {
    const page = await backend.listWorkflowRuns({ limit: 100, ...(after === null ? {} : { after }) });
    const run = page.data.find(({ idempotencyKey }) => idempotencyKey === id);
    if (run !== undefined && openStatuses.has(run.status)) return "open";
    if (run !== undefined) {
      // What is over needs no more looks, however it ended.
      life.open.delete(id);
      return "over";
    }
    after = page.pagination.next;
  } while (after !== null);
  return "missing";
}

async function cancelRun({ backend, flow }: Engine, id: string): Promise<void> {
  const run = (await unfinishedRuns(backend)).find(({ idempotencyKey }) => idempotencyKey === id);
  if (run !== undefined) await flow.cancelWorkflowRun(run.id);
}

/** Steps under way may end for a while; what is cut off is taken up at the next start, as after a crash. */
async function close(life: Life, clock: Clock): Promise<void> {
  life.cancelTick?.();
  const engine = life.engine;
  life.engine = null;
  if (engine === null) return;
  const late = Promise.withResolvers<void>();
  const cancel = clock.after(stopMs, late.resolve);
  await Promise.race([engine.worker.stop(), late.promise]);
  cancel();
  // What hangs is given up, and its heartbeat with it: that would only complain about the closed file.
  engine.backend.extendWorkflowRunLease = async () => new Promise(() => undefined);
  await engine.backend.stop();
}
