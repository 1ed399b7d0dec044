// What somebody with an embedded ERP's file and without the journal's key can do to its list of deeds: one random edit at a
// time, chained anew where a hash is all it takes, and the way back.
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { canonicalHash } from "../../src/canonical.ts";
import type { Chance } from "../support/chance.ts";

const Action = z.object({
  seq: z.number(),
  action_id: z.string(),
  command_hash: z.string(),
  effect_hash: z.string(),
  result: z.string(),
  chain: z.string(),
  seal: z.string().nullable(),
});
type Action = z.infer<typeof Action>;
export type ErpIntruder = {
  /** Does one edit and says which. There must be three actions or more. */
  readonly edit: (chance: Chance) => string;
  /** Puts the list back as it was when the intruder came. */
  readonly undo: () => void;
  readonly close: () => void;
};

const words = ["action_id", "command_hash", "effect_hash", "result", "chain", "seal"] as const;

export function createErpIntruder(file: string): ErpIntruder {
  const db = new DatabaseSync(file, { timeout: 5_000 });
  db.exec("DROP TRIGGER IF EXISTS applied_action_u; DROP TRIGGER IF EXISTS applied_action_d");
  const read = (): Action[] =>
    z.array(Action).parse(db.prepare("SELECT * FROM applied_action ORDER BY seq").all());
  const write = (rows: readonly Action[]): void => {
    db.exec("BEGIN IMMEDIATE; DELETE FROM applied_action");
    const insert = db.prepare("INSERT INTO applied_action VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const { seq, action_id, command_hash, effect_hash, result, chain, seal } of rows)
      insert.run(seq, action_id, command_hash, effect_hash, result, chain, seal);
    db.exec("COMMIT");
  };
  const kept = read();
  return {
    edit: (chance) => {
      const kind = chance.pick(Object.keys(edits));
      write(edits[kind]?.(read(), chance) ?? []);
      return `action list: ${kind}`;
    },
    undo: () => write(kept),
    close: () => db.close(),
  };
}

/** Numbered and chained anew: what an intruder who knows the code would write. */
function chained(rows: readonly Action[]): Action[] {
  let chain = "";
  return rows.map((row, at) => {
    chain = canonicalHash([chain, row.action_id, row.command_hash, row.effect_hash, row.result]);
    return { ...row, seq: at + 1, chain };
  });
}

const edits: Readonly<Record<string, (rows: Action[], chance: Chance) => Action[]>> = {
  "one word of one row": (rows, chance) => {
    const [at, column] = [chance.below(rows.length), chance.pick(words)];
    return rows.map((row, index) => (index === at ? { ...row, [column]: `${row[column] ?? ""}x` } : row));
  },
  "one word of one row, chained anew": (rows, chance) => {
    const [at, column] = [chance.below(rows.length), chance.pick(words.slice(0, 4))];
    const changed = rows.map((row, index) =>
      index === at ? { ...row, [column]: `${row[column] ?? ""}x` } : row,
    );
    return chained(changed);
  },
  "one row less": (rows, chance) => rows.toSpliced(chance.below(rows.length - 1), 1),
  "one row less, chained anew": (rows, chance) => chained(rows.toSpliced(chance.below(rows.length - 1), 1)),
  "two rows swapped, chained anew": ([first, second, ...rest]) =>
    first === undefined || second === undefined ? [] : chained([second, first, ...rest]),
  "one row more": (rows, chance) => {
    const like = chance.pick(rows);
    return chained([...rows, { ...like, action_id: `p-${chance.below(1_000_000)}`, seal: null }]);
  },
  "one row more, with the seal of another": (rows, chance) => {
    const like = chance.pick(rows);
    return chained([...rows, { ...like, action_id: `p-${chance.below(1_000_000)}` }]);
  },
};
