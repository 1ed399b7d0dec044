// Room 2: what is for Nova is committed once, with its person and its project; one turn of a thread is open at a time.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import { systemEntropy } from "../../src/clock.ts";
import { parseConfig } from "../../src/config.ts";
import type { Message } from "../../src/message.ts";
import { createDirectory } from "../../src/people.ts";
import type { Journal } from "../../src/ports.ts";
import { createInbox } from "../../src/rooms/inbox.ts";
import { createTestClock } from "../support/clock.ts";

const directory = createDirectory(
  parseConfig(
    {
      people: [{ name: "Kit", ids: ["discord:1001"], role: "owner" }],
      projects: [{ id: "parts", name: "Parts", channels: ["discord:2001"] }],
    },
    "the test's config",
  ),
);
const message = (more: Partial<Message>): Message => ({
  id: "d:m:1",
  thread: "discord:2001:2001",
  channel: "discord:2001",
  account: { id: "discord:1001", name: "kit", standing: "regular" },
  at: 0,
  direct: false,
  addressed: false,
  body: { kind: "text", text: "hello" },
  ...more,
});
const elsewhere = { thread: "discord:2002:2002", channel: "discord:2002" } as const;

let folder = "";
let journal: Journal;
const onIgnored = vi.fn<() => void>();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nova-inbox-"));
  journal = createSqliteJournal({ folder, clock: createTestClock(), entropy: systemEntropy });
  onIgnored.mockReset();
});
afterEach(async () => {
  await journal.close();
  rmSync(folder, { recursive: true });
});
const keep = async (more: Partial<Message>) =>
  createInbox({ journal, directory, onIgnored, onQueued: () => undefined }).keep(message(more));

test("a message in a project's channel is a turn with its person and project", async () => {
  const turn = await keep({});
  expect(turn?.person).toMatchObject({ name: "Kit", class: "owner" });
  expect(turn?.project?.id).toBe("parts");
  expect(turn?.attempt).toBe(1);
});

test("the same message again is nothing, and the next one of its thread waits its turn", async () => {
  expect(await keep({})).not.toBeNull();
  expect(await keep({})).toBeNull();
  expect(await keep({ id: "d:m:2" })).toBeNull();
  expect((await journal.figures()).open).toBe(2);
});

test("in another channel only what addresses Nova is kept, and then the thread goes on", async () => {
  expect(await keep({ id: "d:m:3", ...elsewhere })).toBeNull();
  expect(onIgnored).toHaveBeenCalledOnce();
  expect((await journal.figures()).open).toBe(0);
  expect(await keep({ id: "d:m:4", ...elsewhere, addressed: true })).not.toBeNull();
  await keep({ id: "d:m:5", ...elsewhere });
  expect((await journal.figures()).open).toBe(2);
});

test("who is not in people is a guest", async () => {
  const turn = await keep({ account: { id: "discord:1003", name: "gus", standing: "outsider" } });
  expect(turn?.person).toMatchObject({ class: "guest" });
});
