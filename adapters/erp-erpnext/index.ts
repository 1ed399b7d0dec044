// ERPNext as an ERP of Nova's, over its REST API (v15). Built from its documents and source and tested against a strict
// fake of them: it has not yet run against a live server.
import type { Clock, Erp } from "../../src/ports.ts";
import { createRemoteErp } from "../../src/remote-erp/connector.ts";
import { createErpHttp } from "../../src/remote-erp/http.ts";
import { createProbe } from "../../src/remote-erp/probe.ts";
import { postInvoice, shipOrder } from "./deliveries.ts";
import type { Desk, ErpnextSettings, Operation } from "./desk.ts";
import { isNewParty } from "./new-party.ts";
import { addNote } from "./notes.ts";
import { createOrder } from "./order-create.ts";
import { cancelOrder, confirmOrder } from "./orders.ts";
import { changeParty, createParty } from "./parties.ts";
import { registerPayment } from "./payments.ts";
import { answerQuery } from "./queries.ts";
import { probeRights } from "./rights.ts";
import { createSite } from "./site.ts";
import { findStamps } from "./stamps.ts";
import { adjustStock, receiveStock } from "./stock.ts";

export type ErpnextErpOptions = ErpnextSettings & {
  /** The instance's name in the config. */
  readonly name: string;
  /** `https://erp.example`, without a slash at the end. */
  readonly url: string;
  /** `api_key:api_secret` of Nova's own user. */
  readonly key: string;
  readonly clock: Clock;
};

/** Frappe's server gives a request two minutes; until then what was sent may still be committed. */
const graceMs = 125_000;

const operations: ReadonlyMap<string, Operation> = new Map([
  ["party.create", createParty],
  ["party.change", changeParty],
  ["order.create", createOrder],
  ["order.confirm", confirmOrder],
  ["order.cancel", cancelOrder],
  ["order.ship", shipOrder],
  ["invoice.post", postInvoice],
  ["payment.register", registerPayment],
  ["stock.adjust", adjustStock],
  ["stock.receive", receiveStock],
  ["note.add", addNote],
]);

export function createErpnextErp(options: ErpnextErpOptions): Erp {
  const { clock, url: baseUrl, key, name, ...settings } = options;
  const headers = { authorization: `token ${key}` };
  const site = createSite(createErpHttp({ baseUrl, headers, clock, product: "ERPNext" }));
  const desk = (): Desk => ({ site, settings, today: new Date(clock.now()).toISOString().slice(0, 10) });
  const probe = createProbe(async () => probeRights(site));
  return createRemoteErp({
    connector: "erpnext",
    name,
    product: "ERPNext",
    currency: settings.currency,
    capabilities: { preview: "computed", idempotency: "unique-ref", concurrency: "token", graceMs },
    operations,
    desk,
    probe: probe.anew,
    query: answerQuery,
    isNewParty,
    findStamps: async (desk, actionId) => findStamps(desk, actionId, await probe.readable()),
  });
}
