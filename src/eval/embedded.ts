// CLINC150 with sentence vectors beside the words: what the optional embedder adds to the default router.
import { features } from "../routing/features.ts";
import { scoreFused, trainFusion, type Fusion } from "../routing/fusion.ts";
import type { Embedder } from "../ports/embedder.ts";
import { clincFigures, trainIntents, type ClincFigures, type Scored } from "./intents.ts";
import type { Clinc150, Row } from "./public-sets.ts";

const batch = 32;
const timedMessages = 200;
const seed = 1;

export interface EmbeddedFigures extends ClincFigures {
  readonly embedder: string;
  /** Of one message's vector, 95th percentile. */
  readonly vectorP95Ms: number;
}

export async function measureEmbedded(data: Clinc150, embedder: Embedder): Promise<EmbeddedFigures> {
  const vectors = await embedAll(embedder, data.train);
  const started = performance.now();
  const lexical = trainIntents(data.train);
  const examples = data.train.map(([text, intent], at) => ({
    features: features(text),
    vector: vectors[at] ?? new Float32Array(embedder.dimensions),
    label: lexical.labelOf.get(intent) ?? 0,
  }));
  const fusion = trainFusion(lexical, examples, seed);
  const trainingMs = performance.now() - started;
  const scoreAll = async (rows: readonly Row[]): Promise<readonly Scored[]> =>
    toScored(fusion, rows, await embedAll(embedder, rows));
  const figures = clincFigures(
    {
      val: await scoreAll(data.val),
      oosVal: await scoreAll(data.oosVal),
      test: await scoreAll(data.test),
      oosTest: await scoreAll(data.oosTest),
    },
    trainingMs,
  );
  return { ...figures, embedder: embedder.id, vectorP95Ms: await vectorP95Ms(embedder, data.val) };
}

async function embedAll(embedder: Embedder, rows: readonly Row[]): Promise<readonly Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (let at = 0; at < rows.length; at += batch) {
    const texts = rows.slice(at, at + batch).map(([text]) => text);
    vectors.push(...(await embedder.embed(texts)));
  }
  return vectors;
}

function toScored(fusion: Fusion, rows: readonly Row[], vectors: readonly Float32Array[]): readonly Scored[] {
  const { classes, labelOf } = fusion.lexical;
  return rows.map(([text, intent], at) => {
    const vector = vectors[at] ?? new Float32Array();
    const { label, abstain, distance, unseen, words } = scoreFused(fusion, text, vector);
    const isRight = classes[label] === intent;
    const inScope = labelOf.has(intent);
    const evidence = { best: abstain, distance, unseen, words, outside: 0, lead: 0 };
    return { ...evidence, score: abstain, inScope, isRight };
  });
}

async function vectorP95Ms(embedder: Embedder, rows: readonly Row[]): Promise<number> {
  const times: number[] = [];
  for (const [text] of rows.slice(0, timedMessages)) {
    const started = performance.now();
    await embedder.embed([text]);
    times.push(performance.now() - started);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
}
