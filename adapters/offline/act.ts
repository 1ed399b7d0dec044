// What the offline model may do next. It never does more than one thing at a time, so each step can be followed.
import type { JsonObject } from "../../src/ports.ts";

/** A row that an answer rests on, and the tool or place that it is from. */
export type Found = { readonly from: string; readonly row: JsonObject };

export type Act =
  | { readonly kind: "use"; readonly tool: string; readonly input: JsonObject }
  /** `fields`: what is known of the reply besides its words; a field of that name takes it. */
  | {
      readonly kind: "say";
      readonly answer: string;
      readonly rows: readonly Found[];
      readonly fields?: JsonObject;
    }
  | { readonly kind: "ask"; readonly question: string }
  | { readonly kind: "decline"; readonly why: string; readonly instead: string | null };

export const say = (answer: string, rows: readonly Found[] = [], fields: JsonObject = {}): Act => ({
  kind: "say",
  answer,
  rows,
  fields,
});

export const decline = (why: string, instead: string | null = null): Act => ({
  kind: "decline",
  why,
  instead,
});

/** Said where it matters: in greetings, in help, and where a language model would be needed. */
export const honesty =
  "No language model is connected: this is Nova's offline model, which looks things up and quotes, and does not write.";
