// Backup and restore as they are typed: a Nova that is being used is copied as it stands at one moment, and what is put back
// goes on where it was. Whatever could lose something is refused in one sentence.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { copyTogether } from "../adapters/sqlite/whole-copies.ts";
import { Manifest, manifestName } from "../src/cli/backup-parts.ts";
import { restore } from "../src/cli/restore.ts";
import { readTar, writeTar } from "../src/cli/tar.ts";
import { parseSettings } from "../src/settings.ts";
import { sees } from "./support/doors/door.ts";
import { terminalDoor } from "./support/doors/terminal.ts";
import { startNova } from "./support/start-nova.ts";

const scratch = mkdtempSync(join(tmpdir(), "nova-backup-"));
const backup = join(scratch, "nova.backup");
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Exit code and everything printed. */
function nova(home: string, ...words: readonly string[]): string {
  const env = { PATH: process.env["PATH"] ?? "", NOVA_HOME: home };
  const ended = spawnSync(process.execPath, ["bin/nova.mjs", ...words], { env, encoding: "utf8" });
  return `${String(ended.status)} ${ended.stdout}${ended.stderr}`;
}
let folders = 0;
function empty(): string {
  folders += 1;
  return join(scratch, `home-${folders}`);
}
const putBack = async (home: string, ...words: readonly string[]): Promise<number> =>
  restore(parseSettings({ NOVA_HOME: home }), words);

describe("a Nova that is being used", () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  test("is backed up while it runs, is not restored over, and goes on from the backup where it was", async () => {
    const door = terminalDoor();
    const running = await startNova({ doors: [door] });
    ends.push(running.close);
    await door.says("confirm order SO-1007");
    await sees(door, /Waiting for Kit/u);
    await running.idle();
    const made = nova(running.folder, "backup", backup);
    expect(made).toMatch(/^0 [^]*the audit chain ends at \d+:[0-9a-f]{16}\./u);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(nova(running.folder, "restore", backup, "--force")).toMatch(
      /^1 Another Nova already runs on [^\n]*\n$/u,
    );
    const [asked] = await running.journal().proposals({});
    await door.says(`/reject ${asked?.id ?? ""} not yet`);
    await sees(door, /Rejected/u);
    const other = terminalDoor();
    const again = await startNova({
      doors: [other],
      beforeBoot: (folder) => expect(nova(folder, "restore", backup)).toMatch(/^0 /u),
    });
    ends.push(again.close);
    expect(await again.journal().verifyAudit()).toMatchObject({ brokenAt: null });
    const [waiting] = await again.journal().proposals({});
    expect(waiting).toMatchObject({ state: "pending" });
    await other.says(`/approve ${waiting?.id ?? ""}`);
    await sees(other, /Approved by Kit, done/u);
    await again.idle();
    expect(await again.journal().proposal(waiting?.id ?? "")).toMatchObject({ state: "applied" });
  });
});

