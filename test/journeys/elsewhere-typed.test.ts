// What comes of an earlier proposal belongs to its project, wherever somebody typed for it: there its totals are counted,
// its ERP is bound, and those who follow it read on.
import { expect, test } from "vitest";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { holds } from "../support/holds.ts";
import { useNova } from "./stage.ts";

const start = useNova();

test("A26 A9: an edit or an undoing that is typed at another project's place stays in the project of its proposal", async () => {
  const [discord, terminal] = [await discordDoor(), terminalDoor()];
  const shop = { id: "shop", name: "Shop", channels: [discord.channel], agents: ["*"], erp: "main" };
  const desk = { ...shop, id: "desk", name: "Desk", channels: [terminal.channel], erp: null };
  const nova = await start({ doors: [discord, terminal], config: { projects: [shop, desk] } });
  const asked = async () => nova.journal().proposals({});
  await discord.says("@erp/stock Receive 12 squeegee blades 34 in");
  await sees(discord, /Waiting for Kit/u);
  await nova.idle();
  const [old] = await asked();
  await terminal.verb("edit", `${old?.id ?? ""} quantity=7`);
  await holds(async () => expect(await asked()).toHaveLength(2));
  const [, edited] = await asked();
  expect(edited).toMatchObject({ project: "shop", thread: old?.thread, requester: "Kit" });
  await sees(discord, /7 of[^]*Waiting for Kit/u);
  await nova.idle();
  await terminal.verb("approve", edited?.id ?? "");
  await sees(discord, /Approved by Kit, done/u);
  await nova.idle();
  await terminal.verb("undo", edited?.id ?? "");
  await holds(async () => expect(await asked()).toHaveLength(3));
  expect((await asked())[2]).toMatchObject({ effect: "undo", project: "shop", thread: old?.thread });
  await sees(discord, new RegExp(`undoes ${edited?.id ?? "?"}`, "u"));
  await nova.idle();
  expect(discord.complaints()).toEqual([]);
});
