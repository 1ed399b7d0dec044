// The part of the journal's contract about money: under every line or under none, settled once, and what nobody settled
// counts at its highest. Kept by the journal and by what counts in memory.
import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import type { BudgetJournal, BudgetLine, BudgetStanding } from "../../src/ports.ts";

export type BudgetsHouse = {
  readonly budgets: BudgetJournal;
  /** The process dies and another one begins; null: what dies here is gone. */
  readonly crash: (() => Promise<BudgetJournal>) | null;
  readonly close: () => Promise<void>;
};

const day = "2026-01-05";
const line = (scope: string, limitMicros: number | null = 1_000, on = day): BudgetLine => ({
  scope,
  day: on,
  limitMicros,
});
const standing = (
  scope: string,
  [reservedMicros, spentMicros, unsettledMicros = 0]: readonly [number, number, number?],
  on = day,
): BudgetStanding => ({ scope, day: on, reservedMicros, spentMicros, unsettledMicros });

async function held(budgets: BudgetJournal, highest: number, lines: readonly BudgetLine[]): Promise<number> {
  const reserved = await budgets.reserve(highest, lines);
  if (reserved.kind === "refused") throw new Error(`refused by ${lines[reserved.at]?.scope ?? "nobody"}`);
  return reserved.id;
}

export function describeBudgets(name: string, open: () => Promise<BudgetsHouse>): void {
  describe(`${name}: money`, () => {
    const opened: BudgetsHouse[] = [];
    afterEach(async () => {
      for (const house of opened.splice(0)) await house.close();
    });
    const enter = async (): Promise<BudgetsHouse> => {
      const house = await open();
      opened.push(house);
      return house;
    };

    test("the highest cost is set aside under every line and settled at the true one, once", async () => {
      const { budgets } = await enter();
      const id = await held(budgets, 400, [line("a"), line("run", null, "")]);
      expect(await budgets.budgetsOn(day)).toEqual([standing("a", [400, 0])]);
      await budgets.settleCost(id, 150);
      await budgets.settleCost(id, 999);
      await budgets.settleCost(id + 1_000, 999);
      expect(await budgets.budgetsOn(day)).toEqual([standing("a", [0, 150])]);
      expect(await budgets.budgetsOn("")).toEqual([standing("run", [0, 150], "")]);
    });

    test("what fits under one line and not under another takes nothing from either", async () => {
      const { budgets } = await enter();
      await held(budgets, 700, [line("b")]);
      expect(await budgets.reserve(301, [line("a"), line("b")])).toEqual({
        kind: "refused",
        at: 1,
        leftMicros: 300,
      });
      await held(budgets, 300, [line("a"), line("b")]);
      const sums = await budgets.budgetsOn(day);
      expect(sums).toEqual(expect.arrayContaining([standing("a", [300, 0]), standing("b", [1_000, 0])]));
    });

    test("a cost that nobody knows is the highest, and is said to be unsettled", async () => {
      const { budgets } = await enter();
      await budgets.settleCost(await held(budgets, 400, [line("a")]), null);
      expect(await budgets.budgetsOn(day)).toEqual([standing("a", [0, 400, 400])]);
    });

    test("a limit of nothing allows nothing, and a lower one counts from the next question on", async () => {
      const { budgets } = await enter();
      expect(await budgets.reserve(0, [line("a", 0)])).toMatchObject({ kind: "refused", leftMicros: 0 });
      await budgets.settleCost(await held(budgets, 500, [line("a")]), 500);
      expect(await budgets.reserve(1, [line("a", 100)])).toMatchObject({ kind: "refused", leftMicros: 0 });
      await held(budgets, 1_500, [line("a", 2_000)]);
    });

    test("a request that ends on the next day is paid by the day on which it began", async () => {
      const { budgets } = await enter();
      const late = await held(budgets, 400, [line("a")]);
      await held(budgets, 1_000, [line("a", 1_000, "2026-01-06")]);
      await budgets.settleCost(late, 30);
      expect(await budgets.budgetsOn(day)).toEqual([standing("a", [0, 30])]);
      expect(await budgets.budgetsOn("2026-01-06")).toEqual([standing("a", [1_000, 0], "2026-01-06")]);
    });

    test("whoever asks at the same moment, and whatever dies in between: never above a line, and every cost counts once", async () => {
      const house = await enter();
      let { budgets } = house;
      let run = 0;
      const step = fc.oneof(
        {
          weight: 6,
          arbitrary: fc.record({
            do: fc.constant("ask"),
            highest: fc.nat(600),
            lines: fc.integer({ min: 1, max: 7 }),
          }),
        },
        {
          weight: 4,
          arbitrary: fc.record({
            do: fc.constant("settle"),
            which: fc.nat(9),
            share: fc.option(fc.nat(100)),
          }),
        },
        { weight: 1, arbitrary: fc.record({ do: fc.constant("crash") }) },
      );
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(step, { maxLength: 5 }), { maxLength: 8 }), async (rounds) => {
          run += 1;
          const limits = [line(`${run} turn`, 700), line(`${run} person`, 1_000), line(`${run} all`, 1_500)];
          const truth = new Map<string, number>(limits.map(({ scope }) => [scope, 0]));
          const open = new Map<number, { readonly lines: readonly BudgetLine[]; readonly highest: number }>();
          const count = (lines: readonly BudgetLine[], cost: number): void =>
            lines.forEach(({ scope }) => truth.set(scope, (truth.get(scope) ?? 0) + cost));
          const check = async (): Promise<void> => {
            for (const sum of await budgets.budgetsOn(day)) {
              const limit = limits.find(({ scope }) => scope === sum.scope)?.limitMicros;
              if (limit == null) continue;
              const set = [...open.values()].filter(({ lines }) =>
                lines.some(({ scope }) => scope === sum.scope),
              );
              expect(sum.reservedMicros + sum.spentMicros).toBeLessThanOrEqual(limit);
              expect(sum.reservedMicros).toBe(set.reduce((all, { highest }) => all + highest, 0));
              expect(sum.spentMicros).toBe(truth.get(sum.scope));
            }
          };
          for (const steps of rounds) {
            // All of a round at the same moment.
            await Promise.all(
              steps.map(async (one) => {
                if ("highest" in one) {
                  const lines = limits.filter((_, at) => (one.lines >> at) % 2 === 1);
                  const reserved = await budgets.reserve(one.highest, lines);
                  if (reserved.kind === "held") open.set(reserved.id, { lines, highest: one.highest });
                }
                if ("share" in one) {
                  const [id, { lines, highest }] = [...open][one.which] ?? [0, { lines: [], highest: 0 }];
                  if (!open.delete(id)) return;
                  const cost = one.share === null ? null : Math.floor((highest * one.share) / 100);
                  count(lines, cost ?? highest);
                  await budgets.settleCost(id, cost);
                }
              }),
            );
            await check();
            if (house.crash === null || !steps.some((one) => one.do === "crash")) continue;
            budgets = await house.crash();
            for (const { lines, highest } of open.values()) count(lines, highest);
            open.clear();
            await check();
          }
          for (const [id, { lines, highest }] of open) {
            count(lines, highest);
            await budgets.settleCost(id, null);
          }
          open.clear();
          await check();
        }),
        { numRuns: 25, seed: 6 },
      );
    });
  });
}
