// Room 8, say: the answer and everything that belongs to it commit in one transaction, then it is delivered from the
// outbox. What may have arrived is looked up before it is sent again; what can't arrive ends as a failure, not in silence.
import { firstPostId } from "../ids.ts";
import { answerButtons } from "../replies/answer-buttons.ts";
import { detailsNonce, editNonce, stopNonce, undoNonce } from "../cards/card.ts";
import type { CardOffers } from "../cards/card.ts";
import { batchButtons } from "../cards/batch-buttons.ts";
import { cardIdOf } from "../cards/card-copies.ts";
import type { NewProposal, Proposal } from "../proposal.ts";
import type { Answer, Turn } from "../message.ts";
import type {
  ChatAdapter,
  Clock,
  Entropy,
  Finish,
  Journal,
  KeptTurn,
  OutboxDraft,
  OutboxRow,
  PreviewRow,
} from "../ports.ts";
import type { Post, Said } from "../post.ts";
import { askedIn } from "../files/file-names.ts";
import { toMessages } from "../replies/long-answer.ts";
import type { Measure } from "../replies/long-answer.ts";
import { drawProgress, progressId } from "../runs/progress.ts";
import { toPlaced } from "../surfaces/thread-move.ts";
import { createDelivery } from "./delivery.ts";

export type OutboxDeps = {
  readonly journal: Journal;
  readonly adapterOf: (thread: OutboxRow["thread"]) => ChatAdapter | null;
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** Something was put off: the watchdog should look when it is due. */
  readonly onPostponed: () => void;
  readonly onBuried: (row: OutboxRow, why: string) => void;
  /** A card stands in its thread as it is now; whoever can't see it there may have to see it elsewhere. Never rejects. */
  readonly onCardShown?: (proposal: string) => Promise<void>;
  /** What of an open proposal can be edited, and whether a done one can be undone. */
  readonly offersOf: (proposal: Proposal) => CardOffers;
  /** Ends what is shown of a turn's answer while it is written: the answer takes its place. */
  readonly endPreview: (turn: Turn) => Promise<PreviewRow | null>;
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
      const preview = await deps.endPreview(answer.turn);
      const finish = toFinish(deps, answer);
      const { next, deliveries } = await deps.journal.finish(
        preview === null ? finish : placed(finish, preview),
      );
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
  const adapter = deps.adapterOf(thread);
  const measure: Measure = {
    fits: (text) => adapter?.fits(text) ?? true,
    whispersFiles: adapter?.whispersFiles === true,
  };
  const said = toPlaced(
    answer,
    answer.posts.flatMap((post) => partsOf(post, measure)),
  );
  const place = { thread: answer.move?.thread ?? thread, turn: answer.turn.id };
  return {
    answer,
    outbox: [
      ...said.map((part, index) =>
        withAnswerButtons(
          toDraft(deps, { id: `${answer.turn.id}:${index}`, ...place, thread: part.thread }, part.said),
          answer,
        ),
      ),
      ...answer.runs.map((run) =>
        toDraft(
          deps,
          { id: progressId(run.id), ...place },
          drawProgress({ ...run, state: "new", steps: [], startedAt: deps.clock.now() }, deps.clock.now()),
        ),
      ),
      ...cardsOf(
        answer.proposals.filter(({ showAt }) => showAt === undefined),
        answer.turn.id,
      ),
    ],
    answered: [
      ...answer.posts.map(({ text }) => text),
      ...(answer.result === undefined ? [] : [answer.result]),
    ].join("\n"),
    asked: askedIn(body),
  };
}

/** Only an agent's own words can be asked about and rated; its last part carries the footer, and these with it. */
function withAnswerButtons(draft: OutboxDraft, { agent }: Answer): OutboxDraft {
  if (agent === null || draft.content.kind !== "post") return draft;
  const { post } = draft.content;
  if (post.footer === null || post.only !== null || (post.kind !== "reply" && post.kind !== "question"))
    return draft;
  const buttons = [...post.buttons, ...answerButtons(draft.id)];
  return { ...draft, content: { kind: "post", post: { ...post, buttons } } };
}

/** The first post takes the place of what is on the platform already. */
function placed(finish: Finish, preview: PreviewRow): Finish {
  const first = firstPostId(finish.answer.turn.id);
  const outbox = finish.outbox.map((draft) => (draft.id === first ? { ...draft, preview } : draft));
  return { ...finish, outbox };
}

/** One each where it belongs, or one for a whole batch under its first item's name. */
function cardsOf(asked: readonly NewProposal[], turn: string): readonly OutboxDraft[] {
  return asked
    .filter(({ id, batch }) => batch === undefined || batch.lead === id)
    .map((proposal) => {
      const card = cardDraft(proposal.id, { thread: proposal.thread, turn }, proposal);
      const items = asked.filter(({ batch }) => batch?.lead === proposal.id);
      return { ...card, buttons: [...card.buttons, ...batchButtons(proposal, items)] };
    });
}

/** A card's row holds no text: it is drawn from its proposal whenever it is shown. */
export function cardDraft(
  proposal: string,
  place: Pick<OutboxDraft, "thread" | "turn">,
  nonces: { readonly approveNonce: string; readonly rejectNonce: string },
): OutboxDraft {
  return {
    id: cardIdOf(proposal),
    ...place,
    content: { kind: "card", proposal },
    buttons: [
      { nonce: nonces.approveNonce, action: { kind: "approve", proposal } },
      { nonce: nonces.rejectNonce, action: { kind: "reject", proposal } },
      { nonce: editNonce(proposal), action: { kind: "edit", proposal } },
      { nonce: detailsNonce(proposal), action: { kind: "details", proposal } },
      { nonce: undoNonce(proposal), action: { kind: "undo", proposal } },
      { nonce: stopNonce(proposal), action: { kind: "withhold", proposal } },
    ],
  };
}

/** Buttons and footer belong to the last part; a board is one message, and bounded where it is drawn. */
function partsOf(said: Said, measure: Measure): readonly Said[] {
  if (said.board !== undefined) return [said];
  return toMessages(said, measure);
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
    ...(said.file === undefined ? {} : { file: said.file }),
    ...(said.board === undefined ? {} : { board: said.board }),
    ...(said.opens === undefined ? {} : { opens: said.opens }),
  };
  return {
    ...row,
    content: { kind: "post", post },
    buttons: minted.map(({ nonce, action }) => ({ nonce, action })),
  };
}
