// Every way Tryton says no, told apart as far as it tells them apart itself: by kind, never by its prose.
import { ErpTrouble } from "../../src/erp/erp-trouble.ts";
import type { Trouble } from "../../src/erp/erp-trouble.ts";

export type RefusalKind =
  /** The ERP's own no, in its own words. */
  | "rejected"
  /** "Are you sure?": asks for a confirmation of its own. */
  | "warning"
  /** Somebody changed the record since it was read. */
  | "stale"
  | "denied"
  /** The login is not accepted, or not any more: this call did nothing. */
  | "login"
  /** The server failed, or does not know what it was asked. What it had committed by then stands. */
  | "fault"
  /** Nothing, or nothing readable, came back: it may have happened. */
  | "transport";

const troubles: Readonly<Partial<Record<RefusalKind, Trouble>>> = {
  login: "login",
  transport: "unreachable",
};

export class TrytonRefusal extends ErpTrouble {
  readonly kind: RefusalKind;
  constructor(kind: RefusalKind, message: string, options?: ErrorOptions) {
    super(troubles[kind] ?? null, message, options);
    this.name = "TrytonRefusal";
    this.kind = kind;
  }
}

/** Tryton's "Are you sure?". `question` is what it calls this very question, e.g. `invoice_payment_term_4`. */
export class TrytonWarning extends TrytonRefusal {
  readonly question: string;
  readonly words: string;
  constructor(question: string, words: string, more = "") {
    super("warning", `${words} (${question})${more}`);
    this.question = question;
    this.words = words;
  }
  /** As a card shows it: its words and its name, so that no other question passes for it. */
  get text(): string {
    return `${this.words} (${this.question})`;
  }
}
