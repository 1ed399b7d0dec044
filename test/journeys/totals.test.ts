// Splitting one payment into ten does not make it smaller: what was asked and done for the same party within a day counts,
// and the card says so. And where the facts can't be judged, nobody is asked.
import { afterEach, expect, test } from "vitest";
import { sees } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { proposalOf } from "../support/journal-samples.ts";
import { openTillHouse, visitors } from "../prove/till-house.ts";
import type { TillHouse } from "../prove/till-house.ts";
import { methodsOf, useNova } from "./stage.ts";

const start = useNova();
let house: TillHouse | null = null;
afterEach(async () => {
  await house?.close();
  house = null;
});

async function ask({ door, nova, clock }: TillHouse, to: string, cents: number): Promise<void> {
  clock.advance(60_000);
  await door.comes(visitors.maya, { kind: "text", text: `erp/till: pay ${to} ${cents}` });
  await nova.idle();
}

async function approveAll({ door, nova }: TillHouse): Promise<void> {
  for (const { post, platformId } of door.posts()) {
    const nonce = post.buttons.find(({ label }) => label === "Approve")?.nonce;
    if (post.card?.isOpen !== true || nonce === undefined) continue;
    await door.comes(visitors.kit, { kind: "press", nonce, onMessage: platformId, words: null });
    await nova.idle();
  }
}

const stakesOf = async ({ nova }: TillHouse): Promise<readonly string[]> =>
  (await nova.journal().proposals({})).map(({ stakes }) => stakes);
const medium = (count: number): readonly string[] => Array.from({ length: count }, () => "medium");

test("A3: of ten payments below the amount those that would pass it together are high, and their cards say why", async () => {
  house = await openTillHouse();
  for (let part = 0; part < 10; part += 1) {
    await ask(house, "Alder", 60_000 + part);
    // Paid or still asked: both count.
    if (part === 3) await approveAll(house);
  }
  expect(house.till.paid).toHaveLength(4);
  expect(await stakesOf(house)).toEqual([...medium(8), "high", "high"]);
  const terms = house.door.posts().map(({ post }) => post.card?.terms[0] ?? "");
  expect(terms).toContain("high stakes (with the 8 others of the last 24 h: 5,400.36 EUR)");
  await ask(house, "Birch", 60_000);
  expect((await stakesOf(house)).at(-1)).toBe("medium");
  await approveAll(house);
  expect(house.till.paid).toHaveLength(9);
  // A day later only what still waits counts.
  house.clock.advance(24 * 3_600_000 + 1);
  await house.nova.idle();
  await ask(house, "Alder", 60_010);
  expect((await stakesOf(house)).at(-1)).toBe("medium");
});

test("A3: a total that is reached only by the time it should run is asked again, and not run", async () => {
  house = await openTillHouse();
  await ask(house, "Alder", 300_000);
  await ask(house, "Alder", 300_001);
  expect(await stakesOf(house)).toEqual(["medium", "high"]);
  // Two that were judged side by side, each before the other was stored.
  const journal = house.nova.journal();
  const [first] = await journal.proposals({});
  if (first === undefined) throw new Error("nothing was asked");
  await journal.propose(proposalOf("p-beside", { prepared: first.prepared }), null);
  const settled = await journal.settle("p-beside", {
    from: ["proposed"],
    to: "unknown",
    detail: "its answer was lost",
  });
  expect(settled).toBe(true);
  await approveAll(house);
  expect(house.till.paid.filter(({ actionId }) => actionId === first.id)).toEqual([]);
  const now = await journal.proposal(first.id);
  expect(now?.state).toBe("stale");
  expect(now?.outcomeDetail).toMatch(
    /more is at stake now: high, and it was approved as medium; p-[0-9a-f]+ asks again/u,
  );
  expect((await journal.proposals({})).at(-1)).toMatchObject({ stakes: "high" });
});

test("A3: where a fact can't be judged nobody is asked, and it is said that it failed", async () => {
  const door = terminalDoor();
  const nova = await start({
    doors: [door],
    wrapErp: (erp) => ({
      ...methodsOf(erp),
      prepare: async (command) => {
        const result = await erp.prepare(command);
        if (result.kind === "refused") return result;
        const { risk } = result.prepared;
        const broken = {
          ...risk,
          get records(): number {
            throw new Error("the facts are broken");
          },
        };
        return { kind: "prepared", prepared: { ...result.prepared, risk: broken } };
      },
    }),
  });
  await door.says("confirm order SO-1007");
  await sees(door, /nova!/u);
  await nova.idle();
  expect(await nova.journal().proposals({})).toEqual([]);
  expect((await door.seen()).join("")).not.toMatch(/Waiting for Kit/u);
});
