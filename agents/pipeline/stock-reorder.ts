// From "it runs low" to orders that only need a yes: what is on its way already is left alone, what somebody asked for
// becomes an order, the rest is ordered where it was bought last.
import { pipeline } from "#nova";
import type { EffectOutcome, Step } from "#nova";
import {
  createPurchase,
  findPurchases,
  findRequests,
  findSources,
  findStock,
  orderRequest,
  readPurchase,
  readRequest,
} from "#tools/erp";
import { z } from "zod";

const inputs = z.object({
  supplier: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .optional()
    .describe("where to order what was never bought before"),
});
const Stock = z.object({
  rows: z.array(
    z.object({ sku: z.string(), name: z.string(), free: z.number(), reorderLevel: z.number().nullable() }),
  ),
});
const Papers = z.object({ rows: z.array(z.object({ record: z.string(), party: z.string() })) });
const Lines = z.object({ rows: z.array(z.object({ sku: z.string().optional() })) });
const Offers = z.object({ rows: z.array(z.object({ party: z.string() })) });
/** More items than this are ordered in a second run: cards that nobody reads approve nothing. */
const mostItems = 12;
const refill = 2;

type Low = z.infer<typeof Stock>["rows"][number];
type Wanted = { readonly item: string; readonly quantity: number };

const listed = (title: string, lines: readonly string[]): string =>
  [`${title}:${lines.length === 0 ? " none." : ""}`, ...lines.map((line) => `- ${line}`)].join("\n");

export default pipeline({
  job: "Reorders what runs low: finds it, skips what is on its way, proposes the orders.",
  version: 1,
  handles: [
    "Reorder what is running low",
    "Reorder everything that runs low",
    "Reorder all items below the reorder level",
    "Run the stock reorder",
    "run stock-reorder",
    "Start the stock reorder",
    "Do the reordering",
    "Do the stock reorder now",
    "Launch the stock reorder pipeline",
    "stock reorder please",
    "Reorder all that is low",
    "Run the replenishment",
    "Replenish the warehouse",
    "Replenish our stock",
    "Fill up the stock",
    "Refill everything that is low",
    "Restock everything that is low",
    "Restock all low items at their suppliers",
    "Order whatever is missing in the warehouse",
    "Order everything that is below its minimum",
    "Buy up to the reorder level again",
    "Prepare the purchase orders for everything that is low",
    "Reorder whatever runs low",
    "Check what is low and reorder it",
    "Get the low items ordered",
    "Nachbestellung starten",
    "Starte die Nachbestellung",
    "Bestelle alles nach, was knapp ist",
    "Lager auffüllen",
    "Fülle das Lager wieder auf",
  ],
  declines: [
    { text: "What should be reordered?", instead: "erp/stock" },
    { text: "Which items are running out?", instead: "erp/stock" },
    { text: "Reorder 20 drive belts from Kestrel", instead: "erp/purchasing" },
    { text: "Order PR-1004 at the supplier", instead: "erp/purchasing" },
    { text: "Order 5 brushes for Lakeside again", instead: "erp/sales" },
    { text: "Set the reorder level of the brush", instead: "erp/items" },
    { text: "How does the stock reorder run work?", instead: "chat/guide" },
  ],
  inputs,
  evals: [
    {
      ask: "Reorder what is running low",
      expect: ({ inputs: launch, proposed }) => launch !== null && proposed.includes("request.order"),
    },
    { ask: "Run the stock reorder", expect: ({ answer }) => /Squeegee blade 34 in/.test(answer) },
    {
      ask: "run stock-reorder supplier=Kestrel",
      expect: ({ inputs: launch, proposed }) =>
        launch?.supplier === "Kestrel" && proposed.includes("purchase.create"),
    },
    {
      ask: "Fill up the stock",
      expect: ({ answer }) => /On its way already:\n- Side brush 18 in/.test(answer),
    },
    { ask: "Nachbestellung starten", expect: ({ proposed }) => proposed.join() === "request.order" },
    {
      ask: "Reorder everything that runs low",
      expect: ({ proposed, answer }) => !proposed.includes("purchase.create") && /never bought/.test(answer),
    },
  ],
  run: async ({ supplier }, step) => {
    const stock = Stock.parse(await step.read("what is low", findStock, { low: true }));
    const low = stock.rows.slice(0, mostItems);
    const coming = await skusOnOrder(step);
    const requested = await orderRequested(
      step,
      low.filter(({ sku }) => !coming.has(sku)),
    );
    const rest = low.filter(({ sku }) => !coming.has(sku) && !requested.skus.has(sku));
    const { orders, unknown } = await groupBySupplier(step, rest, supplier);
    const ordered = await orderAll(step, orders);
    return {
      answer: [
        `${stock.rows.length} items are below their reorder level; an order fills up to twice that level.`,
        listed(
          "On its way already",
          low.filter(({ sku }) => coming.has(sku)).map(({ name }) => name),
        ),
        listed("Proposed, and what became of it", [...requested.ends, ...ordered]),
        listed("Low and never bought before: name a supplier", unknown),
        ...(stock.rows.length > low.length
          ? [`Only the first ${mostItems} were looked at in this run.`]
          : []),
      ].join("\n\n"),
    };
  },
});

