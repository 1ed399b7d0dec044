// What the agents before the last one leave with an answer: who handed the words to whom, and what they cost.
import type { Trail } from "../hand-off.ts";
import type { Answer } from "../message.ts";

export function withTrail(answer: Answer, trail: Trail | undefined): Answer {
  if (trail === undefined) return answer;
  const { handOffs, spent } = trail;
  const { inputTokens, outputTokens, dollars } = answer.usage;
  return {
    ...answer,
    handOffs,
    usage: {
      inputTokens: inputTokens + spent.inputTokens,
      outputTokens: outputTokens + spent.outputTokens,
      dollars: dollars + spent.dollars,
    },
  };
}
