// An independent eye on the embedded ERP's books: its journal, read by hledger, balances and comes to the same figures.
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { toHledger } from "../../src/cli/hledger.ts";
import { openEmbeddedErp } from "../support/embedded-erp.ts";

const hledger = (words: readonly string[], journal: string) =>
  spawnSync("hledger", ["-f", "-", ...words], { input: journal, encoding: "utf8" });
const isThere = hledger(["--version"], "").status === 0;
if (!isThere) process.stderr.write("SKIPPED: hledger is not installed, so nobody else looks at the books.\n");

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

test.skipIf(!isThere)("hledger finds the books in balance, and the same balances", async () => {
  const { erp, dispose } = openEmbeddedErp();
  const { rows } = await erp.query({ kind: "entries", limit: 100_000 });
  const journal = toHledger(rows);
  const checked = hledger(["check"], journal);
  expect(checked.stderr).toBe("");
  expect(checked.status).toBe(0);
  const told = hledger(["balance", "--flat", "--no-total", "--output-format", "csv"], journal).stdout;
  const theirs = new Map(
    [...told.matchAll(/^"(\d{4}) [^"]*","(-?[\d.]+) USD"$/gmu)].map(([, account = "", amount = ""]) => [
      account,
      Math.round(Number(amount) * 100),
    ]),
  );
  const ledger = await erp.query({ kind: "ledger", limit: 99 });
  const ours = ledger.rows.filter((row) => row["balanceCents"] !== 0);
  expect(ours.length).toBeGreaterThan(6);
  expect(theirs).toEqual(new Map(ours.map((row) => [row.record, row["balanceCents"]])));
  await dispose();
});

test.skipIf(!isThere)("hledger refuses a journal of which one amount was changed", async () => {
  const { erp, dispose } = openEmbeddedErp();
  const { rows } = await erp.query({ kind: "entries", limit: 100_000 });
  const changed = toHledger(rows).replace("1000 Cash  25000.00", "1000 Cash  25000.01");
  expect(hledger(["check"], changed).stderr).toMatch(/balance/u);
  await dispose();
});
