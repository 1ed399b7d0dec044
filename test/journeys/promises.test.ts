// What was promised and is taken back: high stakes where goods or papers hang on it, on the card in words; no more than the
// deed itself where it only undoes what Nova did a moment ago.
import { expect, test } from "vitest";
import { bareDoor } from "../support/doors/bare.ts";
import type { BareDoor } from "../support/doors/bare.ts";
import { createHandClock } from "../support/hand-clock.ts";
import type { HandClock } from "../support/hand-clock.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import type { Proposal } from "../../src/proposal.ts";
import { visitors } from "../prove/till-house.ts";
import { useNova } from "./stage.ts";

const start = useNova();
type House = { readonly door: BareDoor; readonly nova: NovaUnderTest; readonly clock: HandClock };

async function open(): Promise<House> {
  const clock = createHandClock();
  const door = bareDoor(() => clock.now());
  const config = { people: [{ name: "Kit", ids: [visitors.kit.id], role: "owner" as const }] };
  const nova = await start({ doors: [door], clock, config });
  return { door, nova, clock };
}

async function ask({ door, nova, clock }: House, text: string): Promise<Proposal> {
  clock.advance(2_000);
  await door.comes(visitors.kit, { kind: "text", text });
  return last(nova);
}

/** Presses it on the newest card that has it. */
async function press({ door, nova, clock }: House, label: string): Promise<Proposal> {
  clock.advance(2_000);
  await nova.idle();
  const found = door.posts().findLast(({ post }) => post.buttons.some((button) => button.label === label));
  const nonce = found?.post.buttons.find((button) => button.label === label)?.nonce;
  if (found === undefined || nonce === undefined) throw new Error(`no card has ${label}`);
  await door.comes(visitors.kit, { kind: "press", nonce, onMessage: found.platformId, words: null });
  return last(nova);
}

async function last(nova: NovaUnderTest): Promise<Proposal> {
  await nova.idle();
  const proposal = (await nova.journal().proposals({})).at(-1);
  if (proposal === undefined) throw new Error("nothing was asked");
  return proposal;
}

const because = ["cancels what was promised, and goods or papers hang on it"];

test("A3: cancelling a confirmed order is high, in words on its card; a draft and a sent purchase order are medium", async () => {
  const house = await open();
  expect(await ask(house, "cancel order SO-1010")).toMatchObject({ stakes: "medium" });
  await press(house, "Reject…");
  await ask(house, "confirm order SO-1007");
  expect((await press(house, "Approve")).state).toBe("applied");
  const asked = await ask(house, "cancel order SO-1007");
  expect(asked).toMatchObject({ stakes: "high", because, state: "pending" });
  const terms = house.door.posts().at(-1)?.post.card?.terms ?? [];
  expect(terms[0]).toBe(`high stakes (${because.join("")})`);
  expect((await press(house, "Approve…")).state).toBe("pending");
  expect(await ask(house, "cancel purchase order PO-1003")).toMatchObject({ stakes: "medium" });
});

test("A3: undoing what Nova did a moment ago asks no more than the deed did; later it does", async () => {
  const house = await open();
  await ask(house, "confirm order SO-1007");
  expect((await press(house, "Approve")).state).toBe("applied");
  const soon = await press(house, "Undo…");
  expect(soon).toMatchObject({ effect: "undo", stakes: "medium" });
  expect((await press(house, "Reject…")).state).toBe("rejected");
  house.clock.advance(16 * 60_000);
  expect(await press(house, "Undo…")).toMatchObject({ effect: "undo", stakes: "high", because });
});
