// Twelve thousand presses of every wrong kind among right ones, in twelve seeded parts over the three kinds of till; each
// prints its seed and what it saw.
import { expect, test } from "vitest";
import { storm } from "./press-storm.ts";

const first = Number(process.env["NOVA_SEED"] ?? 20_261_121);
const modes = ["key", "search", "none"] as const;
const cases = Array.from({ length: 4 }).flatMap((_, part) =>
  modes.map((mode, at) => ({ seed: first + part * modes.length + at, mode })),
);

test.each(cases)(
  "A4 A5 A7 A8 A9 A13 A20 A22 A23 of 1,000 presses of every kind (seed $seed) only right ones pay, each once and as shown, at a till that knows ids by: $mode",
  { timeout: 170_000 },
  async ({ seed, mode }) => {
    const { violations, ignored, ...figures } = await storm(1_000, seed, mode);
    process.stdout.write(`seed ${seed}, ${mode}: ${JSON.stringify(figures)}\n`);
    expect({ violations, ignored }).toEqual({ violations: [], ignored: [] });
    expect(figures.paid).toBeGreaterThan(20);
    expect(figures.high).toBeGreaterThan(0);
    // Some of a thousand, in every part: how many is the seed's.
    expect(figures.crashes).toBeGreaterThan(0);
    expect(figures.unheard).toBeGreaterThan(0);
    // Where nothing can be found again, all of them are shown as unknown before any time has passed.
    if (mode === "none") expect(figures.told).toBe(figures.unheard);
  },
);
