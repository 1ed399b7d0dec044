#!/usr/bin/env node
/// <reference types="node" />
// (The line above tells the linter about Node: plain JavaScript stands outside the TypeScript program.)
// `npx nova`: runs the command line on the Node 24 that Nova brings through npm, because whatever Node runs this file may
// be too old to read TypeScript. Stands in for its child: the same terminal, signals and exit code.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Null where the package was installed without its install script, as in a container that has Node 24 itself. */
function findOwnNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve("node/package.json"));
    const names = process.platform === "win32" ? ["node.exe", "node"] : ["node"];
    return names.map((name) => join(folder, "bin", name)).find((file) => existsSync(file)) ?? null;
  } catch {
    return null;
  }
}

const canRunItself = Number(process.versions.node.split(".")[0]) >= 24;
const node = findOwnNode() ?? (canRunItself ? process.execPath : null);
if (node === null) {
  process.stderr.write(
    "Nova's own Node 24 is not installed. Run `npm install` in Nova's folder, then try again.\n",
  );
  process.exit(1);
}

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
const child = spawn(node, [cli, ...process.argv.slice(2)], { stdio: "inherit" });

// A terminal sends Ctrl-C to both processes; a second one from here would cut the child's orderly end short.
const isInTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (signal === "SIGTERM" || !isInTerminal) child.kill(signal);
  });
}
child.on("error", (error) => {
  process.stderr.write(
    `Nova's Node at ${node} can't be started: ${error.message}. Run \`npm install\` again.\n`,
  );
  process.exit(1);
});
child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
