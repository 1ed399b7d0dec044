// A thousand random edits of what is stored while Nova lives, and forty while it is dead; each part prints its seed.
import { expect, test } from "vitest";
import { editAtBoot, editStorm } from "./edit-storm.ts";

const first = Number(process.env["NOVA_SEED"] ?? 20_261_121);
const seeds = (count: number): readonly number[] => Array.from({ length: count }, (_, part) => first + part);

test.each(seeds(5))(
  "A1 A14 each of 200 random edits of all that a deed leans on (seed %i) is found, and nothing runs",
  { timeout: 170_000 },
  async (seed) => {
    const { missed, edits, paidAfterwards } = await editStorm(200, seed);
    process.stdout.write(`seed ${seed}: ${edits} edits, ${missed.length} missed\n`);
    expect(missed).toEqual([]);
    expect(paidAfterwards).toBe(3);
  },
);

test.each(seeds(40))(
  "A1 A14 an edit while Nova is dead (seed %i) is found before what was approved can run",
  { timeout: 60_000 },
  async (seed) => {
    const { what, isHeld } = await editAtBoot(seed);
    expect(isHeld, what).toBe(true);
  },
);
