// Where else a card has to hang: in the direct messages of whoever may decide it now and can't see its thread, because it
// is on another platform, somebody else's direct messages, or a channel that they are not in.
import { decidersOf, placeOf } from "../approvals/authority.ts";
import { batchButtons } from "./batch-buttons.ts";
import { batchNonce, tickedOf } from "../approvals/batch.ts";
import { copyIdOf, copyOf } from "./card-copies.ts";
import { directOf } from "../ids.ts";
import type { AccountId } from "../ids.ts";
import type { ApprovalPolicy } from "../approvals/policy.ts";
import type { ChatAdapter, Journal, OutboxDraft } from "../ports.ts";
import type { Proposal } from "../proposal.ts";
import { cardDraft } from "../rooms/outbox.ts";
import type { Outbox } from "../rooms/outbox.ts";

type Deps = {
  readonly journal: Pick<Journal, "proposal" | "outboxRow" | "hang" | "turn" | "batch">;
  readonly policy: Pick<ApprovalPolicy, "directory" | "directPlaces">;
  readonly adapters: readonly ChatAdapter[];
  /** Brings what was hung up to its platform. */
  readonly outbox: () => Pick<Outbox, "deliverDue">;
  readonly trouble: (what: string, thrown: unknown) => void;
};

/** Asked whenever the card was shown in its thread: again after a reminder, when more people may decide. Never rejects. */
export function createCardPlaces(deps: Deps): (proposal: string) => Promise<void> {
  return async (id) =>
    hangCopies(deps, id).catch((thrown: unknown) => deps.trouble("showing a card elsewhere", thrown));
}

async function hangCopies(deps: Deps, id: string): Promise<void> {
  const { journal } = deps;
  const proposal = await journal.proposal(id);
  if (proposal?.state !== "pending") return;
  let isNew = false;
  for (const account of await elsewhere(deps, proposal)) {
    const place = { id: copyIdOf(id, account), thread: directOf(account) };
    if ((await journal.outboxRow(place.id)) !== null) continue;
    await journal.hang(copyOf(await wholeCard(deps, proposal), place));
    isNew = true;
  }
  if (isNew) await deps.outbox().deliverDue();
}

/** One account each of those who may decide and don't see the thread. */
async function elsewhere(deps: Deps, proposal: Proposal): Promise<readonly AccountId[]> {
  const { directory, directPlaces } = deps.policy;
  const found: AccountId[] = [];
  for (const name of decidersOf(directory, proposal)) {
    const accounts = directory.named(name)?.accounts ?? [];
    const account = accounts.find((id) => directPlaces.has(placeOf(id)));
    if (account !== undefined && !(await seesOne(deps, proposal, accounts))) found.push(account);
  }
  return found;
}

async function seesOne(deps: Deps, proposal: Proposal, accounts: readonly AccountId[]): Promise<boolean> {
  const { thread, turn, requesterAccount } = proposal;
  if (accounts.includes(requesterAccount)) return true;
  const here = accounts.filter((id) => placeOf(id) === placeOf(thread));
  const asked = here.length === 0 || turn === null ? null : await deps.journal.turn(turn);
  // Somebody else's direct messages.
  if (here.length === 0 || asked?.message.direct === true) return false;
  const adapter = deps.adapters.find(({ surface }) => thread.startsWith(`${surface}:`));
  for (const account of here) if ((await adapter?.sees?.(thread, account)) !== false) return true;
  return false;
}

/** With the buttons of a batch as it is ticked by now. */
async function wholeCard({ journal }: Deps, proposal: Proposal): Promise<OutboxDraft> {
  const { id, thread } = proposal;
  const card = cardDraft(id, { thread, turn: null }, proposal);
  if (proposal.batch === undefined) return card;
  const batch = await journal.batch(id);
  const ticked = tickedOf(batch).map((item) => item.id);
  const all = batch.items.map((item) => item.id);
  const chosen: OutboxDraft["buttons"] =
    ticked.length === all.length
      ? []
      : [{ nonce: batchNonce(proposal, ticked), action: { kind: "approve", proposal: id } }];
  return { ...card, buttons: [...card.buttons, ...batchButtons(proposal, batch.items), ...chosen] };
}
