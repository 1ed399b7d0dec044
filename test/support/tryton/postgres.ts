// A Postgres of the run's own for Tryton: on SQLite a record's time has whole seconds and everybody waits for everybody, so
// only here does a race show who wins. It runs on loopback in the run's folder and keeps nothing.
import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

export type Postgres = {
  /** As Tryton's settings want it. */
  readonly uri: string;
  readonly create: (database: string, like?: string) => void;
  readonly stop: () => void;
};
type Done = (program: string, words: readonly string[]) => void;

/** Throws where Debian's packages are not installed. */
export function startPostgres(folder: string, port: number): Postgres {
  const programs = join(
    "/usr/lib/postgresql",
    readdirSync("/usr/lib/postgresql").toSorted().at(-1) ?? "",
    "bin",
  );
  const data = join(folder, "pg");
  mkdirSync(data, { mode: 0o700 });
  const run = asOwnerOf(data, folder);
  run(join(programs, "initdb"), [
    "-D",
    data,
    "-U",
    "tryton",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale=C.UTF-8",
  ]);
  const settings = [
    `-p ${port}`,
    "-c listen_addresses=127.0.0.1",
    "-c unix_socket_directories=''",
    "-c fsync=off",
  ];
  const control = ["-D", data, "-w", "-l", join(data, "log")];
  run(join(programs, "pg_ctl"), [...control, "-o", settings.join(" "), "start"]);
  const place = ["-h", "127.0.0.1", "-p", String(port), "-U", "tryton"];
  return {
    uri: `postgresql://tryton@127.0.0.1:${port}/`,
    create: (database, like) =>
      run(join(programs, "createdb"), [...place, ...(like === undefined ? [] : ["-T", like]), database]),
    stop: () => run(join(programs, "pg_ctl"), ["-D", data, "-m", "immediate", "stop"]),
  };
}

/** Postgres refuses to run as root: there it runs as the user that its package made. */
function asOwnerOf(data: string, folder: string): Done {
  const options = { cwd: "/", stdio: "ignore" } as const;
  if (process.getuid?.() !== 0) return (program, words) => void execFileSync(program, words, options);
  const id = (what: "-u" | "-g"): number => Number(execFileSync("id", [what, "postgres"]).toString());
  chmodSync(folder, 0o711);
  chownSync(data, id("-u"), id("-g"));
  const as = ["--reuid=postgres", "--regid=postgres", "--clear-groups"];
  return (program, words) => void execFileSync("setpriv", [...as, program, ...words], options);
}
