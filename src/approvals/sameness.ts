// When a command is the same again. Connectors fill in the day it is asked on, so the same wish of tomorrow is another command
// by its hash: here days are counted from the day of asking, and a no of yesterday is still a no.
import { canonicalHash } from "../canonical.ts";
import type { ErpCommand, Json } from "../ports/erp.ts";

const dayMs = 86_400_000;
const isoDay = /^\d{4}-\d{2}-\d{2}$/u;

/** `atMs`: when it was or is asked, epoch ms. Days are UTC, as connectors fill them in. */
export function samenessOf({ connector, instance, op, args }: ErpCommand, atMs: number): string {
  const today = Math.floor(atMs / dayMs);
  const counted = (value: Json): Json => {
    if (typeof value === "string") return isoDay.test(value) ? `day ${dayOf(value) - today}` : value;
    if (Array.isArray(value)) return value.map(counted);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, counted(one)]));
  };
  return canonicalHash({ v: 1, connector, instance, op, args: counted(args) });
}

const dayOf = (text: string): number => Math.floor(Date.parse(`${text}T00:00:00Z`) / dayMs);
