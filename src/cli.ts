// The command line: start, check, agents, route, audit. A problem that a person can mend is one sentence on stderr
// and exit code 1; never a stack trace.
import { BootError } from "./boot-error.ts";
import { printAgents, printRoute, verifyAudit } from "./cli/look.ts";
import { check } from "./cli/check.ts";
import { startNova } from "./cli/start.ts";
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
  audit: { usage: "audit verify", run: async (settings, words) => verifyAudit(settings, words) },
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

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BootError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
// Everything is closed, but a platform may leave its side of a connection open for half a minute: nobody waits for that.
setTimeout(() => process.exit(), lingerMs).unref();
