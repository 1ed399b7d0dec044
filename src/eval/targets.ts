// What routing has to reach, and what it reached before: a figure below either of them ends the measurement with 1.
import { z } from "zod";

/** Everything that is gated; null: it could not be measured here. */
export const Measured = z.strictObject({
  precision: z.number().nullable(),
  coverage: z.number().nullable(),
  threeButtons: z.number().nullable(),
  multiDomainExact: z.number().nullable(),
  sideEffectBelowLine: z.number(),
  undecided: z.number(),
  messages: z.number(),
  clincInScope: z.number().nullable(),
  clincOosRecall: z.number().nullable(),
  banking: z.number().nullable(),
  decisionP95Ms: z.number(),
  trainingMs: z.number(),
});
export type Measured = z.infer<typeof Measured>;
export type Gate = keyof Measured;

interface Target {
  readonly words: string;
  readonly needs: number;
  /** Whether more is better. */
  readonly rises: boolean;
  /** By how much it may fall behind the baseline. Null: it differs from machine to machine, and has only its target. */
  readonly slack: number | null;
  readonly unit: "share" | "count" | "ms";
}

export const targets: Readonly<Record<Gate, Target>> = {
  precision: target("right among automatic routes", 0.98),
  coverage: target("automatic among single requests", 0.85),
  threeButtons: target("right agent among the buttons", 0.97),
  multiDomainExact: target("exact set of several requests", 0.92),
  sideEffectBelowLine: {
    words: "effects reached below their line",
    needs: 0,
    rises: false,
    slack: 0,
    unit: "count",
  },
  undecided: { words: "messages without a decision", needs: 0, rises: false, slack: 0, unit: "count" },
  messages: { words: "messages judged", needs: 1, rises: true, slack: 0, unit: "count" },
  clincInScope: { ...target("CLINC150 in scope", 0.923), slack: 0.003 },
  clincOosRecall: { ...target("CLINC150 out of scope caught", 0.82), slack: 0.003 },
  banking: { ...target("BANKING77", 0.913), slack: 0.003 },
  decisionP95Ms: { words: "decision, p95", needs: 3, rises: false, slack: null, unit: "ms" },
  trainingMs: { words: "training at boot", needs: 2_000, rises: false, slack: null, unit: "ms" },
};

/** Frozen messages and a seeded training give the same figures everywhere, so half a point less is no chance. */
function target(words: string, needs: number): Target {
  return { words, needs, rises: true, slack: 0.005, unit: "share" };
}

export interface Shortfall {
  readonly gate: Gate;
  readonly words: string;
}

const gates: readonly Gate[] = Measured.keyof().options;

export function shown(gate: Gate, value: number | null): string {
  if (value === null) return "-";
  const { unit } = targets[gate];
  if (unit === "share") return `${(value * 100).toFixed(1)} %`;
  return unit === "ms" ? `${value.toFixed(value < 100 ? 2 : 0)} ms` : String(value);
}

/** What is not reached, and what was better before; what could not be measured here is neither. */
export function shortfalls(measured: Measured, baseline: Measured | null): readonly Shortfall[] {
  return gates.flatMap((gate) => {
    const value = measured[gate];
    if (value === null) return [];
    const { words, needs, rises, slack } = targets[gate];
    const isShort = rises ? value < needs : value > needs;
    const missed = isShort ? [`${words}: ${shown(gate, value)}, needed ${shown(gate, needs)}`] : [];
    const before = baseline?.[gate] ?? null;
    const fell = before === null ? 0 : rises ? before - value : value - before;
    const worse =
      slack !== null && fell > slack
        ? [`${words}: ${shown(gate, value)}, it was ${shown(gate, before)}`]
        : [];
    return [...missed, ...worse].map((text) => ({ gate, words: text }));
  });
}
