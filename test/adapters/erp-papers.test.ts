// Papers of the embedded ERP: what the other side calls them is there once, and what an order ships is shown and checked.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { JsonObject, Prepared } from "../../src/ports.ts";
import { approve } from "../contracts/erp-suite.ts";
import { type OpenedErp, openEmbeddedErp } from "../support/embedded-erp.ts";

let opened: OpenedErp;
let count = 0;
beforeEach(() => {
  opened = openEmbeddedErp();
});
afterEach(async () => opened.dispose());

const prepare = async (op: string, args: JsonObject) =>
  opened.erp.prepare({ connector: "embedded", instance: "main", op, args });
async function does(op: string, args: JsonObject): Promise<Prepared> {
  const ready = await prepare(op, args);
  if (ready.kind === "refused") throw new Error(`${op}: ${ready.why}`);
  const actionId = `p-${(count += 1)}`;
  const options = { actionId, attempt: 1, signal: new AbortController().signal };
  expect(await opened.erp.execute(approve(ready.prepared, actionId), ready.prepared, options)).toMatchObject({
    kind: "ok",
  });
  return ready.prepared;
}
const refusal = async (op: string, args: JsonObject): Promise<string> => {
  const ready = await prepare(op, args);
  return ready.kind === "refused" ? ready.why : "";
};
const last = (kind: string): string =>
  String(opened.raw.prepare("SELECT ref FROM doc WHERE kind=? ORDER BY id DESC LIMIT 1").get(kind)?.["ref"]);

/** A purchase order of this supplier whose goods are here. */
async function received(supplier: string): Promise<string> {
  const lines = [{ item: "FI-PANEL", quantityThousandths: 1000 }];
  await does("purchase.create", { supplier, lines });
  const purchase = last("purchase");
  await does("purchase.send", { purchase });
  await does("purchase.receive", { purchase });
  return purchase;
}

test("a supplier's bill is posted once under its own number, found by it, and another supplier may have the same", async () => {
  const [one, other, third] = [
    await received("Kestrel"),
    await received("Kestrel"),
    await received("Plainview"),
  ];
  const { changes } = await does("bill.post", { purchase: one, reference: "RE-4711" });
  expect(changes).toContainEqual({
    record: "new bill",
    label: "their number",
    before: null,
    after: "RE-4711",
  });
  const bill = last("bill");
  expect(await refusal("bill.post", { purchase: other, reference: " re-4711 " })).toBe(
    `The bill re-4711 of Kestrel Brush Works is in the ERP already, as ${bill}. Check the number.`,
  );
  await does("bill.post", { purchase: third, reference: "RE-4711" });
  await does("bill.post", { purchase: other });
  const found = await opened.erp.query({ kind: "bills", text: "4711", overdueOn: null, limit: 9 });
  expect(found.rows.map(({ party, reference }) => [party, reference])).toEqual([
    ["Kestrel Brush Works", "RE-4711"],
    ["Plainview Sign Supply", "RE-4711"],
  ]);
});

test("a customer's order number goes with an order that is put back, and is free again after a cancelled one", async () => {
  const lines = [{ item: "FI-PANEL", quantityThousandths: 1000 }];
  const asked = { customer: "Ironwood", lines, reference: "B-77" };
  await does("order.create", asked);
  const order = last("order");
  expect(await refusal("order.create", asked)).toMatch(
    /^The order B-77 of Ironwood Logistics is in the ERP/u,
  );
  await does("order.confirm", { order });
  await does("document.restore", { of: "order", document: order });
  const again = last("order");
  const theirs = opened.raw.prepare(
    "SELECT ref, external_ref FROM doc WHERE external_ref='B-77' ORDER BY id",
  );
  expect(theirs.all().map(({ ref }) => ref)).toEqual([order, again]);
  expect(await refusal("order.create", asked)).toContain(again);
  await does("order.cancel", { order: again });
  await does("order.create", asked);
});

test("what an order ships is checked on its card, and an order that is not confirmed, or shipped, ships nothing", async () => {
  const ready = await does("order.ship", { order: "SO-1009" });
  expect(ready.guards).toEqual([
    { check: "stock of Dust bag filter", isMet: true, detail: "41 on hand at Main warehouse, 10 leave" },
    { check: "stock of Vacuum hose 2 in", isMet: true, detail: "16 on hand at Main warehouse, 2 leave" },
  ]);
  expect(await refusal("order.ship", { order: "SO-1009" })).toMatch(/is shipped: only a confirmed order/u);
  expect(await refusal("order.ship", { order: "SO-1011" })).toMatch(/is cancelled: only a confirmed order/u);
  expect(await refusal("order.ship", { order: "SO-1010" })).toMatch(/is draft: only a confirmed order/u);
});

test("an order whose stock somebody took out of the file is not shipped, whatever it had reserved", async () => {
  const ready = await prepare("order.ship", { order: "SO-1009" });
  if (ready.kind === "refused") throw new Error(ready.why);
  opened.raw.exec("DROP TRIGGER stock_move_d; DELETE FROM stock_move WHERE sku='FI-DUST' AND loc='MAIN'");
  expect(await refusal("order.ship", { order: "SO-1009" })).toMatch(
    /^Not enough of Dust bag filter to ship/u,
  );
  const options = { actionId: "p-late", attempt: 1, signal: new AbortController().signal };
  const late = await opened.erp.execute(approve(ready.prepared, "p-late"), ready.prepared, options);
  expect(late.kind).toBe("stale");
});

const scan = {
  name: "scan.pdf",
  sha256: "9f".repeat(32),
  bytes: 48_211,
  mediaType: "application/pdf",
  from: "shared drive",
};

test("a file's reference is attached once to a paper, shown wherever the paper is, and taken off again", async () => {
  const words = `scan.pdf (application/pdf, 48211 bytes, SHA-256 ${"9f".repeat(6)}…, from shared drive)`;
  const shown = async (): Promise<readonly unknown[]> => {
    const [order] = (await opened.erp.query({ kind: "order", number: "SO-1007" })).rows;
    const orders = await opened.erp.query({ kind: "orders", text: "SO-1007", state: null, limit: 9 });
    return [order?.["attachments"], orders.rows[0]?.["attachments"]];
  };
  expect(await shown()).toEqual([null, null]);
  const { changes } = await does("attachment.add", { ...scan, record: "so-1007" });
  expect(changes).toEqual([
    {
      record: "SO-1007",
      label: "attachment",
      before: null,
      after: `scan.pdf, application/pdf, 48211 bytes, SHA-256 ${scan.sha256}, from shared drive`,
    },
  ]);
  expect(await shown()).toEqual([words, words]);
  expect(await refusal("attachment.add", { ...scan, record: "SO-1007", name: "copy.pdf" })).toBe(
    "That very file is attached to SO-1007 already, as scan.pdf.",
  );
  await does("attachment.add", { ...scan, record: "PO-1003" });
  const bought = await opened.erp.query({ kind: "document", of: "purchase", number: "PO-1003" });
  expect(bought.rows[0]?.["attachments"]).toBe(words);
  const off = { record: "SO-1007", sha256: scan.sha256 };
  expect((await does("attachment.remove", off)).changes[0]).toMatchObject({ after: null });
  expect(await shown()).toEqual([null, null]);
  expect(await refusal("attachment.remove", off)).toMatch(/^No such file is attached to SO-1007/u);
});
