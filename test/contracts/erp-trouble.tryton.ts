// What goes wrong between Nova and a real Tryton: a line that is cut, an OK that did nothing, a login that went stale, a
// stock that is not there, a warning. Each is found out by reading back, and nothing happens twice.
import { afterEach, describe, expect, inject, test } from "vitest";
import { z } from "zod";
import { outcomeOf } from "../../src/work/outcome.ts";
import { act, execute, perform, prepared } from "../support/tryton/deeds.ts";
import { freshTryton, hasTryton } from "../support/tryton/database.ts";
import type { FreshTryton } from "../support/tryton/database.ts";
import { openLine } from "../support/tryton/proxy.ts";
import { startTryton } from "../support/tryton/server.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
const year = new Date().getFullYear();
const gears = act("order.create", {
  customer: "Acme Industrial",
  lines: [{ item: "GEAR-12", quantityThousandths: 1000 }],
});
const found = z.array(z.object({ id: z.int() }));

function fresh(filled: "company" | "trade"): FreshTryton & { readonly url: string } {
  const tryton = freshTryton(filled);
  closing.push(tryton.dispose);
  return { ...tryton, url: inject("tryton")?.url ?? "" };
}

/** Lines to Tryton whose calls are looked at one by one. */
async function lineTo(tryton: { readonly url: string }, decide: Parameters<typeof openLine>[1]) {
  const line = await openLine(tryton.url, decide);
  closing.push(line.close);
  return line;
}

async function saleId({ behind }: FreshTryton, number: string): Promise<number> {
  const params = [[["number", "=", number]], 0, 1, null, ["id"]];
  const [sale] = found.parse(await behind.call("model.sale.sale.search_read", params));
  return sale?.id ?? 0;
}