const skusOf = (lines: unknown): readonly string[] => Lines.parse(lines).rows.flatMap(({ sku }) => sku ?? []);
const endOf = (what: string, { state, detail }: EffectOutcome): string =>
  `${what}: ${state}${detail === "" ? "" : ` (${detail})`}`;

/** Of every purchase order that is not here yet. */
async function skusOnOrder(step: Step): Promise<ReadonlySet<string>> {
  const { rows } = Papers.parse(await step.read("purchase orders", findPurchases, { open: true }));
  const skus: string[] = [];
  for (const { record: purchase } of rows)
    skus.push(...skusOf(await step.read(purchase, readPurchase, { purchase })));
  return new Set(skus);
}

/** Somebody has asked for it already: that request becomes the order. */
async function orderRequested(
  step: Step,
  low: readonly Low[],
): Promise<{ readonly skus: ReadonlySet<string>; readonly ends: readonly string[] }> {
  const { rows } = Papers.parse(await step.read("requests", findRequests, { state: "open" }));
  const found: string[] = [];
  const ends: string[] = [];
  for (const { record: request, party } of rows) {
    const skus = skusOf(await step.read(request, readRequest, { request }));
    if (!low.some(({ sku }) => skus.includes(sku))) continue;
    found.push(...skus);
    const outcome = await step.effect(`order ${request}`, orderRequest, { request });
    ends.push(endOf(`Request ${request} at ${party}`, outcome));
  }
  return { skus: new Set(found), ends };
}

type Orders = ReadonlyMap<string, readonly Wanted[]>;

/** Where it was bought last; `otherwise` gets what was never bought, and without it that is only said. */
async function groupBySupplier(
  step: Step,
  low: readonly Low[],
  otherwise: string | undefined,
): Promise<{ readonly orders: Orders; readonly unknown: readonly string[] }> {
  const orders = new Map<string, readonly Wanted[]>();
  const unknown: string[] = [];
  for (const { sku, name, free, reorderLevel } of low) {
    const text = sku.toLowerCase();
    const offers = Offers.parse(await step.read(`supplier of ${sku}`, findSources, { text }));
    const party = offers.rows[0]?.party ?? otherwise;
    const quantity = Math.ceil(refill * (reorderLevel ?? 0) - free);
    if (party === undefined) unknown.push(`${name}: ${quantity} would fill it up`);
    else orders.set(party, [...(orders.get(party) ?? []), { item: name, quantity }]);
  }
  return { orders, unknown };
}

async function orderAll(step: Step, orders: Orders): Promise<readonly string[]> {
  const ends: string[] = [];
  for (const [supplier, [first, ...more]] of orders) {
    if (first === undefined) continue;
    const order = { supplier, ...first, ...(more.length === 0 ? {} : { more }) };
    ends.push(
      endOf(`Order at ${supplier}`, await step.effect(`order at ${supplier}`, createPurchase, order)),
    );
  }
  return ends;
}
