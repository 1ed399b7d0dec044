// The desk's promises: never late, never more than a screen shows, never an error while somebody types, and nothing that
// the same person could not list with a verb in the same place.
import { describe, expect, test } from "vitest";
import { parseConfig } from "../src/config.ts";
import { createDesk } from "../src/surfaces/desk.ts";
import type { DeskDeps } from "../src/surfaces/desk.ts";
import { createDirectory } from "../src/people.ts";
import type { Asker } from "../src/ports.ts";
import { loadRoster } from "../src/roster.ts";
import { createHandClock } from "./support/hand-clock.ts";

const roster = await loadRoster(new URL("../agents", import.meta.url).pathname);
const config = parseConfig(
  {
    people: [
      { name: "Kit", ids: ["discord:1001"], role: "owner" },
      { name: "Gus", ids: ["discord:1003"], role: "guest" },
    ],
    projects: [{ id: "parts", name: "Parts", channels: ["discord:2001"], agents: ["erp/*", "chat/*"] }],
  },
  "config",
);
const remembering: DeskDeps["memoryOf"] = () => ({
  all: async () =>
    Array.from({ length: 40 }, (_, n) => ({
      id: `f-${n}`,
      source: "fact by Kit",
      at: 0,
      label: "current",
      text: `Fact\nnumber ${n} ${"x".repeat(200)}`,
    })),
});
const silent: DeskDeps["journal"] = {
  runs: async () => [],
  proposals: async () => [],
  proposal: async () => null,
};

function open(journal: Partial<DeskDeps["journal"]> = {}) {
  const clock = createHandClock();
  const directory = createDirectory(config);
  const desk = createDesk({
    roster,
    directory,
    clock,
    memoryOf: remembering,
    erps: new Map(),
    toolServers: { toolsFor: () => ({ reads: [], effects: [] }) },
    journal: { ...silent, ...journal },
  });
  return { clock, desk };
}
const asker = (user: string, channel = "2001"): Asker => ({
  account: { id: `discord:${user}`, name: user, standing: "regular" },
  channel: `discord:${channel}`,
  thread: `discord:${channel}:${channel}`,
  direct: false,
});
const kit = asker("1001");

describe("suggestions", () => {
  test("are 25 at most, one line each, and short", async () => {
    const found = await open().desk.suggest(kit, { from: "facts", typed: "" });
    expect(found).toHaveLength(25);
    expect(found.every(({ label }) => label.length <= 100 && !label.includes("\n"))).toBe(true);
  });

  test("begin with what was typed before they only hold it", async () => {
    const { desk } = open();
    const ids = async (typed: string) =>
      (await desk.suggest(asker("1001", "2009"), { from: "agents", typed })).map(({ value }) => value);
    expect((await ids("SALES"))[0]).toBe("erp/sales");
    expect((await ids("erp/in"))[0]).toBe("erp/invoices");
    expect(await ids("no such thing at all")).toEqual([]);
  });

  test("keep to the project's agents, and to a guest's", async () => {
    const { desk } = open();
    const roles = async (from: Asker) =>
      new Set(
        (await desk.suggest(from, { from: "agents", typed: "" })).map(({ value }) => value.split("/")[0]),
      );
    expect(await roles(kit)).toEqual(new Set(["chat", "erp"]));
    expect(await roles(asker("1003", "2009"))).toEqual(new Set(["chat", "language"]));
    for (const from of ["runs", "proposals", "facts", "pipelines"] as const)
      expect(await desk.suggest(asker("1003"), { from, typed: "" })).toEqual([]);
  });

  test("are none when the journal is late or fails", async () => {
    const late = open({ runs: async () => new Promise(() => undefined) });
    const asked = late.desk.suggest(kit, { from: "runs", typed: "" });
    late.clock.advance(1_500);
    expect(await asked).toEqual([]);
    const failing = open({ proposals: async () => Promise.reject(new Error("disk full")) });
    expect(await failing.desk.suggest(kit, { from: "proposals", typed: "" })).toEqual([]);
  });
});

describe("a form", () => {
  const run = (rest: string) => ({ verb: "run", rest });
  test("is for a pipeline that is called alone, where it may be used, by who may start it", () => {
    const { desk } = open();
    const elsewhere = asker("1001", "2009");
    expect(desk.form(elsewhere, run("client-onboarding"))?.pipeline).toBe("pipeline/client-onboarding");
    expect(desk.form(elsewhere, run("pipeline/client-onboarding"))?.pipeline).toBe(
      "pipeline/client-onboarding",
    );
    expect(desk.form(elsewhere, run("client-onboarding client=Ann"))).toBeNull();
    expect(desk.form(elsewhere, run("weekly-review"))).toBeNull();
    expect(desk.form(elsewhere, run("nobody"))).toBeNull();
    expect(desk.form(elsewhere, { verb: "ask", rest: "client-onboarding" })).toBeNull();
    expect(desk.form(kit, run("client-onboarding"))).toBeNull();
    expect(desk.form(asker("1003", "2009"), run("client-onboarding"))).toBeNull();
  });

  test("of a pipeline that is gone is wrong, and says so", () => {
    expect(open().desk.judge("pipeline/gone", {})).toMatchObject({
      kind: "wrong",
      problems: [{ field: "", why: "There is no pipeline/gone any more." }],
    });
  });
});
