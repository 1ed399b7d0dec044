// An agent's card together with the tools of servers that the operator bound to it. The card of its file stays as it is;
// where nothing is bound, which is nearly everywhere, it is the very same object.
import type { AgentCard } from "../agent.ts";
import type { HeldTools } from "../ports.ts";

const made = new WeakMap<AgentCard, WeakMap<HeldTools, AgentCard>>();
const lent = new WeakSet<AgentCard>();

/**
 * A role keeps its limits: a language agent gets nothing, a chat agent only readers. Memoised by both, so that what is
 * derived from a card (its prompt) is derived once. Lending twice changes nothing.
 */
export function lend(card: AgentCard, tools: HeldTools): AgentCard {
  if (tools.reads.length + tools.effects.length === 0 || card.role === "language") return card;
  if (lent.has(card)) return card;
  const known = made.get(card)?.get(tools);
  if (known !== undefined) return known;
  const own = new Set([...card.reads, ...card.effects].map(({ name }) => name));
  const fresh = <T extends { readonly name: string }>(list: readonly T[]): readonly T[] =>
    list.filter(({ name }) => !own.has(name));
  const full: AgentCard = {
    ...card,
    reads: [...card.reads, ...fresh(tools.reads)],
    effects: [...card.effects, ...(card.role === "erp" ? fresh(tools.effects) : [])],
  };
  const byTools = made.get(card) ?? new WeakMap<HeldTools, AgentCard>();
  byTools.set(tools, full);
  made.set(card, byTools);
  lent.add(full);
  return full;
}
