// What was done in the embedded ERP, taken out of its own file while Nova lives or while it is away: the next press says so
// and runs nothing, the owner hears it, and put back it goes on.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { sees } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { useNova, watchErp } from "./stage.ts";

const start = useNova();
const asked = /Waiting for Kit/u;
const missing =
  /changed outside Nova \(in the ERP “main”, the action of proposal p-[0-9a-f]+ is missing\), so nothing is executed/u;

/** A second hand on the ERP's file, with no key. */
function intrude(folder: string, sql: string): void {
  const db = new DatabaseSync(join(folder, "erp.db"));
  db.exec(`DROP TRIGGER IF EXISTS applied_action_d; ${sql}`);
  db.close();
}
const takeOut = `CREATE TABLE IF NOT EXISTS kept AS SELECT * FROM applied_action; DELETE FROM applied_action`;
const putBack = "INSERT INTO applied_action SELECT * FROM kept";

test("A1 A14 a deed taken out of the ERP's list stops the next one, also after a restart, until it is back", async () => {
  const door = terminalDoor();
  const erp = watchErp();
  const nova = await start({ doors: [door], wrapErp: erp.wrapErp });
  await door.says("confirm order SO-1007");
  await sees(door, asked);
  await door.press("Approve");
  await sees(door, /Approved by Kit, done/u);
  await nova.idle();
  await door.says("confirm order SO-1012");
  await sees(door, /SO-1012[^]*Waiting for Kit/u);
  await nova.idle();
  intrude(nova.folder, takeOut);
  const press = await door.hold("Approve");
  await press();
  await sees(door, missing);
  await nova.restart();
  await door.verb("status");
  await sees(door, /audit chain: BROKEN/u);
  expect(erp.executed).toHaveLength(1);
  intrude(nova.folder, putBack);
  await press();
  await sees(door, /SO-1012[^]*Approved by Kit, done/u);
  await nova.idle();
  expect(erp.executed).toHaveLength(2);
});
