// Each of the ten ERP specialists without any key: a question answered with live figures, and something proposed, shown
// as a card, approved and done. Then what they may not do, and a model that lies.
import { describe, expect, test } from "vitest";
import { loadRoster } from "../../src/roster.ts";
import { findInvoices } from "../../src/tools/erp.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { calling, replies, script } from "../support/script.ts";
import { methodsOf, useNova, watchErp } from "./stage.ts";

const start = useNova();
const roster = await loadRoster(new URL("../../agents", import.meta.url).pathname);

const said = async (door: Door): Promise<string> => (await door.seen()).join("\n").replaceAll(/\s+/gu, " ");

describe.each([
  [
    "customers",
    "what is the email of Ironwood?",
    /office@ironwood-logistics\.example/u,
    "set the credit limit of Brightway to 8000",
    /Change the details of Brightway Parking/u,
  ],
  [
    "suppliers",
    "who sells us spray nozzles?",
    /Union Filter and Hose: 40 pcs Spray nozzle at 4\.15 USD/u,
    "add a supplier called Rotorwerk in Bremen",
    /Create supplier Rotorwerk/u,
  ],
  [
    "items",
    "what does the drive belt cost?",
    /Drive belt \(BT-DRIVE\): 28\.45 USD/u,
    "set the price of the drive belt to 29.90",
    /Change the price of Drive belt \(BT-DRIVE\) to 29\.90 USD/u,
  ],
  [
    "stock",
    "how many panel filters are left?",
    /\d+ pcs free/u,
    "receive 20 spray nozzles",
    /Receive 20 of Spray nozzle/u,
  ],
  [
    "quotes",
    "what's in QU-1002?",
    /QU-1002 Pinecrest Schools: sent/u,
    "quote 3 water pumps for Ironwood Logistics",
    /Create draft quote for Ironwood Logistics: 445\.87 USD/u,
  ],
  [
    "sales",
    "show me the draft orders",
    /3 draft orders, 2604\.06 USD in all/u,
    "order 3 main brushes 36 in for Ironwood Logistics",
    /Create draft order for Ironwood Logistics: 606\.69 USD/u,
  ],
  [
    "purchasing",
    "what's in PO-1003?",
    /PO-1003 Kestrel Brush Works: sent/u,
    "order request PR-1004",
    /Order request PR-1004 at Plainview Sign Supply/u,
  ],
  [
    "invoices",
    "who owes us money right now?",
    /USD open in all \(5 open invoices\)/u,
    "invoice order SO-1008",
    /Post invoice for order SO-1008/u,
  ],
  [
    "payments",
    "what do we still owe our suppliers?",
    /BILL-\d{4}-000\d Plainview Sign Supply: \d+\.\d\d USD open/u,
    "register 250 dollars on invoice INV-2026-0002",
    /Register payment of 250\.00 USD/u,
  ],
] as const)("erp/%s", (...[, question, answer, order, done]) => {
  test("answers with live figures, and does what is approved", async () => {
    const door = terminalDoor();
    const erp = watchErp();
    // Nobody waits a minute or types an amount here: that is proved elsewhere.
    const config = { approvals: { highAmount: 1_000_000 } };
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp, config });
    await door.says(question);
    await sees(door, /As of/u);
    expect(await said(door)).toMatch(answer);
    expect(await said(door)).toMatch(/As of \d{4}-\d\d-\d\d \d\d:\d\d UTC\./u);
    await door.says(order);
    await sees(door, /Waiting for Kit/u);
    expect(await said(door)).toMatch(done);
    expect(erp.executed).toEqual([]);
    await door.press("Approve");
    await sees(door, /Approved by Kit, done/u);
    await nova.idle();
    expect(erp.executed).toEqual([expect.stringMatching(done)]);
  });
});

test("erp/ledger answers from the books, and closing them is a card of high stakes that can be refused", async () => {
  const door = terminalDoor();
  const erp = watchErp();
  const nova = await start({ doors: [door], wrapErp: erp.wrapErp });
  await door.says("how much cash have we got?");
  await sees(door, /As of/u);
  const [cash] = (await nova.erp().query({ kind: "ledger", limit: 60 })).rows;
  const cents = JSON.stringify(cash?.["balanceCents"]);
  expect(await said(door)).toContain(`Cash (1000): ${cents.slice(0, -2)}.${cents.slice(-2)} USD`);
  await door.says("close the books before 2026-08-01");
  await sees(door, /Waiting for Kit/u);
  expect(await said(door)).toMatch(/Close the books before 2026-08-01.*high stakes/u);
  await door.press("Reject…", { words: "too early" });
  await sees(door, /Rejected by Kit: too early/u);
  await nova.idle();
  expect(erp.executed).toEqual([]);
});

