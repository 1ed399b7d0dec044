// A stand-in for the embedder's thread: ready at once; "hang" is never answered, "fail" fails, anything else has a vector.
import { parentPort } from "node:worker_threads";
import { Asked } from "../../adapters/energetic/talk.ts";

const tell = (told: object): void => parentPort?.postMessage(told, []);

tell({ kind: "ready" });
parentPort?.on("message", (raw: unknown) => {
  const { id, texts } = Asked.parse(raw);
  if (texts.includes("hang")) return;
  if (texts.includes("fail")) tell({ kind: "failed", id, why: "no such word" });
  else tell({ kind: "vectors", id, vectors: texts.map((text) => Float32Array.of(text.length, 1)) });
});
