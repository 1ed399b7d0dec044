// Prints, after everything else, which rule holds on which surface: a line per rule, a column per surface, and below it
// why a rule means nothing somewhere.
import type { Reporter, TestCase, TestModule } from "vitest/node";
import { surfaceNames } from "./surface-names.ts";

type Cell = { readonly state: string; readonly note: string | undefined };

export default class Matrix implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rules = new Map<string, Map<string, Cell>>();
    for (const test of modules.flatMap((module) => [...module.children.allTests()])) {
      const surface = test.parent.type === "suite" ? test.parent.name : "";
      if (!surfaceNames.some((name) => name === surface)) continue;
      const row = rules.get(test.name) ?? new Map<string, Cell>();
      row.set(surface, cellOf(test));
      rules.set(test.name, row);
    }
    if (rules.size > 0) process.stdout.write(`\n${draw(rules)}\n`);
  }
}

function cellOf(test: TestCase): Cell {
  const result = test.result();
  if (result.state !== "skipped") return { state: result.state, note: undefined };
  return { state: result.note === undefined ? "not run" : "n.a.", note: result.note };
}

function draw(rules: ReadonlyMap<string, ReadonlyMap<string, Cell>>): string {
  const reasons: string[] = [];
  const markOf = (cell: Cell | undefined): string => {
    if (cell === undefined) return "-";
    if (cell.note === undefined) return cell.state === "passed" ? "pass" : cell.state;
    if (!reasons.includes(cell.note)) reasons.push(cell.note);
    return `n.a. ${reasons.indexOf(cell.note) + 1}`;
  };
  const width = Math.max(...surfaceNames.map((name) => name.length)) + 2;
  const lines = [...rules].map(([rule, row]) => {
    const cells = surfaceNames.map((name) => markOf(row.get(name)).padEnd(width));
    return `${cells.join("")}${rule}`;
  });
  const head = `${surfaceNames.map((name) => name.padEnd(width)).join("")}rule`;
  const cells = [...rules.values()].flatMap((row) => [...row.values()]);
  const count = (state: string): number => cells.filter((cell) => cell.state === state).length;
  return [
    head,
    ...lines,
    "",
    ...reasons.map((reason, index) => `n.a. ${index + 1}: ${reason}`),
    "",
    `${rules.size} rules × ${surfaceNames.length} surfaces: ${count("passed")} hold, ${count("n.a.")} mean nothing there, ${count("failed")} fail`,
  ].join("\n");
}
