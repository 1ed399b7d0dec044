// What a hundred messages ask, what each answer must say, and what the ERP must hold when all is over: the same on
// every surface, so that only the platform differs.
import { expect } from "vitest";
import type { NovaHome } from "./nova-process.ts";

/** Numbers in [0, 1) that are the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) | 0;
    return (state >>> 0) / 4_294_967_296;
  };
}

type Ask = { readonly text: string; readonly answer: RegExp };
const asks: readonly Ask[] = [
  { text: "how many drive belts are in stock?", answer: /drive belt/iu },
  { text: "is invoice INV-2026-0002 paid?", answer: /INV-2026-0002/u },
  { text: "how much stock of water pump?", answer: /water pump/iu },
  { text: "show invoice INV-2026-0004", answer: /INV-2026-0004/u },
];
export const askAt = (index: number): Ask => asks[index % asks.length] ?? { text: "", answer: /^$/u };

/** Asked for before the storm, approved in the middle of it. */
export const wishes: readonly string[] = [
  "confirm order SO-1007",
  "confirm order SO-1012",
  "ship order SO-1009",
  "cancel order SO-1010",
  "create the customer Tidehouse in Kiel",
  "create the customer Nordlicht in Kiel",
  "create the customer Seestern in Kiel",
  "create the customer Deichgraf in Kiel",
];

/** The ERP's own tables say how often each wish came true. */
export function expectEachWishOnce(home: NovaHome): void {
  const one = (sql: string): unknown => Object.values(home.erp(sql)[0] ?? {})[0];
  expect(one("SELECT count(*) FROM applied_action")).toBe(wishes.length);
  const names = "'Tidehouse', 'Nordlicht', 'Seestern', 'Deichgraf'";
  expect(one(`SELECT count(*) FROM party WHERE name IN (${names})`)).toBe(4);
  const moves = home.erp(
    `SELECT d.ref, c.now, count(*) AS times FROM doc_change c JOIN doc d ON d.id = c.doc WHERE
      (d.ref IN ('SO-1007', 'SO-1012') AND c.now = 'confirmed') OR (d.ref = 'SO-1009' AND c.now = 'shipped')
      OR (d.ref = 'SO-1010' AND c.now = 'cancelled') GROUP BY d.ref, c.now ORDER BY d.ref`,
  );
  expect(moves.map((row) => ({ ...row }))).toEqual([
    { ref: "SO-1007", now: "confirmed", times: 1 },
    { ref: "SO-1009", now: "shipped", times: 1 },
    { ref: "SO-1010", now: "cancelled", times: 1 },
    { ref: "SO-1012", now: "confirmed", times: 1 },
  ]);
  expect(home.erp("SELECT * FROM breach")).toEqual([]);
}

export function expectSoundAudit(home: NovaHome): void {
  const { code, output } = home.run("audit", "verify");
  expect(output).toMatch(/audit chain is sound/u);
  expect(code).toBe(0);
}

/** In the ordinary run one schedule is enough; PROVE_ROUNDS asks for more, from PROVE_SEED on. */
const rounds = Number(process.env["PROVE_ROUNDS"] ?? "1");
export const isFullSize = rounds > 1;
export const seeds: readonly number[] = Array.from(
  { length: rounds },
  (_, index) => Number(process.env["PROVE_SEED"] ?? "1") + index,
);
