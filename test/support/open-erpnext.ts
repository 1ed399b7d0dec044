// The ERPNext connector on a fresh fake of ERPNext.
import { createErpnextErp } from "../../adapters/erp-erpnext/index.ts";
import { systemClock } from "../../src/clock.ts";
import type { Erp } from "../../src/ports.ts";
import { startFakeErpnext } from "./erpnext/index.ts";
import type { FakeErpnext } from "./erpnext/index.ts";
import { sample } from "./erpnext/sample.ts";

const sampleDay = "2026-03-16";

export type OpenedErpnext = {
  readonly erp: Erp;
  readonly fake: FakeErpnext;
  readonly dispose: () => Promise<void>;
};

export async function openErpnext(): Promise<OpenedErpnext> {
  const fake = await startFakeErpnext();
  const erp = createErpnextErp({
    ...sample,
    name: "main",
    url: fake.url,
    key: fake.key,
    currency: "USD",
    priceList: "Standard Selling",
    clock: { ...systemClock, now: () => Date.parse(`${sampleDay}T08:00:00Z`) },
  });
  const dispose = async (): Promise<void> => {
    await erp.close();
    await fake.close();
  };
  return { erp, fake, dispose };
}
