// Whether a party is dealt with for the first time: asked of the ERP only where it counts, which is money and somebody outside.
import type { Prepared, RiskFacts } from "../ports.ts";

export async function isNewTo(
  { risk: { party, amountCents, isExternal } }: Pick<Prepared, "risk">,
  ask: (party: string) => Promise<boolean>,
): Promise<Pick<RiskFacts, "isNewParty">> {
  const counts = party != null && party !== "" && amountCents !== null && isExternal;
  return counts ? { isNewParty: await ask(party) } : {};
}

/** Looks at one kind of paper after the other; what Nova's user may not read shows nobody as known. */
export async function isKnownBy(looks: readonly (() => Promise<boolean>)[]): Promise<boolean> {
  for (const look of looks) {
    const isKnown = await look().catch((thrown: unknown) => {
      if (isDenied(thrown)) return false;
      throw thrown;
    });
    if (isKnown) return true;
  }
  return false;
}

const isDenied = (thrown: unknown): boolean =>
  thrown instanceof Error && "kind" in thrown && thrown.kind === "denied";
