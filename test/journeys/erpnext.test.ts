// The same agents and effects, with an ERPNext behind them: proposed, approved, done there, and found again when the
// answer was lost.
import { afterEach, beforeEach, expect, test } from "vitest";
import { sees } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { type OpenedErpnext, openErpnext } from "../support/open-erpnext.ts";
import { useNova } from "./stage.ts";

const start = useNova();
const asked = /Waiting for Kit/u;
let opened: OpenedErpnext;
beforeEach(async () => {
  opened = await openErpnext();
});
afterEach(async () => opened.dispose());

/** In place of the embedded ERP, which is closed with it. */
const wrapErp = (embedded: OpenedErpnext["erp"]): OpenedErpnext["erp"] => ({
  ...opened.erp,
  close: async () => embedded.close(),
});
const docstatus = (): number => opened.fake.store.get("Sales Order", "SAL-ORD-2026-00001").docstatus;

test("confirm order SAL-ORD-2026-00001: a card, a press, and ERPNext has it submitted", async () => {
  const door = terminalDoor();
  const nova = await start({ doors: [door], wrapErp });
  await door.says("confirm order SAL-ORD-2026-00001");
  await sees(door, /Confirm order SAL-ORD-2026-00001 for Acme Industrial: 66\.60 USD/u);
  await sees(door, asked);
  expect(docstatus()).toBe(0);
  await door.press("Approve");
  await sees(door, /Approved by Kit, done/u);
  await nova.idle();
  expect(docstatus()).toBe(1);
});

test("A13: ERPNext did it and the connection broke: the read-back says done, and it was done once", async () => {
  const door = terminalDoor();
  const nova = await start({ doors: [door], wrapErp });
  await door.says("confirm order SAL-ORD-2026-00001");
  await sees(door, asked);
  opened.fake.fault("commit-then-reset");
  await door.press("Approve");
  await sees(door, /Approved by Kit, done/u);
  await nova.idle();
  expect(docstatus()).toBe(1);
  expect(opened.fake.writes()).toBe(1);
});

test("A11: changed in ERPNext since it was asked: nothing is sent", async () => {
  const door = terminalDoor();
  const nova = await start({ doors: [door], wrapErp });
  await door.says("confirm order SAL-ORD-2026-00001");
  await sees(door, asked);
  opened.fake.store.save("Sales Order", "SAL-ORD-2026-00001", { docstatus: 1 });
  await door.press("Approve");
  await sees(door, /is confirmed: only a draft order can be confirmed/u);
  await nova.idle();
  expect(opened.fake.writes()).toBe(0);
});

test("A1 A11: what was approved at 66.60 is not carried out at another price for somebody else: it is asked again", async () => {
  const door = terminalDoor();
  const nova = await start({ doors: [door], wrapErp });
  await door.says("confirm order SAL-ORD-2026-00001");
  await sees(door, /Confirm order SAL-ORD-2026-00001 for Acme Industrial: 66\.60 USD/u);
  await sees(door, asked);
  const { items } = opened.fake.store.get("Sales Order", "SAL-ORD-2026-00001");
  if (!Array.isArray(items)) throw new Error("The order has no lines.");
  opened.fake.store.save("Sales Order", "SAL-ORD-2026-00001", {
    customer: "Lakeside Schools",
    items: items.map((line: object) => ({ ...line, rate: 99_999 })),
  });
  await door.press("Approve");
  await sees(door, /Confirm order SAL-ORD-2026-00001 for Lakeside Schools: 359,996\.40 USD/u);
  await nova.idle();
  expect(docstatus()).toBe(0);
  expect(opened.fake.writes()).toBe(0);
});
