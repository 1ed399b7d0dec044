// The sample company, seeded once a day per process and copied into each test's folder: a hundred postings are the same every time.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmbeddedErp } from "../../adapters/erp-embedded/index.ts";
import type { Clock } from "../../src/ports.ts";

const dayMs = 86_400_000;
/** What seeding depends on is the day, and nothing else: it is the key, and the value never changes. */
const seeded = new Map<number, string>();
const folder = mkdtempSync(join(tmpdir(), "nova-sample-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Puts the sample company where an embedded ERP would seed it; a file that is there stays as it is. */
export function lendSampleErp(file: string, clock: Pick<Clock, "now">): void {
  if (existsSync(file)) return;
  const day = Math.floor(clock.now() / dayMs);
  copyFileSync(seeded.get(day) ?? seedOn(day), file);
}

function seedOn(day: number): string {
  const file = join(folder, `${day}.db`);
  const erp = createEmbeddedErp({ name: "main", file, clock: { now: () => day * dayMs }, sample: true });
  void erp.close();
  seeded.set(day, file);
  return file;
}
