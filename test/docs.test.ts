// The documents say what stands: CONTRIBUTING's four recipes are executed as they are printed, every file has its phrase
// in ARCHITECTURE, every setting its line in .env.example, and every relative link leads somewhere.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createEmbeddedErp } from "../adapters/erp-embedded/index.ts";
import { createOfflineModel } from "../adapters/offline/index.ts";
import { trust } from "../config/trust.ts";
import { systemClock } from "../src/clock.ts";
import { isReader } from "../src/effects.ts";
import { runAgentEvals } from "../src/eval/agents-run.ts";
import type { Message } from "../src/message.ts";
import type { ChatAdapter, Delivery, Hear } from "../src/ports.ts";
import { loadRoster } from "../src/roster.ts";
import { loadOrTrainRouter } from "../src/training/router-cache.ts";
import { decideRoute } from "../src/routing/decide.ts";
import { sees } from "./support/doors/door.ts";
import { terminalDoor } from "./support/doors/terminal.ts";
import { script, replies } from "./support/script.ts";
import { startNova } from "./support/start-nova.ts";
import { sourceFiles, withTree } from "./support/tree.ts";

const read = (file: string): string => readFileSync(file, "utf8");
const recipes = [...read("CONTRIBUTING.md").matchAll(/<!-- recipe: (\S+) -->\n```ts\n([^]*?)```/gu)].map(
  (match) => ({ file: match[1] ?? "", code: match[2] ?? "" }),
);

describe("CONTRIBUTING's recipes, as printed", () => {
  let house = "";
  beforeAll(() => {
    mkdirSync(".nova", { recursive: true });
    house = mkdtempSync(join(".nova", "recipes-"));
    for (const folder of ["src", "agents", "adapters", "config"])
      cpSync(folder, join(house, folder), { recursive: true });
    for (const { file, code } of recipes) {
      mkdirSync(dirname(join(house, file)), { recursive: true });
      writeFileSync(join(house, file), code);
    }
    writeFileSync(
      join(house, "tsconfig.json"),
      JSON.stringify({ extends: "../../tsconfig.json", include: recipes.map(({ file }) => file) }),
    );
  });
  afterAll(() => rmSync(house, { recursive: true, force: true }));
  const load = async (file: string): Promise<unknown> => import(pathToFileURL(join(house, file)).href);

  test("there are four, and they compile at the project's strictest settings", () => {
    expect(recipes.map(({ file }) => file.split("/")[0])).toEqual(["agents", "src", "agents", "adapters"]);
    expect(execFileSync("node_modules/.bin/tsc", ["-p", house], { encoding: "utf8" })).toBe("");
  });

  test("an agent: the new file alone is listed, routed to, answers, and its evals are run", async () => {
    const roster = await loadRoster(join(house, "agents"));
    expect(roster.find("language/haiku")).not.toBeNull();
    const entries = roster.toRouting();
    // On the shelf that every test's Nova takes its router from, so that it is trained once.
    const router = loadOrTrainRouter(join(tmpdir(), "nova-test-router"), entries, trust.lines);
    const { decision } = decideRoute({
      router,
      roster: entries,
      person: "owner",
      projectAgents: null,
      thread: { lastAgent: null, lastText: null, waiting: null },
      address: null,
      text: "please write a haiku about the autumn moon",
      modelReady: false,
    });
    expect(decision.target).toEqual({ kind: "agent", agent: "language/haiku" });

    const door = terminalDoor();
    const model = script(replies({ answer: "Leaves fall\nquiet\nbroom", syllables: [2, 2, 1] }));
    const nova = await startNova({ doors: [door], model, agentsFolder: join(house, "agents") });
    await door.verb("ask", "language/haiku autumn");
    await sees(door, /broom/u);
    await nova.close();

    // What CONTRIBUTING says of its evals: all but the one that takes a language model, and the script is named a script.
    const good = replies({ answer: "Leaves fall\nquiet\nbroom", syllables: [5, 7, 5] });
    const report = await runAgentEvals({
      roster,
      router,
      model: script(good, good, good, good, good),
      offline: createOfflineModel(),
      clock: systemClock,
      budgets: { perTurn: 1, perDay: 1 },
      only: new Set(["language/haiku"]),
      onEnd: () => undefined,
    });
    expect(report.model.kind).toBe("script");
    expect(report.agents).toHaveLength(1);
    expect(report.agents[0]).toMatchObject({ id: "language/haiku", passed: 5, failed: 0, skipped: 1 });
  });

  test("a tool: the reader looks things up in the ERP", async () => {
    const { findCredit } = z
      .object({ findCredit: z.custom<{ read: (input: unknown, world: unknown) => Promise<unknown> }>() })
      .parse(await load("src/tools/credit.ts"));
    expect(isReader(findCredit)).toBe(false); // its brand is the copy's own, as its factory is
    const erp = createEmbeddedErp({
      name: "main",
      file: join(house, "erp.db"),
      clock: systemClock,
      sample: true,
    });
    expect(await findCredit.read({ text: "Northgate" }, { erp, memory: null, now: 0 })).toMatchObject({
      customers: [{ record: "P-102" }],
      asOf: "1970-01-01T00:00:00.000Z",
    });
    await expect(findCredit.read({ name: "Northgate" }, { erp, memory: null, now: 0 })).rejects.toThrow();
    await erp.close();
  });

  test("a pipeline: /run starts it and its answer is said", async () => {
    const door = terminalDoor();
    const nova = await startNova({
      doors: [door],
      agentsFolder: join(house, "agents"),
      model: script(replies({ answer: "Rain on the yard.", placeholders: [] })),
    });
    await door.verb("run", "poem-of-the-day theme=rain");
    await sees(door, /Rain on the yard/u);
    await nova.close();
  });

  test("an adapter: a message goes in, its answer comes out", async () => {
    const shape = z.object({
      createMemo:
        z.custom<() => ChatAdapter & { readonly shownPosts: Map<string, Delivery>; hear: Hear | null }>(),
    });
    const memo = shape.parse(await load("adapters/memo/index.ts")).createMemo();
    const nova = await startNova({
      doors: [{ ...terminalDoor(), kit: "web:me", channel: "web:chat", open: async () => memo }],
    });
    const message: Message = {
      id: "memo:1",
      thread: "web:chat:chat",
      channel: "web:chat",
      account: { id: "web:me", name: "me", standing: "regular" },
      at: 0,
      direct: true,
      addressed: true,
      body: { kind: "text", text: "which invoices are overdue?" },
    };
    await memo.hear?.(message);
    await nova.idle();
    expect([...memo.shownPosts.values()].map(({ post }) => post.text).join()).toMatch(/INV-/u);
    await nova.close();
  });
});

