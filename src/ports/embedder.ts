// Sentence vectors for routing: an optional second signal. Nothing may need it: without one, or with one that is late or
// fails, the lexical router decides alone.
export interface Embedder {
  /** Names model and version: what was trained with one is never used with another. */
  readonly id: string;
  readonly dimensions: number;
  /** Vectors of unit length, one per text, for any text at all. Rejects when it is late or the model failed. */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}
