// Trust as people meet it: a fresh install is calm, evidence against an agent marks its answers, evidence for it takes the
// mark away, and nothing of that ever spares an approval.
import { describe, expect, test } from "vitest";
import { keepAgentsReport } from "../../src/eval/agents-report.ts";
import type { Journal } from "../../src/ports.ts";
import { createTestClock } from "../support/clock.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { claude, evalRow, reportOf } from "../support/eval-report.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { useNova, watchErp } from "./stage.ts";

const start = useNova();
/** One rejection is below the line of medium stakes; with one approval more it is not. */
const stakes = { low: 0.6, medium: 0.63, high: 0.9 };
const doors: readonly (readonly [string, () => Promise<Door>])[] = [
  ["terminal", async () => terminalDoor()],
  ["slack", async () => slackDoor()],
];
const overdue = "Which invoices are overdue?";
const dayMs = 86_400_000;

type Visit = { readonly door: Door; readonly nova: NovaUnderTest };
const times = (posts: readonly string[], wanted: RegExp): number =>
  posts.join("\n").match(new RegExp(wanted.source, "gu"))?.length ?? 0;
/** Does it, waits until this is seen once more and everything is done, and tells what was posted since. */
async function said({ door, nova }: Visit, act: () => Promise<void>, wanted: RegExp): Promise<string> {
  const before = await door.seen();
  await act();
  await sees(door, (posts) => times(posts, wanted) > times(before, wanted));
  await nova.idle();
  const after = await door.seen();
  // A terminal is one long text; elsewhere a post is an entry, and what only one person sees stands last.
  return door.name === "terminal"
    ? after.join("").slice(before.join("").length)
    : after.filter((post) => !before.includes(post)).join("\n");
}
const proposes = async (visit: Visit, order = "SO-1007"): Promise<string> =>
  said(visit, async () => visit.door.says(`confirm order ${order}`), /nothing done yet/u);
const rejects = async (visit: Visit): Promise<string> =>
  said(visit, async () => visit.door.press("Reject…", { words: "not now" }), /Nothing was done\./u);

describe.each(doors)("on %s", (_name, open) => {
  test("a fresh install is calm; a rejection marks the next of its kind, with its evidence; an approval takes the mark away", async () => {
    const door = await open();
    const visit = { door, nova: await start({ doors: [door], trust: { stakes } }) };
    expect(await said(visit, async () => door.says(overdue), /erp\/invoices · read/u)).not.toMatch(
      /unverified/u,
    );
    expect(await proposes(visit)).not.toMatch(/unverified/u);
    await rejects(visit);
    expect(await proposes(visit)).toMatch(
      /⚠ unverified at medium stakes: 1 rejected of 1 judged · erp\/sales/u,
    );
    await said(
      visit,
      async () => door.press("Why?"),
      /Trust: ⚠ unverified at medium stakes: 1 rejected of 1 judged/u,
    );
    await said(visit, async () => door.press("Approve"), /Done: /u);
    expect(await proposes(visit, "SO-1012")).not.toMatch(/unverified/u);
    await said(
      visit,
      async () => door.verb("agents", "erp/sales"),
      /evidence: 1 approved as asked, 1 rejected/u,
    );
    expect(door.complaints()).toEqual([]);
  });
});

