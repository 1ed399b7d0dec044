// A fault whose place is gone would prove nothing any more: that is found here at once, not in the long suite.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { faults } from "./faults.ts";

const root = new URL("../..", import.meta.url).pathname;
const occurrences = (file: string, cut: string): number =>
  readFileSync(join(root, file), "utf8").split(cut).length - 1;

test.each(faults)("the place of the fault stands once, and its test is there: $fault", (fault) => {
  expect(occurrences(fault.file, fault.cut)).toBe(1);
  expect(fault.put).not.toBe(fault.cut);
  expect(existsSync(join(root, fault.noticedBy))).toBe(true);
});
