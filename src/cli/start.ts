// `start`: Nova in this terminal and at its web address, plus Discord and Slack when their tokens are set. Piped input
// is answered line by line; when it ends and every turn has its outcome, Nova exits 0.
import { fstatSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { createTerminal } from "../../adapters/terminal/index.ts";
import type { Terminal } from "../../adapters/terminal/index.ts";
import { createWebChat } from "../../adapters/web/index.ts";
import { mountHealth } from "../board/health.ts";
import type { Storage, World } from "../boot.ts";
import { openModel, openStorage, openSurfaces, systemWorld } from "../boot.ts";
import { toFailure } from "../failures.ts";
import { createLog } from "../log.ts";
import { createNova } from "../main.ts";
import type { Nova } from "../main.ts";
import type { ChatAdapter } from "../ports.ts";
import { isLoopback, listen } from "../server.ts";
import type { Listening } from "../server.ts";
import type { Settings } from "../settings.ts";
import { watchEvalResults } from "../trust/eval-evidence.ts";
import { verbSpecs } from "../verbs.ts";

type Seat = "tty" | "piped" | "none";

/** Somebody at a terminal, a pipe or file, or nothing at all (a service). */
function seatOf(): Seat {
  if (process.stdin.isTTY) return "tty";
  const stat = fstatSync(0);
  return stat.isFIFO() || stat.isFile() || stat.isSocket() ? "piped" : "none";
}

export async function startNova(settings: Settings): Promise<number> {
  const seat = seatOf();
  const world = systemWorld(createLog(settings, seat === "none"));
  const storage = await openStorage(settings, world);
  const model = await openModel(settings, world.clock, storage.config.budgets);
  const terminal =
    seat === "none"
      ? null
      : createTerminal({
          ...world,
          input: process.stdin,
          output: process.stdout,
          isTty: seat === "tty",
          verbs: verbSpecs,
        });
  const doors = await openDoors(settings, world, terminal);
  const webCode = world.entropy(4);
  const evals = watchEvalResults(settings.NOVA_HOME, model.id, world.clock);
  const nova = await createNova({ ...storage, model, webCode, evals, adapters: doors.adapters });
  mountHealth(doors.app, { ...storage, adapters: doors.adapters, erps: nova.erps });
  try {
    const { url } = await doors.listen();
    world.log.info({ url }, "listening");
    if (seat === "tty") greet({ url, webCode, isLanguageModel: model.isLanguageModel });
    else world.log.info({ webCode }, "the web code: on the chat page, a yes to high stakes ends with it");
    guard(storage);
    await nova.start();
    await untilOver(nova, terminal);
  } finally {
    await nova.stop();
    await doors.close();
  }
  return 0;
}

type Doors = {
  readonly app: Hono;
  readonly adapters: readonly ChatAdapter[];
  readonly listen: () => Promise<Listening>;
  readonly close: () => Promise<void>;
};

async function openDoors(settings: Settings, world: World, terminal: Terminal | null): Promise<Doors> {
  const { adapters, slackRoute } = await openSurfaces(settings, world, { verbs: verbSpecs });
  const app = new Hono();
  let listening: Listening | null = null;
  const web = isLoopback(settings.NOVA_HOST)
    ? [
        createWebChat({
          ...world,
          app,
          allowedHosts: () => hostsOf(listening),
          uploadFolder: join(settings.NOVA_HOME, "uploads"),
        }),
      ]
    : [];
  return {
    app,
    adapters: [...adapters, ...web, ...(terminal === null ? [] : [terminal])],
    listen: async () => {
      listening = await listen({
        app,
        host: settings.NOVA_HOST,
        port: settings.NOVA_PORT,
        route: slackRoute,
      });
      return listening;
    },
    close: async () => listening?.close(),
  };
}

/** What no room could catch, mostly from inside an SDK: kept as a failure, told to the operator, never swallowed. */
function guard({ journal, clock, entropy, log }: Storage): void {
  const keep = (thrown: unknown): void => {
    const { kind, forPerson, detail } = toFailure(thrown);
    log.error({ err: thrown }, "something failed outside every turn");
    const row = {
      id: `x-${entropy(8)}`,
      turn: null,
      thread: null,
      kind,
      person: forPerson,
      operator: detail,
      at: clock.now(),
    };
    journal.fail(row).catch((lost: unknown) => log.error({ err: lost }, "and the journal could not keep it"));
  };
  process.on("unhandledRejection", keep);
}

function hostsOf(listening: Listening | null): readonly string[] {
  return listening === null
    ? []
    : ["127.0.0.1", "localhost", "[::1]"].map((host) => `${host}:${listening.port}`);
}

type Greeting = { readonly url: string; readonly webCode: string; readonly isLanguageModel: boolean };
function greet({ url, webCode, isLanguageModel }: Greeting): void {
  const model = isLanguageModel
    ? ""
    : " No key is set, so I look things up and extract; I am not a language model.";
  process.stdout.write(
    `Nova is here and at ${url}.${model} Ask something, or type /help. To approve high stakes on that page, add the web code ${webCode}.\n`,
  );
}

/** Until the input ends (and its work is done), or somebody asks Nova to stop. */
async function untilOver(nova: Nova, terminal: Terminal | null): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
  const ended =
    terminal === null
      ? new Promise<never>(() => undefined)
      : terminal.inputEnded.then(async () => nova.idle());
  await Promise.race([asked, ended]);
}
