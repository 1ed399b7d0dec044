// A public data set through the shipped features, classifier and calibrator: parity with the recipe's published figures
// is the test of that code.
import { calibrate, fitCalibrator, type CalibrationRow } from "../routing/calibration.ts";
import { loadClassifier, outside, trainClassifier, type Classifier } from "../routing/classifier.ts";
import { features } from "../routing/features.ts";
import { bestOf, evidenceOf, score } from "../routing/scoring.ts";
import { expectedError, shareOf } from "./own-figures.ts";
import type { Banking77, Clinc150, Row } from "./public-sets.ts";

const seed = 1;
/** The share of messages in scope that may be held back: the threshold is where it holds for the validation rows. */
const falseAbstention = 0.05;

export interface ClincFigures {
  readonly inScope: number;
  /** Out-of-scope rows under the threshold. */
  readonly oosRecall: number;
  /** How well the score parts rows in scope from the others: 1 is perfect, one half is chance. */
  readonly auroc: number;
  /** Of the test rows in scope; only those of the validation part are held to `falseAbstention`. */
  readonly abstained: number;
  /** Expected calibration error of the test rows, calibrator from the validation part. */
  readonly calibrationError: number;
  readonly trainingMs: number;
}

/** What one text scored. `score`: what abstaining goes by. */
export interface Scored extends CalibrationRow {
  readonly score: number;
}

export function trainIntents(rows: readonly Row[]): Classifier {
  const classes = [...new Set(rows.map(([, intent]) => intent))].toSorted();
  const labelOf = new Map(classes.map((intent, label) => [intent, label]));
  const examples = rows.map(([text, intent]) => ({
    features: features(text),
    label: labelOf.get(intent) ?? outside,
  }));
  return loadClassifier(trainClassifier({ classes, examples, seed }));
}

function scoreRows(classifier: Classifier, rows: readonly Row[]): readonly Scored[] {
  return rows.map(([text, intent]) => {
    const scores = score(classifier, text);
    const label = bestOf(scores.margins);
    const evidence = evidenceOf(scores, label);
    const inScope = classifier.labelOf.has(intent);
    const isRight = classifier.classes[label] === intent;
    return { ...evidence, score: evidence.best, inScope, isRight };
  });
}

export interface ClincScores {
  readonly val: readonly Scored[];
  readonly oosVal: readonly Scored[];
  readonly test: readonly Scored[];
  readonly oosTest: readonly Scored[];
}

export function clincFigures(scored: ClincScores, trainingMs: number): ClincFigures {
  const { val, oosVal, test, oosTest } = scored;
  const sorted = val.map((row) => row.score).toSorted((a, b) => a - b);
  const threshold = sorted[Math.floor(sorted.length * falseAbstention)] ?? 0;
  const isHeld = (row: Scored): boolean => row.score < threshold;
  const calibrator = fitCalibrator([...val, ...oosVal]);
  return {
    inScope: shareOf(test, ({ isRight }) => isRight) ?? 0,
    oosRecall: shareOf(oosTest, isHeld) ?? 0,
    auroc: auroc(test, oosTest),
    abstained: shareOf(test, isHeld) ?? 0,
    calibrationError: expectedError(
      [...test, ...oosTest].map((row) => ({
        probability: calibrate(calibrator, row),
        isRight: row.isRight,
      })),
    ),
    trainingMs,
  };
}

export function measureClinc150(data: Clinc150): ClincFigures {
  const started = performance.now();
  const classifier = trainIntents(data.train);
  const trainingMs = performance.now() - started;
  const scored = {
    val: scoreRows(classifier, data.val),
    oosVal: scoreRows(classifier, data.oosVal),
    test: scoreRows(classifier, data.test),
    oosTest: scoreRows(classifier, data.oosTest),
  };
  return clincFigures(scored, trainingMs);
}

/** Share of test rows whose class is found. */
export function measureBanking77(data: Banking77): number {
  return shareOf(scoreRows(trainIntents(data.train), data.test), ({ isRight }) => isRight) ?? 0;
}

/** The chance that a row in scope scores above one that is not; ties count half. */
export function auroc(inScope: readonly Scored[], strange: readonly Scored[]): number {
  const low = strange.map((row) => row.score).toSorted((a, b) => a - b);
  const sum = inScope.reduce((total, row) => {
    const below = countBelow(low, row.score, false);
    return total + (below + countBelow(low, row.score, true)) / 2;
  }, 0);
  return sum / (inScope.length * strange.length);
}

/** How many of the sorted values are below; with `orEqual` also those that are the same. */
function countBelow(sorted: readonly number[], value: number, orEqual: boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const at = sorted[middle] ?? 0;
    if (at < value || (orEqual && at === value)) from = middle + 1;
    else to = middle;
  }
  return from;
}
