// The context store's contract, kept by Keyv on node:sqlite: a store that fails says so and is never "no context".
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createKeyvContext } from "../../adapters/sqlite/index.ts";
import { ProjectId } from "../../src/ids.ts";
import type { ChannelContext, ContextStore } from "../../src/ports/world.ts";

const shop = ProjectId.parse("proj_1");
const channel = "discord:2001";
const empty: ChannelContext = {
  schemaVersion: 1,
  rev: 0,
  profile: "",
  conventions: [],
  openItems: [],
  summary: "",
  summarisedAt: null,
  turnsSinceSummary: 0,
};
const withProfile = (profile: string) => (now: ChannelContext | null) => ({ ...(now ?? empty), profile });

let folder: string;
let context: ContextStore;
let close: () => Promise<void>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nova-context-"));
  context = await createKeyvContext({ folder });
  close = async () => context.close();
});
afterEach(async () => {
  await close();
  await rm(folder, { recursive: true });
});

/** What another program could do to the file behind its back. */
function inFile(sql: string): void {
  const db = new DatabaseSync(join(folder, "context.db"));
  db.exec(sql);
  db.close();
}

describe("context on Keyv", () => {
  test("a channel has none until it is written, and then it is there, also after a restart", async () => {
    expect(await context.read(shop, channel)).toBeNull();
    const written = await context.update(shop, channel, withProfile("Spare parts"));
    expect(written).toEqual({ ...empty, rev: 1, profile: "Spare parts" });
    await context.close();
    context = await createKeyvContext({ folder });
    expect(await context.read(shop, channel)).toEqual(written);
  });

  test("updates of one channel at the same moment lose nothing", async () => {
    const add = (item: string) => (now: ChannelContext | null) => ({
      ...(now ?? empty),
      openItems: [...(now?.openItems ?? []), item],
    });
    const items = Array.from({ length: 50 }, (_, at) => `item ${at}`);
    await Promise.all(items.map(async (item) => context.update(shop, channel, add(item))));
    expect(await context.read(shop, channel)).toMatchObject({ rev: 50, openItems: items });
  });

  test("projects never see each other, also side by side and with names that look alike", async () => {
    const names = ["proj_1", "projX1", "PROJ_1", "proj_1:discord", "proj%"].map((id) => ProjectId.parse(id));
    await Promise.all(names.map(async (name) => context.update(name, channel, withProfile(name))));
    for (const name of names)
      expect(await context.read(name, channel)).toMatchObject({ rev: 1, profile: name });
    expect(await context.read(shop, "discord:2002")).toBeNull();
  });

  test("a store whose table is gone rejects every method", async () => {
    await context.update(shop, channel, withProfile("x"));
    inFile("DROP TABLE keyv");
    const unavailable = { kind: "context.unavailable" };
    await expect(context.read(shop, "discord:2002")).rejects.toMatchObject(unavailable);
    await expect(context.update(shop, channel, withProfile("y"))).rejects.toMatchObject(unavailable);
    await expect(context.read(ProjectId.parse("new here"), channel)).rejects.toMatchObject(unavailable);
  });

  test("a failed write rejects even when reading still works", async () => {
    await context.update(shop, channel, withProfile("x"));
    inFile("CREATE TRIGGER full BEFORE UPDATE ON keyv BEGIN SELECT RAISE(FAIL, 'disk full'); END");
    await expect(context.update(shop, channel, withProfile("y"))).rejects.toMatchObject({
      kind: "context.unavailable",
    });
    expect(await context.read(shop, channel)).toMatchObject({ profile: "x", rev: 1 });
  });

  test.each([
    ["text that is not JSON", "'{'"],
    ["a value of another version", `'{"value":{"schemaVersion":2,"rev":1}}'`],
    ["nothing where a value was", `'{"value":null}'`],
    ["no text at all", "NULL"],
  ])("%s is a visible failure, never no context", async (_, stored) => {
    await context.update(shop, channel, withProfile("x"));
    await context.close();
    inFile(`UPDATE keyv SET value = ${stored}`);
    context = await createKeyvContext({ folder });
    await expect(context.read(shop, channel)).rejects.toMatchObject({ kind: "context.unavailable" });
    await expect(context.update(shop, channel, withProfile("y"))).rejects.toMatchObject({
      kind: "context.unavailable",
    });
  });

  test("more than 256 KB is refused and leaves what was there", async () => {
    await context.update(shop, channel, withProfile("small"));
    const huge = "ü".repeat(140_000);
    await expect(context.update(shop, channel, withProfile(huge))).rejects.toThrow("more than 262144");
    expect(await context.read(shop, channel)).toMatchObject({ profile: "small", rev: 1 });
  });

  test("a change that throws changes nothing, and the next one is not held up", async () => {
    const broken = context.update(shop, channel, () => {
      throw new Error("no summary");
    });
    await expect(broken).rejects.toThrow("no summary");
    expect(await context.update(shop, channel, withProfile("x"))).toMatchObject({ rev: 1 });
  });

  test("nobody but the owner can read the file", async () => {
    expect((await stat(join(folder, "context.db"))).mode & 0o777).toBe(0o600);
  });

  test("a file that is no database stops the start with its path and the mend", async () => {
    const other = await mkdtemp(join(tmpdir(), "nova-context-"));
    await writeFile(
      join(other, "context.db"),
      "not a database, but long enough to be read as its header".repeat(9),
    );
    await expect(createKeyvContext({ folder: other })).rejects.toThrow(
      /context\.db is damaged: move it away/u,
    );
    await rm(other, { recursive: true });
  });
});
