// ERPNext's REST door (Frappe v15, `/api/resource` and `/api/method`), as far as Nova uses it. Reading is always GET,
// which Frappe rolls back, so a look can't leave anything behind. Written from Frappe's documents and source; this has not
// yet run against a live server.
import { z } from "zod";
import { ErpFault } from "../../src/remote-erp/fault.ts";
import type { ErpAnswer, ErpHttp } from "../../src/remote-erp/http.ts";

export type Filter = readonly [
  field: string,
  operator: "=" | "!=" | "like" | "in" | "<" | ">",
  value: unknown,
];
export type Listing = {
  readonly fields: readonly string[];
  readonly filters?: readonly Filter[];
  readonly limit?: number;
  /** `modified desc` and its like. */
  readonly order?: string;
  readonly groupBy?: string;
};
export type Site = {
  /** Null: there is no such document. */
  readonly get: (doctype: string, name: string) => Promise<unknown>;
  readonly list: (doctype: string, listing: Listing) => Promise<readonly unknown[]>;
  /** A whitelisted method that only computes: its `message`. */
  readonly ask: (method: string, query: Readonly<Record<string, string>>) => Promise<unknown>;
  readonly call: (method: string, write: Write) => Promise<unknown>;
  /** With `docstatus: 1` it is created and submitted in one transaction. */
  readonly create: (doctype: string, write: Write) => Promise<unknown>;
  /** `body.modified` as it was read: without it the last writer wins. */
  readonly update: (doctype: string, name: string, write: Write) => Promise<unknown>;
};
export type Write = { readonly body: Readonly<Record<string, unknown>>; readonly signal: AbortSignal };

const listLimit = 5_000;
const Data = z.object({ data: z.unknown() });
const Rows = z.object({ data: z.array(z.unknown()) });
const Message = z.object({ message: z.unknown() });

export function createSite(http: ErpHttp): Site {
  const resource = (doctype: string, name?: string): string =>
    `/api/resource/${encodeURIComponent(doctype)}${name === undefined ? "" : `/${encodeURIComponent(name)}`}`;
  return {
    get: async (doctype, name) => {
      const answer = await http({ method: "GET", path: resource(doctype, name) });
      return answer.status === 404 ? null : Data.parse(checked(answer)).data;
    },
    list: async (doctype, listing) => {
      const path = `${resource(doctype)}?${listQuery(listing).toString()}`;
      return Rows.parse(checked(await http({ method: "GET", path }))).data;
    },
    ask: async (method, query) => {
      const path = `/api/method/${method}?${new URLSearchParams(query).toString()}`;
      return Message.parse(checked(await http({ method: "GET", path }))).message;
    },
    call: async (method, write) => {
      const answer = await http({ method: "POST", path: `/api/method/${method}`, ...write });
      return Message.parse(checked(answer)).message;
    },
    create: async (doctype, write) =>
      Data.parse(checked(await http({ method: "POST", path: resource(doctype), ...write }))).data,
    update: async (doctype, name, write) =>
      Data.parse(checked(await http({ method: "PUT", path: resource(doctype, name), ...write }))).data,
  };
}

function listQuery({ fields, filters, limit, order, groupBy }: Listing): URLSearchParams {
  return new URLSearchParams({
    fields: JSON.stringify(fields),
    ...(filters === undefined ? {} : { filters: JSON.stringify(filters) }),
    ...(order === undefined ? {} : { order_by: order }),
    ...(groupBy === undefined ? {} : { group_by: groupBy }),
    limit_page_length: String(limit ?? listLimit),
  });
}

const Refusal = z.looseObject({
  exc_type: z.string().optional(),
  exception: z.string().optional(),
  _server_messages: z.string().optional(),
});

/** The body of a success. Statuses differ between versions, so what it is is read from `exc_type` first. */
function checked({ status, body }: ErpAnswer): unknown {
  if (status >= 200 && status < 300) return body;
  const parsed = Refusal.safeParse(body);
  const said = parsed.success ? parsed.data : {};
  const words = wordsOf(said);
  if (said.exc_type === "TimestampMismatchError")
    throw new ErpFault("stale", "Somebody changed the record in ERPNext since it was read.");
  if (said.exc_type === "AuthenticationError") throw keyRefused();
  if (said.exc_type === "PermissionError") throw notAllowed(words);
  throw byStatus(status, words);
}

function byStatus(status: number, words: string): ErpFault {
  if (status === 401) return keyRefused();
  if (status === 403) return notAllowed(words);
  if (status === 429)
    return new ErpFault("rejected", "ERPNext takes no more requests for now. Try it again later.");
  if (status >= 400 && status < 500)
    return new ErpFault("rejected", words === "" ? `ERPNext refuses this (HTTP ${status}).` : words);
  return new ErpFault("transport", `ERPNext failed with HTTP ${status}${words === "" ? "" : `: ${words}`}.`);
}

const keyRefused = (): ErpFault =>
  new ErpFault(
    "key",
    "ERPNext does not accept the API key: make a new one for Nova's user, set it, and restart Nova.",
  );
const notAllowed = (words: string): ErpFault =>
  new ErpFault(
    "denied",
    `ERPNext does not allow this to Nova's user.${words === "" ? "" : ` It says: ${words}`}`,
  );

const Messages = z.array(z.string());
const Spoken = z.object({ message: z.string() });

/** What ERPNext tells a person: a JSON list of JSON texts with HTML in them. Shown, never decided on. */
function wordsOf({ _server_messages: messages, exception }: z.infer<typeof Refusal>): string {
  const listed = Messages.safeParse(parseJson(messages ?? "[]"));
  const spoken = (listed.success ? listed.data : []).flatMap((text) => {
    const one = Spoken.safeParse(parseJson(text));
    return one.success ? [one.data.message] : [];
  });
  const words = spoken.length > 0 ? spoken.join(" ") : (exception ?? "");
  return words
    .replaceAll(/<[^>]*>/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
