// What a turn becomes in the router's hands: exactly one thing to do, and why that one.
import type { AgentCard, CoordinatorCard, PipelineCard } from "./agent.ts";
import type { Quoted } from "./body.ts";
import type { Shares } from "./button-action.ts";
import type { ButtonAction, Mark } from "./proposal.ts";

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
  /** The command that undoes an applied one, as a proposal of its own. */
  | { readonly kind: "undo"; readonly proposal: string }
  /** A run that ended badly, once more from its start with the same inputs. */
  | { readonly kind: "rerun"; readonly run: string }
  | {
      readonly kind: "question";
      readonly text: string;
      /** The turn whose words wait for an agent; absent: this one. */
      readonly about?: string;
      /** Only these of its words. */
      readonly words?: string;
      readonly options: readonly { readonly id: string; readonly would: string }[];
      /** A choice beside them: the message shared out by this coordinator. */
      readonly all?: { readonly coordinator: string; readonly parts: Shares };
    }
  | {
      readonly kind: "none";
      readonly why: string;
      readonly nearest: readonly { readonly id: string; readonly would: string }[];
    }
  /** A sentence of Nova's own: an unknown verb, a stale button. */
  | { readonly kind: "say"; readonly text: string; readonly isPrivate: boolean }
  /** Approved, and the wait before it runs is over. */
  | { readonly kind: "due"; readonly proposal: string }
  | { readonly kind: "news"; readonly signal: "run.finished" | "run.failed"; readonly run: string };

/** One part of a request that touches several domains. */
export type Part = {
  readonly text: string;
  readonly id: string;
  readonly card: AgentCard;
  /** The message it was cut from; a part of a standing plan stands in none. */
  readonly message?: string;
};
