// A5 over a real journal: every order in which one to three people with one or two accounts each can press. The oracle is
// the rule in words: whoever asked never counts, nobody counts twice, and two others are needed where there are two.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import { decidersOf } from "../../src/approvals/authority.ts";
import { parseConfig } from "../../src/config.ts";
import { createDirectory } from "../../src/people.ts";
import type { Journal } from "../../src/ports.ts";
import { createTestClock } from "../support/clock.ts";
import { createTestEntropy } from "../support/entropy.ts";
import { cardOf, proposalOf, voteOf } from "../support/journal-samples.ts";

const names = ["Kit", "Maya", "Ada"] as const;
type Name = (typeof names)[number];
type Press = { readonly person: Name; readonly account: `discord:${string}` };

let folder = "";
let journal: Journal;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nova-four-eyes-"));
  journal = createSqliteJournal({
    folder,
    clock: createTestClock(),
    entropy: createTestEntropy("four eyes"),
  });
});
afterAll(async () => {
  await journal.close();
  rmSync(folder, { recursive: true });
});

const ordersOf = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  all.length === 0
    ? [[]]
    : all.flatMap((first, at) =>
        ordersOf(all.filter((_, index) => index !== at)).map((rest) => [first, ...rest]),
      );

function houseOf(people: readonly Name[]) {
  const presses = people.flatMap((person, at): readonly Press[] =>
    at === 2
      ? [{ person, account: `discord:${at}a` }]
      : [
          { person, account: `discord:${at}a` },
          { person, account: `discord:${at}b` },
        ],
  );
  const config = parseConfig(
    {
      people: people.map((name) => ({
        name,
        ids: presses.filter(({ person }) => person === name).map(({ account }) => account),
        role: "owner" as const,
      })),
    },
    "the test's config",
  );
  return { presses, directory: createDirectory(config) };
}

async function propose(
  id: string,
  people: readonly Name[],
): Promise<ReturnType<typeof houseOf> & { readonly needed: number }> {
  const house = houseOf(people);
  const { approvers, minApprovals } = house.directory.quorumFor("high", "Kit");
  const change = { stakes: "high", requester: "Kit", approvers, minApprovals } as const;
  await journal.propose(proposalOf(id, change), cardOf(id));
  for (const { id: row, rev } of await journal.claimDue())
    await journal.shown({ id: row, rev, platformId: row });
  return { ...house, needed: people.length === 1 ? 1 : Math.min(2, people.length - 1) };
}

async function press(
  id: string,
  house: ReturnType<typeof houseOf>,
  { person, account }: Press,
): Promise<void> {
  const proposal = await journal.proposal(id);
  if (proposal === null || !decidersOf(house.directory, proposal).includes(person)) return;
  await journal.decide(voteOf(id, { person, account }));
}

test.each([1, 2, 3])("A5: every order of presses of %i people ends as the rule says", async (count) => {
  const people = names.slice(0, count);
  for (const [index, order] of ordersOf(houseOf(people).presses).entries()) {
    const id = `p-${count}-${index}`;
    const { needed, ...house } = await propose(id, people);
    const counted = new Set<Name>();
    for (const one of order) {
      await press(id, house, one);
      if (counted.size < needed && (count === 1 || one.person !== "Kit")) counted.add(one.person);
      const now = await journal.proposal(id);
      expect(now?.state, JSON.stringify(order)).toBe(counted.size >= needed ? "approved" : "pending");
      expect(now?.decidedBy).toEqual([...counted]);
    }
  }
});

test("A5: presses at the same moment are counted one after the other", async () => {
  const { needed, ...house } = await propose("p-parallel", names);
  await Promise.all(house.presses.map(async (one) => press("p-parallel", house, one)));
  const now = await journal.proposal("p-parallel");
  expect(now?.state).toBe("approved");
  expect(now?.decidedBy).toHaveLength(needed);
  expect(now?.decidedBy).not.toContain("Kit");
});

test("A5: whoever asked stands in for nobody who may approve it", async () => {
  const people = names.map((name, at) => ({ name, ids: [`discord:${at}` as const], role: "owner" as const }));
  const day = { since: "2026-01-01", until: "2026-12-31" };
  const config = { people, approvals: { delegations: [{ from: "Ada", to: "Kit", ...day }] } };
  const now = Date.UTC(2026, 5, 1);
  const directory = createDirectory(parseConfig(config, "the test's config"), { now: () => now });
  await propose("p-stand-in", names);
  const proposal = await journal.proposal("p-stand-in");
  expect(directory.standInsOf("Ada")).toEqual(["Kit"]);
  expect(proposal === null ? [] : decidersOf(directory, proposal)).toEqual(["Maya", "Ada"]);
});
