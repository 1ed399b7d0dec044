// Hundreds of random edits of what is stored, each followed by a right press on an open card and by other tries to make
// something run. The till's own log judges whether anything did; the journal must have found every edit.
import { join } from "node:path";
import { createChance } from "../support/chance.ts";
import { approve } from "../contracts/erp-suite.ts";
import { createIntruder } from "./edits.ts";
import type { Intruder } from "./edits.ts";
import { createErpIntruder } from "./erp-edits.ts";
import { openTillHouse, visitors } from "./till-house.ts";
import type { TillHouse } from "./till-house.ts";

export type EditResult = {
  readonly edits: number;
  /** Edits that were not found, or that something ran after. */
  readonly missed: readonly string[];
  /** After all edits were taken back: what a right press paid. */
  readonly paidAfterwards: number;
};
type Open = { readonly proposal: string; readonly nonce: string; readonly platformId: string };

/** Proposals in every state that a day leaves them in; two of them open. `early` is called in the middle. */
async function fill(house: TillHouse, early: () => void): Promise<readonly Open[]> {
  for (const [at, fate] of ["approve", "reject", "open", "approve", "approve", "open", "open"].entries()) {
    house.clock.advance(60_000);
    await house.door.comes(visitors.maya, { kind: "text", text: `erp/till: pay Payee${at} ${100 + at}` });
    await house.nova.idle();
    if (fate !== "open") await press(house, fate === "approve" ? "Approve" : "Reject…");
    if (at === 3) early();
  }
  await keepBooks(house);
  return openCards(house);
}

/** Some deeds in the embedded ERP, so that its list has rows to edit. */
async function keepBooks({ books }: TillHouse): Promise<void> {
  const erp = books();
  for (const actionId of ["p-note-1", "p-note-2", "p-note-3"]) {
    const args = { record: "SO-1007", text: actionId };
    const ready = await erp.prepare({ connector: "embedded", instance: "main", op: "note.add", args });
    if (ready.kind === "refused") throw new Error(ready.why);
    const options = { actionId, attempt: 1, signal: new AbortController().signal };
    await erp.execute(approve(ready.prepared, actionId), ready.prepared, options);
  }
}

/** In one of the two files that a deed leans on. */
function withBooks(journal: Intruder, folder: string): Intruder {
  const books = createErpIntruder(join(folder, "erp.db"));
  return {
    ...journal,
    edit: (chance) => (chance.isOneIn(6) ? books : journal).edit(chance),
    undo: () => {
      journal.undo();
      books.undo();
    },
    close: () => {
      journal.close();
      books.close();
    },
  };
}

function openCards(house: TillHouse): readonly Open[] {
  return house.door.posts().flatMap(({ post, platformId }) => {
    const nonce = post.buttons.find(({ label }) => label === "Approve")?.nonce;
    return post.card?.isOpen !== true || nonce === undefined
      ? []
      : [{ proposal: post.card.proposal, nonce, platformId }];
  });
}

/** Kit presses this on the newest card. */
async function press(house: TillHouse, label: "Approve" | "Reject…"): Promise<void> {
  const card = house.door.posts().findLast(({ post }) => post.card?.isOpen === true);
  const nonce = card?.post.buttons.find((button) => button.label === label)?.nonce ?? "";
  await pressNonce(house, { nonce, platformId: card?.platformId ?? "" });
}

async function pressNonce(
  house: TillHouse,
  { nonce, platformId }: Pick<Open, "nonce" | "platformId">,
): Promise<void> {
  await house.door.comes(visitors.kit, { kind: "press", nonce, onMessage: platformId, words: null });
  await house.nova.idle();
}

/** Edits while Nova lives: every one is tried with a press on each open card, and taken back. */
export async function editStorm(edits: number, seed: number): Promise<EditResult> {
  const house = await openTillHouse();
  const chance = createChance(seed);
  const missed: string[] = [];
  try {
    const journal = createIntruder(house.nova.folder);
    const open = await fill(house, journal.rememberEarly);
    const intruder = withBooks(journal, house.nova.folder);
    intruder.remember();
    const before = house.till.calls.length;
    for (let count = 0; count < edits; count += 1) {
      const what = intruder.edit(chance);
      await pressNonce(house, chance.pick(open));
      if (chance.isOneIn(10)) house.clock.advance(1_000);
      const { brokenAt } = await house.nova.journal().verifyAudit();
      if (brokenAt === null) missed.push(`not found: ${what}`);
      if (house.till.calls.length !== before) missed.push(`ran after: ${what}`);
      intruder.undo();
      // The record of the press that was refused meanwhile went with it: an operator takes that as it is.
      const after = await house.nova.journal().acceptAudit();
      if (after.brokenAt !== null) missed.push(`left a trace: ${what}: ${after.why ?? ""}`);
      if (missed.length > 5) break;
    }
    intruder.close();
    for (const card of open) await pressNonce(house, card);
    return { edits, missed, paidAfterwards: house.till.paid.length - before };
  } finally {
    await house.close();
  }
}

/** Edits while Nova is dead, with an approved payment that the next one would begin. True: found, and nothing ran. */
export async function editAtBoot(seed: number): Promise<{ readonly what: string; readonly isHeld: boolean }> {
  const house = await openTillHouse();
  const chance = createChance(seed);
  let what = "";
  try {
    const reader = createIntruder(house.nova.folder);
    const [card] = await fill(house, reader.rememberEarly);
    reader.close();
    const before = house.till.calls.length;
    house.dieAt("decided");
    await pressNonce(house, card ?? { nonce: "", platformId: "" });
    await house.rise((folder) => {
      const intruder = withBooks(createIntruder(folder), folder);
      intruder.rememberEarly();
      do what = intruder.edit(chance);
      while (what === "rollBack");
      intruder.close();
    });
    await house.nova.idle();
    const { brokenAt } = await house.nova.journal().verifyAudit();
    return { what, isHeld: brokenAt !== null && house.till.calls.length === before };
  } finally {
    await house.close();
  }
}
