// Purchase requests: what somebody thinks should be bought, until it is ordered or cancelled.
import { z } from "zod";
import { addWithLines, moveDoc } from "./bookkeeping.ts";
import type { Database } from "./database.ts";
import { Line, linesAt } from "./lines.ts";
import { Day, type Done, Named, defineOperation } from "./operation.ts";
import { placed } from "./purchases.ts";
import { docIn, findDoc, findParty, findPlace, moneyText, readLines, readParty, tokenOf } from "./record.ts";
import { nameRecord } from "./search.ts";

const RequestArgs = z.strictObject({
  supplier: Named,
  location: Named,
  day: Day,
  lines: z.array(Line).min(1).max(50),
});
/** What somebody thinks should be bought, valued at cost; ordering it is a step of its own. */
export const createRequest = defineOperation({
  input: z.strictObject({ ...RequestArgs.shape, location: Named.optional(), day: Day.optional() }),
  args: RequestArgs,
  resolve: (db, input, today) => ({
    ...placed(db, input, today),
    lines: input.lines.map((line) => ({ ...line, item: nameRecord(db, "item", line.item) })),
  }),
  run: (db, args): Done => {
    const party = findParty(db, args.supplier);
    const doc = {
      kind: "request",
      party: party.id,
      day: args.day,
      loc: findPlace(db, args.location).code,
    } as const;
    const { id, total } = addWithLines(
      db,
      doc,
      linesAt(db, args.lines, ({ cost }) => cost),
    );
    moveDoc(db, id, "open");
    const summary = `Request a purchase from ${party.name}: about ${moneyText(db, total)}`;
    const undo = "Cancel the request.";
    return { summary, guards: [], amountCents: total, isExternal: false, undo, tokens: {} };
  },
});

const OneRequest = z.strictObject({ request: Named, day: Day });
const oneRequest = {
  input: z.strictObject({ request: Named, day: Day.optional() }),
  args: OneRequest,
  resolve: (db: Database, input: { request: string; day?: string | undefined }, today: string) => ({
    request: findDoc(db, "request", input.request).ref,
    day: input.day ?? today,
  }),
};

/** The whole request as a draft purchase order. */
export const orderRequest = defineOperation({
  ...oneRequest,
  run: (db, args): Done => {
    const wanted = { states: ["open"], verb: "ordered" };
    const request = docIn(db, { kind: "request", ref: args.request }, wanted);
    const party = readParty(db, request.party);
    moveDoc(db, request.id, "ordered");
    const doc = { kind: "purchase", party: party.id, day: args.day, loc: request.loc ?? "" } as const;
    const lines = readLines(db, request.id).map((line) => ({ ...line, source: request.id }));
    const { id, total } = addWithLines(db, doc, lines);
    moveDoc(db, id, "draft");
    const summary = `Order request ${request.ref} at ${party.name} as a draft: ${moneyText(db, total)}`;
    const undo = "Cancel the draft purchase order.";
    return { summary, guards: [], amountCents: total, isExternal: false, undo, tokens: tokenOf(request) };
  },
});

export const cancelRequest = defineOperation({
  ...oneRequest,
  run: (db, args): Done => {
    const wanted = { states: ["open"], verb: "cancelled" };
    const request = docIn(db, { kind: "request", ref: args.request }, wanted);
    moveDoc(db, request.id, "cancelled");
    const summary = `Cancel purchase request ${request.ref} at ${readParty(db, request.party).name}`;
    const undo = "Create the request again.";
    return {
      summary,
      guards: [],
      amountCents: request.total,
      isExternal: false,
      undo,
      tokens: tokenOf(request),
    };
  },
});
