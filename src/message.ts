// The vocabulary of the walk: what every room takes and gives. Types grow room by room
// (Message > Turn > Assigned > Briefed > Draft > Checked > Answer), so a skipped room does not compile.
import { z } from "zod";
import { AccountId, ChannelId, ThreadId } from "./ids.ts";
import type { AgentCard, CoordinatorCard, PipelineCard } from "./agent.ts";
import { Mark } from "./proposal.ts";
import type { ButtonAction, NewProposal, ProposalDraft } from "./proposal.ts";
import type { FailureKind } from "./failures.ts";
import type { Pack, Seen, Usage } from "./pack.ts";
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

/** A file that came with a message: what its sender says of it, and where its bytes are. It is fetched when it is worked on. */
export const FileRef = z.strictObject({
  name: z.string(),
  /** As declared; what it really is, its first bytes say. */
  type: z.string().nullable(),
  sizeBytes: z.number().int().nonnegative().nullable(),
  /** An address at the platform, or what the surface itself calls it. */
  where: z.string(),
});
export type FileRef = z.infer<typeof FileRef>;

/** Who wrote the words that a shortcut was used on: a name for people to read, no identity. */
export const Quoted = z.strictObject({ by: z.string(), at: z.number().int() });
export type Quoted = z.infer<typeof Quoted>;

/** What arrived. A `signal` can only come from Nova itself; inbound adapters never make one. */
export const Body = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string(), files: z.array(FileRef).optional() }),
  z.strictObject({
    kind: z.literal("command"),
    verb: z.string(),
    rest: z.string(),
    /** Whose words `rest` is, and since when, where a shortcut took it from a message that stands there. */
    quoted: Quoted.optional(),
  }),
  z.strictObject({
    kind: z.literal("press"),
    nonce: z.string(),
    /** Platform id of the message that carries the button, as the platform reports it. */
    onMessage: z.string(),
    /** Words typed into a dialog that the button opened, e.g. the reason of a rejection. */
    words: z.string().nullable(),
    /** What was filled into a dialog with several fields, by field. */
    fields: z.record(z.string(), z.string()).optional(),
  }),
  /** A thumb put under a post of Nova's or taken away again; any other reaction is none of Nova's business. */
  z.strictObject({
    kind: z.literal("reaction"),
    mark: Mark,
    isAdded: z.boolean(),
    onMessage: z.string(),
  }),
  z.strictObject({
    kind: z.literal("signal"),
    signal: z.enum(["run.finished", "run.failed"]),
    ref: z.string(),
  }),
]);
export type Body = z.infer<typeof Body>;

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
  z.strictObject({ kind: z.literal("clarification"), turn: z.string(), options: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("input"), agent: z.string(), asked: z.string(), about: z.string() }),
]);
export type Waiting = z.infer<typeof Waiting>;

export type ThreadState = {
  readonly lastAgent: string | null;
  readonly lastText: string | null;
  readonly waiting: Waiting | null;
  /** Exchanges of this account in the channel itself within the last ten minutes; absent: none. */
  readonly recent?: number;
};

/** A stored button as the journal knows it: what it does, and on which shown post it sits. */
export type StoredButton = {
  readonly nonce: string;
  readonly action: ButtonAction;
  readonly thread: ThreadId;
  /** Platform id of the post that carries it; null while the post was not confirmed. */
  readonly platformId: string | null;
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
};

/** Why this route: what `/nova why` shows. */
export type Route = {
  readonly stage: string;
  readonly reasons: readonly string[];
  readonly candidates: readonly { readonly agent: string; readonly probability: number }[];
};

/** Exactly one thing to do. `question`, `none` and `say` are said by code; no model is asked. */
export type Assignment =
  /** `origin`: the turn whose words these are; another than this one after a press that runs it again. */
  | {
      readonly kind: "agent";
      readonly id: string;
      readonly card: AgentCard;
      readonly text: string;
      readonly origin: string;
      /** Briefed with what was said lately in this thread, as data. */
      readonly readsThread?: boolean;
    }
  | { readonly kind: "pipeline"; readonly id: string; readonly card: PipelineCard; readonly text: string }
  | {
      readonly kind: "plan";
      readonly id: string;
      readonly card: CoordinatorCard;
      readonly parts: readonly Part[];
    }
  | { readonly kind: "decision"; readonly action: ButtonAction; readonly words: string | null }
  | {
      readonly kind: "verb";
      readonly verb: string;
      readonly rest: string;
      /** Whose words `rest` is, when they are not the person's own. */
      readonly quoted?: Quoted;
    }
  /** A thumb for the answer of the turn `about`; `change` as the journal takes it. */
  | {
      readonly kind: "rating";
      readonly about: string;
      readonly mark: Mark;
      readonly change: "set" | "unset" | "press";
    }
  /** What somebody says of a remembered fact that an answer leaned on. */
  | {
      readonly kind: "fact";
      readonly fact: string;
      readonly change: "confirm" | "update" | "forget";
      readonly words: string | null;
    }
  /** Everything about a proposal, for one person's eyes. */
  | { readonly kind: "details"; readonly proposal: string }
  /** The same effect with other values, as a proposal of its own. */
  | {
      readonly kind: "edit";
      readonly proposal: string;
      readonly fields: Readonly<Record<string, string>>;
    }
  /** A run that ended badly, once more from its start with the same inputs. */
  | { readonly kind: "rerun"; readonly run: string }
  | {
      readonly kind: "question";
      readonly text: string;
      /** The turn whose words wait for an agent; absent: this one. */
      readonly about?: string;
      readonly options: readonly { readonly id: string; readonly would: string }[];
    }
  | {
      readonly kind: "none";
      readonly why: string;
      readonly nearest: readonly { readonly id: string; readonly would: string }[];
    }
  /** A sentence of Nova's own: an unknown verb, a stale button. */
  | { readonly kind: "say"; readonly text: string; readonly isPrivate: boolean }
  | { readonly kind: "news"; readonly signal: "run.finished" | "run.failed"; readonly run: string };

/** One part of a request that touches several domains. */
export type Part = { readonly text: string; readonly id: string; readonly card: AgentCard };

/** Room 3. */
export type Assigned = Turn & { readonly assignment: Assignment; readonly route: Route };

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
  readonly runs: readonly NewRun[];
  readonly seen: readonly Seen[];
  readonly usage: Usage;
  /** Asks the same worker once more with the validator's words; null where code made the reply. */
  readonly redo: ((words: string) => Promise<Draft>) | null;
};

/** Room 6: the reply kept its contract, and is now something to show. */
export type Checked = Draft & {
  readonly posts: readonly Said[];
  readonly outcome: Outcome;
  readonly waiting: Waiting | null;
};

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
  readonly failure: { readonly kind: FailureKind; readonly operator: string } | null;
  /** The conversation goes on in a thread of its own, and this answer is the first there. */
  readonly move?: Opens;
};
