// What every operation on ERPNext works with: the site, the company's settings, and today.
import type { RemoteOperation } from "../../src/remote-erp/operation.ts";
import type { Site } from "./site.ts";

export type ErpnextSettings = {
  readonly company: string;
  /** The company's own currency, three letters; documents in another one are left to people. */
  readonly currency: string;
  /** Where goods are when nobody says otherwise. */
  readonly warehouse: string;
  readonly priceList: string;
  /** Name of a Sales Taxes and Charges Template; null: orders are made without tax. */
  readonly taxTemplate: string | null;
};
export type Desk = {
  readonly site: Site;
  readonly settings: ErpnextSettings;
  /** ISO day. */
  readonly today: string;
};
export type Operation = RemoteOperation<Desk>;
