// The part of the journal that knows which agent gave a person's words to which other one.
import type { HandOff } from "../hand-off.ts";

export interface HandOffJournal {
  /** Of one turn, in order, written by `finish` in its commit; null: they are not as Nova wrote them. */
  handOffs(turn: string): Promise<readonly HandOff[] | null>;
}
