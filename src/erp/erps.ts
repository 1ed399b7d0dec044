// Opens every ERP of the config, each by its kind; only the connectors that are used are loaded. A secret that is not set
// stops the start with its name. Nobody is connected to here: a server that is down must not keep Nova from starting.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { BootError } from "../boot-error.ts";
import type { Config } from "../config.ts";
import type { ErpConfig } from "./erp-config.ts";
import type { Clock, Erp, Journal } from "../ports.ts";
import { redactionFor, withoutSecrets } from "../secrets.ts";

export type ErpSurroundings = {
  /** NOVA_HOME: the embedded ERP's files are below it. */
  readonly folder: string;
  readonly clock: Clock;
  /** Where the secrets are that the config names. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whose record keeps what is done in an embedded ERP; absent: the ERPs are only looked at. */
  readonly journal?: Pick<Journal, "joinErp">;
};
type Opening = ErpSurroundings & { readonly name: string };
type OpenErp<T> = (config: T, opening: Opening) => Promise<Erp>;

/** Every ERP of the config, by its name there; what was opened is closed again when a later one refuses. */
export async function openErps(
  config: Config,
  surroundings: ErpSurroundings,
): Promise<ReadonlyMap<string, Erp>> {
  const erps = new Map<string, Erp>();
  const redact = redactionFor(config, surroundings.environment);
  try {
    for (const [name, erp] of Object.entries(config.erps))
      erps.set(name, withoutSecrets(await openErp(erp, { ...surroundings, name }), redact));
    return erps;
  } catch (cause) {
    for (const erp of erps.values()) await erp.close();
    if (cause instanceof BootError) throw cause;
    throw new BootError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

async function openErp(config: ErpConfig, opening: Opening): Promise<Erp> {
  switch (config.kind) {
    case "embedded":
      return openEmbedded(config, opening);
    case "tryton":
      return openTryton(config, opening);
    case "erpnext":
      return openErpnext(config, opening);
    case "odoo":
      return openOdoo(config, opening);
    default:
      return config satisfies never;
  }
}

/** Where the embedded ERP of that name keeps its books. */
export const embeddedFile = (folder: string, name: string): string => join(folder, "erp", `${name}.db`);

const openEmbedded: OpenErp<Extract<ErpConfig, { kind: "embedded" }>> = async (
  { sample },
  { name, folder, clock, journal },
) => {
  const { createEmbeddedErp } = await import("../../adapters/erp-embedded/index.ts");
  const file = embeddedFile(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  return createEmbeddedErp({ name, file, clock, sample, join: journal?.joinErp });
};

const openTryton: OpenErp<Extract<ErpConfig, { kind: "tryton" }>> = async (config, opening) => {
  const { createTrytonErp } = await import("../../adapters/erp-tryton/index.ts");
  const { url, database, user } = config;
  const { name, clock } = opening;
  return createTrytonErp({ url, database, user, name, clock, password: secretOf(config.password, opening) });
};

const openErpnext: OpenErp<Extract<ErpConfig, { kind: "erpnext" }>> = async (
  { kind: _kind, key, ...config },
  opening,
) => {
  const { createErpnextErp } = await import("../../adapters/erp-erpnext/index.ts");
  const { name, clock } = opening;
  return createErpnextErp({ ...config, name, clock, key: secretOf(key, opening) });
};

const openOdoo: OpenErp<Extract<ErpConfig, { kind: "odoo" }>> = async (
  { kind: _kind, key, ...config },
  opening,
) => {
  const { createOdooErp } = await import("../../adapters/erp-odoo/index.ts");
  const { name, clock } = opening;
  return createOdooErp({ ...config, name, clock, key: secretOf(key, opening) });
};

function secretOf(variable: string, { name, environment }: Opening): string {
  const secret = environment[variable]?.trim() ?? "";
  if (secret !== "") return secret;
  throw new BootError(
    `The ERP "${name}" needs its key in ${variable}, which is not set: set it in the environment or in .env.`,
  );
}
