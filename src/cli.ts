// The command line: finds the command that was typed, or says what there is. A problem that a person can mend is one sentence on
// stderr and exit code 1, or 2 where it was typed wrongly; never a stack trace.
import { BootError } from "./boot-error.ts";
import { asksForHelp, commands, readWords } from "./cli/commands.ts";
import { briefUsage, helpWords, usageWords } from "./cli/help.ts";
import { WrongUse } from "./cli/wrong-use.ts";
import { ErpTrouble } from "./erp/erp-trouble.ts";
import { createLog } from "./log.ts";
import { parseSettings } from "./settings.ts";
import { nearestNames } from "./nearest.ts";

const lingerMs = 500;

async function main([typed = "help", ...rest]: readonly string[]): Promise<number> {
  // "nova help start" and "nova start --help" ask for the same.
  const isHelp = typed === "help" || asksForHelp([typed, ...rest]);
  const name = typed === "help" ? (rest[0] ?? typed) : typed;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (name === "help" || asksForHelp([name])) return tell(helpWords());
  if (command === undefined) throw new WrongUse(`${unknownWords(name)}\n${briefUsage}`);
  if (isHelp) return tell(usageWords(command));
  const words = readWords(name, command, rest);
  loadDotEnv();
  return command.run(parseSettings(process.env), words);
}

function tell(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function unknownWords(name: string): string {
  const [near] = nearestNames(name, Object.keys(commands), 1);
  return `There is no command "${name}"${near === undefined ? "." : `; did you mean "${near}"?`}`;
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
  process.exitCode = thrown instanceof WrongUse ? 2 : 1;
}

/** Whoever read along has enough, like `head`: that is no trouble, and there is nobody left to tell. */
const isUnread = (thrown: unknown): boolean =>
  thrown instanceof Error && "code" in thrown && thrown.code === "EPIPE";

// Thrown outside of everything that could answer for it: what was kept is taken up by the next start.
process.once("uncaughtException", (thrown) => {
  if (!isUnread(thrown)) giveUp(thrown);
  process.exit(1);
});
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  giveUp(error);
}
// Everything is closed, but a platform may leave its side of a connection open for half a minute: nobody waits for that.
setTimeout(() => process.exit(), lingerMs).unref();
