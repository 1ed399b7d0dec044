// The capability that lets an effect happen. It cannot be built from data: only `grantApproval` makes one, and only
// the executing function may import that (architecture.test.ts proves it). Writers check it at run time as well.
const key: unique symbol = Symbol("granted by the executing function");

/** Proof that a human approved exactly this effect. Bound by both hashes. */
export class Approval {
  readonly #granted = true;
  readonly proposalId: string;
  readonly commandHash: string;
  readonly effectHash: string;
  /** Names of those who decided, from their sealed votes. */
  readonly approvers: readonly string[];

  constructor(grant: typeof key, bound: ApprovalBinding) {
    if (grant !== key) throw new TypeError("An approval is granted, not constructed.");
    this.proposalId = bound.proposalId;
    this.commandHash = bound.commandHash;
    this.effectHash = bound.effectHash;
    this.approvers = Object.freeze([...(bound.approvers ?? [])]);
    Object.freeze(this);
  }

  /** True only for an object that `grantApproval` made, whatever its type claims. */
  static isGranted(value: unknown): value is Approval {
    return typeof value === "object" && value !== null && #granted in value && value.#granted;
  }
}

export type ApprovalBinding = {
  readonly proposalId: string;
  readonly commandHash: string;
  readonly effectHash: string;
  /** Absent: nobody by name. */
  readonly approvers?: readonly string[];
};

export function grantApproval(bound: ApprovalBinding): Approval {
  return new Approval(key, bound);
}
