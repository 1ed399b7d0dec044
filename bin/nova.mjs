#!/usr/bin/env node
/// <reference types="node" />
// (The line above tells the linter about Node: plain JavaScript stands outside the TypeScript program.)
// Nova's front door, for `npm start` and `npx nova`: runs the command line here when this is a Node that Nova can use, and
// otherwise on the Node 24 that Nova brings through npm. Stands in for that child: the same terminal, signals and exit code.
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
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

const isSame = (/** @type {string} */ one, /** @type {string} */ other) =>
  realpathSync(one) === realpathSync(other);

const own = findOwnNode();
const isCapable = Number(process.versions.node.split(".")[0]) >= 24;
if (own !== null && !isSame(own, process.execPath)) runOn(own);
else if (isCapable) {
  await import("./compile-cache.mjs");
  await import("../src/cli.ts");
} else {
  process.stderr.write(
    "Nova's own Node 24 is not installed. Run `npm install` in Nova's folder, then try again.\n",
  );
  process.exitCode = 1;
}

/** @param {string} node Path of the Node to run on. */
function runOn(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
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
}
