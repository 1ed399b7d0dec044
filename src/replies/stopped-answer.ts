// A stopped turn as the person sees it: who stopped it, and that nothing was changed. No failure: it was wished for.
import type { Answer, Turn } from "../message.ts";
import { say } from "../post.ts";
import type { Stopped } from "../turns/stops.ts";

export function stoppedAnswer(turn: Turn, { by }: Stopped): Answer {
  return {
    turn,
    agent: null,
    route: null,
    pack: null,
    outcome: "failed",
    posts: [say(`Stopped by ${by}, nothing was changed.`)],
    proposals: [],
    runs: [],
    waiting: null,
    usage: { inputTokens: 0, outputTokens: 0, dollars: 0 },
    failure: null,
  };
}
