// From the roster's examples to a trained router: classifier, calibrator and lines, as plain data with an id.
import { createHash } from "node:crypto";
import { z } from "zod";
import { calibrate, CalibratorModel, fitCalibrator, type CalibrationRow } from "./calibration.ts";
import {
  ClassifierModel,
  loadClassifier,
  outside,
  trainClassifier,
  type Classifier,
  type Example,
  type Solutions,
} from "./classifier.ts";
import { features, featureVersion } from "./features.ts";
import { findLine, Line, type LineSettings } from "./lines.ts";
import { countOpenings, Openings } from "./openings.ts";
import { keyOf, mixedOrder } from "./order.ts";
import { outOfScope } from "./out-of-scope.ts";
import type { RosterEntry } from "./route.ts";
import { bestOf, evidenceOf, score } from "./scoring.ts";
import { strangeRequests } from "./strange-requests.ts";

const folds = 5;
// One cut into folds moves a line by several points with its seed; the mean of three does not. A large roster has rows
// enough in one of its folds, and no time for more of them.
const repeats = 3;
const enoughHeldOut = 400;
// What calibrates is a sample anyway, and the final training goes on from there.
const heldOutDescent = { tolerance: 0.1, maxRounds: 60 };
// Raised when training itself changes, so that a cached router of an older recipe is not taken for this one.
const recipe = "ovr-c0.5.nb0.01.fold5.logistic6.8";

/** Everything a decision needs, plain enough for JSON; `id` names what it was made from. */
export const RouterModels = z.strictObject({
  id: z.string(),
  classifier: ClassifierModel,
  calibrator: CalibratorModel,
  low: Line,
  high: Line,
  openings: Openings,
});
export type RouterModels = z.infer<typeof RouterModels>;

/** The trained router, ready to score. */
export interface Router {
  readonly id: string;
  readonly classifier: Classifier;
  readonly calibrator: CalibratorModel;
  /** Null: not reachable at any probability, only by address and button. */
  readonly low: number | null;
  readonly high: number | null;
  /** How often each word begins a request. */
  readonly openings: ReadonlyMap<string, number>;
}

interface Phrase {
  readonly text: string;
  readonly label: number;
}

function sortedById(roster: readonly RosterEntry[]): readonly RosterEntry[] {
  return roster.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** A near miss teaches the agent that should have it; one that nobody should have teaches them all to refuse. */
function phrasesOf(roster: readonly RosterEntry[]): readonly Phrase[] {
  const labelOf = new Map(roster.map((entry, label) => [entry.id, label]));
  const cards = roster.flatMap((entry, label) => [
    ...entry.handles.map((text) => ({ text, label })),
    ...entry.declines.map(({ text, instead }) => ({ text, label: labelOf.get(instead) ?? outside })),
  ]);
  const unique = new Map<string, Phrase>();
  const strange = [...outOfScope, ...strangeRequests].map((text) => ({ text, label: outside }));
  for (const phrase of [...cards, ...strange]) {
    const key = `${phrase.label} ${phrase.text}`;
    if (!unique.has(key)) unique.set(key, phrase);
  }
  return [...unique.values()];
}

/** Changes whenever anything changes that the trained router depends on: the key to cache it under. */
export function routerId(roster: readonly RosterEntry[], lines: LineSettings, seed: number): string {
  const sorted = sortedById(roster);
  const made = [featureVersion, recipe, seed, lines.lowError, lines.highError, lines.enoughRows];
  const content = JSON.stringify([made, sorted.map((entry) => entry.id), phrasesOf(sorted)]);
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}

/** The fold of each example: every class spread evenly, in an order that no other class changes. */
function foldsOf(examples: readonly Example[], seed: number): Int32Array {
  const texts = examples.map((example) => example.features);
  const next = new Map<number, number>();
  const fold = new Int32Array(examples.length);
  for (const at of mixedOrder(texts, seed)) {
    const example = examples[at];
    if (example === undefined) continue;
    const turn = next.get(example.label) ?? keyOf(example.features, seed) % folds;
    fold[at] = turn % folds;
    next.set(example.label, turn + 1);
  }
  return fold;
}

function judge(classifier: Classifier, example: Example): CalibrationRow {
  const scores = score(classifier, example.features);
  const label = bestOf(scores.margins);
  const inScope = example.label !== outside;
  return { ...evidenceOf(scores, label), inScope, isRight: inScope && label === example.label };
}

interface OutOfFold {
  readonly rows: readonly CalibrationRow[];
  /** Of the last fold that was held out, for all examples: where training on all of them may begin. */
  readonly solutions: Solutions;
}

/**
 * Each example scored by a classifier that has not seen it: what calibration and lines may be drawn from. Of many
 * examples one fold is enough.
 */
export function outOfFold(classes: readonly string[], examples: readonly Example[], seed: number): OutOfFold {
  const fold = foldsOf(examples, seed);
  const length = isLarge(examples) ? 1 : folds;
  const heads = [...classes, "outside"];
  const rows: CalibrationRow[] = [];
  let solutions = heads.map(() => new Float64Array(examples.length));
  for (let held = 0; held < length; held += 1) {
    const inside = [...examples.keys()].filter((at) => fold[at] !== held);
    const rest = examples.filter((_, at) => fold[at] !== held);
    const partial = heads.map(() => new Float64Array(rest.length));
    const start = { solutions: partial, settings: heldOutDescent };
    const trained = trainClassifier({ classes, examples: rest, seed: seed + held + 1, ...start });
    const classifier = loadClassifier(trained);
    rows.push(...examples.filter((_, at) => fold[at] === held).map((example) => judge(classifier, example)));
    solutions = partial.map((found) => {
      const all = new Float64Array(examples.length);
      for (const [at, row] of inside.entries()) all[row] = found[at] ?? 0;
      return all;
    });
  }
  return { rows, solutions };
}

const isLarge = (examples: readonly Example[]): boolean => examples.length / folds >= enoughHeldOut;

/** Trains in well under two seconds from 34 cards; the same arguments always give the same models. */
export function trainRouter(roster: readonly RosterEntry[], lines: LineSettings, seed: number): RouterModels {
  const { enoughRows } = lines;
  const sorted = sortedById(roster);
  const classes = sorted.map((entry) => entry.id);
  const examples = phrasesOf(sorted).map(({ text, label }) => ({ features: features(text), label }));
  const rounds = isLarge(examples) ? 1 : repeats;
  const judgements = Array.from({ length: rounds }, (_, round) =>
    outOfFold(classes, examples, seed + round * (folds + 1)),
  );
  const rows = judgements.flatMap((judgement) => judgement.rows);
  const solutions = judgements.at(-1)?.solutions ?? [];
  const calibrator = fitCalibrator(rows);
  const judged = rows.map((row) => ({ probability: calibrate(calibrator, row), isRight: row.isRight }));
  return {
    id: routerId(roster, lines, seed),
    classifier: trainClassifier({ classes, examples, seed, solutions }),
    calibrator,
    low: findLine(judged, { error: lines.lowError, enoughRows, repeats: rounds }),
    high: findLine(judged, { error: lines.highError, enoughRows, repeats: rounds }),
    openings: countOpenings(sorted.flatMap(({ handles }) => handles)),
  };
}

/** Opens stored models; throws a `ZodError` for anything that `trainRouter` did not write. */
export function loadRouter(stored: unknown): Router {
  const models = RouterModels.parse(stored);
  return {
    id: models.id,
    classifier: loadClassifier(models.classifier),
    calibrator: models.calibrator,
    low: models.low.line,
    high: models.high.line,
    openings: new Map(models.openings),
  };
}
