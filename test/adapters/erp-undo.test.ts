// Undoing in the embedded ERP: what was run and compensated leaves books, stock and open documents as they were,
// numbers aside. Judged by looking into the file behind the connector's back.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ErpCommand, JsonObject, Prepared } from "../../src/ports.ts";
import { approve } from "../contracts/erp-suite.ts";
import { type OpenedErp, openEmbeddedErp } from "../support/embedded-erp.ts";

type Act = readonly [op: string, args: JsonObject];
type Done = { readonly prepared: Prepared; readonly actionId: string };

const line = { item: "BR-WIRE-14", quantityThousandths: 2000 };
const file = {
  name: "scan.pdf",
  sha256: "9f".repeat(32),
  bytes: 48_211,
  mediaType: "application/pdf",
  from: "shared drive",
};
/** Every operation that says how it can be undone; each possible on the fresh sample, next to all others. */
const reversible: readonly Act[] = [
  ["order.create", { customer: "Oakfield", lines: [line] }],
  ["order.confirm", { order: "SO-1007" }],
  ["order.cancel", { order: "SO-1010" }],
  ["quote.create", { customer: "Ironwood", lines: [line] }],
  ["quote.cancel", { quote: "QU-1003" }],
  ["quote.accept", { quote: "QU-1002" }],
  ["request.create", { supplier: "Kestrel", lines: [line] }],
  ["request.order", { request: "PR-1004" }],
  ["purchase.create", { supplier: "Union Filter", lines: [{ ...line, priceCents: 5700 }] }],
  ["purchase.cancel", { purchase: "PO-1003" }],
  ["item.price", { item: "HO-VAC", priceCents: 6100 }],
  ["item.reorder", { item: "HO-VAC", levelThousandths: 9000, quantityThousandths: 20_000 }],
  ["item.reorder", { item: "SQ-34", levelThousandths: 0 }],
  ["item.reorder", { item: "SQ-34", location: "VAN", levelThousandths: 2000 }],
  ["party.change", { party: "Pinecrest", creditLimitCents: 600_000, city: "Kiel", termsDays: 7 }],
  ["stock.adjust", { item: "HO-VAC", changeThousandths: -2000, reason: "damaged" }],
  ["stock.receive", { item: "SQ-34", quantityThousandths: 12_500 }],
  ["note.add", { record: "SO-1010", text: "Call first." }],
  ["attachment.add", { ...file, record: "SO-1010" }],
  [
    "entry.post",
    {
      reason: "bank charge",
      lines: [
        { account: "Stock differences", side: "debit", amountCents: 1250 },
        { account: "Cash", side: "credit", amountCents: 1250 },
      ],
    },
  ],
  ["entry.reverse", { entry: "JE-1" }],
];
/** Steps that need another one first; what they undo is the second. */
const second: readonly (readonly [Act, Act])[] = [
  [
    ["order.confirm", { order: "SO-1007" }],
    ["order.cancel", { order: "SO-1007" }],
  ],
  [
    ["purchase.create", { supplier: "Kestrel", lines: [line] }],
    ["purchase.send", { purchase: "PO-1004" }],
  ],
  [
    ["quote.send", { quote: "QU-1003" }],
    ["quote.decline", { quote: "QU-1003" }],
  ],
  [
    ["attachment.add", { ...file, record: "BILL-2026-0001" }],
    ["attachment.remove", { record: "BILL-2026-0001", sha256: file.sha256 }],
  ],
  [
    ["request.create", { supplier: "Kestrel", lines: [line] }],
    ["request.cancel", { request: "PR-1005" }],
  ],
];

