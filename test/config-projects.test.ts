// The sample projects: bound to what exists, each with a purpose of its own, and gone without a trace when deleted.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import shipped from "../config/nova.ts";
import { parseConfig } from "../src/config.ts";
import { contextIn } from "../src/memory/context.ts";
import { loadRoster } from "../src/roster.ts";
import { candidatesOf } from "../src/routing/candidates.ts";

const folder = fileURLToPath(new URL("../config/projects/", import.meta.url));
const { projects } = parseConfig(shipped, "config/nova.ts");
const roster = (await loadRoster(fileURLToPath(new URL("../agents", import.meta.url)))).toRouting();

test("are five, each with agents that exist, a profile and conventions", () => {
  expect(projects).toHaveLength(readdirSync(folder).length);
  expect(projects).toHaveLength(5);
  for (const { id, agents, profile, conventions } of projects) {
    expect(profile.length, id).toBeGreaterThan(40);
    expect(conventions.length, id).toBeGreaterThanOrEqual(2);
    for (const pattern of agents)
      expect(
        candidatesOf({ roster, person: "owner", projectAgents: [pattern] }),
        `${id}: ${pattern}`,
      ).not.toEqual([]);
  }
});

test("an agent that reads an ERP is only allowed where there is one", () => {
  for (const { id, agents, erp } of projects.filter((project) => project.erp === null)) {
    const allowed = candidatesOf({ roster, person: "owner", projectAgents: agents });
    expect(erp).toBeNull();
    expect(
      allowed.filter(({ role }) => role === "erp").map((entry) => entry.id),
      id,
    ).toEqual([]);
  }
});

test("no file of the product or of an agent knows any of them", () => {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const sources = ["src", "adapters", "agents"].flatMap((name) =>
    readdirSync(`${root}${name}`, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => `${root}${name}/${file}`),
  );
  expect(sources.length).toBeGreaterThan(300);
  const names = projects.map(({ id }) => `"${id}"`).concat("config/projects");
  const knowing = sources.filter((file) => {
    const text = readFileSync(file, "utf8");
    return names.some((name) => text.includes(name));
  });
  expect(knowing).toEqual([]);
  expect(parseConfig({ ...shipped, projects: [] }, "config/nova.ts").projects).toEqual([]);
});

test("what the config says of a project stands under what its channel says", () => {
  const project = { profile: "A shop.", conventions: ["Be short."] };
  expect(contextIn(project, null)).toMatchObject({ profile: "A shop.", conventions: ["Be short."] });
  const own = contextIn(
    { conventions: ["Be kind."] },
    contextIn({ profile: "The repair channel.", conventions: ["Name the machine."] }, null),
  );
  expect(contextIn(project, own)).toMatchObject({
    profile: "The repair channel.",
    conventions: ["Be short.", "Be kind.", "Name the machine."],
  });
  expect(contextIn({}, null)).toBeNull();
});
