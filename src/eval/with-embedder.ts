// The same measurement with the optional embedder: its figures take the place of the default router's in the report.
import type { Embedder } from "../ports/embedder.ts";
import { measureEmbedded } from "./embedded.ts";
import { loadClinc150 } from "./public-sets.ts";
import { clincTable, type RoutingReport } from "./report.ts";

/** Shares; the vector's time in milliseconds. */
const needed = { inScope: 0.95, oosRecall: 0.87, vectorP95Ms: 30 };

export interface EmbedderEval {
  readonly embedder: Embedder;
  readonly dataFolder: string;
  readonly print: (text: string) => void;
}

export interface EmbedderOutcome {
  readonly clinc150: RoutingReport["clinc150"];
  readonly problems: readonly string[];
}

/** Null where CLINC150 is not there. */
export async function evaluateEmbedder(given: EmbedderEval): Promise<EmbedderOutcome | null> {
  const { embedder, dataFolder, print } = given;
  const data = loadClinc150(dataFolder);
  if (data === null) return null;
  const figures = await measureEmbedded(data, embedder);
  const { inScope, oosRecall, auroc, vectorP95Ms } = figures;
  print(clincTable(figures, `CLINC150 with ${embedder.id}`, needed));
  print(`one vector, p95: ${vectorP95Ms.toFixed(1)} ms (needed ${needed.vectorP95Ms} ms)\n`);
  const problems = [
    ...(inScope < needed.inScope ? ["CLINC150 in scope with the embedder is under 95.0 %"] : []),
    ...(oosRecall < needed.oosRecall ? ["CLINC150 out of scope caught with the embedder is under 87 %"] : []),
    ...(vectorP95Ms > needed.vectorP95Ms ? ["one vector takes longer than 30 ms"] : []),
  ];
  return { clinc150: { inScope, oosRecall, auroc, embedder: embedder.id }, problems };
}