function ledgerOf({ erp, raw }: OpenedErp) {
  const command = ([op, args]: Act): ErpCommand => ({ connector: "embedded", instance: "main", op, args });
  let count = 0;
  const run = async (wanted: ErpCommand): Promise<Done> => {
    const result = await erp.prepare(wanted);
    if (result.kind === "refused") throw new Error(`${wanted.op}: ${result.why}`);
    const { prepared } = result;
    const actionId = `p-${(count += 1)}`;
    const options = { actionId, attempt: 1, signal: new AbortController().signal };
    expect(await erp.execute(approve(prepared, actionId), prepared, options)).toMatchObject({ kind: "ok" });
    return { prepared, actionId };
  };
  const undo = async ({ prepared, actionId }: Done): Promise<Done> => {
    const back = await erp.compensate(prepared, actionId);
    if (back === null) throw new Error(`nothing undoes ${prepared.summary}`);
    return run(back);
  };
  const rows = (sql: string): unknown => raw.prepare(sql).all();
  /** Everything but numbers: balances, stock, master data, and the documents that are still open. */
  const state = (): unknown => ({
    balances: rows("SELECT account, amount FROM balance WHERE amount <> 0 ORDER BY account"),
    stock: rows("SELECT * FROM stock WHERE on_hand <> 0 OR reserved <> 0 ORDER BY sku, loc"),
    parties: rows("SELECT code, city, email, terms_days, credit_limit FROM party ORDER BY code"),
    prices: rows("SELECT sku, price FROM item ORDER BY sku"),
    reorder: rows("SELECT sku, loc, level, quantity FROM reorder WHERE level > 0 ORDER BY sku, loc"),
    files: rows("SELECT record, name, sha256, bytes, media, source FROM attached ORDER BY record"),
    open: rows(`SELECT d.kind, d.state, d.party, d.day, d.due, d.loc, d.total,
        (SELECT group_concat(n || sku || qty || '@' || price) FROM doc_line WHERE doc=d.id) AS lines
      FROM doc d WHERE state NOT IN ('cancelled','declined','accepted','ordered') ORDER BY 1, 2, 3, 4, 5, 6, 7, 8`),
    breaches: rows("SELECT what FROM breach"),
  });
  return { command, run, undo, state };
}

test("A15: every operation that says how it can be undone is undone by its own command, and that by another", async () => {
  for (const [first, act] of [...reversible.map((one) => [null, one] as const), ...second]) {
    const opened = openEmbeddedErp();
    const { command, run, undo, state } = ledgerOf(opened);
    if (first !== null) await run(command(first));
    const before = state();
    const done = await run(command(act));
    const after = state();
    const back = await undo(done);
    expect(state(), act[0]).toEqual(before);
    await undo(back);
    expect(state(), `${act[0]}, undone twice`).toEqual(after);
    await opened.dispose();
  }
});

test("A15: random sequences that are undone backwards leave the books as they were", async () => {
  const sequence = fc.shuffledSubarray([...reversible], { minLength: 2 });
  await fc.assert(
    fc.asyncProperty(sequence, fc.integer({ min: 1, max: 9 }), async (acts, pieces) => {
      const opened = openEmbeddedErp();
      const { command, run, undo, state } = ledgerOf(opened);
      const before = state();
      const done = [
        await run(command(["stock.receive", { item: "HO-VAC", quantityThousandths: pieces * 777 }])),
      ];
      for (const act of acts) done.push(await run(command(act)));
      for (const one of done.toReversed()) await undo(one);
      expect(state()).toEqual(before);
      await opened.dispose();
    }),
    { numRuns: 5, seed: 1507 },
  );
});

test("A15: what can't be undone, and what was never done, has no command", async () => {
  const opened = openEmbeddedErp();
  const { command, run } = ledgerOf(opened);
  const acts: readonly Act[] = [
    ["order.ship", { order: "SO-1009" }],
    ["invoice.post", { order: "SO-1008" }],
    ["payment.register", { invoice: "INV-2026-0002", amountCents: 1000 }],
    ["quote.send", { quote: "QU-1003" }],
    ["purchase.receive", { purchase: "PO-1003" }],
    ["bill.pay", { bill: "BILL-2026-0002", amountCents: 5000 }],
    ["period.lock", { before: "2026-03-01" }],
  ];
  for (const act of acts) {
    const { prepared, actionId } = await run(command(act));
    expect(prepared.risk.isReversible, act[0]).toBe(false);
    expect(await opened.erp.compensate(prepared, actionId), act[0]).toBeNull();
  }
  const planned = await opened.erp.prepare(command(["item.price", { item: "HO-VAC", priceCents: 1 }]));
  if (planned.kind === "refused") throw new Error(planned.why);
  expect(await opened.erp.compensate(planned.prepared, "p-never")).toBeNull();
  await opened.dispose();
});

test("a step is taken back only while what it made has not gone on", async () => {
  const opened = openEmbeddedErp();
  const { command, run } = ledgerOf(opened);
  const accepted = await run(command(["quote.accept", { quote: "QU-1002" }]));
  const order = opened.raw.prepare("SELECT ref FROM doc WHERE kind='order' ORDER BY id DESC LIMIT 1").get();
  await run(command(["order.confirm", { order: String(order?.["ref"]) }]));
  const back = await opened.erp.compensate(accepted.prepared, accepted.actionId);
  if (back === null) throw new Error("an accepted quote can be taken back");
  const late = await opened.erp.prepare(back);
  expect(late.kind === "refused" ? late.why : late.kind).toMatch(
    /came of QU-1002 and is confirmed already\. Undo that first\.$/u,
  );
  await opened.dispose();
});