describe.skipIf(!hasTryton)("with a real Tryton", () => {
  test("a client that is gone 15 ms after sending leaves one sale, which is found again and not made again", async () => {
    const tryton = fresh("company");
    let isCut = false;
    const line = await lineTo(tryton, (method) => {
      if (isCut || method !== "model.sale.sale.create") return "pass";
      isCut = true;
      return "cut";
    });
    const erp = tryton.open({ url: line.url });
    const ready = await prepared(erp, gears);
    const reported = await execute(erp, ready, "p-cut");
    expect(reported.kind).toBe("transport");
    const sales = async (): Promise<number> => tryton.count("sale.sale", [["reference", "=", "nova:p-cut"]]);
    // Measured: up to two seconds later. A look before the grace is over decides nothing.
    await expect.poll(sales, { timeout: erp.capabilities().graceMs }).toBe(1);
    expect(await erp.reconcile("p-cut", 0)).toBe("applied");
    expect(outcomeOf(reported, await erp.verify(ready, "p-cut"))).toMatchObject({ to: "applied" });
    // Sent once more by mistake, it is found and not done again.
    expect(await execute(erp, ready, "p-cut")).toMatchObject({ kind: "ok", detail: /done before/u });
    expect(await sales()).toBe(1);
    expect(line.methods.filter((method) => method === "model.sale.sale.create")).toHaveLength(1);
  });

  test("an order that was confirmed behind a cut line is known by its mark alone", async () => {
    const tryton = fresh("trade");
    const line = await lineTo(tryton, (method) => (method === "model.sale.sale.confirm" ? "cut" : "pass"));
    const erp = tryton.open({ url: line.url });
    const ready = await prepared(erp, act("order.confirm", { order: "SO-0001" }));
    expect((await execute(erp, ready, "p-cut")).kind).toBe("transport");
    await expect.poll(async () => erp.reconcile("p-cut", 0)).toBe("applied");
    // Whoever confirmed another one was not Nova, however it stands now.
    const other = await prepared(erp, act("order.confirm", { order: "SO-0002" }));
    await tryton.behind.call("model.sale.sale.confirm", [[await saleId(tryton, "2")]]);
    expect(await erp.verify(other, "p-never")).toBe("absent");
    expect(await erp.reconcile("p-never", 0)).toBe("absent");
  });

  test("an OK without effect is reported as not done: somebody confirms the sale in the moment of its cancelling", async () => {
    const tryton = fresh("trade");
    const line = await lineTo(tryton, async (method): Promise<"pass"> => {
      if (method === "model.sale.sale.cancel")
        await tryton.behind.call("model.sale.sale.confirm", [[await saleId(tryton, "2")]]);
      return "pass";
    });
    const erp = tryton.open({ url: line.url });
    const ready = await prepared(erp, act("order.cancel", { order: "SO-0002" }));
    const reported = await execute(erp, ready, "p-cancel");
    expect(reported.kind).toBe("ok");
    const verified = await erp.verify(ready, "p-cancel");
    expect(verified).toBe("absent");
    expect(outcomeOf(reported, verified)).toEqual({
      to: "failed",
      detail: "the ERP accepted it and did nothing",
    });
  });

  test("a login that was left alone for longer than Tryton wants for a posting is renewed right before it", async () => {
    const given = inject("tryton");
    const server = await startTryton(given?.folder ?? "", { freshSeconds: 2 });
    closing.push(server.stop);
    const tryton = fresh("trade");
    const line = await lineTo(server, () => "pass");
    const erp = tryton.open({ url: line.url });
    const ready = await prepared(erp, act("invoice.post", { order: "SO-0004" }));
    // This waits for Tryton's own clock, which no test can turn.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const before = line.methods.length;
    expect(await execute(erp, ready, "p-stale")).toMatchObject({ kind: "ok" });
    expect(await erp.verify(ready, "p-stale")).toBe("applied");
    const sent = line.methods.slice(before);
    expect(sent).toContain("common.db.login");
    expect(sent.lastIndexOf("common.db.login")).toBeLessThan(sent.indexOf("model.account.invoice.post"));
  });

  test("fifty pumps that are not there are refused by Nova's own look, where Tryton would ship them", async () => {
    const tryton = fresh("trade");
    const erp = tryton.open();
    const id = await saleId(tryton, "7");
    const confirm = { connector: "tryton", instance: "main", ...act("order.confirm", { order: "SO-0007" }) };
    expect(await erp.prepare(confirm)).toMatchObject({ kind: "refused", why: /^Only 3 of Pump A are free/u });
    // Somebody confirms it in Tryton, which doesn't mind.
    await tryton.behind.call("model.sale.sale.confirm", [[id]]);
    const ship = { ...confirm, op: "order.ship" };
    expect(await erp.prepare(ship)).toMatchObject({ kind: "refused", why: /^Only 3 of Pump A are on hand/u });
  });

  test("goods that are gone between the approval and the deed stop it", async () => {
    const tryton = fresh("trade");
    const erp = tryton.open();
    const pumps = act("order.create", {
      customer: "Northwind",
      lines: [{ item: "PUMP-A", quantityThousandths: 2000 }],
    });
    const [order = "", other = ""] = [...(await perform(erp, pumps)), ...(await perform(erp, pumps))];
    const ready = await prepared(erp, act("order.confirm", { order }));
    await perform(erp, act("order.confirm", { order: other }));
    const reported = await execute(erp, ready, "p-late");
    expect(reported).toMatchObject({ kind: "stale", detail: /^Only 1 of Pump A are free/u });
    expect(await erp.verify(ready, "p-late")).toBe("absent");
  });

  test('Tryton\'s own "are you sure?" is asked in its words and by its name, and answered once where exactly that was approved', async () => {
    const tryton = fresh("company");
    const erp = tryton.open();
    const [order = ""] = await perform(erp, gears);
    for (const op of ["order.confirm", "order.ship"]) await perform(erp, act(op, { order }));
    const past = new Date(Date.now() - 90 * 86_400_000).toISOString().slice(0, 10);
    const ready = await prepared(erp, act("invoice.post", { order, day: past }));
    const reported = await execute(erp, ready, "p-warned");
    expect(reported).toMatchObject({ kind: "needs_ack", detail: /payment term|in the past/iu });
    expect(await erp.verify(ready, "p-warned")).toBe("absent");
    expect(outcomeOf(reported, "absent").to).toBe("needs_ack");
    expect(await tryton.count("res.user.warning")).toBe(0);
    // Asked again with its words and its name, and approved: that question is answered, once, and no other one.
    const warnings = reported.kind === "needs_ack" ? (reported.warnings ?? []) : [];
    expect(warnings).toEqual([expect.stringMatching(/^.{20,} \(invoice_payment_term_\d+\)$/u)]);
    const again = await prepared(erp, ready.command);
    const others = warnings.map((text) => text.replace(/\d+\)$/u, "999)"));
    const other = await execute(erp, { ...again, warnings: others }, "p-other");
    expect(other).toMatchObject({ kind: "needs_ack", warnings: [...others, ...warnings] });
    const asked = { ...(await prepared(erp, ready.command)), warnings };
    expect(await execute(erp, asked, "p-asked")).toMatchObject({ kind: "ok" });
    expect(await erp.verify(asked, "p-asked")).toBe("applied");
    expect(await tryton.count("res.user.warning")).toBe(0);
    const noted = [["message", "like", "nova:p-asked %Acknowledged: %invoice_payment_term_%"]];
    expect(await tryton.count("ir.note", noted)).toBe(1);
  });

  test("an order that Tryton has confirmed and not yet processed is watched, not called done or failed", async () => {
    const tryton = fresh("trade");
    const erp = tryton.open();
    const ready = await prepared(erp, act("order.confirm", { order: "SO-0001" }));
    expect(await execute(erp, ready, "p-queued")).toMatchObject({ kind: "ok" });
    const id = await saleId(tryton, "1");
    // As it stands where a worker has not come to it yet.
    await tryton.behind.call("model.sale.sale.write", [[id], { state: "confirmed" }]);
    expect(await erp.verify(ready, "p-queued")).toBe("underway");
    expect(await erp.reconcile("p-queued", 0)).toBe("underway");
    expect(outcomeOf({ kind: "ok", ids: [], detail: "" }, "underway").to).toBe("unknown");
    await tryton.behind.call("model.sale.sale.process", [[id]]);
    expect(await erp.reconcile("p-queued", 0)).toBe("applied");
  });

  test("a user without the right to post is told so by Tryton, should it ever be asked", async () => {
    const tryton = fresh("trade");
    const admin = tryton.open();
    const seller = tryton.open({ user: "seller" });
    const ready = await prepared(admin, act("invoice.post", { order: "SO-0004" }));
    const reported = await execute(seller, ready, "p-denied");
    expect(["rejected", "denied"]).toContain(reported.kind);
    expect(await admin.verify(ready, "p-denied")).toBe("absent");
    const invoices = [
      ["number", "=", "1"],
      ["state", "=", "posted"],
    ];
    expect(
      await tryton.count("account.invoice", [
        ...invoices,
        ["invoice_date", ">=", { __class__: "date", year, month: 1, day: 1 }],
      ]),
    ).toBe(1);
  });

  test("two approvals for one draft, executed at once: one is done, the other knows that it is not its deed", async () => {
    const tryton = fresh("trade");
    const erp = tryton.open();
    const ready = await prepared(erp, act("order.cancel", { order: "SO-0002" }));
    const [one, two] = await Promise.all([execute(erp, ready, "p-one"), execute(erp, ready, "p-two")]);
    expect(one).toMatchObject({ kind: "ok" });
    expect(two).toMatchObject({ kind: "stale", detail: /is cancelled/u });
    expect(await erp.verify(ready, "p-one")).toBe("applied");
    expect(await erp.verify(ready, "p-two")).toBe("absent");
  });
});
