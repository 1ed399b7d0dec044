// Odoo's JSON-2 door (19.0): one POST is one method of one model, with named arguments, and one transaction of its own.
// Written from Odoo's documents and source; this has not yet run against a live server.
import { z } from "zod";
import { ErpFault } from "../../src/remote-erp/fault.ts";
import type { ErpAnswer, ErpHttp } from "../../src/remote-erp/http.ts";

export type Domain = readonly (readonly [field: string, operator: string, value: unknown])[];
export type Look = {
  readonly domain: Domain;
  readonly fields: readonly string[];
  readonly order?: string;
  readonly limit?: number;
};
export type Deed = {
  readonly ids?: readonly number[];
  readonly context?: Readonly<Record<string, unknown>>;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
};
export type Database = {
  readonly look: (model: string, look: Look) => Promise<readonly unknown[]>;
  readonly hasAccess: (model: string, operation: string) => Promise<boolean>;
  readonly do: (model: string, method: string, deed: Deed) => Promise<unknown>;
};

const lookLimit = 5_000;
const Rows = z.array(z.unknown());

export function createDatabase(http: ErpHttp): Database {
  const call = async (path: string, body: object, signal?: AbortSignal): Promise<unknown> => {
    const sent = signal === undefined ? {} : { signal };
    return checked(await http({ method: "POST", path: `/json/2/${path}`, body, ...sent }));
  };
  return {
    look: async (model, { domain, fields, order, limit }) => {
      const sorted = order === undefined ? {} : { order };
      const body = { domain, fields, limit: limit ?? lookLimit, ...sorted };
      return Rows.parse(await call(`${model}/search_read`, body));
    },
    hasAccess: async (model, operation) =>
      z.boolean().parse(await call(`${model}/has_access`, { operation })),
    do: async (model, method, { ids, context, args, signal }) => {
      const records = ids === undefined ? {} : { ids };
      const given = context === undefined ? {} : { context };
      return call(`${model}/${method}`, { ...records, ...given, ...args }, signal);
    },
  };
}

const Refusal = z.looseObject({ name: z.string().catch(""), message: z.string().catch("") });

/** The body of a success. `name` is the class of the exception, e.g. `odoo.exceptions.AccessError`. */
function checked({ status, body }: ErpAnswer): unknown {
  if (status >= 200 && status < 300) return body;
  const parsed = Refusal.safeParse(body);
  const { name, message } = parsed.success ? parsed.data : { name: "", message: "" };
  if (status === 401) throw keyRefused();
  if (name.endsWith("AccessDenied")) throw keyRefused();
  if (status === 403 || name.endsWith("AccessError"))
    throw new ErpFault("denied", `Odoo does not allow this to Nova's user. It says: ${message}`);
  if (status >= 400 && status < 500)
    throw new ErpFault("rejected", message === "" ? `Odoo refuses this (HTTP ${status}).` : message);
  throw new ErpFault("transport", `Odoo failed with HTTP ${status}${message === "" ? "" : `: ${message}`}.`);
}

const keyRefused = (): ErpFault =>
  new ErpFault(
    "key",
    "Odoo does not accept the API key, or no longer: make a new one for Nova's user, set it, and restart Nova.",
  );
