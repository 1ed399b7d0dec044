// A strict fake of Odoo's JSON-2 API on loopback: what its documents and source say it refuses, it refuses. Its rules have
// tests of their own; nothing here was ever compared with a live server.
import { z } from "zod";
import { startErpDoor } from "../erp-door.ts";
import type { DoorReply, DoorRequest, ErpDoor, Keeping } from "../erp-door.ts";
import { createForm, createInvoices, forms, postMove, refundMoves } from "./accounting.ts";
import { applyInventory, count } from "./inventory.ts";
import { orm } from "./models.ts";
import { createPayments } from "./payments.ts";
import { readRow, searchRead } from "./reads.ts";
import { cancel, confirm, createOrder, validate } from "./sales.ts";
import { fillSample } from "./sample.ts";
import { OdooError, type Row, Store, accessError } from "./store.ts";

export type FakeOdoo = ErpDoor & { readonly store: Store; readonly key: string };

export async function startFakeOdoo(): Promise<FakeOdoo> {
  const store = new Store();
  fillSample(store);
  const key = "0123456789abcdef";
  const door = await startErpDoor({
    isWrite: ({ path }) => !/\/(?:search_read|read|has_access)$/u.test(path),
    isDeed: ({ path, body }) => isDeed(path.split("/"), JSON.stringify(body)),
    handle: (request, keeping) => handle(store, key, { request, keeping }),
    keyRefused: refusal(new OdooError("werkzeug.exceptions.Unauthorized", 401, "Invalid apikey")),
  });
  return { ...door, store, key };
}

/** What changes something for good: not a form, not a draft, not a count that waits, not an announcement. */
function isDeed([, , , model = "", method = ""]: readonly string[], body: string): boolean {
  if (method === "create") return !forms.has(model);
  if (method === "write") return model === "res.partner";
  if (method === "message_post") return !body.includes("about to");
  return method !== "create_invoices" && method !== "refund_moves";
}

type Call = { readonly request: DoorRequest; readonly keeping: Keeping };

function handle(store: Store, key: string, { request, keeping }: Call): DoorReply {
  try {
    if (request.headers.authorization?.toLowerCase() !== `bearer ${key}`)
      throw new OdooError("werkzeug.exceptions.Unauthorized", 401, "Invalid apikey");
    return { status: 200, body: store.transact(() => dispatch(store, request), keeping !== "nothing") };
  } catch (thrown) {
    if (thrown instanceof OdooError) return refusal(thrown);
    return refusal(new OdooError("builtins.Exception", 500, String(thrown)));
  }
}

function refusal({ excName, status, message }: OdooError): DoorReply {
  const body = { name: excName, message, arguments: [message, status], context: {}, debug: "Traceback …" };
  return { status, body };
}

const Body = z.looseObject({
  ids: z.array(z.int()).default([]),
  context: z.record(z.string(), z.unknown()).default({}),
});
const unprocessable = (message: string): never => {
  throw new OdooError("werkzeug.exceptions.UnprocessableEntity", 422, message);
};

function dispatch(store: Store, { method: verb, path, headers, body }: DoorRequest): unknown {
  const [, root, version, model = "", method = "", ...rest] = path.split("/");
  if (verb !== "POST" || root !== "json" || version !== "2" || method === "" || rest.length > 0)
    throw new OdooError("werkzeug.exceptions.NotFound", 404, "Did you mean POST /json/2/<model>/<method>?");
  if (headers["content-type"]?.startsWith("application/json") !== true)
    throw new OdooError("werkzeug.exceptions.UnsupportedMediaType", 415, "application/json is expected");
  const known = store.model(model);
  if (method.startsWith("_"))
    accessError(`Private methods (such as '${model}.${method}') cannot be called remotely.`);
  const own = known.methods?.[method];
  const { args, isModel } = orm[method] ?? { args: own ?? [], isModel: false };
  if (own === undefined && orm[method] === undefined)
    throw new OdooError(
      "werkzeug.exceptions.NotFound",
      404,
      `The method '${model}.${method}' does not exist`,
    );
  const { ids, context, ...given } = Body.parse(body ?? {});
  if (isModel && ids.length > 0) unprocessable(`cannot call ${model}.${method} with ids`);
  const odd = Object.keys(given).find((name) => !args.includes(name));
  if (odd !== undefined) unprocessable(`got an unexpected keyword argument '${odd}'`);
  return run(store, { model, method, ids, given, context });
}

type Run = {
  readonly model: string;
  readonly method: string;
  readonly ids: readonly number[];
  readonly given: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>>;
};
const Vals = z.record(z.string(), z.unknown());
const Strings = z.array(z.string());

function run(store: Store, call: Run): unknown {
  const { model, method, ids, given, context } = call;
  switch (method) {
    case "search_read":
      return searchRead(store, model, given);
    case "read": {
      store.demand(model, "read");
      const fields = Strings.parse(given["fields"] ?? []);
      return ids.map((id) => readRow(store, model, { row: store.get(model, id), fields }));
    }
    case "has_access":
      return store.may(model, z.string().parse(given["operation"]));
    case "create": {
      store.demand(model, "create");
      const list = z.array(Vals).parse(given["vals_list"]);
      return list.map((vals) => createOne(store, model, { vals, context }).id);
    }
    case "message_post":
      return post(store, call);
    default:
      return act(store, call);
  }
}

type Given = { readonly vals: Readonly<Record<string, unknown>>; readonly context: unknown };
function createOne(store: Store, model: string, given: Given): Row {
  if (forms.has(model)) return createForm(store, model, given);
  return model === "sale.order" ? createOrder(store, given.vals) : store.insert(model, given.vals);
}

/** A plain body is text: it is escaped and becomes a paragraph. */
function post(store: Store, { model, ids, given }: Run): readonly number[] {
  store.demand(model, "read");
  const [id = 0] = ids;
  store.get(model, id);
  const body = z.string().parse(given["body"]);
  const escaped = body.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const html = `<p>${escaped.replaceAll("\n", "<br>")}</p>`;
  return [store.insert("mail.message", { model, res_id: id, body: html }).id];
}

function act(store: Store, { model, method, ids, given, context }: Run): unknown {
  store.demand(model, "write");
  const rows = ids.map((id) => store.get(model, id));
  const results = rows.map((row) => step(store, method, { row, model, given, context }));
  const odd = results.find((result) => result !== true);
  return odd === undefined ? true : odd;
}

type Step = {
  readonly row: Row;
  readonly model: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly context: unknown;
};
const buttons: Readonly<Record<string, (store: Store, row: Row, context: unknown) => unknown>> = {
  action_confirm: confirm,
  action_cancel: cancel,
  button_validate: validate,
  create_invoices: createInvoices,
  action_post: postMove,
  action_create_payments: createPayments,
  refund_moves: refundMoves,
  action_apply_inventory: applyInventory,
};

function step(store: Store, method: string, { row, model, given, context }: Step): unknown {
  const button = buttons[method];
  if (button !== undefined) return button(store, row, context);
  if (method !== "write") throw new Error(`the fake does not know ${method}`);
  const vals = Vals.parse(given["vals"]);
  for (const field of Object.keys(vals)) store.demandField(model, field, store.model(model).fields);
  Object.assign(row, vals);
  if ("inventory_quantity" in vals) count(row);
  store.touch(row);
  return true;
}
