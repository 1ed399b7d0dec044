// Every way the embedded ERP says no, as one sentence a person can act on. The invariants in SQL answer with
// codes; this is the only place where a code becomes words.
import { z } from "zod";

export type RefusalCode =
  | "setup"
  | "invalid"
  | "missing"
  | "conflict"
  | "short"
  | "locked"
  | "denied"
  | "stale";

/** The ERP refuses: `message` is the sentence for the person, `code` is for programs. */
export class ErpRefusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ErpRefusal";
    this.code = code;
  }
}

const sentences: Record<string, [RefusalCode, string]> = {
  STOCK_SHORT: [
    "short",
    "There is not enough free stock for this. Receive stock first, or lower the quantity.",
  ],
  PERIOD_LOCKED: ["locked", "The books of that day are closed. Use a later day."],
  POSTED_IS_FROZEN: ["conflict", "A posted ledger entry can't be changed. Correct it with a reversal."],
  APPEND_ONLY: [
    "conflict",
    "What was recorded in the ERP can't be changed or removed. Record a correction instead.",
  ],
  FROZEN: ["conflict", "The document is no longer a draft, so its contents can't change."],
  ILLEGAL_TRANSITION: ["conflict", "The document's state doesn't allow this step."],
  OVERPAID: ["conflict", "The payment is more than what is open. Register at most the open amount."],
  WRONG_PARTY: ["conflict", "That document belongs to another customer or supplier. Check its number."],
  NOT_CONFIRMED: [
    "conflict",
    "Only a confirmed order is shipped, and only once. Look where the order stands.",
  ],
  WRONG_PLACE: ["conflict", "Goods leave from the place where the order reserved them. Ship from there."],
  NOT_MOVED: ["conflict", "What the paper says and what left or came in differ. Nothing was booked."],
  ATTACHED: ["conflict", "That very file is attached to this record already."],
  NO_RECORD: ["missing", "There is no such record to attach it to. Check its number."],
  EXCEEDS_SOURCE: ["conflict", "That is more than the document it comes from allows. Lower the quantity."],
};

const sqliteError = z.object({ errcode: z.number(), message: z.string() });
const triggerErrcode = 1811;

/** An SQLite error from an invariant as a refusal; anything else as it came. */
export function toRefusal(error: unknown): unknown {
  const parsed = sqliteError.safeParse(error);
  if (!parsed.success) return error;
  const known = parsed.data.errcode === triggerErrcode ? sentences[parsed.data.message] : undefined;
  if (known !== undefined) return new ErpRefusal(known[0], known[1], { cause: error });
  return error;
}
