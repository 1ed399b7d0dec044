// Who may import whom: the truth behind the house's shape. It asserts that it saw files, so that an empty glob is red.
import { readFileSync } from "node:fs";
import { globSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

type Import = { readonly from: string; readonly to: string };

const files = globSync("{src,adapters,agents,config}/**/*.ts");
const imports: readonly Import[] = files.flatMap((from) =>
  [
    ...readFileSync(from, "utf8").matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^"';]*?from\s*"([^"]+)"|import\("([^"]+)"\)|(?:^|\n)import\s*"([^"]+)"/gu,
    ),
  ].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? "";
    return { from, to: specifier.startsWith(".") ? normalize(join(dirname(from), specifier)) : specifier };
  }),
);
const under = (folder: string): readonly Import[] => imports.filter(({ from }) => from.startsWith(folder));
const offenders = (
  list: readonly Import[],
  isAllowed: (to: string, from: string) => boolean,
): readonly string[] =>
  list.filter(({ to, from }) => !isAllowed(to, from)).map(({ from, to }) => `${from} imports ${to}`);
const roomOf = (file: string): string => file.split("/").slice(0, 3).join("/");

describe("the house", () => {
  test("was looked at: every part has files and imports", () => {
    for (const folder of [
      "src/rooms/",
      "src/work/",
      "src/routing/",
      "src/tools/",
      "src/ports/",
      "adapters/slack/",
      "adapters/discord/",
      "adapters/sqlite/",
      "agents/erp/",
    ]) {
      expect(under(folder).length, folder).toBeGreaterThan(2);
    }
  });

  test("the vocabulary imports zod and itself, downward, and nothing else", () => {
    const vocabulary = new Set(
      [
        "body",
        "message",
        "assignment",
        "person",
        "pack",
        "post",
        "proposal",
        "bound",
        "ids",
        "ports",
        "effects",
        "record-fields",
        "agent",
        "failures",
        "approval",
        "canonical",
        "proposal-link",
        "quiet-hours",
        "hand-off",
        "button-action",
      ].map((name) => `src/${name}.ts`),
    );
    const list = imports.filter(({ from }) => vocabulary.has(from) || from.startsWith("src/ports/"));
    expect(list.length).toBeGreaterThan(20);
    expect(
      offenders(
        list,
        (to) => to === "zod" || to === "node:crypto" || vocabulary.has(to) || to.startsWith("src/ports/"),
      ),
    ).toEqual([]);
  });

  test("a room imports no adapter, no agent, no worker, and no other room's front", () => {
    const fronts = new Set(
      ["inbox", "router", "briefing", "contract", "approvals", "outbox"].map(
        (room) => `src/rooms/${room}.ts`,
      ),
    );
    const inner: Readonly<Record<string, string>> = { "src/rooms/delivery.ts": "src/rooms/outbox.ts" };
    expect(
      offenders(
        under("src/rooms/"),
        (to) => !to.startsWith("adapters/") && !to.startsWith("agents/") && !to.startsWith("src/work/"),
      ),
    ).toEqual([]);
    expect(offenders(under("src/rooms/"), (to, from) => !fronts.has(to) || inner[from] === to)).toEqual([]);
  });

  test("workers import no room and no adapter", () => {
    expect(
      offenders(under("src/work/"), (to) => !to.startsWith("src/rooms/") && !to.startsWith("adapters/")),
    ).toEqual([]);
  });

  test("routing is pure: no I/O, no ports, no rooms", () => {
    expect(
      offenders(
        under("src/routing/"),
        (to) =>
          to.startsWith("src/routing/") || to === "zod" || to === "node:crypto" || to === "src/nearest.ts",
      ),
    ).toEqual([]);
  });

  test("tools are defined over effects, ports and zod", () => {
    expect(
      offenders(
        under("src/tools/"),
        (to) =>
          to.startsWith("src/tools/") ||
          to.startsWith("src/ports/") ||
          ["zod", "src/effects.ts", "src/record-fields.ts", "src/ports.ts", "src/nova.ts", "#nova"].includes(
            to,
          ),
      ),
    ).toEqual([]);
  });

  test("an agent file imports #nova, #tools and zod; pipelines and coordinators other agents too", () => {
    const isTeam = (from: string): boolean =>
      from.startsWith("agents/pipeline/") || from.startsWith("agents/coordinator/");
    expect(
      offenders(
        under("agents/"),
        (to, from) =>
          to === "#nova" ||
          to === "zod" ||
          to.startsWith("#tools/") ||
          (isTeam(from) && to.startsWith("agents/")),
      ),
    ).toEqual([]);
  });

  test("an adapter imports no other adapter, no room, no worker, no agent", () => {
    expect(
      offenders(
        under("adapters/"),
        (to, from) => !to.startsWith("adapters/") || roomOf(to).split("/")[1] === from.split("/")[1],
      ),
    ).toEqual([]);
    expect(
      offenders(
        under("adapters/"),
        (to) =>
          !to.startsWith("src/rooms/") &&
          !to.startsWith("src/work/") &&
          !to.startsWith("agents/") &&
          !to.startsWith("src/verbs"),
      ),
    ).toEqual([]);
  });

  test("only the executing function can grant an approval", () => {
    const users = files.filter((file) => /\bgrantApproval\b/u.test(readFileSync(file, "utf8")));
    expect(users.toSorted()).toEqual(["src/approval.ts", "src/work/execution.ts"]);
  });

  test("only the boot and the command line know the adapters", () => {
    const list = imports
      .filter(({ from, to }) => from.startsWith("src/") && to.startsWith("adapters/"))
      .map(({ from }) => from);
    expect([...new Set(list)].toSorted()).toEqual([
      "src/boot.ts",
      "src/cli/agents.ts",
      "src/cli/audit.ts",
      "src/cli/backup.ts",
      "src/cli/check.ts",
      "src/cli/eval-agents.ts",
      "src/cli/eval.ts",
      "src/cli/examples.ts",
      "src/cli/mcp.ts",
      "src/cli/restore.ts",
      "src/cli/start.ts",
      "src/erp/erps.ts",
      "src/erp/tool-servers.ts",
    ]);
  });

  test("nothing but the SDKs, the ERP-free web door and the token check opens connections", () => {
    const network = /^node:(?:https?|net|dns|tls|dgram)$|^undici$/u;
    const list = imports.filter(({ to }) => network.test(to)).map(({ from }) => from);
    for (const file of list)
      expect(file).toMatch(
        /^(?:adapters\/(?:slack|discord|anthropic|erp-tryton)\/|src\/(?:server|surfaces\/(?:keep-alive|download))\.ts)/u,
      );
  });
});
