// What one agent holds in one turn: its card without the effects that this place's ERP would refuse. What was taken away
// is kept by name, so that asking for it is answered with who could.
import type { AgentCard } from "../agent.ts";
import type { Effect } from "../effects.ts";
import { troubleOf } from "../erp/erp-trouble.ts";
import { toFailure } from "../failures.ts";
import type { Erp } from "../ports.ts";
import { rightsOf, whoCould } from "./rights.ts";

export type Withheld = { readonly effect: Effect; readonly why: string };
export type Equipment = { readonly card: AgentCard; readonly withheld: readonly Withheld[] };

/** The same rights make the same card again: what a model is told of it is cached by the card. */
const fitted = new WeakMap<AgentCard, Map<string, Equipment>>();

export async function equip(card: AgentCard, erp: Erp | null): Promise<Equipment> {
  if (erp === null || card.effects.length === 0) return { card, withheld: [] };
  const { rights, whyNot } = await rightsOf(erp).then(
    (operations) => ({ rights: operations, whyNot: null }),
    (thrown: unknown) => ({ rights: new Set<string>(), whyNot: unasked(erp, thrown) }),
  );
  const refused = card.effects.filter(({ op, at }) => at === undefined && !rights.has(op));
  if (refused.length === 0) return { card, withheld: [] };
  const key = [erp.name, whyNot, ...refused.map(({ name }) => name)].join(" ");
  const known = fitted.get(card)?.get(key);
  if (known !== undefined) return known;
  const made: Equipment = {
    card: { ...card, effects: card.effects.filter((effect) => !refused.includes(effect)) },
    withheld: refused.map((effect) => ({ effect, why: whyNot ?? whoCould(effect, erp.name) })),
  };
  fitted.set(card, (fitted.get(card) ?? new Map<string, Equipment>()).set(key, made));
  return made;
}

/** An ERP that answers, only not what Nova may do there, still answers questions; from one that is away nothing comes at all. */
function unasked({ name }: Erp, thrown: unknown): string {
  const failure = toFailure(thrown);
  if (troubleOf(failure.cause) !== null) throw failure;
  return `The ERP “${name}” can't be asked right now what Nova may do there, so I can't propose this. \`status\` says why.`;
}
