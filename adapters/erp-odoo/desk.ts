// What every operation on Odoo works with: the database, the currency, and today.
import type { RemoteOperation } from "../../src/remote-erp/operation.ts";
import type { Database } from "./database.ts";

export type Desk = {
  readonly db: Database;
  /** The company's own currency, three letters; orders in another one are left to people. */
  readonly currency: string;
  /** ISO day. */
  readonly today: string;
};
export type Operation = RemoteOperation<Desk>;
