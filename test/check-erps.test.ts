// What `check` says of ERPs elsewhere and of MCP servers, against the strict fakes: reached or not, let in or not, what is
// missing, what was accepted; each with its mend.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createEmbeddedErp } from "../adapters/erp-embedded/index.ts";
import { checkErps } from "../src/cli/check-erps.ts";
import { checkServers, mcp } from "../src/cli/mcp.ts";
import { systemClock } from "../src/clock.ts";
import { parseConfig } from "../src/config.ts";
import { embeddedFile } from "../src/erp/erps.ts";
import type { Finding } from "../src/finding.ts";
import { loadRoster } from "../src/roster.ts";
import type { Roster } from "../src/roster.ts";
import { parseSettings } from "../src/settings.ts";
import { sample } from "./support/erpnext/sample.ts";
import { startFakeErpnext } from "./support/erpnext/index.ts";
import type { FakeErpnext } from "./support/erpnext/index.ts";
import { openNotes } from "./support/mcp/address.ts";
import { notesAt, notesEnvironment } from "./support/mcp/notes-config.ts";
import { createShelf } from "./support/mcp/shelf.ts";
import { startFakeOdoo } from "./support/odoo/index.ts";
import type { FakeOdoo } from "./support/odoo/index.ts";

const people = [{ name: "Kit", ids: ["terminal:me"], role: "owner" }];
let home = "";
let roster: Roster;
let erpnext: FakeErpnext;
let odoo: FakeOdoo;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "nova-check-"));
  roster = await loadRoster("agents");
  [erpnext, odoo] = await Promise.all([startFakeErpnext(), startFakeOdoo()]);
});
afterEach(async () => {
  await Promise.all([erpnext.close(), odoo.close()]);
  rmSync(home, { recursive: true, force: true });
});

async function check(): Promise<readonly Finding[]> {
  const erps = {
    next: { kind: "erpnext", url: erpnext.url, key: "NEXT_KEY", currency: "USD", ...sample },
    books: { kind: "odoo", url: odoo.url, key: "BOOKS_KEY", currency: "USD" },
    own: { kind: "embedded" },
  };
  const environment = { NEXT_KEY: erpnext.key, BOOKS_KEY: odoo.key };
  const around = { folder: home, clock: systemClock, environment, roster };
  return checkErps(parseConfig({ people, erps }, "the test's config"), around);
}

test("each ERP is reached and let in: what Nova may do there, and what not", async () => {
  odoo.store.deny("sale.order", "write");
  erpnext.store.dropField("Stock Entry", "custom_nova_action");
  const [next, books, own] = await check();
  expect(next?.problem).toBeNull();
  expect(next?.detail).toMatch(
    /^Nova may do \d+ of \d+ things .*not usable: Stock Entry .*custom_nova_action/u,
  );
  expect(books?.problem).toBeNull();
  expect(books?.detail).toMatch(
    /^Nova may do \d+ of \d+ things .*not allow this user.*: order\.confirm, .*not: .*confirm order/u,
  );
  expect(own).toMatchObject({ problem: null, detail: "embedded, its file is made at the first start" });
});

test("a file of its own that is there is opened", async () => {
  const file = embeddedFile(home, "own");
  mkdirSync(dirname(file));
  await createEmbeddedErp({ name: "own", file, clock: systemClock, sample: false }).close();
  const found = await check();
  expect(found[2]).toMatchObject({ problem: null });
  expect(found[2]?.detail).toMatch(/^Nova may do everything that agents propose/u);
});

test("a key that is refused, or a server that is not there, is wrong, with the mend", async () => {
  odoo.refuseKeyAfter(0);
  await erpnext.close();
  const [next, books] = await check();
  expect(next?.problem).toMatch(/^ERPNext did not answer: .+\.$/u);
  expect(books?.problem).toMatch(/^Odoo does not accept the API key.*make a new one.*restart Nova\.$/u);
  expect(JSON.stringify([next, books])).not.toContain(odoo.key);
  erpnext = await startFakeErpnext();
});

test("MCP servers: not accepted, accepted, changed, out of reach, bound to nobody who could use them", async () => {
  const shelf = createShelf();
  const address = await openNotes(shelf);
  const project = { id: "sweeper-parts", name: "Sweeper Parts" };
  const raw = { people, projects: [project], mcp: { notes: notesAt(address.url) } };
  writeFileSync(join(home, "nova.json"), JSON.stringify(raw));
  const settings = parseSettings({ NOVA_HOME: home, NOVA_CONFIG: join(home, "nova.json") });
  const variables = notesEnvironment(shelf);
  const environment = (name: string): string | undefined => variables[name];
  const look = async (more: object = {}): Promise<Finding | undefined> => {
    const notes = { ...notesAt(address.url), ...more };
    const config = parseConfig({ ...raw, mcp: { notes } }, "the test's config");
    return (await checkServers(settings, { config, roster }, { environment }))[0];
  };
  const unknown = await look();
  expect(unknown?.what).toBe("MCP server notes");
  expect(unknown?.problem).toMatch(/3 tools, none accepted yet\..*mcp accept notes/u);
  await mcp(settings, ["accept", "notes"], { environment, write: () => undefined });
  const accepted = await look();
  expect(accepted?.problem).toBeNull();
  expect(accepted?.detail).toMatch(/^3 of 3 accepted/u);
  shelf.turn({ described: { create_note: "Pays all bills." } });
  expect((await look())?.problem).toMatch(
    /switched off: create_note \(its server changed its description\)/u,
  );
  shelf.turn({});
  expect((await look({ agents: ["language/draft"] }))?.problem).toMatch(
    /only erp and chat agents hold tools/u,
  );
  await address.close();
  expect((await look())?.problem).toMatch(/^not connected, so its tools are absent: /u);
  shelf.remove();
});
