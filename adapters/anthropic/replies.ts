// Replies with thinking in them, exactly as they came. Within one turn the API wants them back untouched next to
// their tool calls, and Nova's own messages have no place for that. Forgetting one costs thought, not correctness.
import type { ContentBlockParam } from "@anthropic-ai/sdk/resources/messages";
import type { Collected } from "./collector.ts";

export type Replies = {
  readonly remember: (collected: Collected) => void;
  readonly recall: (callId: string) => readonly ContentBlockParam[] | null;
};

const capacity = 256;

export function createReplies(): Replies {
  const byCall = new Map<string, readonly ContentBlockParam[]>();
  return {
    remember: ({ calls, content }) => {
      const first = calls[0];
      if (first === undefined || !content.some(({ type }) => type.endsWith("thinking"))) return;
      byCall.set(first.id, content);
      for (const oldest of byCall.keys()) {
        if (byCall.size <= capacity) break;
        byCall.delete(oldest);
      }
    },
    recall: (callId) => byCall.get(callId) ?? null,
  };
}
