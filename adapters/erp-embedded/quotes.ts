// Quotes: draft > sent > accepted (a draft order at the quoted prices) or declined.
import { z } from "zod";
import { addWithLines, moveDoc } from "./bookkeeping.ts";
import type { Database } from "./database.ts";
import { dayAfter } from "./format.ts";
import { Line, linesAt } from "./lines.ts";
import { Day, type Done, Named, defineOperation } from "./operation.ts";
import { docIn, findDoc, findParty, findPlace, moneyText, readLines, readParty, tokenOf } from "./record.ts";
import { ErpRefusal } from "./refusal.ts";
import { nameRecord } from "./search.ts";

const validDays = 30;
const QuoteArgs = z.strictObject({
  customer: Named,
  day: Day,
  validUntil: Day,
  lines: z.array(Line).min(1).max(50),
});

export const createQuote = defineOperation({
  input: z.strictObject({ ...QuoteArgs.shape, day: Day.optional(), validUntil: Day.optional() }),
  args: QuoteArgs,
  resolve: (db, input, today) => {
    const day = input.day ?? today;
    return {
      customer: nameRecord(db, "customer", input.customer),
      day,
      validUntil: input.validUntil ?? dayAfter(day, validDays),
      lines: input.lines.map((line) => ({ ...line, item: nameRecord(db, "item", line.item) })),
    };
  },
  run: (db, args): Done => {
    const party = findParty(db, args.customer);
    if (args.validUntil < args.day)
      throw new ErpRefusal("invalid", "A quote can't end before its own day. Give a later day.");
    const doc = { kind: "quote", party: party.id, day: args.day, due: args.validUntil } as const;
    const { id, total } = addWithLines(
      db,
      doc,
      linesAt(db, args.lines, ({ price }) => price),
    );
    moveDoc(db, id, "draft");
    const summary = `Create draft quote for ${party.name}: ${moneyText(db, total)}, valid until ${args.validUntil}`;
    const undo = "Cancel the draft quote.";
    return { summary, guards: [], amountCents: total, isExternal: false, undo, tokens: {} };
  },
});

const OneQuote = z.strictObject({ quote: Named });
const oneQuote = {
  input: OneQuote,
  args: OneQuote,
  resolve: (db: Database, input: { quote: string }) => ({ quote: findDoc(db, "quote", input.quote).ref }),
};

type Step = {
  readonly from: string;
  readonly to: string;
  readonly verb: string;
  readonly undo: string | null;
};

const stepOf = ({ from, to, verb, undo }: Step) =>
  defineOperation({
    ...oneQuote,
    run: (db, args): Done => {
      const quote = docIn(db, { kind: "quote", ref: args.quote }, { states: [from], verb: to });
      moveDoc(db, quote.id, to);
      const party = readParty(db, quote.party).name;
      return {
        summary: `${verb} quote ${quote.ref} of ${party}: ${moneyText(db, quote.total)}`,
        guards: [],
        amountCents: quote.total,
        isExternal: to === "sent",
        undo,
        tokens: tokenOf(quote),
      };
    },
  });

export const sendQuote = stepOf({ from: "draft", to: "sent", verb: "Send", undo: null });
export const cancelQuote = stepOf({
  from: "draft",
  to: "cancelled",
  verb: "Cancel",
  undo: "Create the quote again.",
});
export const declineQuote = stepOf({
  from: "sent",
  to: "declined",
  verb: "Record as declined:",
  undo: "Create the quote again.",
});

const AcceptArgs = z.strictObject({ quote: Named, location: Named, day: Day });

/** The customer said yes: a draft order with exactly the quoted lines and prices. */
export const acceptQuote = defineOperation({
  input: z.strictObject({ ...AcceptArgs.shape, location: Named.optional(), day: Day.optional() }),
  args: AcceptArgs,
  resolve: (db, input, today) => ({
    quote: findDoc(db, "quote", input.quote).ref,
    location: nameRecord(db, "location", input.location ?? "MAIN"),
    day: input.day ?? today,
  }),
  run: (db, args): Done => {
    const quote = docIn(db, { kind: "quote", ref: args.quote }, { states: ["sent"], verb: "accepted" });
    if (quote.due !== null && quote.due < args.day) {
      const sentence = `Quote ${quote.ref} was valid until ${quote.due}. Make a new quote at today's prices.`;
      throw new ErpRefusal("conflict", sentence);
    }
    const party = readParty(db, quote.party);
    moveDoc(db, quote.id, "accepted");
    const doc = {
      kind: "order",
      party: party.id,
      day: args.day,
      loc: findPlace(db, args.location).code,
    } as const;
    const lines = readLines(db, quote.id).map((line) => ({ ...line, source: quote.id }));
    const { id, total } = addWithLines(db, doc, lines);
    moveDoc(db, id, "draft");
    const summary = `Accept quote ${quote.ref} of ${party.name} as a draft order: ${moneyText(db, total)}`;
    const undo = "Cancel the draft order and quote again.";
    return { summary, guards: [], amountCents: total, isExternal: false, undo, tokens: tokenOf(quote) };
  },
});
