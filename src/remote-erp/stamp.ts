// The mark that Nova puts on everything it writes in another system: which proposal, and which command. By it a deed is
// found again after a lost answer, and an action id that was used for something else is seen.

export type Stamp = {
  readonly actionId: string;
  readonly commandHash: string;
  /** Who approved it, in words for people; a stamp is found again without them. */
  readonly by?: string;
};

/** All stamps of an action start with this, whatever the command was; the colon keeps `p-1` from finding `p-12`. */
export const stampPrefix = (actionId: string): string => `nova:${actionId}:`;

export const stampText = ({ actionId, commandHash }: Stamp): string =>
  `${stampPrefix(actionId)}${commandHash.slice(0, 16)}`;

/** The stamp of this action in a text that may hold several, parted by spaces; null: not in there. */
export function stampIn(text: string, actionId: string): string | null {
  return text.split(/\s+/u).find((word) => word.startsWith(stampPrefix(actionId))) ?? null;
}

/** For the words around a stamp: " by Kit and Ada"; empty where nobody is named. */
export const byWords = ({ by = "" }: Stamp): string => (by === "" ? "" : ` by ${by}`);
