// Room 8, say: the answer and everything that belongs to it commit in one transaction, then it is delivered from the
// outbox. What may have arrived is looked up before it is sent again; what can't arrive ends as a failure, not in silence.
import type { Answer } from "../message.ts";
import type {
  ChatAdapter,
  Clock,
  Entropy,
  Finish,
  Journal,
  KeptTurn,
  OutboxDraft,
  OutboxRow,
} from "../ports.ts";
import type { Post, Said } from "../post.ts";
import { drawProgress, progressId } from "../progress.ts";
import { splitText } from "../split-text.ts";
import { createDelivery } from "./delivery.ts";

export type OutboxDeps = {
  readonly journal: Journal;
  readonly adapterOf: (thread: OutboxRow["thread"]) => ChatAdapter | null;
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** Something was put off: the watchdog should look when it is due. */
  readonly onPostponed: () => void;
  readonly onBuried: (row: OutboxRow, why: string) => void;
};
export type Outbox = {
  /** Commits the answer, starts delivering it, and hands out the thread's next turn. */
  readonly say: (answer: Answer) => Promise<KeptTurn | null>;
  /** Shows or changes something outside a turn. */
  readonly post: (drafts: readonly OutboxDraft[]) => Promise<void>;
  /** A post under a fixed id: said again, it replaces what it said before. */
  readonly draft: (id: string, thread: OutboxRow["thread"], said: Said) => OutboxDraft;
  readonly deliverDue: () => Promise<void>;
  /** Resolves when nothing is being delivered. */
  readonly idle: () => Promise<void>;
};

export function createOutbox(deps: OutboxDeps): Outbox {
  const deliverDue = async (): Promise<void> => delivery.start(await deps.journal.claimDue());
  const delivery = createDelivery(deps, deliverDue);
  return {
    say: async (answer) => {
      const { next, deliveries } = await deps.journal.finish(toFinish(deps, answer));
      delivery.start(deliveries);
      return next;
    },
    post: async (drafts) => delivery.start(await deps.journal.post(drafts)),
    draft: (id, thread, said) => toDraft(deps, { id, thread, turn: null }, said),
    deliverDue,
    idle: delivery.idle,
  };
}

function toFinish(deps: OutboxDeps, answer: Answer): Finish {
  const { thread, body } = answer.turn.message;
  const fits = (text: string): boolean => deps.adapterOf(thread)?.fits(text) ?? true;
  const said = answer.posts.flatMap((post) => partsOf(post, fits));
  const place = { thread, turn: answer.turn.id };
  return {
    answer,
    outbox: [
      ...said.map((part, index) => toDraft(deps, { id: `${answer.turn.id}:${index}`, ...place }, part)),
      ...answer.runs.map((run) =>
        toDraft(
          deps,
          { id: progressId(run.id), ...place },
          drawProgress({ ...run, state: "new", steps: [], startedAt: deps.clock.now() }, deps.clock.now()),
        ),
      ),
      ...answer.proposals.map((proposal) => cardDraft(proposal.id, place, proposal)),
    ],
    answered: answer.posts.map(({ text }) => text).join("\n"),
    asked: body.kind === "text" ? body.text : body.kind === "command" ? `/${body.verb} ${body.rest}` : "",
  };
}

/** A card's row holds no text: it is drawn from its proposal whenever it is shown. */
export function cardDraft(
  proposal: string,
  place: Pick<OutboxDraft, "thread" | "turn">,
  nonces: { readonly approveNonce: string; readonly rejectNonce: string },
): OutboxDraft {
  return {
    id: `${proposal}:card`,
    ...place,
    content: { kind: "card", proposal },
    buttons: [
      { nonce: nonces.approveNonce, action: { kind: "approve", proposal } },
      { nonce: nonces.rejectNonce, action: { kind: "reject", proposal } },
    ],
  };
}

/** Buttons and footer belong to the last part. */
function partsOf(said: Said, fits: (text: string) => boolean): readonly Said[] {
  const parts = splitText(said.text, fits);
  return parts.map((text, index) =>
    index === parts.length - 1 ? { ...said, text } : { ...said, text, footer: null, offers: [] },
  );
}

function toDraft(
  deps: OutboxDeps,
  row: Pick<OutboxDraft, "id" | "thread" | "turn">,
  said: Said,
): OutboxDraft {
  const minted = said.offers.map((offer) => ({ ...offer, nonce: deps.entropy(16) }));
  const post: Post = {
    kind: said.kind,
    text: said.text,
    card: null,
    buttons: minted.map(({ nonce, label, style, asks }) => ({ nonce, label, style, asks })),
    footer: said.footer,
    only: said.only,
  };
  return {
    ...row,
    content: { kind: "post", post },
    buttons: minted.map(({ nonce, action }) => ({ nonce, action })),
  };
}
