// The same agents and effects, with an Odoo behind them: proposed, approved, announced there, done, and read back.
import { afterEach, beforeEach, expect, test } from "vitest";
import { sees } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { type OpenedOdoo, openOdoo } from "../support/open-odoo.ts";
import { useNova } from "./stage.ts";

const start = useNova();
const asked = /Waiting for Kit/u;
let opened: OpenedOdoo;
beforeEach(async () => {
  opened = await openOdoo();
});
afterEach(async () => opened.dispose());

/** In place of the embedded ERP, which is closed with it. */
const wrapErp = (embedded: OpenedOdoo["erp"]): OpenedOdoo["erp"] => ({
  ...opened.erp,
  close: async () => embedded.close(),
});
const order = () => opened.fake.store.findBy("sale.order", "name", "S00001");

test("confirm order S00001: a card, a press, and Odoo has it confirmed, with a message of whose approval it was", async () => {
  const door = terminalDoor();
  const nova = await start({ doors: [door], wrapErp });
  await door.says("confirm order S00001");
  await sees(door, /Confirm order S00001 for Acme Industrial: 66\.60 USD/u);
  await sees(door, asked);
  expect(order()).toMatchObject({ state: "draft" });
  await door.press("Approve");
  await sees(door, /Approved by Kit, done/u);
  await nova.idle();
  expect(order()).toMatchObject({ state: "sale" });
  const [message] = opened.fake.store.all("mail.message");
  expect(message?.["res_id"]).toBe(order().id);
  expect(message?.["body"]).toMatch(/about to order\.confirm as approved by Kit: nova:p-/u);
});

test("Odoo says OK and does nothing: Nova says that it failed", async () => {
  const door = terminalDoor();
  const nova = await start({ doors: [door], wrapErp });
  await door.says("confirm order S00001");
  await sees(door, asked);
  opened.fake.fault("silent-no-op");
  await door.press("Approve");
  await sees(door, /accepted it and did nothing/u);
  await nova.idle();
  expect(order()).toMatchObject({ state: "draft" });
});

test("post the invoice for S00004, then its payment: each a card of its own, and Odoo has them posted and matched", async () => {
  const door = terminalDoor();
  const nova = await start({ doors: [door], wrapErp });
  await door.says("post the invoice for S00004");
  await sees(door, /Post invoice for order S00004 to Ironwood Logistics: 30\.00 USD/u);
  await sees(door, asked);
  await door.press("Approve");
  await sees(door, /Approved by Kit, done/u);
  await nova.idle();
  const { store } = opened.fake;
  expect(store.findBy("account.move", "name", "INV/2026/00003")).toMatchObject({ state: "posted" });
  await door.says("Brightway paid INV/2026/00003");
  await sees(
    door,
    /┌ Register payment of 30\.00 USD from Ironwood Logistics for invoice INV\/2026\/00003.*Waiting for Kit/su,
  );
  await door.press("Approve");
  await sees(door, /Approved by Kit, done p-\w+ Register payment/u);
  await nova.idle();
  expect(store.findBy("account.move", "name", "INV/2026/00003")).toMatchObject({ payment_state: "paid" });
});
