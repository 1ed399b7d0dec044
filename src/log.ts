// Where Nova logs: JSON lines on stderr; pretty when a person watches; beside a conversation in the terminal only what
// is wrong, because the rest would be in the way.
import { pino } from "pino";
import type { Logger } from "pino";
import { createRedaction } from "./secrets.ts";
import type { Settings } from "./settings.ts";

const secretPaths = [
  "token",
  "apiKey",
  "authorization",
  "*.token",
  "*.apiKey",
  "*.authorization",
  "headers.authorization",
];

export function createLog(settings: Pick<Settings, "NOVA_LOG">, isService: boolean): Logger {
  const level = settings.NOVA_LOG ?? (isService ? "info" : "error");
  // The last word before a line leaves: whatever a part of Nova logs, no secret of the environment is in it.
  const hooks = { streamWrite: createRedaction(process.env) };
  const options = { level, redact: { paths: secretPaths, censor: "[secret]" }, hooks };
  if (process.stderr.isTTY)
    return pino({
      ...options,
      transport: { target: "pino-pretty", options: { destination: 2, ignore: "pid,hostname" } },
    });
  return pino(options, pino.destination({ dest: 2, sync: true }));
}
