// How a process ends and starts again when something is wrong beneath it: silent when all is well, one sentence when
// nobody foresaw it, and never stopped by one bad row.
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { createFolder } from "./command-line.ts";
import type { Folder } from "./command-line.ts";

const folders: Folder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));
function newFolder(): Folder {
  const folder = createFolder();
  folders.push(folder);
  return folder;
}
function change(folder: Folder, sql: string): void {
  const db = new DatabaseSync(folder.path("home", "journal.db"));
  db.exec(sql);
  db.close();
}

test("a card that was shown at the very end leaves no complaint behind", async () => {
  const folder = newFolder();
  for (let round = 1; round <= 3; round += 1) {
    const { code, out, err } = await folder.start({}, "confirm order SO-1007\n");
    expect({ round, code, err }).toEqual({ round, code: 0, err: "" });
    expect(out).toMatch(/Waiting for \w+/u);
  }
});

test("a proposal that was changed outside Nova is left out, said, and stops neither the start nor a list", async () => {
  const folder = newFolder();
  await folder.start({}, "confirm order SO-1007\n");
  change(folder, "UPDATE proposal SET body = replace(body, 'SO-1007', 'SO-1008')");
  const { code, out, err } = await folder.start({}, "/approvals\n/board\n/failures\n");
  expect(code).toBe(0);
  expect(err).toMatch(/^\{.*was changed outside Nova.*the audit chain is broken; nothing is executed"\}\n$/u);
  expect(out).toMatch(/Nothing waits for an approval/u);
  expect(out).toMatch(/Waiting for a decision [^•]*• Nothing waits/u);
  expect(out).toMatch(/audit\.broken, /u);
  expect(out).not.toMatch(/Waiting for Kit/u);
});

test("what nobody foresaw is one sentence, with where it happened only for who asks", async () => {
  const folder = newFolder();
  await folder.start({}, "");
  change(folder, "DROP TABLE home");
  const { code, err } = await folder.start({}, "hello\n");
  expect(code).toBe(1);
  expect(err).toMatch(
    /^Nova stopped at something it did not foresee \(.+\): run `npm run nova check`.*\.\n$/u,
  );
  const asked = await folder.start({ NOVA_LOG: "debug" }, "hello\n");
  expect(asked.code).toBe(1);
  expect(asked.err).toMatch(/"stack":/u);
});
