// Ten thousand presses of every wrong kind among right ones, in ten seeded parts; each prints its seed and what it saw.
import { expect, test } from "vitest";
import { storm } from "./press-storm.ts";

const first = Number(process.env["NOVA_SEED"] ?? 20_261_121);
const parts = 10;

test.each(Array.from({ length: parts }, (_, part) => first + part))(
  "A4 A7 A8 A9 A20 A22 A23 of 1,000 presses of every kind (seed %i) only right ones pay, each once and as shown",
  { timeout: 170_000 },
  async (seed) => {
    const { violations, ignored, ...figures } = await storm(1_000, seed);
    process.stdout.write(`seed ${seed}: ${JSON.stringify(figures)}\n`);
    expect({ violations, ignored }).toEqual({ violations: [], ignored: [] });
    expect(figures.paid).toBeGreaterThan(20);
    expect(figures.crashes).toBeGreaterThan(2);
  },
);
