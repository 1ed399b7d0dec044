// The embedded ERPs of the config as `nova audit` joins them to the record: what is there is opened, what was there and is
// gone is said. Nothing is made by looking, and no other kind of ERP keeps a list that the record could hold.
import { existsSync } from "node:fs";
import type { Config } from "../config.ts";
import { embeddedFile, openErps } from "../erp/erps.ts";
import type { ErpSurroundings } from "../erp/erps.ts";
import type { Erp, Journal } from "../ports.ts";

type Around = ErpSurroundings & { readonly journal: Journal };

/** Opened so that the journal looks through them too; close them before it. */
export async function joinErps(config: Config, around: Around): Promise<readonly Erp[]> {
  const embedded = Object.entries(config.erps).filter(([, { kind }]) => kind === "embedded");
  const isThere = ([name]: (typeof embedded)[number]): boolean =>
    existsSync(embeddedFile(around.folder, name));
  for (const [name] of embedded.filter((one) => !isThere(one))) await joinMissing(name, around.journal);
  const erps = Object.fromEntries(embedded.filter(isThere));
  return [...(await openErps({ ...config, erps }, around)).values()];
}

/** One that the record never took in has not begun yet. */
async function joinMissing(name: string, journal: Journal): Promise<void> {
  if ((await journal.trail(`erp:${name}`)).length === 0) return;
  journal.joinErp(name, {
    connector: "embedded",
    end: () => null,
    fault: ({ rows }, done) => (rows + done().length === 0 ? null : "the file of its books is missing"),
  });
}
