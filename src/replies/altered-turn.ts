// A turn whose row somebody put into the journal or changed there: it ends where it stands, said and recorded, before any
// room has seen it. The same for a press of a button that is not as Nova wrote it.
import { NovaFailure } from "../failures.ts";
import type { Turn } from "../message.ts";

/** Throws `audit.broken`, with the sentence for whoever it was done to. */
export function assertUnaltered({ id, isAltered, button }: Turn): void {
  if (isAltered === true) throw altered(`Message ${id} is not in the journal as it was heard.`, message);
  if (button?.isAltered === true)
    throw altered(`Button ${button.nonce}, pressed by ${id}, or its post is not as Nova wrote it.`, press);
}

const altered = (detail: string, forPerson: string): NovaFailure =>
  new NovaFailure("audit.broken", `${detail} Nothing was done.`, { forPerson });
const message =
  "A message was put into the journal here, or changed there, outside Nova: nothing was done with it. If it was yours, say or press it again.";
const press =
  "This button, or the card it stands on, was changed outside Nova, so the press does not count and nothing was done. The owner has to look at the journal.";