describe("the other documents", () => {
  test("ARCHITECTURE's tree is what the files say of themselves (else: npm run tree)", () => {
    expect(sourceFiles().length).toBeGreaterThan(100);
    expect(read("ARCHITECTURE.md")).toBe(withTree(read("ARCHITECTURE.md")));
  });

  test(".env.example names exactly the settings that Nova reads", () => {
    const known = [
      ...(read("src/settings.ts").split("const mends")[0] ?? "").matchAll(/^ {2}([A-Z][A-Z_]+):/gmu),
    ].map((match) => match[1] ?? "");
    const offered = [...read(".env.example").matchAll(/^([A-Z_]+)=/gmu)].map((match) => match[1] ?? "");
    expect(known.length).toBeGreaterThan(8);
    expect(offered.toSorted()).toEqual(known.toSorted());
  });

  test("every relative link in the documents leads to a file", () => {
    for (const file of ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"]) {
      const links = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)\)/gu)].map((match) => match[1] ?? "");
      for (const link of links) expect(existsSync(link), `${file}: ${link}`).toBe(true);
    }
  });

  test("ARCHITECTURE gives a reason for every direct dependency", () => {
    const { dependencies, devDependencies } = z
      .object({
        dependencies: z.record(z.string(), z.string()),
        devDependencies: z.record(z.string(), z.string()),
      })
      .parse(JSON.parse(read("package.json")));
    const text = read("ARCHITECTURE.md");
    for (const name of Object.keys(dependencies)) expect(text, name).toContain(`\`${name}\``);
    expect(Object.keys(dependencies).length).toBeLessThanOrEqual(20);
    for (const version of [...Object.values(dependencies), ...Object.values(devDependencies)])
      expect(version).toMatch(/^\d+\.\d+\.\d+/u);
  });
});
