// What one agent holds in one turn: its card without the effects that this place's ERP would refuse. What was taken away
// is kept by name, so that asking for it is answered with who could.
import type { AgentCard } from "../agent.ts";
import type { Effect } from "../effects.ts";
import type { Erp } from "../ports.ts";
import { rightsOf, whoCould } from "./rights.ts";

export type Withheld = { readonly effect: Effect; readonly why: string };
export type Equipment = { readonly card: AgentCard; readonly withheld: readonly Withheld[] };

/** The same rights make the same card again: what a model is told of it is cached by the card. */
const fitted = new WeakMap<AgentCard, Map<string, Equipment>>();

export async function equip(card: AgentCard, erp: Erp | null): Promise<Equipment> {
  if (erp === null || card.effects.length === 0) return { card, withheld: [] };
  // An ERP that can't be asked refuses everything until it can: its readers say what is wrong with it.
  const rights = await rightsOf(erp).catch((): ReadonlySet<string> => new Set());
  const refused = card.effects.filter(({ op, at }) => at === undefined && !rights.has(op));
  if (refused.length === 0) return { card, withheld: [] };
  const key = [erp.name, ...refused.map(({ name }) => name)].join(" ");
  const known = fitted.get(card)?.get(key);
  if (known !== undefined) return known;
  const made: Equipment = {
    card: { ...card, effects: card.effects.filter((effect) => !refused.includes(effect)) },
    withheld: refused.map((effect) => ({ effect, why: whoCould(effect, erp.name) })),
  };
  fitted.set(card, (fitted.get(card) ?? new Map<string, Equipment>()).set(key, made));
  return made;
}
