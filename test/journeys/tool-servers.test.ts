// Tools of an MCP server, lived through the front door: proposed, approved, executed once; rejected; switched off after a
// change; not there for those who may not hold them.
import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import type { ConfigInput } from "../../src/config.ts";
import type { Clock } from "../../src/ports.ts";
import { openNotes } from "../support/mcp/address.ts";
import type { NotesAddress } from "../support/mcp/address.ts";
import { acceptNotes, notesAt, notesEnvironment } from "../support/mcp/notes-config.ts";
import { createShelf } from "../support/mcp/shelf.ts";
import type { Shelf } from "../support/mcp/shelf.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { webDoor } from "../support/doors/web.ts";
import { calling, says, script } from "../support/script.ts";
import type { Script } from "../support/script.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { everyDoor, useNova } from "./stage.ts";

const start = useNova();
const open: { readonly shelf: Shelf; readonly address: NotesAddress }[] = [];
afterEach(async () => {
  for (const { shelf, address } of open.splice(0)) {
    await address.close();
    shelf.remove();
  }
});

type Setting = {
  readonly door: Door;
  readonly model: Script;
  readonly more?: Record<string, unknown>;
  readonly accept?: boolean;
};
type Stage = {
  readonly nova: NovaUnderTest;
  readonly shelf: Shelf;
  readonly address: NotesAddress;
  /** Reads the newest card and types what it asks for. */
  readonly approves: (more?: { readonly twice?: boolean }) => Promise<void>;
};

/** Runs like any other, and skips the time that a person takes to read a card. */
function readingClock(): Clock & { readonly skip: (ms: number) => void } {
  let skippedMs = 0;
  return {
    ...systemClock,
    now: () => systemClock.now() + skippedMs,
    skip: (ms) => {
      skippedMs += ms;
    },
  };
}

/** A Nova whose owner has accepted what the notes server offers. */
async function begin({ door, model, more = {}, accept = true }: Setting): Promise<Stage> {
  const clock = readingClock();
  const shelf = createShelf();
  const address = await openNotes(shelf);
  open.push({ shelf, address });
  const notes = { ...notesAt(address.url), ...more };
  const config: Partial<ConfigInput> = { mcp: { notes } };
  const nova = await start({ doors: [door], model, config, clock, environment: notesEnvironment(shelf) });
  if (accept) {
    await acceptNotes({ home: nova.folder, config: notes, shelf });
    await nova.restart();
  }
  const approves: Stage["approves"] = async (how = {}) => {
    const posts = await sees(door, /to approve, type the code [0-9a-f]{6}/u);
    await nova.idle();
    clock.skip(2_000);
    const code =
      [...posts.join("\n").matchAll(/to approve, type the code ([0-9a-f]{6})/gu)].at(-1)?.[1] ?? "";
    await door.press("Approve…", { words: code, ...how });
  };
  return { nova, shelf, address, approves };
}

const addressOf = (shelf: Shelf): string => open.find((stage) => stage.shelf === shelf)?.address.url ?? "";
const milk = { title: "Milk", text: "two litres" };
const proposesMilk = () => [
  calling("notes__create_note", milk),
  says("A note waits for you.", { orders: [] }),
];
const asks = async (door: Door, words = "make a note about milk", agent = "erp/sales"): Promise<void> =>
  door.verb("ask", `${agent} ${words}`);

describe.each(everyDoor)("on %s", (_name, openDoor) => {
  test("a tool is proposed with its exact arguments, approved, executed once and read back", async () => {
    const door = await openDoor();
    const { nova, shelf, approves } = await begin({ door, model: script(...proposesMilk()) });
    await asks(door);
    const posts = await sees(door, /Waiting for Kit/u);
    expect(posts.join("\n")).toMatch(/Call create\\?_note on the server notes: Milk/u);
    expect(posts.join("\n")).toMatch(/two litres/u);
    expect(posts.join("\n")).toMatch(/high stakes/u);
    expect(shelf.notes()).toEqual([]);
    await approves({ twice: true });
    await sees(door, /Approved by Kit, done/u);
    await nova.idle();
    expect(shelf.notes()).toEqual([milk]);
    expect(door.complaints()).toEqual([]);
  });
});

const answers = (door: Door, words: RegExp) => sees(door, words);
const toolNames = (model: Script, at: number): readonly string[] =>
  (model.requests[at]?.tools ?? []).map(({ name }) => name).filter((name) => name.startsWith("notes__"));
const lastResult = (model: Script): string => JSON.stringify(model.requests.at(-1)?.messages.at(-1));

test("a rejected call is never sent", async () => {
  const door = webDoor();
  const { nova, shelf } = await begin({ door, model: script(...proposesMilk()) });
  await asks(door);
  await sees(door, /Waiting for Kit/u);
  await door.press("Reject…", { words: "we have milk" });
  await answers(door, /Rejected by Kit: we have milk/u);
  await nova.idle();
  expect(shelf.notes()).toEqual([]);
  expect(shelf.calls().filter(({ params }) => JSON.stringify(params).includes("create_note"))).toEqual([]);
});

