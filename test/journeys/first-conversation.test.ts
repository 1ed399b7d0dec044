// The first conversation of someone who has just started Nova, without any key: the real offline model and the real
// sample company, in the terminal. Where a sentence belongs is asked on a fresh thread, what it gets in the middle of a talk.
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { trust } from "../../config/trust.ts";
import { loadRoster } from "../../src/roster.ts";
import { loadOrTrainRouter } from "../../src/training/router-cache.ts";
import { decideRoute } from "../../src/routing/decide.ts";
import { normalise, wordsOf } from "../../src/routing/features.ts";
import { outOfScope } from "../../src/routing/out-of-scope.ts";
import type { RouteDecision } from "../../src/routing/route.ts";
import type { Door } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { first, strange } from "./first-phrases.ts";

const roster = (await loadRoster(new URL("../../agents", import.meta.url).pathname)).toRouting();
const router = loadOrTrainRouter(join(tmpdir(), "nova-test-router"), roster, trust.lines);
const quiet = { lastAgent: null, lastText: null, waiting: null };

const decide = (text: string): RouteDecision["target"] =>
  decideRoute({
    router,
    roster,
    person: "owner",
    projectAgents: null,
    thread: quiet,
    address: null,
    text,
    modelReady: false,
  }).decision.target;

describe("on a fresh thread", () => {
  test("every sentence is new to the router", () => {
    const plain = (text: string): string => wordsOf(normalise(text)).join(" ");
    const cards = roster.flatMap(({ handles, declines }) => [
      ...handles,
      ...declines.map(({ text }) => text),
    ]);
    const trained = new Set([...cards, ...outOfScope].map(plain));
    // Greetings and this one question have too few words to be said in others.
    const asked = [...first.map(([text]) => text), ...strange].filter(
      (text) => text.split(" ").length > 2 && text !== "what can you do?",
    );
    expect(asked.filter((text) => trained.has(plain(text)))).toEqual([]);
  });

  test("goes where it belongs, nearly always unasked, and nowhere else", () => {
    const routed = first.map(([text, agent]) => {
      const target = decide(text);
      if (target.kind === "agent") return { text, agent: target.agent, isRight: target.agent === agent };
      const offered = target.kind === "ask" ? target.options : target.kind === "none" ? target.nearest : [];
      return { text, agent: null, isRight: offered.includes(agent) };
    });
    const unasked = routed.filter(({ agent }) => agent !== null).length;
    console.log(`${first.length} first sentences: ${unasked} taken without a question`);
    expect(routed.filter(({ isRight }) => !isRight)).toEqual([]);
    expect(unasked / first.length).toBeGreaterThanOrEqual(0.9);
  });

  test("what nobody does starts nothing", () => {
    expect(strange.filter((text) => ["agent", "plan"].includes(decide(text).kind))).toEqual([]);
  });

  test("no option is offered that is clearly implausible beside the first", () => {
    for (const text of [...first.map(([text]) => text), ...strange]) {
      const { decision } = decideRoute({
        router,
        roster,
        person: "owner",
        projectAgents: null,
        thread: quiet,
        address: null,
        text,
        modelReady: false,
      });
      if (decision.target.kind !== "ask" || decision.stage !== "none") continue;
      const chance = new Map(decision.candidates.map(({ agent, probability }) => [agent, probability]));
      const [best = 0] = chance.values();
      for (const option of decision.target.options)
        expect(chance.get(option) ?? 0, `${text}: ${option}`).toBeGreaterThanOrEqual(best * 0.05);
    }
  });
});

