// One thing Nova may have a remote ERP do: named by what a person said, planned by reading and computing, sent as one
// stamped request, and judged afterwards by reading back. `D` is what a connector works with (its session and settings).
import { z } from "zod";
import type { AggregateDelta, DocumentChange, Guard, JsonObject } from "../ports/erp.ts";
import type { StandingValue } from "./contents.ts";
import { refused } from "./fault.ts";
import type { Stamp } from "./stamp.ts";

/** What it would do. `send` does it: one request, so one transaction; it gives the ids of the records it wrote. */
export type Plan = {
  readonly summary: string;
  readonly changes: readonly DocumentChange[];
  readonly deltas: readonly AggregateDelta[];
  readonly guards: readonly Guard[];
  readonly warnings: readonly string[];
  readonly amountCents: number | null;
  /** Whose money it is about, by the ERP's own key; absent or null: nobody in particular. */
  readonly party?: string | null;
  readonly isExternal: boolean;
  readonly undo: string | null;
  readonly tokens: Readonly<Record<string, string>>;
  readonly send: (stamp: Stamp, signal: AbortSignal) => Promise<readonly string[]>;
};
/** What stands in the ERP under a stamp. `isWhole` is false where the ERP kept it but did not carry it through. */
export type Standing = {
  readonly isWhole: boolean;
  readonly values: readonly StandingValue[];
};
export type RemoteOperation<D> = {
  /** Parses strictly and names every record by its id. Resolving what is resolved changes nothing. */
  readonly resolve: (desk: D, raw: JsonObject) => Promise<JsonObject>;
  /** Reads and computes; writes nothing. */
  readonly plan: (desk: D, args: JsonObject) => Promise<Plan>;
  /** Null: nothing bears the stamp. */
  readonly stand: (desk: D, args: JsonObject, stamp: Stamp) => Promise<Standing | null>;
  /** The command that undoes it; absent: nothing does. */
  readonly undo?: (desk: D, args: JsonObject, changes: readonly DocumentChange[]) => Undo;
};
export type Undo = { readonly op: string; readonly args: JsonObject };

export type Definition<D, I, A extends JsonObject> = {
  readonly input: z.ZodType<I>;
  readonly args: z.ZodType<A>;
  readonly resolve: (desk: D, input: I) => Promise<A>;
  readonly plan: (desk: D, args: A) => Promise<Plan>;
  readonly stand: (desk: D, args: A, stamp: Stamp) => Promise<Standing | null>;
  readonly undo?: (desk: D, args: A, changes: readonly DocumentChange[]) => Undo;
};

export function defineRemoteOperation<D, I, A extends JsonObject>(
  definition: Definition<D, I, A>,
): RemoteOperation<D> {
  const { input, args, resolve, plan, stand, undo } = definition;
  return {
    resolve: async (desk, raw) => resolve(desk, parse(input, raw)),
    plan: async (desk, raw) => plan(desk, parse(args, raw)),
    stand: async (desk, raw, stamp) => stand(desk, parse(args, raw), stamp),
    ...(undo === undefined ? {} : { undo: (desk, raw, changes) => undo(desk, parse(args, raw), changes) }),
  };
}

function parse<T>(schema: z.ZodType<T>, raw: JsonObject): T {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join(".") || "input"}: ${issue.message}`);
  throw refused(`The request to the ERP is not complete or not valid (${issues.join("; ")}).`);
}

export const Day = z.iso.date();
export const Quantity = z.int().min(1).max(100_000_000);
export const Money = z.int().min(1).max(100_000_000_000);
/** Words that name a record: a code, a number, or a name. */
export const Named = z.string().trim().min(1).max(200);
