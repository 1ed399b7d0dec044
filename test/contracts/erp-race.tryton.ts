// Several Novas and one Tryton, at the same moment, on Postgres: SQLite lets nobody race. Whoever loses says so, and what
// stands in Tryton stands there once.
import { afterEach, describe, expect, inject, test } from "vitest";
import { z } from "zod";
import { createTrytonErp } from "../../adapters/erp-tryton/index.ts";
import { TrytonRefusal } from "../../adapters/erp-tryton/refusal.ts";
import { createTryton } from "../../adapters/erp-tryton/rpc.ts";
import type { Erp } from "../../src/ports.ts";
import { act, execute, perform, prepared } from "../support/tryton/deeds.ts";
import { password } from "../support/tryton/server.ts";

const given = inject("trytonOnPostgres");
const access = { url: given?.url ?? "", database: given?.database ?? "", user: "admin", password };
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** As many Novas, each with a login of its own. The first is asked alone: Tryton sets a database up at the first call. */
async function several(count: number): Promise<readonly Erp[]> {
  const erps = Array.from({ length: count }, () => createTrytonErp({ ...access, name: "main", clock: Date }));
  closing.push(...erps.map((erp) => async () => erp.close()));
  await erps[0]?.probe();
  return erps;
}
function behind() {
  const tryton = createTryton(access);
  closing.push(async () => tryton.close());
  return tryton;
}
const gearsOf = (pieces: number) =>
  act("order.create", {
    customer: "Acme Industrial",
    lines: [{ item: "GEAR-12", quantityThousandths: 1000 * pieces }],
  });
const gears = gearsOf(1);
const Sale = z.tuple([
  z.object({ shipments: z.array(z.int()), invoices: z.array(z.int()), state: z.string() }),
]);
const Stamped = z.tuple([z.object({ _timestamp: z.string() })]);

describe.skipIf(given === null)("with a real Tryton on Postgres", () => {
  test("ten orders made at once are ten orders, each with a number of its own", async () => {
    const erps = await several(10);
    // Of one total each would be asked about as the twin of another.
    const made = await Promise.all(erps.map(async (erp, at) => perform(erp, gearsOf(11 + at))));
    const numbers = made.map(([number = ""]) => number);
    expect(new Set(numbers).size).toBe(10);
    for (const number of numbers) expect(number).toMatch(/^SO-\d{4}$/u);
  });

  test("one order confirmed by ten at once is promised once: one shipment, one invoice", async () => {
    const erps = await several(10);
    const [first] = erps;
    const [order = ""] = first === undefined ? [] : await perform(first, gears);
    const ready = await Promise.all(erps.map(async (erp) => prepared(erp, act("order.confirm", { order }))));
    const reports = await Promise.all(
      erps.map(async (erp, at) => {
        const own = ready[at];
        return own === undefined ? null : execute(erp, own, `p-race-${order}-${at}`);
      }),
    );
    const kinds = reports.map((report) => report?.kind);
    expect(kinds).toContain("ok");
    expect(kinds.filter((kind) => kind !== "ok" && kind !== "stale")).toEqual([]);
    const number = String(Number(order.slice("SO-".length)));
    const params = [[["number", "=", number]], 0, 1, null, ["shipments", "invoices", "state"]];
    const [sale] = Sale.parse(await behind().call("model.sale.sale.search_read", params));
    expect(sale.state).toBe("processing");
    expect([sale.shipments.length, sale.invoices.length]).toEqual([1, 1]);
  });

  test("of ten writes with one token exactly one is done, and nine are told that the record changed", async () => {
    const erps = await several(1);
    const [first] = erps;
    const ready = first === undefined ? null : await prepared(first, gears);
    expect(ready).not.toBeNull();
    if (first === undefined || ready === null) return;
    await execute(first, ready, "p-token");
    const tryton = behind();
    const domain = [["reference", "=", "nova:p-token"]];
    const found = await tryton.call("model.sale.sale.search", [domain]);
    const [id] = z.tuple([z.int()]).parse(found);
    const [{ _timestamp: token }] = Stamped.parse(
      await tryton.call("model.sale.sale.read", [[id], ["_timestamp"]]),
    );
    const context = { _timestamp: { [`sale.sale,${id}`]: token } };
    const write = async (at: number): Promise<string> =>
      tryton.call("model.sale.sale.write", [[id], { description: `writer ${at}` }], { context }).then(
        () => "done",
        (thrown: unknown) => (thrown instanceof TrytonRefusal ? thrown.kind : "other"),
      );
    const outcomes = await Promise.all(Array.from({ length: 10 }, async (_, at) => write(at)));
    expect(outcomes.toSorted()).toEqual(["done", ...Array.from({ length: 9 }, () => "stale")]);
  });
});
