// Once per run of the Tryton tests: a server, and two databases that every test copies instead of filling its own. Where no
// Tryton can be had, the tests skip, and this says why.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { configureTryton, installTryton, modules, password, startTryton } from "./server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Null: no Tryton here. */
    tryton: { readonly url: string; readonly folder: string } | null;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "nova-tryton-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    installTryton();
    fill(folder);
    const server = await startTryton(folder);
    project.provide("tryton", { url: server.url, folder });
    return async () => {
      await server.stop();
      remove();
    };
  } catch (thrown) {
    remove();
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    process.stderr.write(`SKIPPED: ${why}, so the Tryton connector is not tested against a real one.\n`);
    project.provide("tryton", null);
    return async () => undefined;
  }
}

/** Two files in the folder: `company.sqlite` before, `trade.sqlite` after some trade. */
function fill(folder: string): void {
  const config = configureTryton(folder, { port: 0, freshSeconds: 300 });
  const file = (database: string): string => join(folder, "db", `${database}.sqlite`);
  // Tryton opens an sqlite database only where there is a file already.
  writeFileSync(file("company"), "");
  const secret = join(folder, "password");
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  const run = (program: string, words: readonly string[]): void => {
    const environment = { TRYTONPASSFILE: secret, PYTHONWARNINGS: "ignore", NOVA_PASSWORD: password };
    const env = { ...process.env, ...environment, DB_NAME: "company" };
    execFileSync(program, words, { env, stdio: ["ignore", "ignore", "pipe"] });
  };
  const admin = "/usr/bin/trytond-admin";
  const on = ["-c", config, "-d", "company"];
  run(admin, [...on, "--all", "--email", "admin@example.com", "-l", "en"]);
  run(admin, [...on, "-u", ...modules, "--activate-dependencies"]);
  const script = new URL("fill.py", import.meta.url).pathname;
  run("/usr/bin/python3", [script, config, "company", "company"]);
  copyFileSync(file("company"), file("trade"));
  run("/usr/bin/python3", [script, config, "trade", "trade"]);
}
