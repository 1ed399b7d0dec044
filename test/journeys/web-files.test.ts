// Files on the page: what it refuses, what outlives a restart, and a long answer that can be taken along.
import { expect, test } from "vitest";
import { sees } from "../support/doors/door.ts";
import { webDoor } from "../support/doors/web.ts";
import { says, script } from "../support/script.ts";
import { useNova } from "./stage.ts";

const start = useNova();
const done = says("Done.", { points: [] });
const notes = (): File => new File(["Ship on Friday."], "notes.txt", { type: "text/plain" });

test("a file is on the disk before its message is heard: it outlives a restart and can be worked on again", async () => {
  const door = webDoor();
  const model = script(done);
  const nova = await start({ doors: [door], model });
  expect((await door.attaches("", notes())).status).toBe(303);
  await sees(door, /What shall I do with notes\.txt/u);
  await nova.idle();
  await nova.restart();
  await door.says("language/summarise: what is in it?");
  await sees(door, /Done\./u);
  expect(model.requests[0]?.context).toContain("> Ship on Friday.");
});

test("what the page does not take is refused with the mend, and nothing is heard", async () => {
  const door = webDoor();
  const nova = await start({ doors: [door], model: script() });
  const big = new File([Buffer.alloc(26 * 1024 * 1024)], "big.bin");
  const answers = await Promise.all([
    door.attaches("look", big),
    door.attaches("/ask look", notes()),
    door.attaches(""),
  ]);
  expect(await Promise.all(answers.map(async (answer) => [answer.status, await answer.text()]))).toEqual([
    [413, "That is more than 25 MB; send fewer or smaller files."],
    [400, "A command takes no files; send them with words of your own."],
    [400, "Type something first."],
  ]);
  expect(await nova.journal().figures()).toMatchObject({ open: 0, done: 0 });
});

test("a long answer is shown whole and can be saved as it is", async () => {
  const door = webDoor();
  const agentsFolder = new URL("../fixtures/wordy", import.meta.url).pathname;
  const report = Array.from({ length: 400 }, (_, at) => `Paragraph ${at} <b>of</b> many.`).join("\n\n");
  await start({ doors: [door], model: script(says(report)), agentsFolder });
  await door.says("language/essay: tell me everything");
  await sees(door, /Paragraph 399[^]*Save as a file/u);
  const html = await (await door.get("/")).text();
  const path = /href="(?<path>\/chat\/files\/post-[0-9a-f]+)"/u.exec(html)?.groups?.["path"] ?? "";
  const saved = await door.get(path);
  expect(saved.headers.get("content-disposition")).toBe('attachment; filename="answer.md"');
  expect(saved.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
  expect(await saved.text()).toBe(report);
  expect((await door.get("/chat/files/post-0")).status).toBe(404);
});