describe("copies of several databases", () => {
  test("are of one moment, however fast another process writes", async () => {
    const files = ["first.db", "second.db"].map((name) => join(scratch, name));
    const writer = spawn(
      process.execPath,
      [fileURLToPath(new URL("./support/pair-writer.ts", import.meta.url)), ...files],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    try {
      await once(writer.stdout, "data");
      const seen: number[] = [];
      for (let round = 0; round < 6; round += 1) {
        const copies = files.map((file, at) => ({ file, copy: join(scratch, `copy-${round}-${at}.db`) }));
        copyTogether(copies, () => undefined);
        const [first = 0, second = 0] = copies.map(({ copy }) => countIn(copy));
        expect([0, 1]).toContain(first - second);
        seen.push(first);
        // Whoever waited gets its turn.
        await expect.poll(() => countIn(files[0] ?? "")).toBeGreaterThan(first);
      }
      expect(seen.at(-1)).toBeGreaterThan(seen[0] ?? 0);
    } finally {
      writer.kill("SIGKILL");
    }
  });
  const countIn = (file: string): number => {
    const db = new DatabaseSync(file, { readOnly: true });
    const { n } = z
      .object({ n: z.number() })
      .parse(db.prepare("SELECT coalesce(max(n), 0) AS n FROM count").get());
    db.close();
    return n;
  };
});

describe("a restore is refused", () => {
  const unpacked = join(scratch, "unpacked");
  let parts: readonly string[] = [];
  beforeAll(() => {
    parts = readTar(backup, unpacked).map(({ name }) => name);
  });
  const changed = (change: (bytes: Buffer) => Buffer): string => {
    folders += 1;
    const file = join(scratch, `changed-${folders}`);
    writeFileSync(file, change(readFileSync(backup)));
    return file;
  };
  const repacked = (change: (manifest: Manifest) => Manifest): string => {
    folders += 1;
    const folder = join(scratch, `repacked-${folders}`);
    readTar(backup, folder);
    const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, manifestName), "utf8")));
    writeFileSync(join(folder, manifestName), JSON.stringify(change(manifest)));
    const file = join(scratch, `newer-${folders}`);
    writeTar(file, folder, parts);
    return file;
  };

  test("of a backup of which any byte was changed or is missing: nothing is left behind", async () => {
    const size = statSync(backup).size;
    const home = empty();
    for (const at of [1, 130, 700, ...[0.2, 0.4, 0.6, 0.8].map((share) => Math.floor(size * share))]) {
      const file = changed((bytes) => {
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        return bytes;
      });
      await expect(putBack(home, file), `byte ${at}`).rejects.toThrow(
        /is damaged, so nothing was restored: take another one\.$/u,
      );
    }
    for (const kept of [0, 511, 5_000, size - 2_000])
      await expect(
        putBack(
          home,
          changed((bytes) => bytes.subarray(0, kept)),
        ),
      ).rejects.toThrow(/is damaged/u);
    expect(readdirSync(home).filter((name) => !name.startsWith("instance."))).toEqual([]);
  });

  test("of a backup with a part that the manifest does not know, or without one that it knows", async () => {
    await expect(
      putBack(
        empty(),
        repacked((manifest) => ({ ...manifest, parts: manifest.parts.slice(1) })),
      ),
    ).rejects.toThrow(/is damaged/u);
    const file = join(scratch, "lacking");
    writeTar(file, unpacked, parts.slice(0, -1));
    await expect(putBack(empty(), file)).rejects.toThrow(/is damaged/u);
  });

  test("of a backup of a newer Nova", async () => {
    for (const newer of [{ schema: 999 }, { format: 2 }])
      await expect(
        putBack(
          empty(),
          repacked((manifest) => ({ ...manifest, ...newer })),
        ),
      ).rejects.toThrow(/was made by a newer Nova .*: update Nova, then restore it\.$/u);
  });

  test("over data, unless it is forced: then that is moved aside whole", async () => {
    const home = empty();
    expect(await putBack(home, backup)).toBe(0);
    const before = readFileSync(join(home, "journal.db"));
    await expect(putBack(home, backup)).rejects.toThrow(/already holds data \(journal\.db\): .*add --force/u);
    writeFileSync(join(home, "journal.db-wal"), "");
    expect(await putBack(home, backup, "--force")).toBe(0);
    const aside = readdirSync(home).find((name) => name.startsWith("before-restore-")) ?? "";
    expect(readFileSync(join(home, aside, "journal.db"))).toEqual(before);
    expect(existsSync(join(home, "journal.db-wal"))).toBe(false);
  });
});

test("a backup takes the place of no file, needs a Nova that was started once, and is a plain archive", async () => {
  const home = empty();
  await putBack(home, backup);
  expect(nova(home, "backup", backup)).toMatch(/^1 [^\n]*exists already: name a file that does not\.\n$/u);
  expect(nova(empty(), "backup", join(scratch, "none"))).toMatch(
    /^1 There is nothing to back up in [^\n]*: start Nova once[^\n]*\n$/u,
  );
  expect(() => execFileSync("tar", ["tf", backup])).not.toThrow();
});
