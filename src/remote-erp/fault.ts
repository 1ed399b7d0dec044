// Every way in which an ERP on the other side of a network says no, or says nothing.
import { ErpTrouble } from "../erp/erp-trouble.ts";
import type { Trouble } from "../erp/erp-trouble.ts";

export type FaultKind =
  /** The ERP's own no, in its own words, or Nova's on its behalf: nothing was done. */
  | "rejected"
  /** Somebody changed the record since it was read. */
  | "stale"
  /** The rights of Nova's user do not reach that far. */
  | "denied"
  /** The ERP does not know the key, or no longer. */
  | "key"
  /** No answer, or none that can be read: it may have happened. */
  | "transport";

const troubles: Readonly<Record<FaultKind, Trouble | null>> = {
  rejected: null,
  stale: null,
  denied: null,
  key: "login",
  transport: "unreachable",
};

/** `message` is one sentence for the person, with the mend where there is one. */
export class ErpFault extends ErpTrouble {
  readonly kind: FaultKind;

  constructor(kind: FaultKind, message: string, options?: ErrorOptions) {
    super(troubles[kind], message, options);
    this.name = "ErpFault";
    this.kind = kind;
  }
}

/** What can't be done, said before anything was sent. */
export const refused = (sentence: string): ErpFault => new ErpFault("rejected", sentence);
