// A strict fake of ERPNext's REST API on loopback: what Frappe's documents and source say it refuses, it refuses. Its rules
// have tests of their own; nothing here was ever compared with a live server.
import { z } from "zod";
import { startErpDoor } from "../erp-door.ts";
import type { DoorReply, DoorRequest, ErpDoor, Keeping } from "../erp-door.ts";
import { type Fields, FrappeError, fail } from "./doc.ts";
import { listDocs } from "./lists.ts";
import { methods } from "./methods.ts";
import { fillSample } from "./sample.ts";
import { sellingHooks } from "./selling.ts";
import { stockHooks } from "./stocking.ts";
import { Store } from "./store.ts";

export type FakeErpnext = ErpDoor & { readonly store: Store; readonly key: string };

export async function startFakeErpnext(): Promise<FakeErpnext> {
  const store = new Store((doctype) => sellingHooks[doctype] ?? stockHooks[doctype] ?? {});
  fillSample(store);
  const key = "nova-key:nova-secret";
  const door = await startErpDoor({
    isWrite: ({ method }) => method !== "GET",
    handle: (request, keeping) => handle(store, key, { request, keeping }),
    keyRefused: refusal(new FrappeError("AuthenticationError", "Invalid API key")),
  });
  return { ...door, store, key };
}

type Call = { readonly request: DoorRequest; readonly keeping: Keeping };

function handle(store: Store, key: string, { request, keeping }: Call): DoorReply {
  try {
    const { authorization } = request.headers;
    // Nobody at all is a guest, who may do nothing; a wrong key is refused as such.
    if (authorization === undefined) fail("Not permitted", "PermissionError");
    if (authorization !== `token ${key}`) fail("Invalid API key", "AuthenticationError");
    // A GET is rolled back, whatever it did.
    const keep = request.method !== "GET" && keeping !== "nothing";
    return { status: 200, body: store.transact(() => route(store, request, keeping === "half"), keep) };
  } catch (thrown) {
    if (thrown instanceof FrappeError) return refusal(thrown);
    // A fault of the fake's own must be seen, not waited for.
    return { status: 500, body: { exc_type: "Fake", exception: String(thrown) } };
  }
}

const Body = z.record(z.string(), z.unknown());

function route(store: Store, { method, path, query, body }: DoorRequest, isHalf: boolean): unknown {
  const [, api, kind, target = "", ...rest] = path.split("/");
  const name = rest.join("/");
  if (api !== "api") return fail("Not found", "DoesNotExistError");
  if (kind === "method") return { message: call(store, target, { method, query, body }) };
  if (kind !== "resource") return fail("Not found", "DoesNotExistError");
  if (method === "GET" && name === "") return { data: listDocs(store, target, query) };
  if (method === "GET") {
    const doc = store.get(target, name);
    store.demand(target, "read");
    return { data: doc };
  }
  const sent = Body.parse(body ?? {});
  const { docstatus: _docstatus, ...half } = sent;
  const given = isHalf ? half : sent;
  if (method === "POST" && query.get("run_method") === "submit") {
    // Loaded fresh and submitted: whatever the caller had read before is not asked for.
    return { message: store.save(target, name, { docstatus: 1 }) };
  }
  if (method === "POST" && name === "") return { data: store.insert(target, given) };
  if (method === "PUT") return { data: store.save(target, name, given) };
  return fail("Method not allowed", "PermissionError");
}

function call(
  store: Store,
  target: string,
  { method, query, body }: Pick<DoorRequest, "method" | "query" | "body">,
): unknown {
  const known = methods[target];
  if (known === undefined) return fail(`Failed to get method for command ${target}`);
  if (known.postOnly && method !== "POST") return fail("Not permitted", "PermissionError");
  const args: Fields = { ...Object.fromEntries(query), ...(body === null ? {} : Body.parse(body)) };
  return known.run(store, args);
}

/** As Frappe reports: the class's name, a traceback's last line, and what it shows a person, JSON within JSON. */
function refusal({ excType, status, message }: FrappeError): DoorReply {
  const spoken = JSON.stringify([JSON.stringify({ message: `<b>${message}</b>`, indicator: "red" })]);
  return {
    status,
    body: {
      exc_type: excType,
      exception: `frappe.exceptions.${excType}: ${message}`,
      _server_messages: spoken,
    },
  };
}
