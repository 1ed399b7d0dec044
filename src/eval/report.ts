// The measurement as a person reads it, and as the one JSON line that tools read.
import type { ClincFigures } from "./intents.ts";
import {
  abstentionCurve,
  calibrationError,
  ownDetails,
  ownFigures,
  type OwnDetails,
  type OwnFigures,
} from "./own-figures.ts";
import { halfOf } from "./frozen-set.ts";
import type { Judged } from "./judgement.ts";
import { shown, targets, type Gate } from "./targets.ts";

export interface RoutingReport {
  readonly own: OwnFigures;
  readonly clinc150: {
    readonly inScope: number;
    readonly oosRecall: number;
    readonly auroc: number;
    /** Null: the default router, which has none. */
    readonly embedder: string | null;
  } | null;
  readonly p95Ms: number;
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
const roundedOrNull = (value: number | null): number | null => (value === null ? null : rounded(value));

export function toReport(
  own: OwnFigures,
  clinc: (ClincFigures & { readonly embedder: string | null }) | null,
  p95Ms: number,
): RoutingReport {
  return {
    own: {
      precision: roundedOrNull(own.precision),
      coverage: roundedOrNull(own.coverage),
      threeButtons: roundedOrNull(own.threeButtons),
      multiDomainExact: roundedOrNull(own.multiDomainExact),
      sideEffectBelowLine: own.sideEffectBelowLine,
      undecided: own.undecided,
      n: own.n,
    },
    clinc150:
      clinc === null
        ? null
        : {
            inScope: rounded(clinc.inScope),
            oosRecall: rounded(clinc.oosRecall),
            auroc: rounded(clinc.auroc),
            embedder: clinc.embedder,
          },
    p95Ms: rounded(p95Ms),
  };
}

const percent = (value: number | null): string => (value === null ? "-" : `${(value * 100).toFixed(1)} %`);
const line = (name: string, cells: readonly string[]): string =>
  [name.padEnd(34), ...cells.map((cell) => cell.padStart(13))].join("").trimEnd();

const ownGates = [
  "precision",
  "coverage",
  "threeButtons",
  "multiDomainExact",
] as const satisfies readonly Gate[];
const ownCounts = ["sideEffectBelowLine", "undecided"] as const satisfies readonly Gate[];

const detailWords = {
  strangeDeclined: "strange declined",
  strangeRouted: "strange routed",
  cutByMistake: "single cut into several",
  declinedByMistake: "single declined",
  ambiguousRouted: "ambiguous sent on unasked",
  planned: "several planned unasked",
} as const satisfies Record<keyof OwnDetails, string>;
const detailKeys = [
  "strangeDeclined",
  "strangeRouted",
  "cutByMistake",
  "declinedByMistake",
  "ambiguousRouted",
  "planned",
] as const satisfies readonly (keyof OwnDetails)[];

/** Both halves beside each other: where they differ by much, something was tuned too far. */
export function ownTable(judged: readonly Judged[]): string {
  const columns = [
    judged.filter(({ message }) => halfOf(message) === "development"),
    judged.filter(({ message }) => halfOf(message) === "test"),
    judged,
  ];
  const figures = columns.map(ownFigures);
  const details = columns.map(ownDetails);
  const row = (words: string, cells: readonly string[], gate?: Gate): string =>
    line(words, gate === undefined ? cells : [...cells, shown(gate, targets[gate].needs)]);
  const gated = [...ownGates, ...ownCounts].map((gate) => {
    const cells = figures.map((each) => shown(gate, each[gate]));
    return row(targets[gate].words, cells, gate);
  });
  const counts = figures.map(({ n }) => String(n));
  const more = detailKeys.map((key) => {
    const cells = details.map((each) => percent(each[key]));
    return row(detailWords[key], cells);
  });
  const errors = columns.map((each) => percent(calibrationError(each)));
  return [
    line("Own frozen set", ["development", "test", "all", "target"]),
    ...gated,
    row("messages", counts),
    ...more,
    row("calibration error", errors),
  ].join("\n");
}

/** Right routes of each kind of message: how many of them went to somebody unasked, and how many of those were right. */
export function kindTable(judged: readonly Judged[]): string {
  const kinds = [...new Set(judged.map(({ message }) => message.kind))].toSorted();
  const rows = kinds.map((kind) => {
    const all = judged.filter(({ message }) => message.kind === kind);
    const automatic = all.filter(({ isRight }) => isRight !== null);
    const asked = all.filter(({ decision }) => decision?.target.kind === "ask").length;
    const right = automatic.filter(({ isRight }) => isRight === true).length;
    const rest = all.length - automatic.length - asked;
    return line(kind, [all.length, right, automatic.length - right, asked, rest].map(String));
  });
  return [line("Kind", ["messages", "routed right", "wrong", "asked", "declined"]), ...rows].join("\n");
}

export function curveTable(judged: readonly Judged[]): string {
  const points = abstentionCurve(judged);
  return [
    line("One line for everybody at", ["coverage", "precision"]),
    ...points.map((point) =>
      line(point.line.toFixed(2), [percent(point.coverage), percent(point.precision)]),
    ),
  ].join("\n");
}

interface ClincTargets {
  readonly inScope: number;
  readonly oosRecall: number;
}
const lexicalTargets: ClincTargets = {
  inScope: targets.clincInScope.needs,
  oosRecall: targets.clincOosRecall.needs,
};

export function clincTable(figures: ClincFigures, title: string, needed = lexicalTargets): string {
  const { inScope, oosRecall, auroc, abstained } = figures;
  return [
    line(title, ["measured", "target"]),
    line("right in scope", [percent(inScope), percent(needed.inScope)]),
    line("out of scope caught", [percent(oosRecall), percent(needed.oosRecall)]),
    line("AUROC", [auroc.toFixed(3)]),
    line("in scope held back (test)", [percent(abstained)]),
    line("calibration error", [percent(figures.calibrationError)]),
    line("training", [`${(figures.trainingMs / 1000).toFixed(1)} s`]),
  ].join("\n");
}

/** What went wrong, a line each, of the development half only: the test half is for judging, not for learning from. */
export function missesOf(judged: readonly Judged[]): readonly string[] {
  return judged
    .filter(({ message }) => halfOf(message) === "development")
    .flatMap((one) => {
      const { message, decision, reached } = one;
      const found = decision?.target.kind === "ask" ? decision.target.options : reached;
      const isFine =
        one.isRight === true ||
        (one.isRight === null && message.expect.agents.length === 0) ||
        (one.isOffered === true && message.kind !== "single");
      if (isFine) return [];
      const chances = (decision?.candidates ?? [])
        .slice(0, 3)
        .map(({ agent, probability }) => `${agent} ${probability.toFixed(2)}`)
        .join(", ");
      const became = `${decision?.target.kind ?? "nothing"} ${found.join("+")}`;
      const wanted = message.expect.agents.join("+") || "nobody";
      return [
        `${message.id} ${message.kind} [${wanted}] > ${became} (${chances}): ${message.text.slice(0, 160)}`,
      ];
    });
}
