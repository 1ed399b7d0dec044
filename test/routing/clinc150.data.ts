// A public data set through the shipped code: the recipe's published figures are reached, or something drifted.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { loadClassifier, outside, trainClassifier } from "../../src/routing/classifier.ts";
import { features } from "../../src/routing/features.ts";
import { bestOf, score } from "../../src/routing/scoring.ts";

const file = new URL("../../../shared/data/clinc150/data_full.json", import.meta.url);
const isHere = existsSync(file);
if (!isHere)
  console.warn("SKIPPED: ../shared/data/clinc150/data_full.json is not here, so CLINC150 is not measured.");

const Rows = z.array(z.tuple([z.string(), z.string()]));
const Data = z.object({ train: Rows, val: Rows, test: Rows, oos_test: Rows });

describe.skipIf(!isHere)("CLINC150", () => {
  test("is classified as well as measured, and strangers are held back", { timeout: 90_000 }, () => {
    const data = Data.parse(JSON.parse(readFileSync(file, "utf8")));
    const classes = [...new Set(data.train.map(([, intent]) => intent))].toSorted();
    const labelOf = new Map(classes.map((intent, label) => [intent, label]));
    const examples = data.train.map(([text, intent]) => ({
      features: features(text),
      label: labelOf.get(intent) ?? outside,
    }));
    const started = performance.now();
    const classifier = loadClassifier(trainClassifier({ classes, examples, seed: 1 }));
    const trainingMs = performance.now() - started;
    const judge = (rows: z.infer<typeof Rows>) =>
      rows.map(([text, intent]) => {
        const { margins } = score(classifier, text);
        const label = bestOf(margins);
        return { best: margins[label] ?? 0, isRight: classes[label] === intent };
      });
    const margins = judge(data.val)
      .map((row) => row.best)
      .toSorted((a, b) => a - b);
    const threshold = margins[Math.floor(margins.length * 0.05)] ?? 0;
    const inScope = judge(data.test);
    const right = inScope.filter((row) => row.isRight).length;
    const held = judge(data.oos_test).filter((row) => row.best < threshold).length;
    const accuracy = (100 * right) / inScope.length;
    const caught = (100 * held) / data.oos_test.length;
    const abstained = (100 * inScope.filter((row) => row.best < threshold).length) / inScope.length;
    console.log(
      `CLINC150: ${right} of ${inScope.length} right (${accuracy.toFixed(2)} %), ` +
        `${caught.toFixed(1)} % out of scope held back at 5 % of val (${abstained.toFixed(1)} % of test), ` +
        `trained in ${(trainingMs / 1000).toFixed(1)} s`,
    );
    expect(accuracy).toBeGreaterThanOrEqual(92.3);
    expect(caught).toBeGreaterThanOrEqual(82);
  });
});
