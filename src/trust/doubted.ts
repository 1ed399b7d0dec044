// Whom the evidence speaks against: what the status and the board say of trust, where everything else is well.
import type { Roster } from "../roster.ts";
import { stakesWords } from "./trust-words.ts";
import type { Trust } from "./trust.ts";

type Doubted = { readonly agent: string; readonly stakes: string; readonly evidence: string };

/** In the roster's order; an agent that keeps to what is asked of it is left out. */
export function doubtedAmong(trust: Pick<Trust, "of">, entries: Roster["entries"]): readonly Doubted[] {
  return entries.flatMap(({ id }) => {
    const { standings, evidence } = trust.of(id);
    const stakes = standings.filter(({ verdict }) => verdict === "doubted").map((one) => one.stakes);
    return stakes.length === 0 ? [] : [{ agent: id, stakes: stakesWords(stakes), evidence }];
  });
}

/** Follows the number of agents; empty: nobody is. */
export function doubtedWords(trust: Pick<Trust, "of">, entries: Roster["entries"]): string {
  const doubted = doubtedAmong(trust, entries);
  return doubted.length === 0
    ? ""
    : `, doubted: ${doubted.map(({ agent, stakes }) => `${agent} (${stakes} stakes)`).join(", ")}`;
}
