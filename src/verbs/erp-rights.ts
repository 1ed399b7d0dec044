// What Nova may do in each ERP, in people's words, asked anew whenever somebody wants to know.
import { raceSignal, withDeadline } from "../deadline.ts";
import type { Effect } from "../effects.ts";
import { toFailure } from "../failures.ts";
import type { Clock, Erp } from "../ports.ts";
import type { Roster } from "../roster.ts";
import { askRights, deedOf } from "../work/rights.ts";
import type { Rights } from "../work/rights.ts";

type Deps = { readonly erps: ReadonlyMap<string, Erp>; readonly roster: Roster; readonly clock: Clock };

/** A person waits for this. */
const patienceMs = 5_000;
const named = 12;

export async function erpRights({ erps, roster, clock }: Deps): Promise<readonly string[]> {
  const effects = effectsOf(roster);
  // Tool servers have a line of their own: no agent's file proposes anything to them.
  const proper = [...erps].filter(([, { connector }]) => connector !== "mcp");
  return Promise.all(
    proper.map(async ([name, erp]) => `- ERP ${name} (${erp.connector}): ${await told(erp, effects, clock)}`),
  );
}

/** Everything that some agent may propose, once. */
export function effectsOf(roster: Roster): readonly Effect[] {
  const all = roster.entries.flatMap(({ card }) => (card.kind === "agent" ? card.effects : []));
  return [...new Map(all.map((effect) => [effect.name, effect])).values()];
}

async function told(erp: Erp, effects: readonly Effect[], clock: Clock): Promise<string> {
  try {
    const rights = await withDeadline({ clock, afterMs: patienceMs }, async (signal) =>
      raceSignal(signal, askRights(erp)),
    );
    return rightsWords(rights, effects);
  } catch (thrown) {
    const { kind, forPerson } = toFailure(thrown);
    if (kind === "erp.unavailable") return forPerson;
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return `can't be asked what Nova may do there, so nothing is proposed to it (${why})`;
  }
}

/** What of `effects` an ERP lets Nova do, and what is missing; `most` of that by name. */
export function rightsWords(
  { operations, detail }: Rights,
  effects: readonly Effect[],
  most: number = named,
): string {
  const closed = effects.filter(({ op }) => !operations.has(op)).map(deedOf);
  const about = detail === "" ? "" : ` (${detail})`;
  if (closed.length === 0) return `Nova may do everything that agents propose${about}`;
  if (closed.length === effects.length)
    return `only answers questions; Nova may change nothing there${about}`;
  const more = closed.length > most ? ` and ${closed.length - most} more` : "";
  return `Nova may do ${effects.length - closed.length} of ${effects.length} things that agents propose${about}; not: ${closed.slice(0, most).join(", ")}${more}`;
}
