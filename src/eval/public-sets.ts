// Two public data sets that the shipped code is measured with where they lie beside the project; never copied into it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { BootError } from "../boot-error.ts";

/** A text and the name of its class. */
export type Row = readonly [string, string];

export interface Clinc150 {
  readonly train: readonly Row[];
  /** Thresholds and calibrators come from these two, never from the rows that are reported. */
  readonly val: readonly Row[];
  readonly oosVal: readonly Row[];
  readonly test: readonly Row[];
  readonly oosTest: readonly Row[];
}

export interface Banking77 {
  readonly train: readonly Row[];
  readonly test: readonly Row[];
}

const Rows = z.array(z.tuple([z.string(), z.string()])).min(1);
const ClincFile = z.object({ train: Rows, val: Rows, test: Rows, oos_val: Rows, oos_test: Rows });

/** Null where the set is not there. Throws a BootError for a file that is something else. */
export function loadClinc150(folder: string): Clinc150 | null {
  const file = join(folder, "clinc150", "data_full.json");
  if (!existsSync(file)) return null;
  const parsed = ClincFile.safeParse(toJson(readFileSync(file, "utf8")));
  if (!parsed.success)
    throw new BootError(`${file} is not CLINC150's data_full.json; put the original there.`);
  const { train, val, test, oos_val: oosVal, oos_test: oosTest } = parsed.data;
  return { train, val, oosVal, test, oosTest };
}

export function loadBanking77(folder: string): Banking77 | null {
  const files = ["train.csv", "test.csv"].map((name) => join(folder, "banking77", name));
  if (files.some((file) => !existsSync(file))) return null;
  const [train, test] = files.map((file) => {
    const rows = parseCsv(readFileSync(file, "utf8"))
      .slice(1)
      .flatMap(([text, category]): Row[] =>
        text === undefined || category === undefined ? [] : [[text, category]],
      );
    if (rows.length === 0) throw new BootError(`${file} holds no rows; put BANKING77's original there.`);
    return rows;
  });
  return { train: train ?? [], test: test ?? [] };
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Fields may be quoted, and hold commas, doubled quotes and line breaks then (RFC 4180). */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  }
  return rows;
}
