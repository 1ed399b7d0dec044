// Nova as a person starts it: a process of its own with a folder, a config and what is typed into it.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { lendRouter } from "../support/trained-router.ts";

const node = fileURLToPath(new URL("../../node_modules/.bin/node", import.meta.url));
const cli = fileURLToPath(new URL("../../bin/nova.mjs", import.meta.url));
const shipped = fileURLToPath(new URL("../../config/nova.ts", import.meta.url));

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };
export type Folder = {
  readonly path: (...names: readonly string[]) => string;
  /** Writes a file below the folder and returns its path. */
  readonly write: (name: string, content: string | Uint8Array) => string;
  /** Runs `nova start` to its end, with this environment and these lines on its input. */
  readonly start: (env?: Readonly<Record<string, string>>, typed?: string) => Promise<Ended>;
  readonly remove: () => void;
};

export function createFolder(): Folder {
  const root = mkdtempSync(join(tmpdir(), "nova-cli-"));
  const path = (...names: readonly string[]): string => join(root, ...names);
  return {
    path,
    write: (name, content) => {
      mkdirSync(join(path(name), ".."), { recursive: true });
      writeFileSync(path(name), content);
      return path(name);
    },
    start: async (env = {}, typed = "") => run(root, env, typed),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

async function run(root: string, env: Readonly<Record<string, string>>, typed: string): Promise<Ended> {
  lendRouter(env["NOVA_HOME"] ?? join(root, "home"));
  const child = spawn(node, [cli, "start"], {
    cwd: root,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: root,
      NOVA_HOME: join(root, "home"),
      NOVA_CONFIG: shipped,
      NOVA_PORT: "0",
      ...env,
    },
  });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.err += text));
  // A process that has already refused reads nothing any more.
  child.stdin.on("error", () => undefined);
  child.stdin.end(typed);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, ...said };
}
