// Several small changes of one kind on one card. Each item is a proposal of its own, with its own hashes and its own
// outcome; the batch only says which of them one press covers, and that press names them all.
import { canonicalHash } from "../canonical.ts";
import { areWholeOnOneCard, isWholeOnCard } from "../cards/card-effects.ts";
import type { Batch } from "../ports.ts";
import type { NewProposal, Proposal } from "../proposal.ts";

export const maxBatch = 20;

/** What an approval of the card as it stands now covers. */
export const tickedOf = ({ items, unticked }: Batch): readonly Proposal[] =>
  items.filter(({ id }) => !unticked.includes(id));

/** The Approve button of exactly these items: another choice has another button, so a card that was read covers what it showed. */
export const batchNonce = (lead: Pick<NewProposal, "approveNonce">, ids: readonly string[]): string =>
  `${lead.approveNonce}-${canonicalHash([...ids].toSorted()).slice(0, 12)}`;
export const tickNonce = (item: string, isTicked: boolean): string =>
  `${isTicked ? "tick" : "untick"}-${item}`;

/** Low stakes only, of one operation and one agent, as many as a card shows whole and not more money than low stakes may move. */
export function toBatches(asked: readonly NewProposal[], highAmountCents: number): readonly NewProposal[] {
  const groups: NewProposal[][] = [];
  for (const proposal of asked) {
    const group = groups.find((found) => fits(found, proposal, highAmountCents));
    if (group === undefined) groups.push([proposal]);
    else group.push(proposal);
  }
  return groups.flatMap((group) => {
    const [lead] = group;
    if (lead === undefined || group.length < 2) return group;
    const size = group.length;
    return group.map((item, index) => ({ ...item, batch: { lead: lead.id, number: index + 1, size } }));
  });
}

function fits(group: readonly NewProposal[], item: NewProposal, highAmountCents: number): boolean {
  const [first] = group;
  if (first === undefined || group.length >= maxBatch) return false;
  const isAlike = kindOf(first) === kindOf(item) && first.stakes === "low" && item.stakes === "low";
  // Its own card would ask for more than a press.
  if (!isWholeOnCard(first) || !isWholeOnCard(item)) return false;
  if (!areWholeOnOneCard([...group, item])) return false;
  return isAlike && amountOf([...group, item]) < highAmountCents;
}

const kindOf = ({ agent, effect, run, prepared: { command }, prepared: { risk } }: NewProposal): string =>
  JSON.stringify([agent, effect, run, command.connector, command.instance, command.op, risk.currency]);

/** In cents of their one currency. */
export const amountOf = (items: readonly Pick<NewProposal, "prepared">[]): number =>
  items.reduce((sum, { prepared }) => sum + Math.abs(prepared.risk.amountCents ?? 0), 0);
