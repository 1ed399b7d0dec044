// What an ERP that keeps the list of its own deeds in a file beside the journal asks of the journal: a seal whose key stays
// there, and a place in the record, so that every look at the record is a look at that list too.

/** Where such a list ends: how many actions, and the hash that chains the last one to all before it ("" without any). */
export type ActionsEnd = { readonly rows: number; readonly chain: string };

export type ActionList = {
  /** The kind of ERP, as commands name it. */
  readonly connector: string;
  /** Null: it does not follow from its own rows, so nobody takes it as it is. */
  readonly end: () => ActionsEnd | null;
  /** One clause on the first action that was changed, taken out or put in outside Nova; null: none was. `done` names those that the journal knows to have been done since it took the list in. */
  readonly fault: (adopted: ActionsEnd, done: () => readonly string[]) => string | null;
};

export type ErpRecord = {
  /** HMAC over the values. */
  readonly seal: (values: readonly (string | number)[]) => string;
  /** Where the list ended when the journal took it in: what comes after bears seals. Null: it was not taken in. */
  readonly adopted: ActionsEnd | null;
  /** The list is closed: no look at it comes any more. */
  readonly leave: () => void;
};

export interface ErpRecordJournal {
  /** Takes the list of this ERP into the record: the first time as it is, which the audit chain says; from then on it is part of `verifyAudit` and `proveAudit`. */
  readonly joinErp: (name: string, list: ActionList) => ErpRecord;
}
