// One way in: only the executing function can make an approval, send an effect, or be given to anything that decides. Read
// from the sources, and shown to bite: each planted second way in is found.
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { Approval, grantApproval } from "../src/approval.ts";
import { openEmbeddedErp } from "./support/embedded-erp.ts";
import { proposalOf } from "./support/journal-samples.ts";

type Sources = ReadonlyMap<string, string>;
const sources: Sources = new Map(
  globSync("{src,adapters,agents,config,bin,bench}/**/*.{ts,mjs}").map((file) => [
    file,
    readFileSync(file, "utf8"),
  ]),
);
const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[^]*?\*\//gu, "").replaceAll(/(?<=^|\s)\/\/[^\n]*/gu, "");

const executes = "src/work/execution.ts";
/** Hands on what it is given, with the approval that came with it. */
const between = "src/secrets.ts";
const connectors = /^adapters\/(?:erp-[\w-]+|mcp)\//u;
/** Who may import what leads to an effect, as values; types lead nowhere. */
const doors: readonly { readonly what: RegExp; readonly mayImport: (file: string) => boolean }[] = [
  {
    what: /^src\/approval\.ts$/u,
    mayImport: (file) =>
      file === executes || file === "src/approvals/approval-check.ts" || connectors.test(file),
  },
  { what: /^src\/work\/execution\.ts$/u, mayImport: (file) => file === "src/house.ts" },
  {
    what: /^adapters\/(?:erp-[\w-]+|mcp)\//u,
    mayImport: (file) =>
      connectors.test(file) ||
      file.startsWith("src/cli/") ||
      /^src\/(?:boot|erp\/(?:erps|tool-servers))\.ts$/u.test(file),
  },
];

function importsOf(file: string, text: string): readonly string[] {
  const found = withoutComments(text).matchAll(
    /(?:import|export)\s+(?!type\b)[^"';]*?from\s*["']([^"']+)["']|import\(\s*["']([^"']+)["']|(?:^|\n)import\s*["']([^"']+)["']/gu,
  );
  return [...found].map((match) => {
    const to = match[1] ?? match[2] ?? match[3] ?? "";
    return to.startsWith(".") ? normalize(join(dirname(file), to)) : to;
  });
}

/** Every second way to an effect, named. */
function secondWays(all: Sources): readonly string[] {
  return [...all].flatMap(([file, text]) => {
    const code = withoutComments(text);
    const found: string[] = [];
    for (const to of importsOf(file, text))
      for (const { what, mayImport } of doors)
        if (what.test(to) && !mayImport(file)) found.push(`${file} imports ${to}`);
    // Also by a name that is put together, or through a loader.
    if (/\bgrantApproval\b/u.test(code) && file !== executes && file !== "src/approval.ts")
      found.push(`${file} names grantApproval`);
    if (/\bnew\s+Approval\b|Approval\.prototype/u.test(code) && file !== "src/approval.ts")
      found.push(`${file} makes an Approval`);
    if (
      /\b(?:erp|client|connector)\w*\??\.execute\s*\(|\["execute"\]/iu.test(code) &&
      file !== executes &&
      file !== between &&
      !connectors.test(file)
    )
      found.push(`${file} sends an effect`);
    if (
      /\bcreateRequire\b|\bimport\(\s*[^"'\s)]/u.test(code) &&
      !/^(?:src\/(?:roster|config)\.ts|bin\/|bench\/)/u.test(file)
    )
      found.push(`${file} loads what nobody can read from it`);
    return found;
  });
}

describe("A27", () => {
  test("there is one way to an effect, and the sources were read", () => {
    expect(sources.size).toBeGreaterThan(200);
    expect(importsOf(executes, sources.get(executes) ?? "")).toContain("src/approval.ts");
    expect(secondWays(sources)).toEqual([]);
  });

  test.each([
    ["src/rooms/approvals.ts", 'import { grantApproval } from "../approval.ts";'],
    ["src/work/pipeline.ts", 'import { createExecution } from "./execution.ts";'],
    ["src/work/agent.ts", 'const approve = await import("../approval.ts");'],
    ["agents/erp/sales.ts", 'export * from "../../src/approval.ts";'],
    ["src/tools/erp.ts", 'import { createEmbeddedErp } from "../../adapters/erp-embedded/index.ts";'],
    ["adapters/slack/index.ts", "const a = Object.create(Approval.prototype);"],
    ["src/verbs/work.ts", "await erp.execute(approval, prepared, options);"],
    [
      "src/approvals/reconciliation.ts",
      "await deps.erps.get(name)?.execute(approval, prepared, options);".replace("get(name)", "erp"),
    ],
    ["src/surfaces/desk.ts", 'const name = "../appr" + "oval.ts"; await import(name);'],
    ["src/board/homes.ts", 'createRequire(import.meta.url)("../approval.ts");'],
  ])("a second way planted in %s is found", (file, line) => {
    const planted = new Map(sources).set(file, `${sources.get(file) ?? ""}\n${line}\n`);
    const found = secondWays(planted);
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) expect(one).toContain(file);
  });

  test("what looks like an approval is none: the writer refuses everything but a granted one", async () => {
    const opened = openEmbeddedErp();
    try {
      const command = {
        connector: "embedded",
        instance: "main",
        op: "order.confirm",
        args: { order: "SO-1007" },
      };
      const result = await opened.erp.prepare(command);
      if (result.kind === "refused") throw new Error(result.why);
      const before = opened.counts();
      const bound = { proposalId: "p-1", commandHash: "0".repeat(64), effectHash: "0".repeat(64) };
      const options = { actionId: "p-1", attempt: 1, signal: new AbortController().signal };
      const fakes: readonly unknown[] = [
        { ...bound },
        Object.create(Approval.prototype, Object.getOwnPropertyDescriptors(bound)),
        structuredClone(grantApproval(bound)),
        Object.setPrototypeOf({ ...bound }, Approval.prototype),
        null,
        "approved by Kit",
      ];
      for (const fake of fakes) {
        expect(Approval.isGranted(fake)).toBe(false);
        const sent = async (): Promise<unknown> =>
          Reflect.apply(Reflect.get(opened.erp, "execute"), opened.erp, [fake, result.prepared, options]);
        const answer = await sent().catch((thrown: unknown) => thrown);
        expect(JSON.stringify(answer)).not.toMatch(/"kind":"ok"/u);
      }
      const { approveNonce: _nonce, ...row } = proposalOf("p-1");
      expect(Approval.isGranted(row)).toBe(false);
      // A real one for another effect is no more than a fake one.
      const other = await opened.erp.execute(grantApproval(bound), result.prepared, options);
      expect(other.kind).not.toBe("ok");
      expect(opened.counts()).toEqual(before);
    } finally {
      await opened.dispose();
    }
  });
});
