// Any interleaving of hearing, finishing and crashing keeps each thread in order and finishes each turn once.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Journal } from "../../src/ports/journal.ts";
import type { KeptTurn, OutboxRow } from "../../src/ports/journal-rows.ts";
import { finishOf, messageOf, threadOf, who } from "../support/journal-samples.ts";
import type { JournalHouse, OpenJournal } from "./journal-suite.ts";

const threads = ["a", "b", "c"] as const;
const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant("keep" as const), thread: fc.constantFrom(...threads) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("again" as const), pick: fc.nat() }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("finish" as const), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("stale" as const), pick: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("deliver" as const), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("crash" as const) }) },
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;
/** Acts of one burst are called without waiting for each other, so that they share a commit. */
const bursts = fc.array(fc.array(act, { minLength: 1, maxLength: 6 }), { maxLength: 12 });

class World {
  readonly #house: JournalHouse;
  #journal: Journal;
  readonly kept = new Map<string, string[]>(threads.map((name) => [name, []]));
  readonly finished = new Map<string, string[]>(threads.map((name) => [name, []]));
  readonly shown = new Map<string, string[]>(threads.map((name) => [name, []]));
  #sending: OutboxRow[] = [];
  readonly attempts = new Map<string, number>();
  readonly working = new Map<string, KeptTurn>();
  readonly past: KeptTurn[] = [];
  #crashes = 0;

  constructor(house: JournalHouse) {
    this.#house = house;
    this.#journal = house.journal;
  }

  async run(burst: readonly Act[]): Promise<void> {
    await Promise.all(burst.filter(({ kind }) => kind !== "crash").map(async (one) => this.#act(one)));
    if (burst.some(({ kind }) => kind === "crash")) await this.#crash();
  }

  async #act(one: Act): Promise<void> {
    if (one.kind === "keep") return this.#keep(one.thread);
    if (one.kind === "again") return this.#again(one.pick);
    if (one.kind === "finish") return this.#finish(one.pick);
    if (one.kind === "stale") return this.#stale(one.pick);
    if (one.kind === "deliver") return this.#deliver(one.pick);
    return undefined;
  }

  async #keep(thread: string): Promise<void> {
    const ids = this.kept.get(thread) ?? [];
    const id = `${thread}${ids.length}`;
    ids.push(id);
    const kept = await this.#journal.keep(messageOf(id, { thread: threadOf(thread) }), who);
    expect(kept.kind).not.toBe("seen");
    if (kept.kind === "next") this.#handOut(thread, kept.turn);
  }

  async #again(pick: number): Promise<void> {
    const ids = [...this.kept.entries()].flatMap(([thread, all]) => all.map((id) => ({ thread, id })));
    const known = ids[pick % Math.max(1, ids.length)];
    if (known === undefined) return;
    const message = messageOf(known.id, { thread: threadOf(known.thread) });
    expect((await this.#journal.keep(message, who)).kind).toBe("seen");
  }

  async #finish(pick: number): Promise<void> {
    const entry = [...this.working.entries()][pick % Math.max(1, this.working.size)];
    if (entry === undefined) return;
    const [thread, turn] = entry;
    this.working.delete(thread);
    this.past.push(turn);
    const { next, deliveries } = await this.#journal.finish(finishOf(turn));
    this.finished.get(thread)?.push(turn.id);
    // Held back only behind a post that a crash interrupted.
    if (this.#crashes === 0) expect(deliveries).toHaveLength(1);
    this.#sending.push(...deliveries);
    if (next !== null) this.#handOut(thread, next);
  }

  /** A worker that outlived its turn's end finishes again. */
  async #stale(pick: number): Promise<void> {
    const turn = this.past[pick % Math.max(1, this.past.length)];
    if (turn === undefined) return;
    expect(await this.#journal.finish(finishOf(turn))).toEqual({ next: null, deliveries: [] });
  }

  /** Sends some of what is in hand, or asks for more. */
  async #deliver(pick: number): Promise<void> {
    const sent = this.#sending.splice(0, pick % 3);
    if (sent.length === 0) this.#sending.push(...(await this.#journal.claimDue()));
    for (const { id, rev } of sent) {
      this.shown.get(id.charAt("reply:".length))?.push(id);
      await this.#journal.shown({ id, rev, platformId: `on ${id}` });
    }
  }

  /** What was in hand is lost: it is not known to have arrived, so it comes back once more, marked unclear. */
  async #crash(): Promise<void> {
    this.#crashes += 1;
    this.#sending = [];
    this.#journal = await this.#house.restart();
    const { turns } = await this.#journal.recover();
    expect(turns.map(({ id }) => id).sort()).toEqual([...this.working.values()].map(({ id }) => id).sort());
    this.working.clear();
    for (const turn of turns) this.#handOut(turn.id.slice(0, 1), turn);
  }

  #handOut(thread: string, turn: KeptTurn): void {
    expect(this.working.has(thread), `${thread} has two turns in hand`).toBe(false);
    const attempt = (this.attempts.get(turn.id) ?? 0) + 1;
    expect(turn.attempt).toBe(attempt);
    this.attempts.set(turn.id, attempt);
    this.working.set(thread, turn);
  }

  /** Works off everything that is open, and compares the whole history with what was heard. */
  async settle(): Promise<void> {
    while (this.working.size > 0) await this.#finish(0);
    do await this.#deliver(2);
    while (this.#sending.length > 0 || (await this.#journal.nextDueAt()) !== null);
    for (const name of threads) {
      expect(this.finished.get(name)).toEqual(this.kept.get(name));
      expect(this.shown.get(name)).toEqual(this.kept.get(name)?.map((id) => `reply:${id}`));
      const asked = (await this.#journal.history(threadOf(name), 999)).map((exchange) => exchange.asked);
      expect(asked).toEqual(this.kept.get(name)?.map((id) => `asked ${id}`));
    }
  }
}

export function describeJournalOrder(name: string, open: OpenJournal): void {
  describe(`${name}: order`, () => {
    test("every thread keeps its order and every turn is finished once, whatever happens in between", async () => {
      const property = fc.asyncProperty(bursts, async (all) => {
        const house = await open();
        try {
          const world = new World(house);
          for (const burst of all) await world.run(burst);
          await world.settle();
        } finally {
          await house.close();
        }
      });
      await fc.assert(property, { numRuns: 40, seed: 20_260_105 });
    });
  });
}
