// The watchdog over a real journal: it sleeps until something is due, never spins, and is silent once it was stopped.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSqliteJournal } from "../adapters/sqlite/index.ts";
import { parseConfig } from "../src/config.ts";
import { createDirectory } from "../src/people.ts";
import type { Journal } from "../src/ports.ts";
import { createWatchdog } from "../src/watchdog.ts";
import type { Watchdog, WatchdogDeps } from "../src/watchdog.ts";
import { createTestEntropy } from "./support/entropy.ts";
import { createHandClock } from "./support/hand-clock.ts";
import type { HandClock } from "./support/hand-clock.ts";
import { cardOf, proposalOf, voteOf } from "./support/journal-samples.ts";
import { holds } from "./support/holds.ts";

const directory = createDirectory(
  parseConfig({ people: [{ name: "Kit", ids: ["discord:1001"], role: "owner" }] }, "the test's config"),
);
let folder = "";
let clock: HandClock;
let journal: Journal;
let looks = 0;
let troubles: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nova-watchdog-"));
  clock = createHandClock();
  journal = createSqliteJournal({ folder, clock, entropy: createTestEntropy("watchdog") });
  looks = 0;
  troubles = [];
});
afterEach(async () => {
  await journal.close();
  rmSync(folder, { recursive: true });
});

function create(changes: Partial<WatchdogDeps> = {}): Watchdog {
  return createWatchdog({
    journal,
    clock,
    directory,
    policy: { directory, directPlaces: new Set(), membershipOf: async () => "member" },
    deliverDue: async () => {
      looks += 1;
      for (const { id, rev } of await journal.claimDue()) await journal.shown({ id, rev, platformId: id });
    },
    sweepRuns: async () => false,
    onOver: () => undefined,
    onDue: () => undefined,
    execute: async (id) => Promise.reject(new Error(`nothing executes ${id} here`)),
    onTrouble: (what, thrown) => void troubles.push(`${what}: ${String(thrown)}`),
    ...changes,
  });
}

/** Approved, begun, and nobody knows what became of it. */
async function leaveUnknown(): Promise<void> {
  await journal.propose(proposalOf("p-1"), cardOf("p-1"));
  for (const { id, rev } of await journal.claimDue()) await journal.shown({ id, rev, platformId: id });
  await journal.decide(voteOf("p-1"));
  await journal.beginExecute("p-1");
  await journal.settle("p-1", { from: ["executing"], to: "unknown", detail: "no answer" });
}
const stateNow = async (): Promise<string | undefined> => (await journal.proposal("p-1"))?.state;

test("A32: a row that nothing will wake is said once, as a failure that names it", async () => {
  await journal.propose(proposalOf("p-1"), cardOf("p-1"));
  for (const { id, rev } of await journal.claimDue()) await journal.shown({ id, rev, platformId: id });
  const watchdog = create();
  await watchdog.look();
  expect(troubles).toEqual([]);
  const intruder = new DatabaseSync(join(folder, "journal.db"));
  intruder.exec("UPDATE proposal SET expires_at = NULL");
  intruder.close();
  for (const afterMs of [1_000, 60_000, 60_000]) {
    clock.advance(afterMs);
    await watchdog.look();
  }
  const overdue = (await journal.failures(9)).filter(({ kind }) => kind === "row.overdue");
  expect(overdue.map(({ operator }) => operator)).toEqual([
    "The proposal p-1 is pending, and nothing will wake it.",
  ]);
  expect(troubles.filter((words) => words.startsWith("a row was left lying"))).toHaveLength(1);
});

describe("the timer", () => {
  test("is not set while nothing waits, and once a minute at most while a run is open", async () => {
    await create().look();
    expect(clock.waiting()).toBe(0);
    const watchdog = create({ sweepRuns: async () => true });
    await watchdog.look();
    expect(clock.waiting()).toBe(1);
    const before = looks;
    clock.advance(59_999);
    expect(looks).toBe(before);
    clock.advance(1);
    await holds(() => expect(looks).toBe(before + 1));
  });

  test("waits a second when a look left what was due as it was", async () => {
    const stuck = { ...journal, nextDueAt: async () => clock.now() - 5_000 };
    await create({ journal: stuck }).look();
    expect(looks).toBe(1);
    clock.advance(999);
    expect([looks, clock.waiting()]).toEqual([1, 1]);
    clock.advance(1);
    await holds(() => expect([looks, clock.waiting()]).toEqual([2, 1]));
  });

  test("is one, however many ask for a look at once, and no wish is lost", async () => {
    await leaveUnknown();
    const watchdog = create();
    await Promise.all([watchdog.look(), watchdog.look(), watchdog.look()]);
    expect(looks).toBe(2);
    expect(clock.waiting()).toBe(1);
  });
});

describe("an unknown outcome", () => {
  test("is looked up until it is known, and who waits for it hears of it", async () => {
    await leaveUnknown();
    const over: string[] = [];
    let tries = 0;
    const watchdog = create({
      onOver: (id) => void over.push(id),
      execute: async (id) => {
        tries += 1;
        const to = tries === 3 ? "applied" : "unknown";
        await journal.settle(id, { from: ["unknown"], to, detail: `look ${tries}` });
        void watchdog.look();
        const after = await journal.proposal(id);
        if (after === null) throw new Error("its row is gone");
        return after;
      },
    });
    await watchdog.look();
    for (const [index, gapMs] of [1_000, 2_000, 5_000].entries()) {
      await holds(async () => expect(await journal.nextDueAt()).toBe(clock.now() + gapMs));
      await watchdog.look();
      clock.advance(gapMs);
      await holds(() => expect(tries).toBe(index + 1));
    }
    await holds(() => expect(over).toEqual(["p-1"]));
    expect(await stateNow()).toBe("applied");
    await watchdog.stop();
    expect(troubles).toEqual([]);
  });

  test("is a person's after ten minutes, also when the ERP could never be asked", async () => {
    await leaveUnknown();
    const over: string[] = [];
    const watchdog = create({ onOver: (id) => void over.push(id) });
    const startedAt = clock.now();
    await watchdog.look();
    while ((await stateNow()) === "unknown" && clock.now() - startedAt < 3_600_000) {
      clock.advance(1_000);
      await watchdog.look();
      // Twice: the second comes after what the first one began.
      await watchdog.look();
    }
    expect(await stateNow()).toBe("needs_human");
    expect((clock.now() - startedAt) / 60_000).toBeGreaterThanOrEqual(10);
    expect((clock.now() - startedAt) / 60_000).toBeLessThan(12);
    await holds(() => expect(over).toEqual(["p-1"]));
    await watchdog.stop();
    // 1, 2, 5, 10, 30 s and then once a minute: not every second.
    expect(troubles.length).toBeLessThan(20);
  });
});

describe("stop", () => {
  test("waits for the look under way, and nothing is looked at afterwards", async () => {
    const gate = Promise.withResolvers<null>();
    const entered = Promise.withResolvers<null>();
    const watchdog = create({
      deliverDue: async () => {
        looks += 1;
        entered.resolve(null);
        await gate.promise;
      },
    });
    const looking = watchdog.look();
    await entered.promise;
    let isStopped = false;
    const stopped = watchdog.stop().then(() => (isStopped = true));
    void watchdog.look();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(isStopped).toBe(false);
    gate.resolve(null);
    await Promise.all([looking, stopped]);
    await journal.close();
    await watchdog.look();
    expect([looks, clock.waiting(), troubles]).toEqual([1, 0, []]);
  });
});
