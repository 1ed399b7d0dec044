// One thing Nova may have Tryton do: named by what a person said, planned by reading and computing, done with a mark,
// and judged afterwards by reading again. Tryton's OK proves nothing: a button in the wrong state says it too.
import { z } from "zod";
import type { AggregateDelta, DocumentChange, Guard, JsonObject, Verified } from "../../src/ports.ts";
import type { Content, StandingValue } from "../../src/remote-erp/contents.ts";
import type { Anchor, Mark } from "./mark.ts";
import { TrytonRefusal } from "./refusal.ts";
import type { Tryton } from "./rpc.ts";

export type Desk = { readonly tryton: Tryton; readonly today: string };
export type Plan = {
  readonly summary: string;
  readonly changes: readonly DocumentChange[];
  readonly deltas: readonly AggregateDelta[];
  readonly guards: readonly Guard[];
  /** What a person has to know before they say yes; absent: nothing. Tryton's own it raises only when it is told to do it. */
  readonly warnings?: readonly string[];
  readonly amountCents: number | null;
  readonly currency: string | null;
  /** Whose money it is about, by the ERP's own key; absent: nobody in particular. */
  readonly party?: string;
  readonly isExternal: boolean;
  readonly undo: string | null;
  readonly tokens: Readonly<Record<string, string>>;
};
/** `tokens`: what the records said of themselves when the deed was planned. */
export type Deed = {
  readonly mark: Mark;
  readonly tokens: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
};
/** A record with a mark, looked at later. `args`: null where only the mark is known, after a crash. */
type Looked<A> = { readonly anchor: Anchor; readonly actionId: string; readonly args: A | null };
/** What stands there, the numbers by which a person can name it, and its values in the words of the plan's changes. */
export type Standing = {
  readonly verified: Verified;
  readonly ids: readonly string[];
  readonly values: readonly StandingValue[];
};
export const absent: Standing = { verified: "absent", ids: [], values: [] };

type Definition<I, A extends JsonObject> = {
  readonly input: z.ZodType<I>;
  readonly args: z.ZodType<A>;
  readonly resolve: (desk: Desk, input: I) => Promise<A>;
  /** Reads and computes; writes nothing. */
  readonly plan: (desk: Desk, args: A) => Promise<Plan>;
  /** The record that is marked before anything is done to it; null: it is only made, and marked at birth. */
  readonly anchor: ((desk: Desk, args: A) => Promise<Anchor>) | null;
  readonly run: (desk: Desk, args: A, deed: Deed) => Promise<void>;
  readonly look: (desk: Desk, looked: Looked<A>) => Promise<Standing>;
};
export type Operation = {
  readonly resolve: (desk: Desk, raw: JsonObject) => Promise<JsonObject>;
  readonly plan: (desk: Desk, args: JsonObject) => Promise<Plan>;
  readonly anchor: (desk: Desk, args: JsonObject) => Promise<Anchor | null>;
  readonly run: (desk: Desk, args: JsonObject, deed: Deed) => Promise<void>;
  readonly look: (desk: Desk, looked: Looked<JsonObject>) => Promise<Standing>;
};

export function defineOperation<I, A extends JsonObject>(definition: Definition<I, A>): Operation {
  const { input, args, resolve, plan, anchor, run, look } = definition;
  return {
    resolve: async (desk, raw) => resolve(desk, parse(input, raw)),
    plan: async (desk, raw) => plan(desk, parse(args, raw)),
    anchor: async (desk, raw) => (anchor === null ? null : anchor(desk, parse(args, raw))),
    run: async (desk, raw, deed) => run(desk, parse(args, raw), deed),
    look: async (desk, { args: raw, ...looked }) =>
      look(desk, { ...looked, args: raw === null ? null : parse(args, raw) }),
  };
}

function parse<T>(schema: z.ZodType<T>, raw: JsonObject): T {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join(".") || "input"}: ${issue.message}`);
  throw refuse(`The request to the ERP is not complete or not valid (${issues.join("; ")}).`);
}

export const Named = z.string().trim().min(1).max(200);
export const IsoDay = z.iso.date();
export const refuse = (sentence: string): TrytonRefusal => new TrytonRefusal("rejected", sentence);

/** A field of a record that is yet to be made. */
export const newValue =
  (record: string) =>
  (label: string, after: string): DocumentChange => ({ record, label, before: null, after });
/** All that a record will say once it is made. */
export const newValues = (record: string, contents: readonly Content[]): readonly DocumentChange[] =>
  contents.map(({ label, text }) => newValue(record)(label, text));

/** Said of plans that move no money and tell nobody. */
export const quiet = {
  deltas: [],
  guards: [],
  amountCents: null,
  currency: null,
  isExternal: false,
  tokens: {},
} as const;
