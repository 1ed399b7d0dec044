// `npm run bench`: Nova beside a bare Bolt bot, in the same run and on the same fakes. Absolute figures drift from
// machine to machine and from hour to hour; the ratios are the anchor. `--quick` only proves that it runs.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { toLine, toReport, toTable } from "./report.ts";
import { measure } from "./round.ts";
import type { Bot, Measured, Sizes } from "./round.ts";
import { channels } from "./stage.ts";

const { values } = parseArgs({
  options: { json: { type: "boolean" }, quick: { type: "boolean" }, profile: { type: "string" } },
});
const sizes: Sizes = values.quick
  ? { rounds: 1, warmUp: 5, alone: 10, crowd: 40 }
  : { rounds: 3, warmUp: 500, alone: 500, crowd: 3_000 };

const folder = mkdtempSync(join(tmpdir(), "nova-bench-"));
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const config = {
  people: [{ name: "Kit", ids: ["slack:T1/U1001"], role: "owner" }],
  projects: [
    {
      id: "bench",
      name: "Bench",
      channels: channels.map((id) => `slack:T1/${id}`),
      agents: ["*"],
      erp: "main",
    },
  ],
  erps: { main: { kind: "embedded", sample: true } },
  budgets: { perTurn: 1, perPersonPerDay: 1_000_000, perDay: 1_000_000 },
};
const configFile = join(folder, "config.json");
writeFileSync(configFile, JSON.stringify(config));

const bare: Bot = { script: "./bare-bot.ts", environment: {} };
const nova: Bot = {
  script: "./nova-bot.ts",
  environment: { NOVA_HOME: join(folder, "home"), NOVA_CONFIG: configFile, NOVA_LOG: "error" },
  nodeArguments: values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values.profile}`],
};

try {
  // Nova's very first start trains its router and fills the sample ERP; those that follow find both.
  const first = await measure(nova, { rounds: 1, warmUp: 0, alone: 1, crowd: 1 });
  print(`Nova's very first start, with training: ${first.coldStartS.toFixed(2)} s`);
  const rounds: { bare: Measured[]; nova: Measured[] } = { bare: [], nova: [] };
  for (let round = 0; round < sizes.rounds; round += 1) {
    const order = round % 2 === 0 ? (["bare", "nova"] as const) : (["nova", "bare"] as const);
    for (const name of order) {
      const measured = await measure(name === "bare" ? bare : nova, sizes);
      rounds[name].push(measured);
      print(toLine(`${name} ${round + 1}`, measured));
    }
  }
  const report = toReport(rounds);
  print(`\n${toTable(report)}`);
  if (values.json) print(JSON.stringify(report));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
