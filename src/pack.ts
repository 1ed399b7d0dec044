// What a worker is given to know and what it looked at: each item with its source and its age.
export type PackItem = {
  readonly id: string;
  readonly source: string;
  /** Epoch milliseconds of the statement; null for standing configuration. */
  readonly at: number | null;
  readonly label: "current" | "unverified" | "stale" | "superseded" | "disputed";
  readonly text: string;
};
export type Exchange = {
  readonly person: string;
  readonly asked: string;
  readonly answered: string;
  readonly agent: string | null;
  readonly at: number;
};
/** The slice of the project's context that this agent may see, within its token budget. */
export type Pack = {
  readonly items: readonly PackItem[];
  readonly history: readonly Exchange[];
  readonly tokens: number;
  readonly dropped: readonly { readonly id: string; readonly why: string }[];
};

export type Usage = { readonly inputTokens: number; readonly outputTokens: number; readonly dollars: number };
/** One look at the world during the turn; the check room compares claims with it. */
export type Seen = {
  readonly reader: string;
  readonly input: unknown;
  readonly result: unknown;
  readonly at: number;
};
/** What an effect answered when it was proposed: what the ERP computed, or why it refused. */
export type Told = { readonly text: string; readonly input: unknown; readonly isRefused: boolean };
