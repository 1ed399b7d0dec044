// Keeping the embedded ERP's records up by talking: what is asked for is proposed, shown on a card before and after, done by
// a press, and seen by who looks next.
import { expect, test } from "vitest";
import { sees } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { useNova } from "./stage.ts";

const start = useNova();

test("a reorder level is set by a press, undone by another, and seen in the stock", async () => {
  const door = terminalDoor();
  const nova = await start({ doors: [door] });
  const level = async (): Promise<unknown> =>
    (await nova.erp().query({ kind: "stock", text: "BT-DRIVE", limit: 5 })).rows.find(
      ({ record }) => record === "BT-DRIVE@MAIN",
    )?.["reorderThousandths"];
  expect(await level()).toBe(10_000);
  await door.says("erp/stock: Set the reorder level of the drive belt to 12");
  await sees(
    door,
    /Set Drive belt \(BT-DRIVE\) at Main warehouse to reorder level 12[^]*reorder level: 10 → 12/u,
  );
  await sees(door, /Low stakes|low stakes|stakes: low/iu);
  await door.press("Approve");
  await sees(door, /Approved by Kit, done/u);
  await nova.idle();
  expect(await level()).toBe(12_000);
  await door.press("Undo…");
  await sees(door, /undoes p-[0-9a-f]+: Set Drive belt/u);
  await nova.idle();
  await door.press("Approve");
  await sees(door, /done, and undone by/u);
  await nova.idle();
  expect(await level()).toBe(10_000);
});
