// Papers of one kind as agents get them: many with a sum over all that fit, or one with its lines.
import { z } from "zod";
import type { ReaderWorld } from "../effects.ts";
import type { DocumentKind } from "../ports/erp.ts";
import { DocumentRow } from "./erp-document-rows.ts";
import { ask, askInAll, everything, limit, Money, page } from "./erp-page.ts";
import { OrderLineRow } from "./erp-rows.ts";
import { ordersInAll } from "./erp-totals.ts";

export const papersPage = page(DocumentRow, { totalInAll: Money });
/** The head is the first row. */
export const paperPage = page(z.union([DocumentRow, OrderLineRow]), {});

type Wanted = {
  readonly of: DocumentKind;
  readonly text: string | undefined;
  readonly state: string | undefined;
  /** States that fit, where they are several. */
  readonly only: readonly string[] | null;
};
const Stated = z.looseObject({ state: z.string() });

export const askPapers = async (world: ReaderWorld, { of, text, state, only }: Wanted) =>
  askInAll(world, {
    query: { kind: "documents", of, text: text ?? null, state: state ?? null, limit: everything },
    keep: only === null ? null : (row) => only.includes(Stated.parse(row).state),
    sum: ordersInAll,
    shown: limit,
  });

export const askPaper = async (world: ReaderWorld, of: DocumentKind, number: string) =>
  ask(world, { kind: "document", of, number: number.toUpperCase() });
