// What the watchdog and a lost card wake: the run that waits for a proposal, or the turn in which an approved effect runs.
import { dueMessage } from "./due-message.ts";
import type { Orchestrator } from "../orchestrator.ts";
import type { Parts } from "../parts.ts";
import type { Proposal } from "../proposal.ts";
import { wakeRunOf } from "../runs/run-proposal.ts";

export type Waking = {
  /** Decided, expired or shown nowhere: the run that waits for it hears of it. */
  readonly onOver: (proposal: string) => void;
  /** Approved, and the wait before it runs is over. */
  readonly onDue: (proposal: Proposal) => void;
};

export function createWaking(
  parts: Pick<Parts, "journal" | "durable" | "clock">,
  hear: Orchestrator["hear"],
  onTrouble: (what: string, thrown: unknown) => void,
): Waking {
  const onOver = (proposal: string): void =>
    void wakeRunOf(parts, proposal).catch((thrown: unknown) => onTrouble("waking a run", thrown));
  return {
    onOver,
    onDue: (proposal) => {
      // A run executes its own.
      if (proposal.run !== null) return onOver(proposal.id);
      void hear(dueMessage(proposal, parts.clock.now())).catch((thrown: unknown) =>
        onTrouble(`beginning ${proposal.id}`, thrown),
      );
    },
  };
}
