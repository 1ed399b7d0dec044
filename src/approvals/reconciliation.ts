// What becomes of an effect whose outcome is unknown: the ERP is asked again and again, each time a little later, and after
// ten minutes a person is asked to look. Every look is a move in the journal, so the card always says how it stands.
import type { Clock, Journal, Unclear } from "../ports.ts";
import type { Proposal } from "../proposal.ts";
import type { ExecuteApproved } from "../work/execution.ts";

export type ReconciliationDeps = {
  readonly journal: Pick<Journal, "unclearDue" | "settle">;
  readonly clock: Clock;
  readonly execute: ExecuteApproved;
  /** Its outcome is known now, or a person has to find out: whoever waits for it should hear of it. */
  readonly onCleared: (proposal: string) => void;
  /** Its cards show something else now: bring them up to date. */
  readonly onMoved: () => void;
  readonly onTrouble: (what: string, thrown: unknown) => void;
};
export type Reconciliation = {
  /** Starts a look for each that is due; a slow ERP holds up nothing else. */
  readonly look: () => Promise<void>;
  readonly idle: () => Promise<void>;
};

const giveUpMs = 600_000;
const from = ["unknown"] as const;

export function createReconciliation(deps: ReconciliationDeps): Reconciliation {
  const looks = new Map<string, Promise<void>>();
  return {
    look: async () => {
      for (const unclear of await deps.journal.unclearDue()) {
        if (looks.has(unclear.id)) continue;
        const looking = check(deps, unclear)
          .catch((thrown: unknown) => deps.onTrouble("an outcome that is unknown", thrown))
          .finally(() => looks.delete(unclear.id));
        looks.set(unclear.id, looking);
      }
    },
    idle: async () => {
      while (looks.size > 0) await Promise.all(looks.values());
    },
  };
}

async function check(deps: ReconciliationDeps, { id, sinceMs }: Unclear): Promise<void> {
  const after = await lookOnce(deps, id);
  if (after.state === "unknown" && deps.clock.now() - sinceMs >= giveUpMs) {
    const detail = "the ERP could not say for ten minutes whether it happened";
    await deps.journal.settle(id, { from, to: "needs_human", detail });
    deps.onMoved();
  } else if (after.state === "unknown") return;
  deps.onCleared(id);
}

/** A look that fails is a look too: it counts, and the next one comes later. */
async function lookOnce(deps: ReconciliationDeps, id: string): Promise<Pick<Proposal, "state">> {
  try {
    return await deps.execute(id);
  } catch (thrown) {
    deps.onTrouble("an outcome that is unknown", thrown);
    await deps.journal.settle(id, { from, to: "unknown", detail: "the ERP could not be asked" });
    deps.onMoved();
    return { state: "unknown" };
  }
}
