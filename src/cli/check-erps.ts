// What `check` says of the ERPs in the config: each is asked what it lets Nova do, with the login that Nova would use, and
// what is missing is named. The embedded one is a file of Nova's own, which is not made by looking.
import { existsSync } from "node:fs";
import type { Config } from "../config.ts";
import { raceSignal, withDeadline } from "../deadline.ts";
import { embeddedFile, openErps } from "../erp/erps.ts";
import type { ErpSurroundings } from "../erp/erps.ts";
import { fine, wrong } from "../finding.ts";
import type { Finding } from "../finding.ts";
import type { Erp } from "../ports.ts";
import type { Roster } from "../roster.ts";
import { effectsOf, rightsWords } from "../verbs/erp-rights.ts";

export type ErpChecking = ErpSurroundings & {
  /** Null: the agents can't be loaded, and only the ERP's own words are left. */
  readonly roster: Roster | null;
};

/** Somebody waits at a terminal. */
const patienceMs = 10_000;

export async function checkErps(config: Config | null, around: ErpChecking): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [name, erp] of Object.entries(config?.erps ?? {})) {
    const what = `ERP ${name}`;
    if (config === null || (erp.kind === "embedded" && !existsSync(embeddedFile(around.folder, name))))
      findings.push(fine(what, `${erp.kind}, its file is made at the first start`));
    else findings.push(await look(what, { ...config, erps: { [name]: erp } }, around));
  }
  return findings;
}

async function look(what: string, config: Config, around: ErpChecking): Promise<Finding> {
  try {
    const erps = await openErps(config, around);
    try {
      const found = await Promise.all([...erps.values()].map(async (erp) => ask(erp, around)));
      return fine(what, found.join("; "));
    } finally {
      for (const erp of erps.values()) await erp.close();
    }
  } catch (error) {
    return wrong(what, error instanceof Error ? error.message : String(error));
  }
}

async function ask(erp: Erp, { clock, roster }: ErpChecking): Promise<string> {
  const { operations, detail } = await withDeadline({ clock, afterMs: patienceMs }, async (signal) =>
    raceSignal(signal, erp.probe()),
  );
  if (roster === null) return detail;
  return rightsWords({ operations: new Set(operations), detail }, effectsOf(roster), Infinity);
}
