// What is known of one effect before anybody is asked: what the ERP computed, and what else was done or asked lately for the
// same party. From the ERP and the journal's sealed rows, never from a model.
import type { ErpCapabilities, Prepared, RiskFacts } from "../ports/erp.ts";
import type { Proposal, Stakes } from "../proposal.ts";

/** The others of the last 24 hours: the same operation for the same party. `amountCents`: their sum. */
export type Others = { readonly count: number; readonly amountCents: number; readonly hasNewBank: boolean };
export const noOthers: Others = { count: 0, amountCents: 0, hasNewBank: false };

export type StakesCase = RiskFacts & {
  readonly op: string;
  readonly connector: string;
  readonly preview: ErpCapabilities["preview"];
  readonly others: Others;
  /** Something posted is cancelled, deleted or made a draft again. */
  readonly takesBackPosted: boolean;
  /** What was confirmed or sent is cancelled, and goods or papers hang on it. */
  readonly breaksPromise: boolean;
  readonly touchesBank: boolean;
  readonly changesTerms: boolean;
  /** The stakes of Nova's own deed of a moment ago that it undoes; null: it undoes none. */
  readonly undoes: Stakes | null;
};
type Beside = Pick<StakesCase, "preview" | "others"> & { readonly undoes?: Stakes | null };

export function stakesCase(
  { command, changes, deltas, risk }: Prepared,
  { preview, others, undoes = null }: Beside,
): StakesCase {
  const takesBackPosted = changes.some(
    ({ label, before, after }) =>
      isState.test(label) && posted.test(before ?? "") && takenBack.test(after ?? ""),
  );
  return {
    ...risk,
    preview,
    others,
    undoes,
    op: command.op,
    connector: command.connector,
    takesBackPosted,
    breaksPromise: breaksPromise(changes, deltas),
    touchesBank: touchesBank(changes),
    changesTerms: changes.some(
      ({ label, before, after }) => terms.test(label) && before !== null && before !== after,
    ),
  };
}

const isState = /^(?:state|status|docstatus)$/iu;
const posted = /^(?:posted|paid|submitted|booked|in_payment)$/iu;
const takenBack = /^(?:cancel(?:l?ed)?|deleted|draft|void(?:ed)?|reversed|)$/iu;
/** Others are counting on it, and it can still be cancelled. */
const promised = /^(?:confirmed|sent|approved|accepted)$/iu;
/** Goods or papers came of it. */
const carriedOut = /^(?:processing|shipped|delivered|received|invoiced|billed|done|complete(?:d)?)$/iu;
const terms = /\b(?:payment (?:terms?|conditions?|method)|terms of payment)\b/iu;
const bank = /\b(?:iban|bic|swift|bank|account (?:no|number)|routing number)\b/iu;
const touchesBank = (changes: Prepared["changes"]): boolean =>
  changes.some(({ label, before, after }) => bank.test(label) && before !== after);

/** Whatever is reserved, delivered or invoiced for a document that is cancelled moves with it: a shared figure, or the state of another paper. */
function breaksPromise(changes: Prepared["changes"], deltas: Prepared["deltas"]): boolean {
  const ended = changes.filter(({ label, after }) => isState.test(label) && takenBack.test(after ?? ""));
  if (ended.some(({ before }) => carriedOut.test(before ?? ""))) return true;
  const broken = ended.find(({ before }) => promised.test(before ?? ""));
  if (broken === undefined) return false;
  const moves = changes.filter(
    ({ label, before, after }) => isState.test(label) && before !== null && before !== after,
  );
  return deltas.length > 0 || moves.some(({ record }) => record !== broken.record);
}

/** What is asked together in one message, before it is a proposal. */
export type Asked = Pick<Proposal, "id" | "prepared" | "link">;

/** Those of `all` that count together with `one`, however often they are named; what it replaces or undoes does not. */
export function othersOf(one: Asked, all: readonly Asked[]): Others {
  const { risk } = one.prepared;
  const own = new Set([one.id, one.link?.replaces?.proposal, one.link?.undoes?.proposal]);
  const others = [...new Map(all.map((other) => [other.id, other])).values()].filter(
    ({ id }) => !own.has(id),
  );
  const alike = others.filter(
    ({ prepared }) =>
      prepared.command.op === one.prepared.command.op &&
      prepared.risk.amountCents !== null &&
      isSameParty(prepared, one.prepared),
  );
  const isNamed = risk.party != null && risk.amountCents !== null;
  return {
    count: alike.length,
    amountCents: alike.reduce((sum, { prepared }) => sum + Math.abs(prepared.risk.amountCents ?? 0), 0),
    hasNewBank:
      isNamed &&
      others.some(({ prepared }) => touchesBank(prepared.changes) && isSameParty(prepared, one.prepared)),
  };
}

/** Where one of them names nobody, it may be anybody. */
function isSameParty(left: Prepared, right: Prepared): boolean {
  const [one, other] = [left.risk.party ?? null, right.risk.party ?? null];
  if (one === null || other === null) return true;
  return one === other && left.command.instance === right.command.instance;
}
