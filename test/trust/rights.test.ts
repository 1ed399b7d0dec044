// Trust never widens rights: whoever decides what may be asked, who may approve, what runs and who gets a message does not
// even know of it.
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("no law of routing, rights, approval or execution asks for trust", () => {
  const files = globSync("src/{approvals,routing,cards,runs,turns,tools,erp}/**/*.ts").concat(
    [
      "execution",
      "decision",
      "batch-decision",
      "recheck",
      "press-rules",
      "entitlement",
      "toolbox",
      "admission",
      "targets",
      "due",
      "equipment",
      "run-effect",
    ].map((name) => `src/work/${name}.ts`),
    ["approvals", "router", "assignment", "inbox"].map((name) => `src/rooms/${name}.ts`),
  );
  expect(files.length).toBeGreaterThan(60);
  const asking = files.filter((file) => /\/trust\//u.test(readFileSync(file, "utf8")));
  expect(asking).toEqual([]);
});