describe("evidence", () => {
  test("outlives a restart, and fades with time", async () => {
    const door = terminalDoor();
    const clock = createTestClock(Date.now());
    const nova = await start({ doors: [door], clock, trust: { stakes } });
    const visit = { door, nova };
    await proposes(visit);
    await rejects(visit);
    await nova.restart();
    expect(await proposes(visit)).toMatch(/unverified at medium stakes: 1 rejected of 1 judged/u);
    clock.advance(31 * dayMs);
    await nova.idle();
    expect(await proposes(visit, "SO-1012")).not.toMatch(/unverified/u);
  });

  test("an edit counts as one edit, and what the person made of it counts for nobody", async () => {
    const door = terminalDoor();
    const visit = { door, nova: await start({ doors: [door] }) };
    await said(
      visit,
      async () => door.says("@erp/stock Receive 12 squeegee blades 34 in"),
      /nothing done yet/u,
    );
    await said(visit, async () => door.press("Edit…", { fields: { quantity: "7" } }), /takes the place of/u);
    await said(visit, async () => door.press("Approve"), /Done: /u);
    await said(visit, async () => door.verb("agents", "erp/stock"), /evidence: 1 edited\n/u);
  });

  test("thumbs down mark the agent's words, until they are taken back; another agent's stay as they were", async () => {
    const door = terminalDoor();
    const visit = { door, nova: await start({ doors: [door] }) };
    const asks = async (text: string): Promise<string> =>
      said(visit, async () => door.says(text), /· offline/u);
    for (const _ of [1, 2]) {
      expect(await asks(overdue)).not.toMatch(/unverified/u);
      await said(visit, async () => door.press("👎"), /Thank you, noted/u);
    }
    expect(await asks(overdue)).toMatch(
      /⚠ unverified at low stakes: 2 thumbs down of 2 judged · erp\/invoices/u,
    );
    expect(await asks("How many squeegee blades are in stock?")).not.toMatch(/unverified/u);
    await said(
      visit,
      async () => door.verb("status"),
      /agents: \d+, doubted: erp\/invoices \(low, medium and high stakes\)/u,
    );
    await said(
      visit,
      async () => door.verb("board"),
      /erp\/invoices is doubted at low, medium and high stakes: 2 thumbs down/u,
    );
  });

  test("evals count with the model they were measured on, and with no other", async () => {
    const door = terminalDoor();
    const offline = { id: "offline", kind: "offline model" } as const;
    const rows = [
      evalRow("erp/invoices", { at: Date.now(), model: offline, passed: 2, failed: 4 }),
      evalRow("erp/stock", { at: Date.now(), model: claude, passed: 0, failed: 6 }),
      evalRow("erp/stock", {
        at: Date.now(),
        model: { id: "offline", kind: "script" },
        passed: 0,
        failed: 6,
      }),
    ];
    const beforeBoot = (folder: string): void => void keepAgentsReport(folder, reportOf(rows));
    const visit = { door, nova: await start({ doors: [door], beforeBoot }) };
    const asks = async (text: string): Promise<string> =>
      said(visit, async () => door.says(text), /· offline/u);
    expect(await asks(overdue)).toMatch(/⚠ unverified at low stakes: 4 of 6 evals failed/u);
    expect(await asks("How many squeegee blades are in stock?")).not.toMatch(/unverified/u);
    await said(visit, async () => door.verb("agents", "invoices"), /evidence: 2 of 6 evals on offline/u);
    await said(visit, async () => door.verb("agents", "stock"), /evidence: none yet/u);
    await said(
      visit,
      async () => door.verb("agents", "stokc"),
      /Nobody here has that name\. Did you mean `?agents erp\/stock/u,
    );
  });
});

test("a plain answer asks the journal for no evidence: it is read at the start, and after what was judged", async () => {
  const door = terminalDoor();
  let looks = 0;
  const wrapJournal = (journal: Journal): Journal => ({
    ...journal,
    evidence: async (since) => {
      looks += 1;
      return journal.evidence(since);
    },
  });
  const visit = { door, nova: await start({ doors: [door], wrapJournal }) };
  await said(visit, async () => door.says(overdue), /· offline/u);
  expect(looks).toBe(1);
  await said(visit, async () => door.press("👍"), /Thank you, noted/u);
  expect(looks).toBe(2);
});

test("a part of a plan is marked where its agent is doubted, and no other", async () => {
  const door = terminalDoor();
  const model = { id: "offline", kind: "offline model" } as const;
  const rows = [evalRow("erp/invoices", { at: Date.now(), model, passed: 2, failed: 4 })];
  const beforeBoot = (folder: string): void => void keepAgentsReport(folder, reportOf(rows));
  const visit = { door, nova: await start({ doors: [door], beforeBoot }) };
  const brief = await said(
    visit,
    async () => door.verb("ask", "coordinator/morning-brief good morning"),
    /\d parts/u,
  );
  expect(times([brief], /unverified/u)).toBe(1);
  expect(brief).toMatch(/erp\/invoices[^✓]*⚠ unverified at low stakes: 4 of 6 evals failed/u);
});

test("an agent without evidence says so behind its card, not under its answer", async () => {
  const door = terminalDoor();
  const visit = { door, nova: await start({ doors: [door] }) };
  expect(await proposes(visit)).not.toMatch(/unverified/u);
  await said(
    visit,
    async () => door.press("Details"),
    /trust in erp\/sales at medium stakes: no evidence yet, 0\.72 of 0\.75 asked/u,
  );
  await said(visit, async () => door.verb("agents"), /erp\/sales: [^(]*\(no evidence yet\)/u);
});

test("an agent that is trusted beyond doubt asks like any other, and nothing runs before a person's yes", async () => {
  const door = terminalDoor();
  const erp = watchErp();
  const nova = await start({
    doors: [door],
    wrapErp: erp.wrapErp,
    trust: { prior: { good: 1_000, bad: 0.01 } },
  });
  const visit = { door, nova };
  await said(
    visit,
    async () => door.verb("agents", "erp/sales"),
    /high stakes: taken on trust, (?:0\.99|1\.00) of 0\.90/u,
  );
  await proposes(visit);
  const [asked] = await nova.journal().proposals({});
  expect([asked?.state, asked?.stakes, asked?.minApprovals]).toEqual(["pending", "medium", 1]);
  expect(erp.executed).toEqual([]);
  await said(visit, async () => door.press("Approve"), /Done: /u);
  expect(erp.executed).toHaveLength(1);
});
