// An agent whose evals say how a model is to behave, and a roster that holds nothing else: for tests of measuring itself.
import { z } from "zod";
import { language } from "../../src/agent.ts";
import type { AgentCard } from "../../src/agent.ts";
import { loadRoster } from "../../src/roster.ts";
import type { Roster } from "../../src/roster.ts";

const own = await loadRoster(new URL("../../agents", import.meta.url).pathname);

/** Each eval holds when `echo` is what was asked. */
export function echoAgent(asks: readonly string[]): AgentCard {
  return language({
    job: "Says what was said.",
    handles: Array.from({ length: 25 }, (_, at) => `echo number ${at + 1}`),
    declines: Array.from({ length: 5 }, (_, at) => ({
      text: `translate number ${at + 1}`,
      instead: "language/translate",
    })),
    sees: [],
    reply: z.object({ answer: z.string(), echo: z.string() }),
    maxWords: 20,
    evals: asks.map((ask) => ({
      ask,
      needs: "language model" as const,
      expect: ({ echo }: { readonly echo: string }) => echo === ask,
    })),
    instructions: "Say what was said.",
  });
}

/** Routing stays the project's own: it knows nothing of this agent. */
export const rosterOf = (card: AgentCard): Roster => ({ ...own, entries: [{ id: "language/echo", card }] });
