// A short, seeded slice of the storm of edits; the whole of it is `npm run test:approvals`.
import { expect, test } from "vitest";
import { editAtBoot, editStorm } from "./edit-storm.ts";

const seed = 4_101;

test(
  `A1 A14 each of 60 random edits of all that a deed leans on (seed ${seed}) is found, and nothing runs`,
  { timeout: 60_000 },
  async () => {
    const { missed, paidAfterwards } = await editStorm(60, seed);
    expect(missed).toEqual([]);
    expect(paidAfterwards).toBe(3);
  },
);

test(
  `A1 A14 an edit while Nova is dead (seed ${seed}) is found before what was approved can run`,
  { timeout: 60_000 },
  async () => {
    expect(await editAtBoot(seed)).toMatchObject({ isHeld: true });
  },
);
