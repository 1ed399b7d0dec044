// One page of an ERP's answer as agents get it: when it was read, how many there are, sums over all of them, rows.
import { z } from "zod";
import type { ReaderWorld } from "../effects.ts";
import type { ErpQuery } from "../ports/erp.ts";

/** Rows of one page. */
export const limit = 30;
export const Text = (what: string) => z.string().trim().min(1).max(300).optional().describe(what);
export const Money = z.string().nullable();

/** Sums and filters are over all that fits, so all of it is fetched, and only the page is cut. */
export const everything = 5_000;
// Connectors answer with untyped rows; each is parsed here before an agent sees it.
export const page = <T extends z.ZodType, S extends z.ZodRawShape>(row: T, inAll: S) =>
  z.strictObject({
    asOf: z.iso.datetime(),
    total: z.int(),
    ...inAll,
    rows: z.array(z.unknown().pipe(row)),
  });

// A project without an ERP must not look like an ERP without records.
export async function ask(world: ReaderWorld, query: ErpQuery) {
  if (world.erp === null)
    throw new Error("This project has no ERP. Bind one in the config under `projects`.");
  const { rows, total } = await world.erp.query(query);
  return { asOf: new Date(world.now).toISOString(), total, rows: [...rows] };
}

type Narrowing<S> = {
  readonly query: ErpQuery;
  readonly keep: ((row: unknown) => boolean) | null;
  readonly sum: (rows: readonly unknown[]) => S;
  readonly shown: number;
};

/** Where the ERP has more than was fetched, `total` says so, and the sums are over nothing: never over a part. */
export async function askInAll<S>(world: ReaderWorld, { query, keep, sum, shown }: Narrowing<S>) {
  const { rows, total, asOf } = await ask(world, query);
  const kept = keep === null ? rows : rows.filter(keep);
  const isWhole = rows.length === total;
  if (!isWhole && keep !== null)
    throw new Error(`The ERP has ${total} records that fit: too many to look through. Name what you mean.`);
  return {
    asOf,
    total: keep === null ? total : kept.length,
    ...sum(isWhole ? kept : []),
    rows: kept.slice(0, shown),
  };
}
