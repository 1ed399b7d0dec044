// What a tool answered, as data: its text cut and made visible, secrets taken out, and whatever is no answer (a question
// back, a promise to go on later) named as what it is.
import { z } from "zod";
import type { Redact } from "../../src/secrets.ts";
import { excerpt } from "./words.ts";

export type Answer =
  | {
      readonly kind: "answered";
      readonly isError: boolean;
      readonly text: string;
      /** As they came: compared, never shown. */ readonly records: unknown;
    }
  /** It wants something from a person or a model first, which no server gets. */
  | { readonly kind: "asks"; readonly why: string };

/** Looser than the protocol: what a server sends after a deed must never look like a deed that failed. */
export const CallResult = z.looseObject({
  content: z.array(z.unknown()).default([]),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().default(false),
  /** From the protocol of 2026 on; anything but `complete` asks for more. */
  resultType: z.string().default("complete"),
  task: z.unknown().optional(),
});

const longestAnswer = 20_000;
const Text = z.object({ type: z.literal("text"), text: z.string() });
const Other = z.object({ type: z.string() });

export function toAnswer(result: z.infer<typeof CallResult>, redact: Redact): Answer {
  if (result.resultType !== "complete" || result.task !== undefined) {
    const why =
      "it asks for more than its arguments, which Nova does not give a server: put everything into the arguments";
    return { kind: "asks", why };
  }
  const whole = result.content.map(partOf).join("\n");
  return {
    kind: "answered",
    isError: result.isError,
    text: excerpt(redact(whole), longestAnswer),
    records: result.structuredContent ?? parsed(whole),
  };
}

function partOf(part: unknown): string {
  const text = Text.safeParse(part);
  if (text.success) return text.data.text;
  const other = Other.safeParse(part);
  return other.success ? "(a part that is no text was left out)" : "";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
