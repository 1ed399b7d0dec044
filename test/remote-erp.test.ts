// What connectors to ERPs over a network share: exact figures, words that name records, requests that are sent once and
// answered in time or not at all.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ErpFault } from "../src/remote-erp/fault.ts";
import {
  Cents,
  Thousandths,
  lineCents,
  moneyText,
  quantityText,
  taxCents,
} from "../src/remote-erp/figures.ts";
import { createErpHttp } from "../src/remote-erp/http.ts";
import { createLane } from "../src/remote-erp/lane.ts";
import { stampIn, stampText } from "../src/remote-erp/stamp.ts";
import { chooseOne, search } from "../src/remote-erp/words.ts";
import { type ErpDoor, startErpDoor } from "./support/erp-door.ts";
import { createHandClock } from "./support/hand-clock.ts";

describe("figures", () => {
  test("decimal numbers become integers, and a fraction of a cent is refused", () => {
    for (const [value, cents] of [
      [66.6, 6660],
      [0.1 + 0.2, 30],
      [-1020.78, -102_078],
      [9_999_999.99, 999_999_999],
    ] as const)
      expect(Cents.parse(value)).toBe(cents);
    for (const value of [0.005, 1.234, Number.NaN, "3 EUR", "", "1,5"])
      expect(Cents.safeParse(value).success, String(value)).toBe(false);
    expect(Cents.parse("-12.50")).toBe(-1250);
    expect(Thousandths.parse(2.125)).toBe(2125);
    expect(Thousandths.safeParse(0.0001).success).toBe(false);
  });

  test("lines and taxes round half up to the cent", () => {
    expect(lineCents(1500, "59.15")).toBe(8873);
    expect(lineCents(2500, "18.5")).toBe(4625);
    expect(lineCents(3000, "0.125")).toBe(38);
    expect(lineCents(1_000_000, "0.00049")).toBe(49);
    expect(taxCents(5550, 2000)).toBe(1110);
    expect(taxCents(3, 5000)).toBe(2);
  });

  test("read like a person writes them", () => {
    expect(moneyText(102_078, "EUR")).toBe("1,020.78 EUR");
    expect(moneyText(-5, "EUR")).toBe("-0.05 EUR");
    expect(quantityText(1_234_500)).toBe("1,234.5");
  });
});

describe("words", () => {
  const gears = [
    { id: "GEAR-12", name: "Gear 12 teeth" },
    { id: "GEAR-20", name: "Gear 20 teeth" },
    { id: "BELT-A", name: "Drive belt A" },
  ];

  test("name one record, or are refused with the choices", () => {
    expect(chooseOne("item", "gear-12", gears).id).toBe("GEAR-12");
    expect(chooseOne("item", "the drive belts", gears).id).toBe("BELT-A");
    expect(() => chooseOne("item", "gears", gears)).toThrow(
      /more than one item: Gear 12 teeth \(GEAR-12\), Gear 20/u,
    );
    for (const text of ["sprocket", "12 sprockets", "the", "%"])
      expect(() => chooseOne("item", text, gears), text).toThrow(/There is no item/u);
  });

  test("find what fits best, and nothing for a stranger who shares a word", () => {
    const hay = { id: ({ id }: { id: string }) => id, text: ({ name }: { name: string }) => name };
    expect(search(gears, "gear 20", hay)).toEqual([gears[1]]);
    expect(search(gears, "gear rover rentals", hay)).toEqual([]);
    expect(search(gears, null, hay)).toEqual(gears);
  });
});

test("a stamp is found by its action and by no other", () => {
  const stamp = stampText({ actionId: "p-1", commandHash: "ab".repeat(32) });
  expect(stampIn(`nova:p-12:ffff ${stamp}`, "p-1")).toBe(stamp);
  expect(stampIn(stamp, "p-12")).toBeNull();
  expect(stampIn(stamp, "p")).toBeNull();
});

test("a lane lets so many in at once, in order, and goes on after a failure", async () => {
  const lane = createLane(2);
  const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
  const begun: number[] = [];
  const done = gates.map(async (gate, index) => lane(async () => (begun.push(index), gate.promise)));
  expect(begun).toEqual([0, 1]);
  gates[1]?.reject(new Error("broken"));
  await expect(done[1]).rejects.toThrow("broken");
  expect(begun).toEqual([0, 1, 2]);
  for (const gate of gates) gate.resolve();
  await Promise.all([done[0], done[2], done[3]]);
  expect(begun).toEqual([0, 1, 2, 3]);
});

describe("a request", () => {
  const clock = createHandClock();
  let door: ErpDoor;
  let reply: { status: number; body: unknown };
  beforeEach(async () => {
    reply = { status: 200, body: { ok: true } };
    const keyRefused = { status: 401, body: {} };
    door = await startErpDoor({ isWrite: () => true, handle: () => reply, keyRefused });
  });
  afterEach(async () => door.close());
  const http = () =>
    createErpHttp({ baseUrl: door.url, headers: { "x-key": "k" }, clock, product: "The ERP" });

  test("is answered with status and body, whatever the status", async () => {
    reply = { status: 417, body: { exc_type: "X" } };
    expect(await http()({ method: "POST", path: "/a?b=c", body: { d: 1 } })).toEqual(reply);
    expect(door.requests[0]).toMatchObject({ path: "/a", body: { d: 1 }, headers: { "x-key": "k" } });
  });

  test("that takes longer than the deadline is given up, was sent once, and may have happened", async () => {
    door.fault("hang");
    const sent = http()({ method: "POST", path: "/slow", body: {} });
    await door.hung();
    clock.advance(30_000);
    await expect(sent).rejects.toMatchObject({ kind: "transport" });
    await door.release();
    expect(door.requests).toHaveLength(1);
    expect(clock.waiting()).toBe(0);
  });

  test("to nobody is told in a sentence", async () => {
    const nobody = createErpHttp({ baseUrl: "http://127.0.0.1:1", headers: {}, clock, product: "The ERP" });
    const failed: unknown = await nobody({ method: "GET", path: "/" }).catch((thrown: unknown) => thrown);
    expect(failed).toBeInstanceOf(ErpFault);
    expect(failed).toMatchObject({ kind: "transport" });
    expect(String(failed)).toMatch(/The ERP did not answer: ./u);
  });
});
