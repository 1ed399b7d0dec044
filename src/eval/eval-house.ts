// The throw-away house of one eval: a folder of its own with the sample company in an embedded ERP, on a fixed day, a small
// memory and a profile. Nothing of the owner's is in it, and nothing that happens in it is left behind.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseConfig } from "../config.ts";
import type { ProjectMemory } from "../effects.ts";
import { embeddedFile, openErps } from "../erp/erps.ts";
import type { PackItem } from "../pack.ts";
import type { Clock, Erp } from "../ports.ts";

export type EvalHouse = {
  readonly erp: Erp;
  readonly memory: ProjectMemory;
  /** Epoch ms: the day on which every eval takes place, so that "overdue" means the same in every run. */
  readonly now: number;
  readonly profile: readonly PackItem[];
  readonly conventions: readonly PackItem[];
  /** Closes it and removes its folder. */
  readonly close: () => Promise<void>;
};
export type EvalHouses = { readonly open: () => Promise<EvalHouse> };

/** The sample company's books are written up to here. */
const evalDay = "2026-03-16";
const now = Date.parse(`${evalDay}T08:00:00Z`);
const erpName = "main";
const config = parseConfig(
  {
    people: [{ name: "Kit", ids: ["terminal:me"], role: "owner" }],
    erps: { [erpName]: { kind: "embedded", sample: true } },
  },
  "the evals' own config",
);
// Reading the ERP's books asks for the day only; nothing waits in there.
const clock: Clock = { now: () => now, after: () => () => undefined };

/** Seeding the company takes far longer than copying what it made, which is the same each time. */
export function createEvalHouses(): EvalHouses {
  let books: Promise<Uint8Array> | null = null;
  return {
    open: async () => {
      books ??= seededBooks();
      return openHouse(await books);
    },
  };
}

async function seededBooks(): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "nova-eval-"));
  try {
    const erp = await openErp(folder);
    // The last one who closes a file writes back what stood beside it.
    await erp.close();
    return readFileSync(embeddedFile(folder, erpName));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openHouse(books: Uint8Array): Promise<EvalHouse> {
  const folder = mkdtempSync(join(tmpdir(), "nova-eval-"));
  const file = embeddedFile(folder, erpName);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, books);
  const erp = await openErp(folder);
  return {
    erp,
    memory: { recall },
    now,
    profile,
    conventions,
    close: async () => {
      await erp.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openErp(folder: string): Promise<Erp> {
  const erp = (await openErps(config, { folder, clock, environment: {} })).get(erpName);
  if (erp === undefined) throw new Error("The evals' own ERP did not open.");
  return erp;
}

const standing = (id: string, text: string): PackItem => ({
  id,
  source: "context",
  at: null,
  label: "current",
  text,
});
const profile: readonly PackItem[] = [
  standing(
    "profile",
    "A shop for spare parts of sweepers and scrubbers: brushes, filters, hoses, belts. Customers are cleaning firms, car parks and cities.",
  ),
];
const conventions: readonly PackItem[] = [
  "A part fits a machine only when somebody has put that on record.",
  "Prices are in US dollars and without tax.",
  "Write short and friendly; sign with the first name.",
].map((line, at) => standing(`convention:${at + 1}`, line));

const dayMs = 86_400_000;
const said = (id: string, source: string, text: string): PackItem => ({
  id,
  source,
  at: now - 9 * dayMs,
  label: "current",
  text,
});
const remembered: readonly PackItem[] = [
  said("f-logo", "decision by Kit", "The logo stays blue"),
  said("f-sqlite", "decision by Kit", "We use SQLite and not Postgres for the shop"),
  said("f-catalogue", "fact by Maya", "The city of Marlow uses the printed catalogue"),
];
const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];

/** By shared words, like the product's own search without its index. */
async function recall(text: string, limit: number): Promise<readonly PackItem[]> {
  const asked = new Set(wordsOf(text));
  return remembered.filter((item) => wordsOf(item.text).some((word) => asked.has(word))).slice(0, limit);
}