test("Edit… takes other arguments, judged by the tool's own schema, and the new call needs an approval of its own", async () => {
  const door = webDoor();
  const { nova, shelf, approves } = await begin({ door, model: script(...proposesMilk()) });
  await asks(door);
  await sees(door, /Waiting for Kit/u);
  await door.press("Edit…", { fields: { title: "Milk", text: "two litres", pages: "some" } });
  await answers(door, /does not fit: .*pages.*The proposal stands as it was/su);
  await door.press("Edit…", { fields: { title: "Milk", text: "three litres", pages: "2" } });
  await answers(door, /Edited by Kit: .* takes the place of/u);
  expect(shelf.notes()).toEqual([]);
  await approves();
  await answers(door, /Approved by Kit, done/u);
  await nova.idle();
  expect(shelf.notes()).toEqual([{ title: "Milk", text: "three litres" }]);
  const states = (await nova.journal().proposals({})).map(({ state }) => state);
  expect(states.toSorted()).toEqual(["applied", "superseded"]);
});

test("a tool that its server changes under an open card is switched off, and everybody hears who, what and how", async () => {
  const door = webDoor();
  const model = script(...proposesMilk(), calling("notes__create_note", milk), ...proposesMilk());
  const { nova, shelf, approves } = await begin({ door, model });
  await asks(door);
  await sees(door, /Waiting for Kit/u);
  shelf.turn({ described: { create_note: "Creates a note and pays all bills." } });
  await approves();
  await answers(
    door,
    /Not done: .*create_note of the server notes is switched off: its server changed its description/u,
  );
  await asks(door, "make that note after all");
  await answers(door, /switched off[^]*Nothing was done\.[^]*mcp accept notes/u);
  await door.verb("status");
  await answers(door, /MCP server notes: changed, .*switched off: create_note/u);
  const kept = (await nova.journal().failures(20)).map(({ person }) => person);
  expect(kept).toContainEqual(expect.stringMatching(/^MCP server notes: 2 of 3 accepted tools usable/u));
  expect(shelf.notes()).toEqual([]);
  await acceptNotes({ home: nova.folder, config: notesAt(addressOf(shelf)), shelf });
  await asks(door, "make that note again, please");
  await sees(door, (posts) => posts.filter((post) => /Waiting for Kit/u.test(post)).length > 0);
  await approves();
  await answers(door, /Approved by Kit, done/u);
  await nova.idle();
  expect(shelf.notes()).toEqual([milk]);
});

test("a deed that nothing can read back is said to be reported and not verified", async () => {
  const door = webDoor();
  const model = script(calling("notes__shout", { words: "Lunch!" }), says("It waits.", { orders: [] }));
  const { nova, shelf, approves } = await begin({ door, model });
  await asks(door, "tell everybody that it is lunch time");
  await sees(door, /the outcome can be read back: no reader is named for it/u);
  await approves();
  const posts = await answers(door, /please look in the server notes/u);
  await nova.idle();
  expect(posts.join("\n")).toMatch(/reported as done \(notes answered "Noted: shouted"\), but not verified/u);
  expect(posts.join("\n")).not.toMatch(/✓ Done/u);
  expect(shelf.notes()).toHaveLength(1);
});

test("a reader answers a chat agent, which holds no deeds of the server", async () => {
  const door = webDoor();
  const model = script(
    calling("notes__find_notes", { title: "Milk" }),
    calling("notes__create_note", milk),
    says("There are two litres.", { sources: [] }),
  );
  const { nova, shelf } = await begin({ door, model });
  shelf.put(milk);
  await asks(door, "what is noted about milk?", "chat/general");
  await answers(door, /There are two litres\.[^]*read notes__find_notes just now/u);
  expect(toolNames(model, 0)).toEqual(["notes__find_notes"]);
  expect(lastResult(model)).toContain('There is no tool \\"notes__create_note\\" here.');
  await nova.idle();
  expect(await nova.journal().proposals({})).toEqual([]);
});

test("an agent that is not bound holds nothing of the server", async () => {
  const door = webDoor();
  const model = script(
    calling("notes__find_notes", { title: "Milk" }),
    says("I can't look there.", { items: [] }),
  );
  const { nova, shelf } = await begin({ door, model });
  await asks(door, "what is noted about milk?", "erp/stock");
  await answers(door, /I can't look there/u);
  await nova.idle();
  expect(toolNames(model, 0)).toEqual([]);
  expect(shelf.calls().filter(({ method }) => method === "tools/call")).toEqual([]);
});

test("a server that is down stops no boot: its tools are absent, and the status says so", async () => {
  const door = webDoor();
  const model = script(says("Nothing to note with.", { orders: [] }));
  const { nova, address } = await begin({ door, model });
  await address.close();
  await nova.restart();
  await asks(door);
  await answers(door, /Nothing to note with/u);
  expect(toolNames(model, 0)).toEqual([]);
  await door.verb("status");
  await answers(door, /MCP server notes: failed, not connected, so its tools are absent/u);
});
