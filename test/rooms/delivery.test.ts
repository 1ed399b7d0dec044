// Room 8, the sending half: each answer of a platform has one continuation, and "it may have arrived" is never
// answered by sending again blindly. The platform here is scripted; the real ones have journeys of their own.
import { afterEach, expect, test, vi } from "vitest";
import type { ChatAdapter, Delivery, Found, Hear, Shown } from "../../src/ports.ts";
import { createTestClock } from "../support/clock.ts";
import type { TestClock } from "../support/clock.ts";
import type { Door } from "../support/doors/door.ts";
import { says, script } from "../support/script.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { holds } from "../support/holds.ts";

const running: NovaUnderTest[] = [];
afterEach(async () => {
  for (const nova of running.splice(0)) await nova.close();
});

type Platform = {
  readonly nova: NovaUnderTest;
  readonly clock: TestClock;
  readonly shows: readonly Delivery[];
  readonly finds: () => number;
};
const shown: Shown = { kind: "shown", platformId: "p1" };
const unclear: Shown = { kind: "unclear", why: "reset" };

/** Asks one question on a platform that answers the sends and look-ups in this order. */
async function askOn(answers: readonly Shown[], looks: readonly Found[] = []): Promise<Platform> {
  const clock = createTestClock();
  const shows: Delivery[] = [];
  const left = { answers: [...answers], looks: [...looks], finds: 0 };
  let tell: Hear = async () => undefined;
  const adapter: ChatAdapter = {
    surface: "terminal",
    resendSafeMs: 0,
    findAfterMs: 15_000,
    fits: () => true,
    start: async (hear) => {
      tell = hear;
    },
    show: async (delivery) => {
      shows.push(delivery);
      return left.answers.shift() ?? shown;
    },
    find: async () => {
      left.finds += 1;
      return left.looks.shift() ?? { kind: "absent" };
    },
    working: () => () => undefined,
    preview: () => undefined,
    health: () => ({ state: "ready", detail: "" }),
    stop: async () => undefined,
  };
  const unused = async (): Promise<never> => Promise.reject(new Error("nobody sits at this door"));
  const door: Door = {
    name: "scripted",
    kit: "terminal:me",
    maya: null,
    channel: "terminal:main",
    open: async () => adapter,
    says: unused,
    verb: unused,
    seen: unused,
    press: unused,
    hold: unused,
    complaints: () => [],
    close: async () => undefined,
  };
  const model = script(says("Enough of them.", { items: [] }));
  const nova = await startNova({ doors: [door], clock, model });
  running.push(nova);
  await tell({
    id: "t:1",
    thread: "terminal:main:main",
    channel: "terminal:main",
    account: { id: "terminal:me", name: "me", standing: "regular" },
    at: clock.now(),
    direct: true,
    addressed: true,
    body: { kind: "text", text: "erp/stock: how many brushes?" },
  });
  await holds(() => expect(shows.length).toBeGreaterThan(0));
  return { nova, clock, shows, finds: () => left.finds };
}

async function settled(
  { nova, clock }: Platform,
  end: { readonly due: number; readonly dead: number },
): Promise<void> {
  await vi.waitFor(
    async () => {
      clock.advance(5_000);
      const { outboxDue: due, dead } = await nova.journal().figures();
      expect({ due, dead }).toEqual(end);
    },
    { timeout: 15_000, interval: 2 },
  );
}

test("what is shown is sent once", async () => {
  const platform = await askOn([shown]);
  await settled(platform, { due: 0, dead: 0 });
  expect(platform.shows).toHaveLength(1);
});

test("what must wait is sent again when it is due", async () => {
  const platform = await askOn([{ kind: "later", afterMs: 30_000, why: "429" }, shown]);
  platform.clock.advance(29_000);
  expect(platform.shows).toHaveLength(1);
  await settled(platform, { due: 0, dead: 0 });
  expect(platform.shows).toHaveLength(2);
});

test("what may have arrived is looked up, and never sent again when it is found", async () => {
  const platform = await askOn([unclear], [{ kind: "found", platformId: "p1" }]);
  await settled(platform, { due: 0, dead: 0 });
  expect(platform.shows).toHaveLength(1);
  expect(platform.finds()).toBe(1);
});

test("what may have arrived is sent again only after it was missed twice", async () => {
  const platform = await askOn([unclear, shown]);
  await settled(platform, { due: 0, dead: 0 });
  expect(platform.shows).toHaveLength(2);
  expect(platform.finds()).toBeGreaterThanOrEqual(2);
});

test("what may have arrived and can't be looked up is given up with a failure, not doubled", async () => {
  const platform = await askOn([unclear], [{ kind: "unsearchable", why: "no history" }]);
  await settled(platform, { due: 0, dead: 1 });
  expect(platform.shows.map(({ id }) => id)).toEqual(["t:1:0", "t:1:0:undelivered"]);
  const [failure] = await platform.nova.journal().failures(1);
  expect(failure?.kind).toBe("delivery.failed");
});

test("what can't be looked up now is looked up later, without counting, and given up with a failure after a day", async () => {
  const later: Found = { kind: "later", afterMs: 5_000, why: "503" };
  const platform = await askOn(
    [unclear],
    Array.from({ length: 99_999 }, () => later),
  );
  await holds(() => {
    platform.clock.advance(5_000);
    expect(platform.finds()).toBeGreaterThan(12);
  });
  expect(await platform.nova.journal().figures()).toMatchObject({ outboxDue: 1, dead: 0 });
  platform.clock.advance(86_400_000);
  await settled(platform, { due: 0, dead: 1 });
  // A day has passed: the end of the record of approvals may be told, too.
  const ids = platform.shows.map(({ id }) => id).filter((id) => !id.startsWith("audit:"));
  expect(ids).toEqual(["t:1:0", "t:1:0:undelivered"]);
});

test("what is refused for good is given up at once", async () => {
  const platform = await askOn([{ kind: "refused", why: "archived", isPostGone: false }]);
  await settled(platform, { due: 0, dead: 1 });
  expect(platform.shows.map(({ id }) => id)).toEqual(["t:1:0", "t:1:0:undelivered"]);
});

test("what is put off for ever is never lost and never sent in between", async () => {
  const later: Shown = { kind: "later", afterMs: 1_000, why: "not connected" };
  const platform = await askOn(Array.from({ length: 12 }, () => later));
  await settled(platform, { due: 0, dead: 0 });
  expect(platform.shows).toHaveLength(13);
});
