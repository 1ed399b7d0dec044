// One bot in a process of its own: started, asked for its meter, stopped by its own id.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";

export type Contestant = {
  /** Rejects when it ends unasked. */
  readonly died: Promise<never>;
  readonly meter: () => Promise<Reading>;
  /** Asks it to stop, and waits until it has. */
  readonly stop: () => Promise<void>;
};
const Reading = z.strictObject({ cpuMs: z.number(), rssMb: z.number() });
export type Reading = z.infer<typeof Reading>;

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/** Both start as Nova does, and meet what an earlier start has compiled. */
const compileCache = fileOf("../bin/compile-cache.mjs");
const stopWithinMs = 15_000;

export function spawnContestant(
  script: string,
  environment: Readonly<Record<string, string>>,
  nodeArguments: readonly string[] = [],
): Contestant {
  const child = spawn(
    process.execPath,
    [...nodeArguments, "--import", compileCache, "--import", fileOf("./meter.ts"), fileOf(script)],
    { env: { PATH: process.env["PATH"], ...environment }, stdio: ["ignore", "inherit", "inherit", "ipc"] },
  );
  const ended = once(child, "exit");
  const died = ended.then(() => {
    throw new Error(`${script} ended by itself.`);
  });
  // Also rejects after `stop`, when nobody listens any more.
  died.catch(() => undefined);
  return {
    died,
    meter: async () => {
      child.send("meter");
      const answered = once(child, "message");
      const [reading] = z
        .tuple([Reading])
        .rest(z.unknown())
        .parse(await Promise.race([answered, died]));
      return reading;
    },
    stop: async () => {
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), stopWithinMs);
      await ended;
      clearTimeout(force);
    },
  };
}