describe("where the ERP grants less", () => {
  const without = (...ops: readonly string[]) => ({
    wrapErp: (erp: Parameters<typeof methodsOf>[0]) => ({
      ...methodsOf(erp),
      probe: async () => {
        const { operations, detail } = await erp.probe();
        return { operations: operations.filter((op) => !ops.includes(op)), detail };
      },
    }),
  });

  test("what it would refuse is not offered; who asks for it hears who could, and status says so", async () => {
    const door = terminalDoor();
    const nova = await start({ doors: [door], ...without("bill.pay", "item.price") });
    await door.says("pay bill BILL-2026-0002");
    await sees(door, /does not let Nova do this \(pay bill\)[^]*who may do it there/u);
    await door.says("set the price of the drive belt to 29.90");
    await sees(door, /does not let Nova do this \(change price\)/u);
    // The rest of the same agent stays.
    await door.says("what does the drive belt cost?");
    await sees(door, /28\.45 USD/u);
    await door.verb("status");
    await sees(
      door,
      /ERP main \(embedded\): Nova may do \d+ of \d+ things that agents propose[^]*not: .*(?:change price|pay bill)/u,
    );
    await nova.idle();
    expect(await nova.journal().proposals({})).toEqual([]);
  });

  test("a model does not see it, and calling it all the same proposes nothing", async () => {
    const door = terminalDoor();
    const call = calling("payBill", { bill: "BILL-2026-0002" });
    const model = script(
      call,
      replies({ answer: "That can't be done from here.", payments: [], bills: [], invoices: [] }),
    );
    const nova = await start({ doors: [door], model, ...without("bill.pay") });
    await door.says("erp/payments: pay the bill");
    await sees(door, /can't be done from here/u);
    expect(model.requests[0]?.tools.map(({ name }) => name)).not.toContain("payBill");
    expect(model.requests[0]?.instructions).toMatch(/does not let Nova do this \(pay bill\)/u);
    expect(JSON.stringify(model.requests[1]?.messages)).toMatch(/does not let Nova do this \(pay bill\)/u);
    expect(await nova.journal().proposals({})).toEqual([]);
  });

  test("one that can't be asked gets no proposals and still answers questions", async () => {
    const door = terminalDoor();
    const wrapErp = (erp: Parameters<typeof methodsOf>[0]) => ({
      ...methodsOf(erp),
      probe: async () => Promise.reject(new Error("no route to host")),
    });
    const nova = await start({ doors: [door], wrapErp });
    await door.says("what does the drive belt cost?");
    await sees(door, /28\.45 USD/u);
    await door.says("confirm order SO-1007");
    await sees(door, /can't be asked right now what Nova may do there, so I can't propose this/u);
    await door.verb("status");
    await sees(door, /can't be asked what Nova may do there[^]*no route to host/u);
    expect(await nova.journal().proposals({})).toEqual([]);
  });
});

describe("a model that invents figures", () => {
  const lie = (answer: string) => replies({ answer, invoices: [] });

  test("is told once which one, and then the person sees a failure instead of the figure", async () => {
    const door = terminalDoor();
    const model = script(lie("Northgate owes 777.77 USD."), lie("It is 888.88 USD."));
    await start({ doors: [door], model });
    await door.says("erp/invoices: how much does Northgate owe us?");
    await sees(door, /broke|does not keep|contract/iu);
    expect(await said(door)).not.toMatch(/777|888/u);
    expect(JSON.stringify(model.requests[1]?.messages.at(-1))).toMatch(
      /777\.77 USD.* was shown by no reader/u,
    );
  });

  test("is heard when it repairs itself by reading", async () => {
    const door = terminalDoor();
    const model = script(
      lie("Northgate owes 777.77 USD."),
      calling(findInvoices.name, { text: "Northgate" }),
      lie("Northgate owes 530.51 USD."),
    );
    await start({ doors: [door], model });
    await door.says("erp/invoices: how much does Northgate owe us?");
    await sees(door, /Northgate owes 530\.51 USD/u);
    // Which record it was and when it was read is code's own word.
    expect(await said(door)).toMatch(/read INV-\d{4}-0002 with findInvoices at \d\d:\d\d UTC/u);
    expect(await said(door)).not.toMatch(/777/u);
  });
});

test("the specialists keep to one measure, and no two may propose the same but notes", () => {
  const specialists = roster.entries.flatMap(({ id, card }) =>
    card.kind === "agent" && card.role === "erp" ? [{ id, card }] : [],
  );
  expect(specialists).toHaveLength(11);
  const holders = new Map<string, string>();
  for (const { id, card } of specialists) {
    expect(card.handles.length, id).toBeGreaterThanOrEqual(25);
    expect(card.declines.length, id).toBeGreaterThanOrEqual(5);
    expect(card.evals.length, id).toBeGreaterThanOrEqual(6);
    expect(Object.keys(card.reply.shape).length, id).toBeGreaterThan(1);
    for (const { name } of card.effects.filter((effect) => effect.name !== "addNote")) {
      expect(holders.get(name), `${name} of ${id}`).toBeUndefined();
      holders.set(name, id);
    }
  }
});
