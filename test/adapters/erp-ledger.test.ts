// An independent eye on the embedded ERP's books: its journal, read by hledger, balances and comes to the same figures.
import { expect, test } from "vitest";
import { toHledger } from "../../src/cli/hledger.ts";
import { openEmbeddedErp } from "../support/embedded-erp.ts";
import { audit, hasHledger, hledger } from "../support/hledger.ts";

test("the journal names each entry's day, document, accounts and amounts, oldest first", async () => {
  const { erp, dispose } = openEmbeddedErp();
  const { rows } = await erp.query({ kind: "entries", limit: 100_000 });
  const text = toHledger(rows);
  expect(text).toMatch(
    /^2025-11-16 Opening cash\n {4}1000 Cash {2}25000\.00 USD\n {4}3000 Equity {2}-25000\.00 USD\n/u,
  );
  expect(text).toMatch(/\n2026-01-16 \(BILL-2026-0001\) Bill for PO-1001\n/u);
  expect(toHledger(rows.toReversed()).length).toBe(text.length);
  await dispose();
});

test.skipIf(!hasHledger)("hledger finds the books in balance, and the same balances", async () => {
  const { erp, dispose } = openEmbeddedErp();
  const { complaints, theirs, ours } = await audit(erp);
  expect(complaints).toBe("");
  expect(ours.size).toBeGreaterThan(6);
  expect(theirs).toEqual(ours);
  await dispose();
});

test.skipIf(!hasHledger)("hledger refuses a journal of which one amount was changed", async () => {
  const { erp, dispose } = openEmbeddedErp();
  const { rows } = await erp.query({ kind: "entries", limit: 100_000 });
  const changed = toHledger(rows).replace("1000 Cash  25000.00", "1000 Cash  25000.01");
  expect(hledger(["check"], changed).stderr).toMatch(/balance/u);
  await dispose();
});
