// A run's card asked again, and the process killed between the old one's end and the new one's first sight: after the next
// start the run waits for exactly one new card, and one approval makes one customer.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { isSettled, reaches } from "./nova-process.ts";
import { idOf, isCard, killsAt, offers, openSlack, outboxIdOf, wordsOf } from "./slack-home.ts";
import type { SlackScene } from "./slack-home.ts";
import { expectSoundAudit, isFullSize } from "./workload.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** Other rules from the next start on: what was asked under the old ones is asked again. */
function changeRules({ home }: SlackScene): void {
  const file = join(home.folder, "config.json");
  const config = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, "utf8")));
  writeFileSync(file, JSON.stringify({ ...config, approvals: { highAmount: 900 } }));
}

test.runIf(isFullSize)(
  "A12: a run's card that is asked again is asked once, killed in the very moment between the two",
  { timeout: 90_000 },
  async () => {
    const scene = await openSlack((close) => closers.push(close));
    const { fake, home } = scene;
    const cards = () => fake.store.posted("C1").filter(isCard);
    const first = home.start();
    await first.says("started");
    void fake.as("U1001").slash("/nova run client-onboarding client=Tidehouse city=Kiel", "C1");
    await fake.until(() => cards().some((card) => offers(card, "Approve")));
    await reaches(first, isSettled);
    first.kill();
    await first.gone;
    const [old] = cards().map(idOf);

    changeRules(scene);
    const isNewCard = (entry: {
      readonly kind: string;
      readonly name: string;
      readonly body?: unknown;
    }): boolean => {
      if (entry.kind !== "request" || entry.name !== "chat.postMessage") return false;
      const { body } = entry;
      const id =
        typeof body === "object" && body !== null && "metadata" in body ? outboxIdOf(body.metadata) : "";
      return id.endsWith(":card") && id !== old;
    };
    await killsAt(scene, home.start(), { isIt: isNewCard, count: 1 });

    const nova = home.start();
    await nova.says("started");
    const isNew = (id: string): boolean => id !== old;
    await fake.until(() => cards().some((card) => isNew(idOf(card)) && offers(card, "Approve")));
    await reaches(nova, isSettled);
    const card = cards().find((one) => isNew(idOf(one)));
    if (card === undefined) throw new Error("unreachable");
    expect(wordsOf(card)).toMatch(/asked again in place of p-/u);
    await fake.as("U1001").click(card, "Approve");
    await fake.until(() =>
      fake.store.posted("C1").some((message) => /is in the ERP/u.test(wordsOf(message))),
    );
    await reaches(nova, isSettled);
    nova.kill();
    await nova.gone;

    expect(cards().map(wordsOf)).toEqual([
      expect.stringMatching(/Replaced by p-/u),
      expect.stringMatching(/Approved by Kit, done/u),
    ]);
    expect(home.erp("SELECT name FROM party WHERE name = 'Tidehouse'")).toHaveLength(1);
    expect(home.erp("SELECT action_id FROM applied_action")).toHaveLength(1);
    expectSoundAudit(home);
    expect(fake.violations).toEqual([]);
  },
);
