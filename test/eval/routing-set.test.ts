// Pins the frozen routing set: its bytes, its form, its size, and that nobody padded it with copies.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadFrozenSet, type FrozenMessage } from "../../src/eval/frozen-set.ts";

// Whoever changes the set changes this line, and says in the commit why: figures of another hash can't be compared.
const pinned = "ab3700236e6a5bc7fa0980d0d803b4d832fdfefdc40a9656559edef215044c6d";

const agents = [
  ...["client-sites", "decisions", "explainer", "general", "guide", "planner", "researcher"].map(
    (name) => `chat/${name}`,
  ),
  ...["changelog", "draft", "edit", "email", "signage", "summarise", "translate"].map(
    (name) => `language/${name}`,
  ),
  ...["customers", "invoices", "items", "ledger", "payments", "purchasing", "quotes", "sales"].map(
    (name) => `erp/${name}`,
  ),
  ...["spare-parts", "stock", "suppliers"].map((name) => `erp/${name}`),
  ...["client-onboarding", "incident", "month-end-close", "release", "stock-reorder", "weekly-review"].map(
    (name) => `pipeline/${name}`,
  ),
  ...["failure-triage", "morning-brief", "several"].map((name) => `coordinator/${name}`),
];

const folder = join(import.meta.dirname, "routing");
const cases = loadFrozenSet(folder);
/** SHA-256 over the names and bytes of all files. */
const hashed = (): string => {
  const hash = createHash("sha256");
  const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  for (const name of files.toSorted()) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest("hex");
};
const ofKind = (kind: FrozenMessage["kind"]): readonly FrozenMessage[] =>
  cases.filter((one) => one.kind === kind);
const repeated = (keys: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return keys.filter((key) => seen.size === seen.add(key).size);
};
/** Lower case without punctuation; what consists of nothing else stays as it is. */
const bare = (text: string): string =>
  text
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
    ?.join(" ") ?? text;
/** The words without what a template would swap: numbers, documents, names. */
const skeleton = (text: string): string =>
  bare(text.replace(/\b[A-Z][\w'-]*|\S*\d\S*/gu, " "))
    .split(" ")
    .filter((word) => word.length > 2)
    .join(" ");

describe("the frozen routing set", () => {
  test("has the bytes that the published figures were measured on", () => {
    expect(hashed()).toBe(pinned);
  });

  test("is as large as its specification asks, in each kind and for each agent", () => {
    expect(cases.length).toBeGreaterThanOrEqual(1900);
    expect(ofKind("single").length).toBeGreaterThanOrEqual(1000);
    for (const kind of ["oos", "ambiguous", "multi", "followup"] as const)
      expect(ofKind(kind).length, kind).toBeGreaterThanOrEqual(200);
    expect(ofKind("hostile").length).toBeGreaterThanOrEqual(100);
    for (const agent of agents) {
      const own = ofKind("single").filter(({ expect: { agents: right } }) => right[0] === agent);
      expect(own.length, agent).toBeGreaterThanOrEqual(25);
    }
  });

  test("gives every case an id and a text of its own", () => {
    expect(repeated(cases.map(({ id }) => id))).toEqual([]);
    expect(repeated(cases.map(({ text }) => bare(text)))).toEqual([]);
  });

  test("names only agents of the roster, each once per case", () => {
    expect(agents.length).toBe(34);
    const named = cases.flatMap(({ expect: wanted, after }) => [
      ...wanted.agents,
      ...(after === null ? [] : [after.agent]),
    ]);
    expect([...new Set(named)].filter((id) => !agents.includes(id))).toEqual([]);
    expect(agents.filter((id) => !existsSync(join(import.meta.dirname, "../../agents", `${id}.ts`)))).toEqual(
      [],
    );
    for (const { id, expect: wanted } of cases) expect(repeated(wanted.agents), id).toEqual([]);
  });

  test("says of each kind what its kind needs", () => {
    for (const { id, kind, text, after, expect: wanted } of cases) {
      expect(after === null, id).toBe(kind !== "followup");
      expect(id, kind).toMatch(/^[soamfh]-\d{4}$/u);
      expect(id.startsWith(kind.charAt(0)), id).toBe(true);
      if (kind === "oos") expect(wanted.agents, id).toEqual([]);
      if (kind === "single" || kind === "followup") expect(wanted.agents.length, id).toBeGreaterThan(0);
      if (kind === "multi" || kind === "ambiguous") expect(wanted.agents.length, id).toBeGreaterThan(1);
      if (kind !== "hostile") expect(text.trim(), id).not.toBe("");
    }
  });

  test("was not made by swapping names in a phrase", () => {
    const skeletons = cases.map(({ text }) => skeleton(text)).filter((words) => words.split(" ").length > 2);
    expect(skeletons.length).toBeGreaterThan(1000);
    expect(repeated(skeletons).length / cases.length).toBeLessThan(0.05);
  });
});
