// Money of one run of evals: it happens outside the journal, so it is counted in memory, by the journal's own rules.
import type { BudgetJournal, BudgetLine, BudgetStanding } from "../ports.ts";

type Sum = { -readonly [key in keyof BudgetStanding]: BudgetStanding[key] };
type Open = { readonly sums: readonly Sum[]; readonly highestMicros: number };

export function createEvalBudgets(): BudgetJournal {
  const sums = new Map<string, Sum>();
  const open = new Map<number, Open>();
  let lastId = 0;
  const sumOf = ({ scope, day }: BudgetLine): Sum => {
    const key = JSON.stringify([scope, day]);
    const found = sums.get(key) ?? { scope, day, reservedMicros: 0, spentMicros: 0, unsettledMicros: 0 };
    sums.set(key, found);
    return found;
  };
  return {
    reserve: async (highestMicros, lines) => {
      for (const [at, line] of lines.entries()) {
        if (line.limitMicros === null) continue;
        const { reservedMicros, spentMicros } = sumOf(line);
        const leftMicros = line.limitMicros - reservedMicros - spentMicros;
        if (line.limitMicros <= 0 || highestMicros > leftMicros)
          return { kind: "refused", at, leftMicros: Math.max(0, leftMicros) };
      }
      const taken = lines.map(sumOf);
      for (const sum of taken) sum.reservedMicros += highestMicros;
      lastId += 1;
      open.set(lastId, { sums: taken, highestMicros });
      return { kind: "held", id: lastId };
    },
    settleCost: async (id, costMicros) => {
      const { sums: taken, highestMicros } = open.get(id) ?? { sums: [], highestMicros: 0 };
      open.delete(id);
      for (const sum of taken) {
        sum.reservedMicros -= highestMicros;
        sum.spentMicros += costMicros ?? highestMicros;
        sum.unsettledMicros += costMicros === null ? highestMicros : 0;
      }
    },
    budgetsOn: async (day) => [...sums.values()].filter((sum) => sum.day === day),
  };
}
