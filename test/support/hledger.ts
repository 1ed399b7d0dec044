// hledger, where it is installed: somebody else who adds up the books.
import { spawnSync } from "node:child_process";
import { toHledger } from "../../src/cli/hledger.ts";
import type { Erp } from "../../src/ports.ts";

export const hledger = (words: readonly string[], journal: string) =>
  spawnSync("hledger", ["-f", "-", ...words], { input: journal, encoding: "utf8" });
export const hasHledger = hledger(["--version"], "").status === 0;
if (!hasHledger)
  process.stderr.write("SKIPPED: hledger is not installed, so nobody else looks at the books.\n");

export type Balances = ReadonlyMap<string, number>;

/** What `hledger check` complains of, and both sides' balances by account, in cents, without those that are nil. */
export async function audit(erp: Erp): Promise<{ complaints: string; theirs: Balances; ours: Balances }> {
  const { rows } = await erp.query({ kind: "entries", limit: 100_000 });
  const journal = toHledger(rows);
  const told = hledger(["balance", "--flat", "--no-total", "--output-format", "csv"], journal).stdout;
  const theirs = [...told.matchAll(/^"(\d{4}) [^"]*","(-?[\d.]+) USD"$/gmu)].map(
    ([, account = "", amount = ""]) => [account, Math.round(Number(amount) * 100)] as const,
  );
  const ledger = await erp.query({ kind: "ledger", limit: 99 });
  const ours = ledger.rows
    .map((row) => [row.record, Number(row["balanceCents"])] as const)
    .filter(([, cents]) => cents !== 0);
  return { complaints: hledger(["check"], journal).stderr, theirs: new Map(theirs), ours: new Map(ours) };
}
