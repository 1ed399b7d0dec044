// The command line: start, check, agents, route, eval, examples, erp, mcp, audit. A problem that a person can mend is one sentence on stderr
// and exit code 1; never a stack trace.
import { BootError } from "./boot-error.ts";
import { openAudit } from "./cli/audit.ts";
import { printAgents, printRoute } from "./cli/look.ts";
import { check } from "./cli/check.ts";
import { showErp } from "./cli/erp.ts";
import { startNova } from "./cli/start.ts";
import { ErpTrouble } from "./erp/erp-trouble.ts";
import { createLog } from "./log.ts";
import { parseSettings } from "./settings.ts";
import type { Settings } from "./settings.ts";
import { nearestNames } from "./nearest.ts";

type Command = {
  readonly usage: string;
  readonly run: (settings: Settings, words: readonly string[]) => Promise<number>;
};

const commands: Readonly<Record<string, Command>> = {
  start: { usage: "start", run: async (settings) => startNova(settings) },
  check: { usage: "check", run: async (settings) => check(settings) },
  agents: { usage: "agents", run: async (settings) => printAgents(settings) },
  route: {
    usage: 'route "text" [--project id]',
    run: async (settings, words) => printRoute(settings, words),
  },
  eval: {
    usage: "eval [routing | boundary | --agent id] [--json]",
    run: async (settings, words) => (await import("./cli/eval.ts")).evaluate(settings, words),
  },
  examples: {
    usage: "examples [accept ID | drop ID]",
    run: async (settings, words) => (await import("./cli/examples.ts")).examples(settings, words),
  },
  erp: {
    usage: "erp [what] [words] [--erp name] [--hledger]",
    run: async (settings, words) => showErp(settings, words),
  },
  mcp: {
    usage: "mcp show [server] | mcp accept server [fingerprint]",
    run: async (settings, words) => (await import("./cli/mcp.ts")).mcp(settings, words),
  },
  audit: {
    usage: "audit verify [end] | audit export [file] | audit accept",
    run: async (settings, words) => openAudit(settings, words),
  },
};

const lingerMs = 500;

async function main(words: readonly string[]): Promise<number> {
  const [name = "help", ...rest] = words;
  const command = commands[name];
  if (command === undefined) {
    const near = name === "help" ? [] : nearestNames(name, Object.keys(commands), 1);
    const wrong =
      name === "help"
        ? ""
        : `There is no command "${name}"${near.length > 0 ? `; did you mean "${near[0] ?? ""}"?` : "."}\n`;
    process.stderr.write(
      `${wrong}Usage: nova ${Object.values(commands)
        .map(({ usage }) => usage)
        .join(" | ")}\n`,
    );
    return name === "help" ? 0 : 1;
  }
  loadDotEnv();
  return command.run(parseSettings(process.env), rest);
}

/** `.env` beside package.json, if there is one; what the environment already has wins. */
function loadDotEnv(): void {
  try {
    process.loadEnvFile(".env");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) {
      throw new BootError(".env can't be read. Check its rights, or remove it.");
    }
  }
}

/** What nobody foresaw has no mend of its own; where it happened is for the log, and only when that is asked for. */
function sentenceFor(thrown: unknown): string {
  if (thrown instanceof BootError || thrown instanceof ErpTrouble) return thrown.message;
  const level = process.env["NOVA_LOG"];
  if (level === "debug" || level === "trace")
    createLog({ NOVA_LOG: level }, false).debug({ err: thrown }, "not foreseen");
  const [what = ""] = (thrown instanceof Error ? thrown.message : String(thrown)).split("\n");
  return `Nova stopped at something it did not foresee (${what.slice(0, 200)}): run \`npm run nova check\`, or do it again with NOVA_LOG=debug to see where it happened.`;
}

function giveUp(thrown: unknown): void {
  process.stderr.write(`${sentenceFor(thrown)}\n`);
  process.exitCode = 1;
}

// Thrown outside of everything that could answer for it: what was kept is taken up by the next start.
process.once("uncaughtException", (thrown) => {
  giveUp(thrown);
  process.exit(1);
});
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  giveUp(error);
}
// Everything is closed, but a platform may leave its side of a connection open for half a minute: nobody waits for that.
setTimeout(() => process.exit(), lingerMs).unref();
