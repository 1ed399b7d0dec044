// `config/trust.ts`: what stands there is valid, and each mistake is one clear sentence.
import { expect, test } from "vitest";
import { trust } from "../../config/trust.ts";
import { BootError } from "../../src/boot-error.ts";
import { parseTrust } from "../../src/trust/trust-config.ts";

const said = (raw: unknown): string => {
  try {
    parseTrust(raw, "config/trust.ts");
    return "";
  } catch (error) {
    if (!(error instanceof BootError)) throw error;
    return error.message;
  }
};

test("the house's own is valid", () => {
  expect(parseTrust(trust, "config/trust.ts")).toEqual(trust);
});

const { halfLifeDays: _left, ...lacking } = trust;
test.each([
  [{ ...trust, stakse: trust.stakes }, /Unknown key "stakse": did you mean "stakes"\?/u],
  [{ ...trust, stakes: { ...trust.stakes, hihg: 1 } }, /Unknown key "stakes\.hihg": did you mean "high"\?/u],
  [{ ...trust, stakes: { ...trust.stakes, low: 1 } }, /At stakes\.low: must be below 1\./u],
  [{ ...trust, stakes: { ...trust.stakes, low: "0.6" } }, /At stakes\.low: Invalid input: expected number/u],
  [
    { ...trust, stakes: { ...trust.stakes, low: 0.8 } },
    /stakes\.low \(0\.8\) asks more than stakes\.medium \(0\.75\)/u,
  ],
  [
    { ...trust, stakes: { ...trust.stakes, high: 0.7 } },
    /stakes\.medium \(0\.75\) asks more than stakes\.high/u,
  ],
  [{ ...trust, halfLifeDays: 0 }, /At halfLifeDays: must be above 0\./u],
  [{ ...trust, prior: { good: 9, bad: 0 } }, /At prior\.bad: must be above 0\./u],
  [lacking, /At halfLifeDays: Invalid input: expected number, received undefined\./u],
  [null, /At the top: /u],
])("%# is refused with one sentence", (raw, sentence) => {
  expect(said(raw)).toMatch(/^config\/trust\.ts is not valid\. /u);
  expect(said(raw)).toMatch(sentence);
});
