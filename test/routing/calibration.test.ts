// Probabilities that mean what they say, and lines that are drawn on texts the classifier has not seen.
import { describe, expect, test } from "vitest";
import { calibrate, fitCalibrator, type CalibrationRow } from "../../src/routing/calibration.ts";
import { loadClassifier, outside, trainClassifier } from "../../src/routing/classifier.ts";
import { features } from "../../src/routing/features.ts";
import { findLine, wilsonUpper } from "../../src/routing/lines.ts";
import { bestOf, evidenceOf, score } from "../../src/routing/scoring.ts";
import { createRandom } from "../../src/eval/random.ts";
import { outOfFold } from "../../src/routing/training.ts";
import { roster } from "../fixtures/roster.ts";

const classes = roster.map((entry) => entry.id);
const examples = roster.flatMap((entry, label) =>
  entry.handles.map((text) => ({ features: features(text), label })),
);

function inSampleRows(): readonly CalibrationRow[] {
  const classifier = loadClassifier(trainClassifier({ classes, examples, seed: 1 }));
  return examples.map((example) => {
    const scores = score(classifier, example.features);
    const label = bestOf(scores.margins);
    const inScope = example.label !== outside;
    return { ...evidenceOf(scores, label), isRight: label === example.label, inScope };
  });
}

/** Rows whose chance of being right rises with the margin, as a logistic curve would have it. */
function drawnRows(count: number): readonly CalibrationRow[] {
  const random = createRandom(5);
  return Array.from({ length: count }, () => {
    const best = random() * 4 - 2;
    const isRight = random() < 1 / (1 + Math.exp(-3 * best));
    return {
      best,
      distance: best / 2 + random() / 10,
      unseen: random(),
      words: 5,
      outside: 0,
      lead: 0,
      isRight,
      inScope: true,
    };
  });
}

describe("the calibrator", () => {
  test("finds the probabilities that the rows were drawn with", () => {
    const model = fitCalibrator(drawnRows(4000));
    for (const best of [-1.5, -0.5, 0, 0.5, 1.5]) {
      const found = calibrate(model, {
        best,
        distance: best / 2 + 0.05,
        unseen: 0.5,
        words: 5,
        outside: 0,
        lead: 0,
      });
      expect(Math.abs(found - 1 / (1 + Math.exp(-3 * best)))).toBeLessThan(0.05);
    }
  });

  test("never calls a higher margin or a wider distance less likely", () => {
    const model = fitCalibrator(outOfFold(classes, examples, 3).rows);
    const at = (best: number, distance: number): number =>
      calibrate(model, { best, distance, unseen: 0, words: 5, outside: 0, lead: 0 });
    for (const low of [-2, -1, 0, 1]) {
      expect(at(low + 0.5, 0.5)).toBeGreaterThanOrEqual(at(low, 0.5));
      expect(at(0, low + 0.5)).toBeGreaterThanOrEqual(at(0, low));
    }
  });

  test("is far more modest on unseen texts than scores of its own examples would make it", () => {
    const unseen = outOfFold(classes, examples, 1).rows;
    const share = (rows: readonly CalibrationRow[]): number =>
      rows.filter((row) => row.isRight).length / rows.length;
    expect(unseen).toHaveLength(examples.length);
    expect(share(inSampleRows())).toBeGreaterThan(0.99);
    expect(share(unseen)).toBeLessThan(0.9);
    const middling = { best: 0, distance: 0.4, unseen: 0, words: 5, outside: 0, lead: 0 };
    expect(calibrate(fitCalibrator(inSampleRows()), middling)).toBeGreaterThan(
      calibrate(fitCalibrator(unseen), middling) + 0.05,
    );
  });

  test("weighs rare out-of-scope rows up", () => {
    const good = Array.from({ length: 60 }, (_, at) => ({
      best: at / 60,
      distance: 1,
      unseen: 0,
      words: 4,
      outside: 0,
      lead: 0,
      isRight: true,
      inScope: true,
    }));
    const bad = (inScope: boolean): readonly CalibrationRow[] =>
      [0.3, 0.5, 0.7].map((best) => ({
        best,
        distance: 1,
        unseen: 0,
        words: 4,
        outside: 0,
        lead: 0,
        isRight: false,
        inScope,
      }));
    const evidence = { best: 0.5, distance: 1, unseen: 0, words: 4, outside: 0, lead: 0 };
    const asStrangers = fitCalibrator([...good, ...bad(false)]);
    const asMistakes = fitCalibrator([...good, ...bad(true)]);
    expect(calibrate(asStrangers, evidence)).toBeLessThan(calibrate(asMistakes, evidence) - 0.1);
  });
});

describe("the lines", () => {
  const rows = (right: number, wrong: number): { probability: number; isRight: boolean }[] => [
    ...Array.from({ length: right }, (_, at) => ({ probability: 0.99 - at / 10_000, isRight: true })),
    ...Array.from({ length: wrong }, (_, at) => ({ probability: 0.3 - at / 10_000, isRight: false })),
  ];

  test("use the upper end of the Wilson interval", () => {
    expect(wilsonUpper(0, 268)).toBeLessThanOrEqual(0.01);
    expect(wilsonUpper(0, 267)).toBeGreaterThan(0.01);
    expect(wilsonUpper(5, 100)).toBeCloseTo(0.09917, 5);
    expect(wilsonUpper(0, 0)).toBe(1);
  });

  test("are the smallest probability that the bound allows", () => {
    const found = findLine(rows(300, 50), { error: 0.01, enoughRows: null, repeats: 1 });
    expect(found).toMatchObject({ basis: "upper bound", wrong: 0, rows: 300 });
    expect(found.line).toBeCloseTo(0.99 - 299 / 10_000, 9);
  });

  test("count a text once, however many repeats it stands in", () => {
    expect(findLine(rows(300, 50), { error: 0.01, enoughRows: null, repeats: 3 }).line).toBeNull();
  });

  test("fall back to the raw share only with enough rows, and say so", () => {
    const request = { error: 0.01, enoughRows: 60, repeats: 1 };
    expect(findLine(rows(100, 50), request)).toMatchObject({ basis: "share", rows: 101, wrong: 1 });
    expect(findLine(rows(59, 50), request)).toEqual({ line: null, basis: "unreachable", rows: 0, wrong: 0 });
    expect(findLine(rows(100, 50), { ...request, enoughRows: null }).line).toBeNull();
  });

  test("never cut between rows of the same probability", () => {
    const tied = [true, true, false].map((isRight) => ({ probability: 0.9, isRight }));
    expect(findLine(tied, { error: 0.01, enoughRows: 1, repeats: 1 }).line).toBeNull();
  });
});
