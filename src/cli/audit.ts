// `nova audit`: the chain of every decision and effect. Verified against what is kept beside the database and, if given,
// against an end that was told in the chat; exported as JSON lines; accepted as it is by an operator who has judged it.
import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import { headWords } from "../approvals/audit-watch.ts";
import { systemWorld } from "../boot.ts";
import { BootError } from "../boot-error.ts";
import { loadConfig } from "../config.ts";
import { toFailure } from "../failures.ts";
import { createLog } from "../log.ts";
import type { AuditVerdict, Erp, Journal } from "../ports.ts";
import type { Settings } from "../settings.ts";
import { joinErps } from "./audit-erps.ts";
import { WrongUse } from "./wrong-use.ts";

const usage =
  "The audit commands are: nova audit verify [end], nova audit export [file], nova audit accept. An end looks like 412:3fa2c1d0e4b59a77.";
const pageRows = 500;
const endShape = /^(?<seq>\d{1,15}):(?<digits>[0-9a-f]{8,64})$/u;

export async function openAudit(settings: Settings, words: readonly string[]): Promise<number> {
  const [what = "", given = null] = words;
  const act = { verify, export: exportTo, accept }[what];
  if (act === undefined || words.length > 2) throw new WrongUse(usage);
  const { clock, entropy } = systemWorld(createLog(settings, false));
  const folder = settings.NOVA_HOME;
  const journal = createSqliteJournal({ folder, clock, entropy });
  let erps: readonly Erp[] = [];
  try {
    if (what !== "export")
      erps = await joinErps(await loadConfig(settings.NOVA_CONFIG), {
        folder,
        clock,
        environment: process.env,
        journal,
      });
    return await act(journal, given);
  } finally {
    for (const erp of erps) await erp.close();
    await journal.close();
  }
}

async function verify(journal: Journal, end: string | null): Promise<number> {
  const { seq, digits } = end === null ? {} : (endShape.exec(end)?.groups ?? {});
  if (end !== null && (seq === undefined || digits === undefined)) throw new WrongUse(usage);
  const verdict = await journal.verifyAudit();
  const said = await say(journal, verdict);
  if (seq === undefined || digits === undefined || said !== 0) return said;
  const [row] = await journal.auditRows(Number(seq) - 1, 1);
  const isThere = row !== undefined && row.seq === Number(seq) && row.mac.startsWith(digits);
  process.stdout.write(
    isThere
      ? `Row ${seq} is the one that was told: nothing before it was changed since.\n`
      : `Row ${seq} is NOT the one that was told: the whole folder was put back to an earlier state, or replaced. Restore the newest backup.\n`,
  );
  return isThere ? 0 : 1;
}

/** The two cases: what is there is whole and its end is missing; or what is there was changed. */
const lostWords =
  "What is left is as Nova wrote it: restore the data folder's last backup, or, if you know what was lost and accept it, `nova audit accept`.";
const changedWords =
  "What is there was itself changed, and that can't be accepted: restore the data folder's last backup.";

async function say(journal: Journal, verdict: AuditVerdict): Promise<number> {
  const { rows, brokenAt, why, isLostEnd = false } = verdict;
  if (brokenAt !== null) {
    const mend = isLostEnd ? lostWords : changedWords;
    process.stdout.write(
      `The audit chain is BROKEN at row ${brokenAt}: ${(why ?? "").replace(/\.$/u, "")}. Nothing is executed while it is. ${mend}\n`,
    );
    return 1;
  }
  const [end] = rows === 0 ? [] : await journal.auditRows(rows - 1, 1);
  process.stdout.write(
    `The audit chain is sound: ${rows} rows${end === undefined ? "" : `, the last is ${headWords(end)}`}.\n`,
  );
  return 0;
}

/** Every row as one line of JSON, its body too; to a file it is written to the disk before success is said. */
async function exportTo(journal: Journal, file: string | null): Promise<number> {
  const handle = file === null ? 1 : openFile(file);
  let rows = 0;
  for (let page = await journal.auditRows(0, pageRows); page.length > 0;) {
    for (const row of page) writeSync(handle, `${JSON.stringify(row)}\n`);
    rows += page.length;
    page = await journal.auditRows(page.at(-1)?.seq ?? rows, pageRows);
  }
  if (file === null) return 0;
  fsyncSync(handle);
  closeSync(handle);
  process.stdout.write(`${rows} rows were written to ${file}.\n`);
  return 0;
}

function openFile(file: string): number {
  try {
    return openSync(file, "wx", 0o600);
  } catch (cause) {
    throw new BootError(
      `${file} can't be written: name a file that does not exist yet, in a folder of yours.`,
      { cause },
    );
  }
}

async function accept(journal: Journal): Promise<number> {
  try {
    return await say(journal, await journal.acceptAudit());
  } catch (thrown) {
    const { kind, detail } = toFailure(thrown);
    if (kind !== "audit.broken") throw thrown;
    throw new BootError(
      `What is in the journal was itself changed (${detail.replace(/\.$/u, "")}), and that can't be accepted: restore the data folder's last backup.`,
      { cause: thrown },
    );
  }
}
