// One thing the embedded ERP can do. `resolve` turns what a person said into record ids and fixes the day, once,
// when it is proposed; `run` then is a deterministic function of the database and those arguments.
import { z } from "zod";
import type { Guard, JsonObject } from "../../src/ports/erp.ts";
import type { Database } from "./database.ts";
import { ErpRefusal } from "./refusal.ts";

/** What running it showed, beside the rows it wrote. `tokens`: revisions of the documents it stands on, before. */
export type Done = {
  readonly summary: string;
  readonly guards: readonly Guard[];
  /** What a person has to know before they say yes, e.g. that it looks like something done before; absent: nothing. */
  readonly warnings?: readonly string[];
  readonly amountCents: number | null;
  readonly isExternal: boolean;
  readonly undo: string | null;
  readonly tokens: Readonly<Record<string, string>>;
};

export type Operation = {
  /** Parses strictly and names every record by its id. Resolving what is resolved changes nothing. */
  readonly resolve: (db: Database, raw: JsonObject, today: string) => JsonObject;
  readonly run: (db: Database, args: JsonObject) => Done;
};

type Definition<I, A extends JsonObject> = {
  readonly input: z.ZodType<I>;
  readonly args: z.ZodType<A>;
  readonly resolve: (db: Database, input: I, today: string) => A;
  readonly run: (db: Database, args: A) => Done;
};

export function defineOperation<I, A extends JsonObject>(definition: Definition<I, A>): Operation {
  return {
    resolve: (db, raw, today) => definition.resolve(db, parse(definition.input, raw), today),
    run: (db, args) => definition.run(db, parse(definition.args, args)),
  };
}

function parse<T>(schema: z.ZodType<T>, raw: JsonObject): T {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join(".") || "input"}: ${issue.message}`);
  throw new ErpRefusal(
    "invalid",
    `The request to the ERP is not complete or not valid (${issues.join("; ")}).`,
  );
}

export const Day = z.iso.date();
export const Quantity = z.int().min(1).max(100_000_000);
export const Cents = z.int().min(1).max(100_000_000_000);
/** Words that name a record: a code, a sku, or a name. */
export const Named = z.string().trim().min(1).max(200);
