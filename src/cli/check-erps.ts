// What `check` says of the ERPs in the config: those elsewhere are asked what they let Nova do, with the login that Nova
// would use. The embedded one is a file of Nova's own, which is not made by looking.
import type { Config } from "../config.ts";
import { openErps } from "../erps.ts";
import type { ErpSurroundings } from "../erps.ts";
import { fine, wrong } from "../finding.ts";
import type { Finding } from "../finding.ts";

export async function checkErps(
  config: Config | null,
  surroundings: ErpSurroundings,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [name, erp] of Object.entries(config?.erps ?? {})) {
    const what = `ERP ${name}`;
    if (config === null || erp.kind === "embedded") findings.push(fine(what, erp.kind));
    else findings.push(await ask(what, { ...config, erps: { [name]: erp } }, surroundings));
  }
  return findings;
}

async function ask(what: string, config: Config, surroundings: ErpSurroundings): Promise<Finding> {
  try {
    const erps = await openErps(config, surroundings);
    const details: string[] = [];
    for (const erp of erps.values()) {
      details.push((await erp.probe()).detail);
      await erp.close();
    }
    return fine(what, details.join("; "));
  } catch (error) {
    return wrong(what, error instanceof Error ? error.message : String(error));
  }
}
