// A model whose answer is written while the test watches: each question stays open until the test writes it to its end.
import type { Json, Model, ModelReply } from "../../src/ports.ts";

export type Question = {
  /** All of the answer so far. */
  readonly writes: (soFar: string) => void;
  readonly answers: (answer: string, more?: Record<string, Json>) => void;
  readonly calls: (name: string, input: Json) => void;
  readonly breaks: (thrown: unknown) => void;
  /** True once nobody waits for the answer any more. */
  readonly isAborted: () => boolean;
};
export type Writer = Model & {
  /** The `nth` question, once it was asked. */
  readonly asked: (nth: number) => Promise<Question>;
};

export function createWriter(): Writer {
  const questions: Question[] = [];
  const waiting = new Set<() => void>();
  return {
    id: "writer",
    isLanguageModel: false,
    asked: async (nth) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = questions[nth - 1];
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    generate: async (_request, { signal, onText }) => {
      const reply = Promise.withResolvers<ModelReply>();
      const end = (name: string, input: Json): void =>
        reply.resolve({
          text: "",
          calls: [{ id: `call_${questions.length}`, name, input }],
          stop: "tools",
          usage: { inputTokens: 10, outputTokens: 5, dollars: 0.01 },
        });
      questions.push({
        writes: (soFar) => onText?.(soFar),
        answers: (answer, more = {}) => end("reply", { answer, ...more }),
        calls: end,
        breaks: (thrown) => reply.reject(thrown),
        isAborted: () => signal.aborted,
      });
      signal.addEventListener("abort", () => reply.reject(new Error("aborted")), { once: true });
      for (const look of waiting) look();
      return reply.promise;
    },
  };
}
