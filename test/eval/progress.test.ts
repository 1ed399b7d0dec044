// How far it is: one rewritten line at a terminal, plain lines in a pipe.
import { expect, test } from "vitest";
import { createProgress } from "../../src/cli/progress.ts";
import type { ProgressStream } from "../../src/cli/progress.ts";

function shown(
  more: Partial<ProgressStream>,
  environment: Readonly<Record<string, string>> = {},
  of = 40,
): readonly string[] {
  const written: string[] = [];
  const progress = createProgress({ ...more, write: (text) => written.push(text) }, environment);
  for (let done = 1; done <= of; done += 1) progress.show({ done, of, words: "erp/stock" });
  progress.end();
  return written;
}

test("at a terminal one line is rewritten, never wider than the terminal, and taken away at the end", () => {
  const written = shown({ isTTY: true, columns: 40 });
  expect(written).toHaveLength(41);
  expect(written[19]).toBe("\r\u001B[2K[############............] 20 of 40 erp");
  expect(written.every((line) => !line.includes("\n"))).toBe(true);
  expect(written.at(-1)).toBe("\r\u001B[2K");
  for (const columns of [0, undefined])
    expect(shown({ isTTY: true, columns }).at(-2)).toMatch(/ 40 of 40 erp\/stock$/u);
});

test("in a pipe, without colours or at a dumb terminal there are ten plain lines", () => {
  for (const written of [
    shown({}),
    shown({ isTTY: true }, { NO_COLOR: "1" }),
    shown({ isTTY: true }, { TERM: "dumb" }),
  ]) {
    expect(written).toHaveLength(10);
    expect(written[0]).toBe("4 of 40 erp/stock\n");
    expect(written.at(-1)).toBe("40 of 40 erp/stock\n");
    expect(written.join("")).not.toContain("\u001B");
  }
  expect(shown({}, { NO_COLOR: "" }, 3)).toHaveLength(3);
});
