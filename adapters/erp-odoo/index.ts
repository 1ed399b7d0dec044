// Odoo as an ERP of Nova's, over its JSON-2 API (19.0). Built from its documents and source and tested against a strict
// fake of them: it has not yet run against a live server.
import type { Clock, Erp } from "../../src/ports.ts";
import { createRemoteErp } from "../../src/remote-erp/connector.ts";
import { createErpHttp } from "../../src/remote-erp/http.ts";
import { createProbe } from "../../src/remote-erp/probe.ts";
import { createDatabase } from "./database.ts";
import { postCredit } from "./credits.ts";
import type { Desk, Operation } from "./desk.ts";
import { postInvoice } from "./invoices.ts";
import { findStamps } from "./marks.ts";
import { isNewParty } from "./new-party.ts";
import { addNote } from "./notes.ts";
import { createOrder } from "./order-create.ts";
import { cancelOrder, confirmOrder, shipOrder } from "./orders.ts";
import { changeParty, createParty } from "./parties.ts";
import { payBill, registerPayment } from "./payments.ts";
import { answerQuery } from "./queries.ts";
import { probeRights } from "./rights.ts";
import { adjustStock } from "./stock.ts";

export type OdooErpOptions = {
  /** The instance's name in the config. */
  readonly name: string;
  /** `https://erp.example`, without a slash at the end. */
  readonly url: string;
  /** Null: the server has one database, or finds it by its host name. */
  readonly database: string | null;
  readonly key: string;
  readonly currency: string;
  readonly clock: Clock;
};

/** Odoo's workers stop a request after two minutes of real time; until then what was sent may still be committed. */
const graceMs = 125_000;

const operations: ReadonlyMap<string, Operation> = new Map([
  ["party.create", createParty],
  ["party.change", changeParty],
  ["order.create", createOrder],
  ["order.confirm", confirmOrder],
  ["order.cancel", cancelOrder],
  ["order.ship", shipOrder],
  ["invoice.post", postInvoice],
  ["credit.post", postCredit],
  ["payment.register", registerPayment],
  ["bill.pay", payBill],
  ["stock.adjust", adjustStock],
  ["note.add", addNote],
]);

export function createOdooErp({ name, url: baseUrl, database, key, currency, clock }: OdooErpOptions): Erp {
  const headers = {
    authorization: `bearer ${key}`,
    ...(database === null ? {} : { "x-odoo-database": database }),
  };
  const db = createDatabase(createErpHttp({ baseUrl, headers, clock, product: "Odoo" }));
  const desk = (): Desk => ({ db, currency, today: new Date(clock.now()).toISOString().slice(0, 10) });
  const probe = createProbe(async () => probeRights(db));
  return createRemoteErp({
    connector: "odoo",
    name,
    product: "Odoo",
    currency,
    capabilities: { preview: "computed", idempotency: "search", concurrency: "recheck", graceMs },
    operations,
    desk,
    probe: probe.anew,
    query: answerQuery,
    isNewParty,
    findStamps: async (desk, actionId) => findStamps(desk, actionId, await probe.readable()),
  });
}
