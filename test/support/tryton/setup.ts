// Once per run of the Tryton tests: servers, and filled databases that every test copies instead of filling its own. Where
// the packages can't be installed, the tests skip, and this says why; the races alone skip where there is no Postgres.
import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { startPostgres } from "./postgres.ts";
import {
  NotInstallable,
  configureTryton,
  freePort,
  installTryton,
  modules,
  password,
  startTryton,
} from "./server.ts";
import type { Settings } from "./server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Null: no Tryton here. */
    tryton: { readonly url: string; readonly folder: string } | null;
    /** One database with the company, for everybody at once. Null: no Postgres here. */
    trytonOnPostgres: { readonly url: string; readonly database: string } | null;
  }
}
type Stop = () => Promise<void>;

export default async function setup(project: TestProject): Promise<Stop> {
  const folder = mkdtempSync(join(tmpdir(), "nova-tryton-"));
  const stops: Stop[] = [async () => rmSync(folder, { recursive: true, force: true })];
  const skip = (what: string, thrown: unknown): null => {
    if (!(thrown instanceof NotInstallable)) throw thrown;
    process.stderr.write(`SKIPPED: ${thrown.message}, so ${what} not tested against a real Tryton.\n`);
    return null;
  };
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  };
  const tryton = onSqlite(folder, stops).catch((thrown: unknown) => skip("the connector is", thrown));
  const onPostgres = onOwnPostgres(folder, stops).catch((thrown: unknown) =>
    skip("races between several Novas are", thrown),
  );
  // Both to their end, so that what one has started is stopped when the other fails.
  await Promise.allSettled([tryton, onPostgres]);
  try {
    project.provide("tryton", await tryton);
    project.provide("trytonOnPostgres", await onPostgres);
  } catch (thrown) {
    await stopAll();
    throw thrown;
  }
  return stopAll;
}

/** Two files in the folder, `company.sqlite` and, after some trade, `trade.sqlite`, and a server of every file there. */
async function onSqlite(folder: string, stops: Stop[]) {
  installTryton([]);
  const config = configureTryton(folder, { port: 0 });
  const file = (database: string): string => join(folder, "db", `${database}.sqlite`);
  // Tryton opens an sqlite database only where there is a file already.
  writeFileSync(file("company"), "");
  await create(folder, config, "company");
  await fill(folder, [config, "company", "company"]);
  copyFileSync(file("company"), file("trade"));
  await fill(folder, [config, "trade", "trade"]);
  const server = await startTryton(folder);
  stops.push(server.stop);
  return { url: server.url, folder };
}

async function onOwnPostgres(folder: string, stops: Stop[]) {
  installTryton(["python3-psycopg2", "postgresql"]);
  const postgres = startPostgres(folder, await freePort());
  stops.push(async () => postgres.stop());
  const settings: Settings = { uri: postgres.uri };
  const config = configureTryton(folder, { port: 1, ...settings });
  postgres.create("company");
  await create(folder, config, "company");
  await fill(folder, [config, "company", "company"]);
  const server = await startTryton(folder, settings);
  stops.push(server.stop);
  return { url: server.url, database: "company" };
}

const run = promisify(execFile);
const environmentIn = (folder: string) => ({
  ...process.env,
  TRYTONPASSFILE: join(folder, "password"),
  PYTHONWARNINGS: "ignore",
  NOVA_PASSWORD: password,
  DB_NAME: "company",
});

async function create(folder: string, config: string, database: string): Promise<void> {
  writeFileSync(join(folder, "password"), `${password}\n`, { mode: 0o600 });
  const options = { env: environmentIn(folder) };
  const on = ["-c", config, "-d", database];
  await run("/usr/bin/trytond-admin", [...on, "--all", "--email", "admin@example.com", "-l", "en"], options);
  await run("/usr/bin/trytond-admin", [...on, "-u", ...modules, "--activate-dependencies"], options);
}

async function fill(folder: string, words: readonly string[]): Promise<void> {
  const script = new URL("fill.py", import.meta.url).pathname;
  await run("/usr/bin/python3", [script, ...words], { env: environmentIn(folder) });
}
