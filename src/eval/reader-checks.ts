// Whether an agent's readers read: each is asked with its own examples over the sample company. The fields are filled by the
// offline model whatever model is measured, so this says something of the readers and nothing of a language model.
import type { AgentCard, Card } from "../agent.ts";
import type { Reader } from "../effects.ts";
import type { Model, Purse } from "../ports.ts";
import { requestOf } from "../work/agent-prompt.ts";
import type { Checks } from "./agents-report.ts";
import type { EvalHouse } from "./eval-house.ts";
import { oneLine } from "./trial.ts";

export type Reading = { readonly offline: Model; readonly house: EvalHouse };

export async function readerChecks(reading: Reading, card: Card): Promise<Checks> {
  if (card.kind !== "agent") return { checked: 0, problems: [] };
  const found = await Promise.all(card.reads.map(async (reader) => problemOf(reading, card, reader)));
  return { checked: card.reads.length, problems: found.filter((problem) => problem !== null) };
}

/** One example that is read is enough; one that throws is one too many. */
async function problemOf(reading: Reading, card: AgentCard, reader: Reader): Promise<string | null> {
  let reads = 0;
  for (const example of reader.examples) {
    const input = await inputFor(reading, { ...card, reads: [reader], effects: [] }, example);
    if (input === null) continue;
    try {
      await reader.read(input, reading.house);
      reads += 1;
    } catch (thrown) {
      return `${reader.name} fails at "${example}": ${oneLine(String(thrown))}`;
    }
  }
  return reads > 0 ? null : `${reader.name} is not called by any of its own examples.`;
}

/** Whoever fills the fields costs nothing. */
const closed: Purse = {
  reserve: async (dollars) => {
    throw new Error(`Filling a reader's fields may cost nothing, not ${dollars} dollars.`);
  },
};
const unhurried = new AbortController().signal;

async function inputFor({ offline }: Reading, card: AgentCard, text: string): Promise<unknown> {
  const pack = { items: [], history: [], tokens: 0, dropped: [] };
  const request = requestOf({ card, withheld: [], pack }, [{ role: "user", text }]);
  const { calls } = await offline.generate(request, { signal: unhurried, onText: null, purse: closed });
  return calls.find(({ name }) => name === card.reads[0]?.name)?.input ?? null;
}
