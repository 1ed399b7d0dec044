// A whole Nova for a test: real rooms, journal, context, ERP and runs in a folder of its own, with the model, the clock
// and the doors given. `restart` is what a new process would do with the same folder.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { Logger } from "pino";
import { createEmbeddedErp } from "../../adapters/erp-embedded/index.ts";
import { createFileReader } from "../../adapters/files/index.ts";
import { createOfflineModel } from "../../adapters/offline/index.ts";
import { createOpenWorkflow } from "../../adapters/openworkflow/index.ts";
import { createKeyvContext, createSqliteJournal } from "../../adapters/sqlite/index.ts";
import { trust } from "../../config/trust.ts";
import { systemClock } from "../../src/clock.ts";
import { parseConfig } from "../../src/config.ts";
import type { ConfigInput } from "../../src/config.ts";
import { createNova } from "../../src/main.ts";
import type { Nova } from "../../src/main.ts";
import { createDirectory } from "../../src/people.ts";
import type { Parts } from "../../src/parts.ts";
import type { Clock, Erp, Journal, Model } from "../../src/ports.ts";
import { loadRoster } from "../../src/roster.ts";
import { ownAgentsRoster, ownRouter, trainedFor } from "./trained-router.ts";
import { watchEvalResults } from "../../src/trust/eval-evidence.ts";
import type { TrustSettings } from "../../src/trust/trust-config.ts";
import { redactionFor } from "../../src/secrets.ts";
import { openToolServers } from "../../src/erp/tool-servers.ts";
import { testWebCode } from "./doors/web.ts";
import type { Door } from "./doors/door.ts";
import { createTestEntropy } from "./entropy.ts";
import { lendSampleErp } from "./sample-erp.ts";

export type NovaOptions = {
  readonly doors: readonly Door[];
  readonly model?: Model;
  readonly clock?: Clock;
  /** Merged over a config in which Kit owns, Maya is a member, and the doors' channels are one project with the sample ERP. */
  readonly config?: Partial<ConfigInput>;
  /** Stands between Nova and its ERP. */
  readonly wrapErp?: (erp: Erp) => Erp;
  /** What tool servers of the config find in the environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Another table of what each operation is worth at least. */
  readonly operations?: Parts["operations"];
  /** Another judge of replies. */
  readonly judge?: Parts["judge"];
  readonly wrapJournal?: (journal: Journal) => Journal;
  /** Between the end of one process and the beginning of the next, or before the first. */
  readonly beforeBoot?: (folder: string) => void;
  /** Default: what it would log is lost. */
  readonly log?: Logger;
  /** What stakes ask of trust, over `config/trust.ts`. */
  readonly trust?: Partial<TrustSettings>;
  /** Default: the project's own agents. */
  readonly agentsFolder?: string;
};
export type NovaUnderTest = {
  readonly folder: string;
  readonly idle: () => Promise<void>;
  readonly journal: () => Journal;
  readonly erp: () => Erp;
  /** Free stock of an item by its name or SKU, as the ERP itself says. */
  readonly stockOf: (text: string) => Promise<readonly unknown[]>;
  readonly restart: (more?: Partial<NovaOptions>) => Promise<void>;
  readonly close: () => Promise<void>;
};

let boots = 0;

export async function startNova(options: NovaOptions): Promise<NovaUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), "nova-test-"));
  let current = await boot(folder, options);
  const shutDown = async (): Promise<void> => current.nova.stop();
  return {
    folder,
    idle: async () => current.nova.idle(),
    journal: () => current.journal,
    erp: () => current.erp,
    stockOf: async (text) => (await current.erp.query({ kind: "stock", text, limit: 10 })).rows,
    restart: async (more = {}) => {
      await shutDown();
      current = await boot(folder, { ...options, ...more });
    },
    close: async () => {
      await shutDown();
      for (const door of options.doors) await door.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Booted = { readonly nova: Nova; readonly journal: Journal; readonly erp: Erp };

async function boot(folder: string, options: NovaOptions): Promise<Booted> {
  const {
    doors,
    clock = systemClock,
    wrapErp = (erp: Erp) => erp,
    wrapJournal = (journal: Journal) => journal,
  } = options;
  boots += 1;
  options.beforeBoot?.(folder);
  const entropy = createTestEntropy(`boot ${boots}`);
  const roster =
    options.agentsFolder === undefined ? ownAgentsRoster : await loadRoster(options.agentsFolder);
  const config = parseConfig(configFrom(options), "the test's config");
  const journal = wrapJournal(createSqliteJournal({ folder, clock, entropy }));
  const file = join(folder, "erp.db");
  lendSampleErp(file, clock);
  const erp = wrapErp(createEmbeddedErp({ name: "main", file, clock, sample: true, join: journal.joinErp }));
  const log = options.log ?? pino({ level: "silent" });
  const environment = (name: string): string | undefined => options.environment?.[name];
  const tools = await openToolServers(
    { config, roster, journal },
    {
      home: folder,
      clock,
      entropy,
      log,
      environment,
      redact: redactionFor(config, options.environment ?? {}),
    },
  );
  const nova = await createNova({
    config,
    roster,
    journal,
    clock,
    entropy,
    operations: options.operations,
    judge: options.judge,
    webCode: testWebCode,
    directory: createDirectory(config, clock),
    files: createFileReader(),
    context: await createKeyvContext({ folder }),
    trustSettings: { ...trust, ...options.trust },
    evals: watchEvalResults(folder, options.model?.id ?? "offline", clock),
    // It is read-only and large: read once for all of them.
    router: options.agentsFolder === undefined ? ownRouter : trainedFor(roster.toRouting()),
    erps: new Map([["main", erp], ...tools.erps]),
    toolServers: tools.toolServers,
    model: options.model ?? createOfflineModel(),
    durable: createOpenWorkflow({ folder, clock, onTrouble: () => undefined }),
    adapters: await Promise.all(doors.map(async (door) => door.open({ clock, entropy }))),
    log,
  });
  await nova.start();
  return { nova, journal, erp };
}

/** What one person alone approves runs at once, unless the test is about the wait: then it names one of its own. */
function configFrom({ doors, config = {} }: NovaOptions): ConfigInput {
  return { ...configFor(doors), ...config, approvals: { waitAlone: "0s", ...config.approvals } };
}

function configFor(doors: readonly Door[]): ConfigInput {
  return {
    people: [
      { name: "Kit", ids: doors.map(({ kit }) => kit), role: "owner" },
      ...(doors.some(({ maya }) => maya !== null)
        ? [{ name: "Maya", ids: doors.flatMap(({ maya }) => maya ?? []), role: "member" as const }]
        : []),
    ],
    projects: [
      {
        id: "sweeper-parts",
        name: "Sweeper Parts",
        channels: doors.map(({ channel }) => channel),
        agents: ["*"],
        erp: "main",
      },
    ],
    erps: { main: { kind: "embedded", sample: true } },
  };
}
