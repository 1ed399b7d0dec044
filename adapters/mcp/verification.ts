// Reading a deed back with the reader that the operator named for it. Only a record that shows every agreed value counts,
// and only when it did not show them before: otherwise nobody could say whose doing it is.
import type { JsonObject } from "../../src/ports.ts";
import type { McpServerConfig } from "../../src/erp/mcp-config.ts";
import type { McpServer } from "./server.ts";

type Rule = McpServerConfig["verify"][string];
/** `error`: it said that it could not, which may mean that there is nothing; `silent`: nothing that could be judged. */
export type Look = "shown" | "absent" | "error" | "silent";
export type Deed = { readonly rule: Rule; readonly args: JsonObject; readonly signal: AbortSignal };

/** Throws when the server can't be reached. */
export async function lookBack(server: McpServer, { rule, args, signal }: Deed): Promise<Look> {
  const usable = await server.use(rule.tool);
  if (usable.kind === "off") return "silent";
  const asked = Object.entries(rule.pass).flatMap(([theirs, ours]) => {
    const value = args[ours];
    return value === undefined ? [] : [[theirs, value] as const];
  });
  const answer = await usable.call(Object.fromEntries(asked), signal);
  if (answer.kind === "asks") return "silent";
  if (answer.isError) return "error";
  if (typeof answer.records !== "object" || answer.records === null) return "silent";
  return shows(answer.records, rule, args) ? "shown" : "absent";
}

/** True when one record anywhere in the answer has all the fields with the values of the deed. */
function shows(found: unknown, rule: Rule, args: JsonObject): boolean {
  if (typeof found !== "object" || found === null) return false;
  const fields = new Map<string, unknown>(Object.entries(found));
  const isIt = Object.entries(rule.shows).every(
    ([theirs, ours]) => args[ours] !== undefined && fields.get(theirs) === args[ours],
  );
  return isIt || [...fields.values()].some((inner) => shows(inner, rule, args));
}
