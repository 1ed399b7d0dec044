// What the engine asks of whoever reads attached files: foreign bytes in; words, an image or one sentence out.
import type { ModelImage } from "./model.ts";

export type FileContent =
  | {
      readonly kind: "words";
      /** What it is by its bytes, e.g. `PDF` or `table`, and how much: `12 pages`. */
      readonly what: string;
      readonly extent: string;
      readonly unit: "page" | "row" | "paragraph";
      /** Stands before the first part however much is left out, e.g. a table's head; empty where there is none. */
      readonly head: string;
      readonly parts: readonly string[];
      /** How many parts the file has; more than `parts` when reading stopped at its limit. */
      readonly total: number;
    }
  | { readonly kind: "image"; readonly extent: string; readonly image: ModelImage }
  /** One sentence for the person, with the mend. */
  | { readonly kind: "refused"; readonly why: string };

export interface FileReader {
  /**
   * Tells what the bytes are by themselves, whatever name and type claim, and reads them within limits of time, memory
   * and output. Hostile bytes end as `refused`; never throws.
   */
  read(file: {
    readonly name: string;
    readonly type: string | null;
    readonly bytes: Uint8Array<ArrayBuffer>;
  }): Promise<FileContent>;
}
