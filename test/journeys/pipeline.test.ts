// A pipeline as a person lives it: launched by a verb, one progress post that changes in place, a card that waits, and
// exactly one end, whatever that is.
import { afterEach, describe, expect, test } from "vitest";
import { createOfflineModel } from "../../adapters/offline/index.ts";
import { NovaFailure } from "../../src/failures.ts";
import type { Model } from "../../src/ports.ts";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { webDoor } from "../support/doors/web.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaOptions, NovaUnderTest } from "../support/start-nova.ts";

type Opening = readonly [string, () => Promise<Door>];
const remote: readonly Opening[] = [
  ["discord", async () => discordDoor()],
  ["slack", async () => slackDoor("socket")],
];
const inPlace: readonly Opening[] = [["web", async () => webDoor()], ...remote];
const everywhere: readonly Opening[] = [["terminal", async () => terminalDoor()], ...inPlace];

let nova: NovaUnderTest | null = null;
afterEach(async () => {
  await nova?.close();
  nova = null;
});

async function enter(open: () => Promise<Door>, more: Partial<NovaOptions> = {}): Promise<Door> {
  const door = await open();
  nova = await startNova({ doors: [door], ...more });
  return door;
}
const customers = async (name: string): Promise<number> => {
  const found = await nova?.erp().query({ kind: "parties", text: name, role: null, limit: 10 });
  return found?.rows.length ?? Number.NaN;
};
/** As many posts as show it, however often one of them says it. */
const postsWith = (posts: readonly string[], wanted: RegExp): number =>
  posts.filter((post) => wanted.test(post)).length;
/** A terminal shows everything in one piece. */
const ends = (door: Door, posts: readonly string[], wanted: RegExp): number =>
  door.name === "terminal"
    ? [...posts.join("\n").matchAll(wanted)].length
    : postsWith(posts, new RegExp(wanted.source, "u"));
const progress = /pipeline\/client-onboarding\W* · (?:starting|running|waiting|done|failed|stopped)/u;

describe.each(everywhere)("on %s", (_name, open) => {
  test("waits for the approval in the middle, then ends, and says so once", async () => {
    const door = await enter(open);
    await door.verb("run", "client-onboarding client=Tidehouse city=Kiel contact=Anke");
    await sees(door, /Waiting for Kit/u);
    await nova?.idle();
    expect(await customers("Tidehouse")).toBe(0);
    await door.press("Approve");
    await sees(door, /The customer record for Tidehouse is in the ERP/u);
    await nova?.idle();
    const posts = await sees(door, /· done[^]*✓ welcome note/u);
    expect(ends(door, posts, /The customer record for Tidehouse is in the ERP/gu)).toBe(1);
    expect(await customers("Tidehouse")).toBe(1);
    expect(door.complaints()).toEqual([]);
  });
});

describe.each(inPlace)("on %s", (_name, open) => {
  test("has one progress post from start to end", async () => {
    const door = await enter(open);
    await door.verb("run", "client-onboarding client=Tidehouse");
    expect(postsWith(await sees(door, /waiting for an approval/u), progress)).toBe(1);
    await door.press("Approve");
    const posts = await sees(door, /· done[^]*✓ welcome note/u);
    expect(postsWith(posts, progress)).toBe(1);
    expect(door.complaints()).toEqual([]);
  });

  test("a rejection ends it honestly, with its reason and without a welcome note", async () => {
    const door = await enter(open);
    await door.verb("run", "client-onboarding client=Tidehouse");
    await sees(door, /Waiting for Kit/u);
    await door.press("Reject…", { words: "not signed yet" });
    const posts = await sees(door, /The customer record for Tidehouse was rejected[^]*not signed yet/u);
    expect(posts.join("\n")).not.toMatch(/Welcome note, a draft/u);
    await nova?.idle();
    expect(await customers("Tidehouse")).toBe(0);
    expect(door.complaints()).toEqual([]);
  });

  test("Stop stops it: the card is withdrawn, the progress says so, and nothing more comes", async () => {
    const door = await enter(open);
    await door.verb("run", "client-onboarding client=Tidehouse");
    await sees(door, /Waiting for Kit/u);
    await nova?.idle();
    await door.press("Stop");
    await sees(door, /Stopped pipeline\/client-onboarding/u);
    await sees(door, /Withdrawn; nothing was done/u);
    const posts = await sees(door, /client-onboarding\W* · stopped/u);
    await nova?.idle();
    expect(postsWith(posts, progress)).toBe(1);
    expect((await door.seen()).join("\n")).not.toMatch(/⚠/u);
    await expect(door.press("Approve")).rejects.toThrow(/no button/u);
    expect(await customers("Tidehouse")).toBe(0);
    expect(door.complaints()).toEqual([]);
  });
});

describe("in a conversation", () => {
  test("what is missing is asked for, and the answer starts it", async () => {
    const door = await enter(async () => webDoor());
    await door.verb("run", "client-onboarding");
    await sees(door, /I need client \(the client's name\)|I need `client`/u);
    await door.says('client="Seestern Café"');
    await sees(door, /Waiting for Kit/u);
    expect((await door.seen()).join("\n")).toContain("Create customer Seestern Café");
  });

  test("a client that the ERP knows is not made again, and that is said", async () => {
    const door = await enter(async () => webDoor());
    await door.verb("run", 'client-onboarding client="Ironwood Logistics"');
    const posts = await sees(
      door,
      /Ironwood Logistics was in the ERP already as P-\d+, so I created nothing/u,
    );
    expect(posts.join("\n")).not.toMatch(/Waiting for/u);
    expect(await customers("Ironwood Logistics")).toBe(1);
  });

  test("a guest does not start one", async () => {
    const door = await enter(async () => slackDoor("socket"));
    await door.verb("run", "client-onboarding client=Tidehouse", "stranger");
    await sees(door, /owner|member|None of my agents/u);
    await nova?.idle();
    expect(postsWith(await door.seen(), progress)).toBe(0);
  });
});

describe("when a step fails", () => {
  const down: Model = {
    ...createOfflineModel(),
    generate: async () => Promise.reject(new NovaFailure("model.down", "ECONNREFUSED 10.0.0.7:443")),
  };

  test("its name and the reason are said once, the operator's words are not, and failures keeps it", async () => {
    const door = await enter(async () => webDoor(), { model: down });
    await door.verb("run", "client-onboarding client=Tidehouse");
    const wanted = /the step .checklist. failed: The language model can't be reached/u;
    await sees(door, wanted);
    const posts = await sees(door, /· failed[^]*✗ checklist/u);
    expect(postsWith(posts, wanted)).toBe(1);
    expect(posts.join("\n")).not.toContain("ECONNREFUSED");
    await nova?.idle();
    await door.verb("failures");
    await sees(door, /model\.down/u);
    expect((await nova?.journal().failures(5))?.map(({ operator }) => operator)).toEqual([
      expect.stringMatching(/step "checklist": ECONNREFUSED/u),
    ]);
  });

  test("a run whose pipeline no longer exists in its version is said at the start, not lost", async () => {
    const door = await enter(async () => slackDoor("socket"));
    await door.verb("run", "client-onboarding client=Tidehouse");
    await sees(door, /Waiting for Kit/u);
    await nova?.idle();
    await nova?.restart({
      wrapJournal: (journal) => ({
        ...journal,
        recover: async () => {
          const found = await journal.recover();
          return { ...found, runs: found.runs.map((run) => ({ ...run, version: run.version + 1 })) };
        },
      }),
    });
    await sees(door, /stopped: version 2 of it no longer exists/u);
    await sees(door, /· failed/u);
  });
});
