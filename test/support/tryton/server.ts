// A real Tryton for the connector's tests, from Debian's packages: installed when that is allowed, started on a free port
// of loopback, stopped by its own id. It is a process of the tests; nothing of it is part of Nova.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, openSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { z } from "zod";

export type TrytonServer = {
  /** Without a database: `http://127.0.0.1:1234/`. */
  readonly url: string;
  readonly stop: () => Promise<void>;
};

export const modules = [
  "party",
  "product",
  "account",
  "account_product",
  "account_invoice",
  "stock",
  "account_invoice_stock",
  "sale",
  "purchase",
];
const packages = [
  "tryton-server",
  "tryton-proteus",
  "python3-pycountry",
  ...modules.map((name) => `tryton-modules-${name.replaceAll("_", "-")}`),
];
/** Of all users. */
export const password = "novatestpw";
const answersWithinMs = 60_000;
const installWithinMs = 180_000;

/** The only reason to skip: whatever goes wrong once the packages are there is a failure of the tests. */
export class NotInstallable extends Error {}

/** Throws NotInstallable where no Tryton can be had. `more`: further packages of Debian's. */
export function installTryton(more: readonly string[]): void {
  const missing = [...packages, ...more].filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const apt = (...words: readonly string[]): void => {
    const [program = "", ...rest] = [...sudo, "apt-get", "-qq", "-o", "Acquire::http::Timeout=20", ...words];
    execFileSync(program, rest, {
      stdio: "ignore",
      timeout: installWithinMs,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  };
  try {
    apt("update");
    apt("install", "-y", "--no-install-recommends", ...missing);
  } catch (cause) {
    throw new NotInstallable(`Tryton's packages can't be installed here (${missing.length} are missing)`, {
      cause,
    });
  }
}

function isInstalled(name: string): boolean {
  try {
    const format = ["-W", "-f=${db:Status-Status}", name];
    return (
      execFileSync("dpkg-query", format, { stdio: ["ignore", "pipe", "ignore"] }).toString() === "installed"
    );
  } catch {
    return false;
  }
}

export type Settings = {
  /** How long a login may be unused before a posting wants a new one. */
  readonly freshSeconds?: number;
  /** Of the database server; absent: SQLite files in the folder. */
  readonly uri?: string;
};

export function configureTryton(
  folder: string,
  { port, freshSeconds = 300, uri = "sqlite://" }: Settings & { readonly port: number },
): string {
  mkdirSync(join(folder, "db"), { recursive: true });
  const file = join(folder, `trytond-${port}.conf`);
  const sections = [
    `[database]\nuri = ${uri}\npath = ${join(folder, "db")}`,
    `[web]\nlisten = 127.0.0.1:${port}`,
    "[password]\nlength = 4",
    `[session]\ntimeout = ${freshSeconds}`,
  ];
  writeFileSync(file, `${sections.join("\n")}\n`);
  return file;
}

/** Serves every database of the folder, or of the database server. */
export async function startTryton(folder: string, settings: Settings = {}): Promise<TrytonServer> {
  const port = await freePort();
  const config = configureTryton(folder, { port, ...settings });
  const env = { ...process.env, PYTHONWARNINGS: "ignore" };
  const log = openSync(join(folder, `trytond-${port}.log`), "a");
  const server = spawn("/usr/bin/trytond", ["-c", config], { env, stdio: ["ignore", log, log] });
  const gone = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const url = `http://127.0.0.1:${port}/`;
  const stop = async (): Promise<void> => {
    server.kill("SIGTERM");
    await gone;
  };
  try {
    await answers(url);
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return { url, stop };
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  const listening = Promise.withResolvers<void>();
  probe.listen(0, "127.0.0.1", () => listening.resolve());
  await listening.promise;
  const { port } = z.object({ port: z.number() }).parse(probe.address());
  const closed = Promise.withResolvers<void>();
  probe.close(() => closed.resolve());
  await closed.promise;
  return port;
}

/** A server that comes up has no event to wait for. */
async function answers(url: string): Promise<void> {
  const body = JSON.stringify({ id: 1, method: "common.server.version", params: [] });
  const until = Date.now() + answersWithinMs;
  for (;;) {
    try {
      const headers = { "content-type": "application/json" };
      const response = await fetch(url, { method: "POST", headers, body });
      if (response.ok) return;
    } catch {
      // Not yet.
    }
    if (Date.now() > until) throw new Error("Tryton did not come up within a minute");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
