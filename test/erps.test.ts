// Which ERP a config opens, and the sentence for one that can't be opened.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../src/clock.ts";
import { parseConfig } from "../src/config.ts";
import type { Config } from "../src/config.ts";
import { openErps } from "../src/erp/erps.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nova-erps-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const people = [{ name: "Kit", ids: ["terminal:me"], role: "owner" }];
const configOf = (main: object): Config => parseConfig({ people, erps: { main } }, "config/nova.ts");
const erpnext = {
  kind: "erpnext",
  url: "https://erp.example/",
  key: "ERPNEXT_KEY",
  company: "Sweep Works",
  currency: "EUR",
  warehouse: "Stores - SW",
};
const openIn = async (config: Config, environment: Record<string, string>) =>
  openErps(config, { folder, clock: systemClock, environment });

const odoo = { kind: "odoo", url: "https://odoo.example", key: "ODOO_KEY", currency: "EUR" };

test("opens each kind by its name, with the key that the config only names", async () => {
  const config = parseConfig({ people, erps: { one: erpnext, two: odoo } }, "config/nova.ts");
  const erps = await openIn(config, { ERPNEXT_KEY: "a:b", ODOO_KEY: "abc" });
  const opened = [...erps].map(([name, erp]) => [name, erp.connector]);
  expect(opened).toEqual([
    ["one", "erpnext"],
    ["two", "odoo"],
  ]);
  for (const erp of erps.values()) await erp.close();
});

test("a key that is not set stops the start with its name", async () => {
  await expect(openIn(configOf(erpnext), { ERPNEXT_KEY: " " })).rejects.toThrow(
    /^The ERP "main" needs its key in ERPNEXT_KEY, which is not set/u,
  );
});

test("a key in the config itself, an unknown kind and an unknown field are refused", () => {
  expect(() => configOf({ ...erpnext, key: "abc:def" })).toThrow(/name of an environment variable/u);
  expect(() => configOf({ ...erpnext, kind: "sap" })).toThrow(/erps\.main\.kind/u);
  expect(() => configOf({ ...erpnext, warehose: "x" })).toThrow(/did you mean "warehouse"/u);
});
