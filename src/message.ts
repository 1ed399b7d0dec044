// The vocabulary of the walk: what every room takes and gives. Types grow room by room
// (Message > Turn > Assigned > Briefed > Draft > Checked > Answer), so a skipped room does not compile.
import { z } from "zod";
import type { Assignment, Route } from "./assignment.ts";
import { Body } from "./body.ts";
import { Shares } from "./button-action.ts";
import { AccountId, ChannelId, ThreadId } from "./ids.ts";
import type { ButtonAction, NewProposal, ProposalDraft } from "./proposal.ts";
import type { FailureKind } from "./failures.ts";
import type { HandOff, Trail } from "./hand-off.ts";
import type { Pack, Seen, Told, Usage } from "./pack.ts";
import type { Person, Project } from "./person.ts";
import type { ModelImage } from "./ports/model.ts";
import type { Opens, Said } from "./post.ts";

/** Who wrote, by the platform's own word. `outsider`: guest, shared-channel or foreign-workspace account. */
export const Account = z.strictObject({
  id: AccountId,
  name: z.string(),
  standing: z.enum(["regular", "outsider"]),
});
export type Account = z.infer<typeof Account>;

/** One normalised platform event. `id` is its unique key in the journal, e.g. `d:m:118…`, `s:m:T1:C1:1712.5`. */
export const Message = z.strictObject({
  id: z.string().min(1),
  thread: ThreadId,
  channel: ChannelId,
  account: Account,
  /** Epoch milliseconds, the platform's time. */
  at: z.number().int(),
  /** A direct message: everything in it is meant for Nova. */
  direct: z.boolean(),
  /** Nova was mentioned, or the event can only be meant for it (command, press). */
  addressed: z.boolean(),
  body: Body,
});
export type Message = z.infer<typeof Message>;

/** What the thread is waiting for, if anything. Approvals are never in here: text does not decide. */
export const Waiting = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("clarification"),
    turn: z.string(),
    options: z.array(z.string()),
    /** What "all of these" would be. */
    all: z.strictObject({ coordinator: z.string(), parts: Shares }).optional(),
  }),
  z.strictObject({ kind: z.literal("input"), agent: z.string(), asked: z.string(), about: z.string() }),
]);
export type Waiting = z.infer<typeof Waiting>;

export type ThreadState = {
  readonly lastAgent: string | null;
  readonly lastText: string | null;
  readonly waiting: Waiting | null;
  /** Exchanges of this account in the channel itself within the last ten minutes; absent: none. */
  readonly recent?: number;
  /** Nothing was ever answered here; absent: something may have been. */
  readonly isNew?: true;
};

/** A stored button as the journal knows it: what it does, and on which shown post it sits. */
export type StoredButton = {
  readonly nonce: string;
  /** Outbox id of the post that carries it. */
  readonly post: string;
  readonly action: ButtonAction;
  readonly thread: ThreadId;
  /** Platform id of the post that carries it; null while the post was not confirmed. */
  readonly platformId: string | null;
  /** Its card was confirmed once and stands nowhere now: it is being shown anew, or somebody took its place away. */
  readonly isMoving?: true;
  /** It, or the post that carries it, is not as Nova wrote it: whatever it claims to do, it does nothing. */
  readonly isAltered?: true;
};

/** Room 2: one message kept in the journal, with person, project and what its thread is about. */
export type Turn = {
  readonly id: string;
  readonly message: Message;
  /** Committed before the work starts, so that a message which kills the process still counts. */
  readonly attempt: number;
  readonly person: Person;
  readonly project: Project | null;
  readonly thread: ThreadState;
  readonly button: StoredButton | null;
  /** Its row is not as it was heard: nothing of it is believed. */
  readonly isAltered?: true;
};

/** Room 3. `trail`: other agents had these words before; absent: none did. */
export type Assigned = Turn & {
  readonly assignment: Assignment;
  readonly route: Route;
  readonly trail?: Trail;
};

/** Room 4. */
export type Briefed = Assigned & { readonly pack: Pack; readonly attached?: Attached };

/** What came with the message beside what the pack holds of it: images for the model, and what the person is told. */
export type Attached = { readonly images: readonly ModelImage[]; readonly notes: readonly string[] };

/** A contract's three arms, or words made by code, which need no contract. */
export type Reply =
  | { readonly arm: "fulfilled"; readonly value: unknown }
  | { readonly arm: "needs"; readonly question: string }
  | { readonly arm: "declined"; readonly why: string; readonly instead: string | null }
  | {
      readonly arm: "code";
      readonly posts: readonly Said[];
      readonly outcome: Outcome;
      readonly waiting: Waiting | null;
    };

/** A pipeline launch that commits with the turn; the engine starts after the commit. */
export type NewRun = {
  readonly id: string;
  readonly agent: string;
  /** Of the pipeline: a run finishes on the version that it began with. */
  readonly version: number;
  readonly input: unknown;
};

/** Room 5. */
export type Draft = Briefed & {
  readonly reply: Reply;
  readonly proposals: readonly ProposalDraft[];
  /** Where its proposals belong; absent: where its message was said. */
  readonly asksIn?: Pick<NewProposal, "project" | "thread">;
  readonly runs: readonly NewRun[];
  readonly seen: readonly Seen[];
  /** What effects answered; absent where none could be proposed. */
  readonly told?: readonly Told[];
  /** What found no room on the cards of this turn, in sentences of code; absent where nothing could be proposed. */
  readonly leftOut?: readonly string[];
  readonly usage: Usage;
  /** What became of a proposal, as data: the agents of this conversation read it in its history. */
  readonly result?: string;
  /** Where that proposal was asked, if not here: that conversation holds this turn too. */
  readonly alsoIn?: ThreadId;
  /** Parts of a plan that failed, each a failure of its own; absent: none did. */
  readonly failures?: readonly Failed[];
  /** Asks the same worker once more with the validator's words; null where code made the reply. */
  readonly redo: ((words: string) => Promise<Draft>) | null;
};

/** Room 6: the reply kept its contract, and is now something to show. */
export type Checked = Draft & {
  readonly posts: readonly Said[];
  readonly outcome: Outcome;
  readonly waiting: Waiting | null;
  /** How far the answer is to be believed, as its footer says; absent: nothing speaks against its agent. */
  readonly verification?: string;
  /** The agent declined, and named who should have it; absent: nobody is to have it instead. */
  readonly declined?: { readonly why: string; readonly instead: string };
};

/** A failure as it is kept: in the operator's words, and in the person's where those say more than the list does. */
export type Failed = { readonly kind: FailureKind; readonly operator: string; readonly person?: string };

/** How a turn ended; every accepted message gets exactly one. */
export const Outcome = z.enum(["answered", "asked", "waiting", "failed"]);
export type Outcome = z.infer<typeof Outcome>;

/** Room 7: everything that commits together. */
export type Answer = {
  readonly turn: Turn;
  readonly agent: string | null;
  readonly route: Route | null;
  readonly pack: Pack | null;
  readonly outcome: Outcome;
  readonly posts: readonly Said[];
  readonly proposals: readonly NewProposal[];
  readonly runs: readonly NewRun[];
  readonly waiting: Waiting | null;
  readonly usage: Usage;
  readonly result?: string;
  readonly alsoIn?: ThreadId;
  readonly verification?: string;
  readonly failure: Failed | null;
  /** Of parts that failed while others did not. */
  readonly failures?: readonly Failed[];
  /** Who gave the words to whom on the way to this answer. */
  readonly handOffs?: readonly HandOff[];
  /** The conversation goes on in a thread of its own, and this answer is the first there. */
  readonly move?: Opens;
};
