// Durable runs over the real openworkflow and its real file: what the wrapper promises where the engine alone would
// lose a signal, hang on a step, start a run twice or poll for ever.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createOpenWorkflow } from "../../adapters/openworkflow/index.ts";
import type { Durable, DurableJob, DurableStep } from "../../src/ports.ts";
import { createHandClock } from "../support/hand-clock.ts";
import type { HandClock } from "../support/hand-clock.ts";
import { holds } from "../support/holds.ts";

let folder = "";
let clock: HandClock;
let troubles: string[] = [];
let opened: { readonly durable: Durable; readonly clock: HandClock }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nova-runs-"));
  clock = createHandClock(Date.now());
  troubles = [];
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const { durable, clock: its } of opened) {
    const stopped = durable.stop();
    its.advance(10_000);
    await stopped;
  }
  opened = [];
  rmSync(folder, { recursive: true, force: true });
  expect(troubles).toEqual([]);
});

/** A new engine over the same folder, as a new process would open it. On a clock that stands still, it is as good as dead. */
function create(its: HandClock = clock): Durable {
  const onTrouble = (what: string, thrown: unknown): void => void troubles.push(`${what}: ${String(thrown)}`);
  const durable = createOpenWorkflow({ folder, clock: its, onTrouble });
  opened.push({ durable, clock: its });
  return durable;
}

type Told = { readonly done: string[]; readonly failed: string[] };
function jobOf(
  run: (step: DurableStep, runId: string) => Promise<void>,
  version = 1,
): { readonly job: DurableJob; readonly told: Told } {
  const told: Told = { done: [], failed: [] };
  const job: DurableJob = {
    name: "pipeline/test",
    version,
    run: async (runId, _input, step) => {
      await run(step, runId);
      told.done.push(runId);
    },
    failed: async (_runId, why) => void told.failed.push(why),
  };
  return { job, told };
}

/** Lets the engine's own looks come due until it is so. */
const ticksUntil = async (isSo: () => boolean): Promise<void> =>
  vi.waitFor(
    () => {
      clock.advance(500);
      expect(isSo()).toBe(true);
    },
    { timeout: 8_000, interval: 5 },
  );
const launch = async (durable: Durable, id = "r-1"): Promise<void> =>
  durable.launch({ id, job: "pipeline/test", input: null });
const never = new Promise<null>(() => undefined);

describe("the engine's file", () => {
  test("waits five seconds for a lock instead of failing at once", async () => {
    const exec = vi.spyOn(DatabaseSync.prototype, "exec");
    const { job } = jobOf(async () => undefined);
    await create().start([job]);
    const at = exec.mock.calls.findIndex(([sql]) => sql.includes("busy_timeout"));
    const connection: unknown = exec.mock.contexts[at];
    if (!(connection instanceof DatabaseSync)) throw new Error("the busy timeout was set on no connection");
    expect(connection.prepare("PRAGMA busy_timeout").get()).toEqual({ timeout: 5_000 });
  });

  test("is taken over from a dead process at once, and only the step that was cut short runs again", async () => {
    const steps: string[] = [];
    const { job: dying } = jobOf(async (step) => {
      await step.once("first", 60_000, async () => steps.push("first"));
      await step.once("second", 60_000, async () => {
        steps.push("second, cut short");
        return never;
      });
    });
    const dead = create(createHandClock());
    await dead.start([dying]);
    await launch(dead);
    await holds(() => expect(steps).toHaveLength(2));

    const { job, told } = jobOf(async (step) => {
      await step.once("first", 60_000, async () => steps.push("first again"));
      await step.once("second", 60_000, async () => steps.push("second"));
    });
    await create().start([job]);
    await ticksUntil(() => told.done.length === 1);
    expect(steps).toEqual(["first", "second, cut short", "second"]);
  });
});

describe("signals", () => {
  test("one that comes before anybody waits is heard", async () => {
    const gate = Promise.withResolvers<null>();
    const reached: string[] = [];
    const { job, told } = jobOf(async (step) => {
      await step.once("slow", 60_000, async () => {
        reached.push("slow");
        return gate.promise;
      });
      await step.waitFor("wait", "proposal:p-1", clock.now() + 86_400_000);
    });
    const durable = create();
    await durable.start([job]);
    await launch(durable);
    await ticksUntil(() => reached.length === 1);
    await durable.signal("proposal:p-1");
    gate.resolve(null);
    await ticksUntil(() => told.done.length === 1);
  });

  test("one for another proposal wakes nobody", async () => {
    const { job, told } = jobOf(async (step) => {
      await step.waitFor("wait", "proposal:p-1", clock.now() + 86_400_000);
    });
    const durable = create();
    await durable.start([job]);
    await launch(durable);
    await durable.signal("proposal:p-2");
    clock.advance(60_000);
    expect(told.done).toEqual([]);
    await durable.signal("proposal:p-1");
    await ticksUntil(() => told.done.length === 1);
  });
});

