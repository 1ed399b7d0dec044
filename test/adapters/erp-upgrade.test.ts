// Files of earlier Novas: each is brought to the schema that a new one has, keeps what it held, and goes on working.
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { createEmbeddedErp } from "../../adapters/erp-embedded/index.ts";
import { approve } from "../contracts/erp-suite.ts";
import { toEarlierErp } from "../support/earlier-erp.ts";
import { openEmbeddedErp, sampleDay } from "../support/embedded-erp.ts";

const clock = { now: () => Date.parse(`${sampleDay}T08:00:00Z`) };

/** Every table with its columns, every view, trigger and index: how the file is built, however it came to be so. */
function shapeOf(file: string): readonly string[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const all = (sql: string) =>
    db
      .prepare(sql)
      .all()
      .map((row) => Object.values(row).join(" "));
  const tables = all("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name");
  const shape = [
    ...tables.flatMap((name) => [name, ...all(`PRAGMA table_xinfo(${name})`).map((one) => `${name} ${one}`)]),
    ...all("SELECT type, name, sql FROM sqlite_master WHERE type <> 'table' ORDER BY type, name"),
    ...all("PRAGMA user_version"),
  ];
  db.close();
  return shape;
}
const contentOf = (file: string): readonly unknown[] => {
  const db = new DatabaseSync(file, { readOnly: true });
  const content = ["item", "party", "doc", "doc_line", "line", "stock_move", "reorder", "applied_action"].map(
    (table) => db.prepare(`SELECT * FROM ${table}`).all(),
  );
  db.close();
  return content;
};

test.each([2, 3, 4, 5])(
  "a file of schema %i becomes what a new one is, with all that it held",
  async (version) => {
    const sample = openEmbeddedErp();
    const folder = mkdtempSync(join(tmpdir(), "nova-upgrade-"));
    const file = join(folder, "erp.db");
    copyFileSync(sample.file, file);
    await sample.dispose();
    const [shape, content] = [shapeOf(file), contentOf(file)];
    toEarlierErp(file, version);
    const later = createEmbeddedErp({ name: "main", file, clock, sample: true });
    expect(shapeOf(file)).toEqual(shape);
    expect(contentOf(file)).toEqual(content);
    expect((await later.probe()).detail).toBe("embedded ERP, books sound");
    for (const [op, args] of [
      ["order.confirm", { order: "SO-1007" }],
      ["item.reorder", { item: "drive belt", levelThousandths: 4000, quantityThousandths: 9000 }],
    ] as const) {
      const ready = await later.prepare({ connector: "embedded", instance: "main", op, args });
      if (ready.kind === "refused") throw new Error(ready.why);
      const options = { actionId: op, attempt: 1, signal: new AbortController().signal };
      expect((await later.execute(approve(ready.prepared, op), ready.prepared, options)).kind).toBe("ok");
    }
    await later.close();
    rmSync(folder, { recursive: true });
  },
);
