// The figures as a person reads them, and as one JSON line for whoever compares runs.
import { quantile } from "./round.ts";
import type { Measured } from "./round.ts";

export type Figures = Omit<Measured, "foreignCores" | "fakeBusy">;
export type Report = {
  readonly bare: Figures;
  readonly nova: Figures;
  readonly ratio: {
    readonly p50: number;
    readonly p95: number;
    readonly cpu: number;
    readonly perSecond: number;
  };
};

/** Above this share of foreign or fake work the ratios themselves are off. */
const quietCores = 0.3;
const idleFake = 0.9;

const median = (values: readonly number[]): number => quantile(values, 0.5);
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Medians over the rounds. */
function figuresOf(rounds: readonly Measured[]): Figures {
  const of = (key: keyof Figures, digits: number): number =>
    rounded(median(rounds.map((round) => round[key])), digits);
  return {
    p50Ms: of("p50Ms", 3),
    p95Ms: of("p95Ms", 3),
    cpuMs: of("cpuMs", 3),
    perSecond: of("perSecond", 0),
    rssMb: of("rssMb", 0),
    coldStartS: of("coldStartS", 2),
  };
}

export function toReport(rounds: {
  readonly bare: readonly Measured[];
  readonly nova: readonly Measured[];
}): Report {
  const bare = figuresOf(rounds.bare);
  const nova = figuresOf(rounds.nova);
  return {
    bare,
    nova,
    ratio: {
      p50: rounded(nova.p50Ms / bare.p50Ms, 2),
      p95: rounded(nova.p95Ms / bare.p95Ms, 2),
      cpu: rounded(nova.cpuMs / bare.cpuMs, 2),
      perSecond: rounded(nova.perSecond / bare.perSecond, 2),
    },
  };
}

const columns = ["p50 ms", "p95 ms", "CPU ms", "messages/s", "RSS MB", "start s"];

export function toTable(report: Report): string {
  const row = (name: string, cells: readonly (number | string)[]): string =>
    [name.padEnd(18), ...cells.map((cell) => String(cell).padStart(11))].join("");
  const valuesOf = ({ p50Ms, p95Ms, cpuMs, perSecond, rssMb, coldStartS }: Figures): readonly number[] => [
    p50Ms,
    p95Ms,
    cpuMs,
    perSecond,
    rssMb,
    coldStartS,
  ];
  const { p50, p95, cpu, perSecond } = report.ratio;
  return [
    row("", columns),
    row("bare bot", valuesOf(report.bare)),
    row("Nova", valuesOf(report.nova)),
    row("Nova / bare bot", [p50, p95, cpu, perSecond]),
  ].join("\n");
}

/** One line per measurement: its ratios can be trusted only where the machine and the fakes had room. */
export function toLine(name: string, measured: Measured): string {
  const { p50Ms, perSecond, foreignCores, fakeBusy } = measured;
  const foreign = foreignCores === null ? "unknown" : foreignCores.toFixed(2);
  const isNoisy = foreignCores !== null && foreignCores > quietCores;
  const isFakeFull = fakeBusy > idleFake;
  return [
    `${name.padEnd(10)} p50 ${p50Ms.toFixed(2)} ms, ${perSecond.toFixed(0)}/s, foreign cores ${foreign}, fakes busy ${(fakeBusy * 100).toFixed(0)} %`,
    ...(isNoisy ? ["others were busy: repeat on a quiet machine"] : []),
    ...(isFakeFull ? ["the fakes had no room: messages/s is a lower bound"] : []),
  ].join("; ");
}