describe("in the terminal", () => {
  let door: Door;
  let nova: NovaUnderTest;
  beforeEach(async () => {
    door = terminalDoor();
    nova = await startNova({ doors: [door] });
  });
  afterEach(async () => nova.close());

  /** What Nova says to this, as one line of text. */
  async function hears(text: string): Promise<string> {
    const before = (await door.seen()).join("").length;
    const since = async (): Promise<string> => (await door.seen()).join("").slice(before);
    await door.says(text);
    await expect.poll(since, { interval: 2 }).toMatch(/^nova {2}/mu);
    await nova.idle();
    return (await since()).replaceAll(/\s+/gu, " ");
  }

  test("every sentence gets its answer", { timeout: 60_000 }, async () => {
    const missed: unknown[] = [];
    for (const [text, , answer] of first) {
      const said = await hears(text);
      if (!answer.test(said)) missed.push({ text, answer, said });
    }
    expect(missed).toEqual([]);
  });

  test("a part of a message is done with what another part named", async () => {
    const said = await hears("ship SO-1009 and then invoice it");
    expect(said).toMatch(/✓ erp\/sales \(ship SO-1009\) Ship order SO-1009/u);
    expect(said).toMatch(/✓ erp\/invoices \(invoice it\) Order SO-1009 is confirmed: only a shipped order/u);
  });

  test("an answer completes what it was asked for", async () => {
    expect(await hears("create a customer")).toMatch(/name of the new customer/u);
    expect(await hears("Acme GmbH, Berlin")).toMatch(/name: none → Acme GmbH .*city: none → Berlin/u);
    expect(await hears("new order for Pinecrest Schools")).toMatch(/how many/u);
    expect(await hears("10 dust bag filters")).toMatch(/Create draft order for Pinecrest Schools/u);
    expect(await hears("cancel an order")).toMatch(/number of the sales order/u);
    expect(await hears("never mind")).toMatch(/no longer waits for an answer, and nothing was done/u);
  });

  test("a new client's name and city reach the card, from one sentence and from an answer", async () => {
    await hears("onboard Alsterblick GmbH, Hamburg");
    await expect.poll(async () => (await door.seen()).join("")).toMatch(/city: none → Hamburg/u);
    expect(await hears("onboard a client")).toMatch(/need `?client/u);
    await hears("Seestern Café, Kiel");
    await expect.poll(async () => (await door.seen()).join("")).toMatch(/city: none → Kiel/u);
    expect((await door.seen()).join("")).toMatch(/Create customer Seestern Café/u);
  });

  test("what was remembered comes back with its source and day, however it is asked for", async () => {
    await hears("/remember Kestrel Brush Works supplies the main brush");
    await hears("/decide The logo stays blue");
    const fact = /Kestrel Brush Works supplies the main brush.*fact by Kit.*\d{4}-\d\d-\d\d/u;
    expect(await hears("do you remember who supplies the main brush?")).toMatch(fact);
    expect(await hears("who supplies the main brush?")).toMatch(fact);
    expect(await hears("what did we decide about the logo?")).toMatch(
      /The logo stays blue \(decision by Kit, \d{4}-\d\d-\d\d\)/u,
    );
    // A question about the ERP stays one.
    expect(await hears("how many main brushes are in stock?")).toMatch(/pcs free in all.*BR-MAIN-36@MAIN/u);
  });

  test("only the text that was given is summed up, and the talk where none was", async () => {
    await hears("how many squeegee blades are left?");
    const given = await hears(
      "summarise: The van leaves on Monday. Kit drives it to Toledo. Lunch is at noon.",
    );
    expect(given).toMatch(/The van leaves on Monday/u);
    expect(given).not.toMatch(/[Ss]queegee/u);
    expect(await hears("summarise this thread")).toMatch(/[Ss]queegee/u);
  });

  test("the figures are the reader's own sums over all rows", async () => {
    const rows = await nova.stockOf("brush");
    const free = rows.reduce<number>((sum, row) => sum + freeOf(row), 0);
    expect(await hears("how many brushes are in stock?")).toContain(`${String(free / 1000)} pcs free in all`);
  });
});

const freeOf = (row: unknown): number =>
  typeof row === "object" && row !== null && "freeThousandths" in row
    ? Number(row.freeThousandths)
    : Number.NaN;