describe("steps", () => {
  test("one that hangs hits its deadline, its I/O is told to end, and the failure is said once", async () => {
    const aborted: boolean[] = [];
    const { job, told } = jobOf(async (step) => {
      await step.once("hangs", 100, async (signal) => {
        signal.addEventListener("abort", () => aborted.push(true), { once: true });
        return never;
      });
    });
    const durable = create();
    await durable.start([job]);
    await launch(durable);
    await ticksUntil(() => told.failed.length > 0);
    expect(aborted).toEqual([true, true, true]);
    expect(told).toEqual({ done: [], failed: ['the step "hangs" is past its deadline'] });
  });

  test("one that fails is tried three times, then the run has failed, and that is said once", async () => {
    let tries = 0;
    const { job, told } = jobOf(async (step) => {
      await step.once("breaks", 60_000, async () => {
        tries += 1;
        throw new Error("no luck");
      });
    });
    const durable = create();
    await durable.start([job]);
    await launch(durable);
    await ticksUntil(() => told.failed.length > 0 && clock.waiting() === 0);
    expect({ tries, ...told }).toEqual({ tries: 3, done: [], failed: ["no luck"] });
  });

  test("one that fails twice and then works is remembered as done", async () => {
    let tries = 0;
    const { job, told } = jobOf(async (step) => {
      await step.once("shaky", 60_000, async () => {
        tries += 1;
        if (tries < 3) throw new Error("not yet");
        return null;
      });
    });
    const durable = create();
    await durable.start([job]);
    await launch(durable);
    await ticksUntil(() => told.done.length === 1);
    expect({ tries, failed: told.failed }).toEqual({ tries: 3, failed: [] });
  });
});

describe("runs", () => {
  test("a job that nobody declared is refused", async () => {
    const durable = create();
    await durable.start([]);
    await expect(launch(durable)).rejects.toThrow(/no pipeline is called pipeline\/test/u);
  });

  test("the same id launched twice runs once, also after a restart", async () => {
    const { job, told } = jobOf(async () => undefined);
    const durable = create();
    await durable.start([job]);
    await Promise.all([launch(durable), launch(durable)]);
    await ticksUntil(() => told.done.length > 0);
    await durable.stop();
    const again = create();
    await again.start([job]);
    await launch(again);
    // A later run ends after it, so the first would have been repeated by then.
    await launch(again, "r-2");
    await ticksUntil(() => told.done.includes("r-2"));
    expect(told.done).toEqual(["r-1", "r-2"]);
  });

  test("a launch that could not be stored is no run: the next one starts it", async () => {
    const { job, told } = jobOf(async () => undefined);
    const durable = create();
    await durable.start([job]);
    const broken = vi.spyOn(DatabaseSync.prototype, "exec").mockImplementationOnce(() => {
      throw new Error("disk I/O error");
    });
    await expect(launch(durable)).rejects.toThrow(/disk I\/O error/u);
    broken.mockRestore();
    expect(clock.waiting()).toBe(0);
    await launch(durable);
    await ticksUntil(() => told.done.length === 1);
  });

  test("a cancelled run does nothing more, and is not taken up by a restart", async () => {
    const { job, told } = jobOf(async (step) => {
      await step.waitFor("wait", "proposal:p-1", clock.now() + 86_400_000);
    });
    const durable = create();
    await durable.start([job]);
    await launch(durable);
    await launch(durable, "r-2");
    await durable.cancel("r-1");
    await durable.stop();
    const again = create();
    await again.start([job]);
    await again.signal("proposal:p-1");
    await ticksUntil(() => told.done.length > 0 && clock.waiting() === 0);
    expect(told).toEqual({ done: ["r-2"], failed: [] });
  });

  test("one that can't go on by itself is told from one that can, and keeps nothing ticking", async () => {
    const { job } = jobOf(async (step, run) => {
      if (run === "r-broken") throw new Error("no luck");
      await step.waitFor("wait", "proposal:p-1", clock.now() + 86_400_000);
    });
    // Nobody could be told, so the engine's own word is all there is.
    const deaf = { ...job, failed: async () => Promise.reject(new Error("disk full")) };
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const durable = create();
    await durable.start([deaf]);
    await launch(durable, "r-broken");
    await holds(async () => {
      clock.advance(500);
      expect(await durable.standing("r-broken")).toBe("over");
    });
    await ticksUntil(() => clock.waiting() === 0);
    await launch(durable, "r-waits");
    expect(await durable.standing("r-waits")).toBe("open");
    await durable.cancel("r-waits");
    expect(await durable.standing("r-waits")).toBe("over");
    expect(await durable.standing("r-never")).toBe("missing");
  });

  test("closing cuts a step off without calling it failed", async () => {
    const reached: string[] = [];
    const gate = Promise.withResolvers<null>();
    const { job, told } = jobOf(async (step) => {
      await step.once("slow", 60_000, async () => {
        reached.push("slow");
        return gate.promise;
      });
    });
    const durable = create();
    await durable.start([job]);
    await launch(durable);
    await ticksUntil(() => reached.length === 1);
    const stopped = durable.stop();
    clock.advance(3_000);
    await stopped;
    const complaint = vi.spyOn(console, "error").mockImplementation(() => undefined);
    gate.resolve(null);
    await holds(() => expect(complaint).toHaveBeenCalled());
    expect(told).toEqual({ done: [], failed: [] });

    const again = create();
    await again.start([job]);
    await ticksUntil(() => told.done.length === 1);
    expect(reached).toEqual(["slow", "slow"]);
  });
});

describe("while idle", () => {
  test("nothing ticks: before the first run, and after the last one", async () => {
    const { job, told } = jobOf(async () => undefined);
    const durable = create();
    await durable.start([job]);
    expect(clock.waiting()).toBe(0);
    await launch(durable);
    expect(clock.waiting()).toBeLessThanOrEqual(1);
    await ticksUntil(() => told.done.length === 1 && clock.waiting() === 0);
    await durable.signal("proposal:nobody");
    expect(clock.waiting()).toBe(0);
  });

  test("one timer is enough, however many runs wait", async () => {
    const { job } = jobOf(async (step, run) => {
      await step.waitFor("wait", `proposal:${run}`, clock.now() + 86_400_000);
    });
    const durable = create();
    await durable.start([job]);
    await Promise.all(["r-1", "r-2", "r-3"].map(async (id) => launch(durable, id)));
    await Promise.all(["x", "y", "z"].map(async (name) => durable.signal(name)));
    expect(clock.waiting()).toBe(1);
  });
});
