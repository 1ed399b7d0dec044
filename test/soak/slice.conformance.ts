// A seeded slice of the soak, small enough for every run; the whole is `npm run test:soak`.
import { describe, expect, test } from "vitest";
import { soak, soaked } from "./soak.ts";

describe.each(soaked)("on %s", (surface) => {
  test("300 messages over 60 threads: none lost, doubled or out of order", { timeout: 60_000 }, async () => {
    const figures = await soak(surface, { messages: 300, threads: 60, seed: 7 });
    expect(figures).toMatchObject({ lost: 0, doubled: 0, disordered: 0, violations: [] });
  });
});
