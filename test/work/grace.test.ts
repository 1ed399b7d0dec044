// How long each connector says that what was sent may still take effect: never less than a request may take there.
import { expect, test } from "vitest";
import { createErpnextErp } from "../../adapters/erp-erpnext/index.ts";
import { createOdooErp } from "../../adapters/erp-odoo/index.ts";
import { createTrytonErp } from "../../adapters/erp-tryton/index.ts";
import { limitMs } from "../../adapters/erp-tryton/wire.ts";
import { createHandClock } from "../support/hand-clock.ts";

const erpnext = { company: "C", warehouse: "W", currency: "USD", priceList: "P", taxTemplate: null };

test("A13: every connector over a wire waits at least a minute, and 5 s longer than a request may take", async () => {
  const clock = createHandClock();
  const at = { name: "main", url: "http://127.0.0.1:1", key: "k:s", clock };
  const tryton = createTrytonErp({ ...at, database: "d", user: "u", password: "p" });
  const erps = [
    { erp: tryton, longestMs: limitMs },
    // Both servers give a request two minutes.
    { erp: createErpnextErp({ ...at, ...erpnext }), longestMs: 120_000 },
    { erp: createOdooErp({ ...at, database: null, currency: "USD" }), longestMs: 120_000 },
  ];
  for (const { erp, longestMs } of erps) {
    expect(erp.capabilities().graceMs, erp.connector).toBeGreaterThanOrEqual(60_000);
    expect(erp.capabilities().graceMs, erp.connector).toBeGreaterThanOrEqual(longestMs + 5_000);
    await erp.close();
  }
});
