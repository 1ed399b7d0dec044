// Ten thousand proposals, drawn on every platform and read back: a card shows what its approval binds, and nothing else.
import { expect, test } from "vitest";
import { provesDrawn } from "./drawn-card.ts";

test("A2 title, amount, changes and checks of the drawn card are those that are bound, on every platform (10,000 proposals)", () => {
  for (const [name, whole] of Object.entries(provesDrawn(10_000))) expect(whole, name).toBeGreaterThan(3_000);
}, 280_000);
