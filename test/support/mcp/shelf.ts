// What the fake tool server knows, in files: it outlives a server that dies, and a test can read it and turn its knobs
// from outside, whether the server lives in this process or in another.
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

const Note = z.strictObject({ title: z.string(), text: z.string() });
const Knobs = z.strictObject({
  /** Descriptions that differ from the usual ones. */
  described: z.record(z.string(), z.string()).default({}),
  /** Arguments that are demanded beside the usual ones. */
  demanded: z.record(z.string(), z.string()).default({}),
  added: z.array(z.string()).default([]),
  removed: z.array(z.string()).default([]),
  /** The next deed is done, and no answer comes. */
  silent: z.boolean().default(false),
  /** The next deed is done, and the server is gone. */
  dies: z.boolean().default(false),
  /** Deeds are answered with success and not done. */
  lies: z.boolean().default(false),
  /** Deeds are done and answered with an error. */
  complains: z.boolean().default(false),
  /** What readers and deeds answer instead. */
  words: z.string().nullable().default(null),
  /** Every call first asks the client for this method. */
  asks: z.string().nullable().default(null),
  /** Answers of the protocol of 2026: more input, please. */
  wantsMore: z.boolean().default(false),
  /** Stays when its input ends, and when it is asked to go. */
  clings: z.boolean().default(false),
});
export type Knobs = z.infer<typeof Knobs>;
const Call = z.strictObject({ method: z.string(), params: z.unknown() });
export type Call = z.infer<typeof Call>;

export type Shelf = {
  readonly folder: string;
  readonly notes: () => readonly z.infer<typeof Note>[];
  readonly put: (note: z.infer<typeof Note>) => void;
  readonly knobs: () => Knobs;
  readonly turn: (knobs: z.input<typeof Knobs>) => void;
  /** Everything that reached the server, in order. */
  readonly calls: () => readonly Call[];
  readonly log: (call: Call) => void;
  readonly remove: () => void;
};

export const createShelf = (): Shelf => openShelf(mkdtempSync(join(tmpdir(), "nova-notes-")));

export function openShelf(folder: string): Shelf {
  const linesOf = (name: string): readonly unknown[] => {
    const file = join(folder, name);
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, "utf8").split("\n");
    return lines.filter((line) => line !== "").map((line): unknown => JSON.parse(line));
  };
  const append = (name: string, row: unknown): void =>
    appendFileSync(join(folder, name), `${JSON.stringify(row)}\n`);
  const knobsFile = join(folder, "knobs.json");
  return {
    folder,
    notes: () => linesOf("notes").map((row) => Note.parse(row)),
    put: (note) => append("notes", note),
    knobs: () => Knobs.parse(existsSync(knobsFile) ? JSON.parse(readFileSync(knobsFile, "utf8")) : {}),
    turn: (knobs) => writeFileSync(knobsFile, JSON.stringify(knobs)),
    calls: () => linesOf("calls").map((row) => Call.parse(row)),
    log: (call) => append("calls", call),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
