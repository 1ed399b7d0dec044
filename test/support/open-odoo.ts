// The Odoo connector on a fresh fake of Odoo.
import { createOdooErp } from "../../adapters/erp-odoo/index.ts";
import { systemClock } from "../../src/clock.ts";
import type { Erp } from "../../src/ports.ts";
import { startFakeOdoo } from "./odoo/index.ts";
import type { FakeOdoo } from "./odoo/index.ts";

const sampleDay = "2026-03-16";

export type OpenedOdoo = {
  readonly erp: Erp;
  readonly fake: FakeOdoo;
  readonly dispose: () => Promise<void>;
};

export async function openOdoo(): Promise<OpenedOdoo> {
  const fake = await startFakeOdoo();
  const erp = createOdooErp({
    name: "main",
    url: fake.url,
    database: null,
    key: fake.key,
    currency: "USD",
    clock: { ...systemClock, now: () => Date.parse(`${sampleDay}T08:00:00Z`) },
  });
  const dispose = async (): Promise<void> => {
    await erp.close();
    await fake.close();
  };
  return { erp, fake, dispose };
}
