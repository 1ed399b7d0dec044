// Adding an agent is one new file and nothing else: in a copy of the project it is written, listed, routed to, answers and is
// evaluated; taken away again, everything is as it was. All through the command line, as it is typed.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadAgentsReport } from "../../src/eval/agents-report.ts";
import { routeOf } from "../../src/eval/rehearsal.ts";
import { loadRoster } from "../../src/roster.ts";
import { RouteDecision } from "../../src/routing/route.ts";
import { lendRouter, ownRouter } from "../support/trained-router.ts";

const source = `// Lists for the check of the shelves.
import { erpSpecialist, prose } from "#nova";
import { findStock } from "#tools/erp";
import { z } from "zod";

const things = ["brushes", "brooms", "filters", "hoses", "belts"];

export default erpSpecialist({
  job: "Writes the lists for the check of the shelves.",
  handles: things.flatMap((thing) => [
    \`shelf check of \${thing}\`,
    \`the shelf check for the \${thing}\`,
    \`a list of \${thing} for the shelf check\`,
    \`shelf check: \${thing}, please\`,
    \`list the \${thing} for checking the shelves\`,
  ]),
  declines: things.map((thing) => ({ text: \`how many \${thing} are in stock?\`, instead: "erp/stock" })),
  reads: [findStock],
  effects: [],
  sees: [],
  maxWords: 160,
  reply: z.object({ answer: z.string(), items: z.array(z.string()) }),
  evals: [
    { ask: "shelf check of brushes", expect: ({ answer }) => /brush/i.test(answer) && /\\d/.test(answer) },
    { ask: "the shelf check for the filters", expect: ({ answer }) => /filter/i.test(answer) },
    { ask: "a list of hoses for the shelf check", expect: ({ answer }) => /hose/i.test(answer) },
    { ask: "shelf check of the main brushes", expect: ({ answer }) => answer.includes("BR-MAIN-36") },
    { ask: "shelf check of the side brushes", expect: ({ answer }) => answer.includes("BR-SIDE-14") },
    { ask: "the shelf check as a poem", needs: "language model", expect: ({ answer }) => answer.includes(",") },
  ],
  instructions: prose\`
    Read the stock in this very turn and list each item with what should lie there.
  \`,
});
`;
const id = "erp/shelf-check";
const said = "the shelf check for our main brush";

let house = "";
let home = "";
beforeAll(() => {
  mkdirSync(".nova", { recursive: true });
  // Beneath the project, where the packages are found; its own package.json makes its agents import its own sources.
  house = resolve(mkdtempSync(join(".nova", "thirty-fifth-")));
  for (const part of ["src", "adapters", "agents", "config", "bin", "package.json"])
    cpSync(part, join(house, part), { recursive: true });
  home = join(house, "home");
  lendRouter(home);
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

async function nova(words: readonly string[], typed = ""): Promise<string> {
  const env = {
    PATH: process.env["PATH"] ?? "",
    NOVA_HOME: home,
    NOVA_PORT: "0",
    NOVA_LOG: "silent",
    NODE_COMPILE_CACHE: resolve("node_modules/.cache/thirty-fifth"),
  };
  return new Promise((done, fail) => {
    const child = execFile(
      process.execPath,
      ["bin/nova.mjs", ...words],
      { env, cwd: house },
      (error, out, err) => (error === null ? done(out) : fail(new Error(`${words.join(" ")}: ${out}${err}`))),
    );
    child.stdin?.end(typed);
  });
}
const decisionIn = (out: string): RouteDecision => RouteDecision.parse(JSON.parse(out));

test("a thirty-fifth agent is one new file: listed, routed to, answering and evaluated; without it all is as before", async () => {
  const file = join(house, "agents", `${id}.ts`);
  writeFileSync(file, source);

  const talk = await nova(["start"], `/agents\n${said}\n`);
  expect(talk).toMatch(/• erp\/shelf-check: Writes the lists for the check of the shelves\./u);
  expect(talk).toMatch(/Main brush 36 in, Main warehouse: \d+ pcs free[^]*\n +erp\/shelf-check · read/u);
  const [routed, measured] = await Promise.all([nova(["route", said]), nova(["eval", "--agent", id])]);
  expect(decisionIn(routed).target).toEqual({ kind: "agent", agent: id });
  expect(measured).toMatch(/^erp\/shelf-check +5 of 5 +1 +6 of 6 +10 of 10 +1 of 1$/mu);
  const kept = loadAgentsReport(home)?.agents.map(({ id: of, passed, skipped }) => ({ of, passed, skipped }));
  expect(kept).toEqual([{ of: id, passed: 5, skipped: 1 }]);

  rmSync(file);
  // The same decision with the same hash of everything that the router learns from: nobody is left, and nobody was moved.
  const roster = await loadRoster(resolve("agents"));
  expect(roster.find(id)).toBeNull();
  expect(decisionIn(await nova(["route", said]))).toEqual(routeOf({ roster, router: ownRouter }, said));
});
