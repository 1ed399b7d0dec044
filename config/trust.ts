// What Nova demands before it routes a message without asking. Lower is stricter: the share of automatic routes that may
// be wrong, for agents that only answer (`lowError`) and for those that can propose a change or start a run (`highError`).
// Whatever they propose still waits for a person.
export const trust = {
  lines: { lowError: 0.05, highError: 0.03, enoughRows: 30 },
} as const;
