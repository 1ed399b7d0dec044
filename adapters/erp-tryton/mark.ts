// What Nova leaves on every record that it is about to touch: who asked for what, so that a deed without an answer is
// found again. A new record bears it in a field of its own, because it can't be marked before it is there.
import { z } from "zod";
import { TrytonRefusal } from "./refusal.ts";
import type { Tryton } from "./rpc.ts";

/** `id` is the proposal's; `hash` says which command it was. */
export type Mark = {
  readonly id: string;
  readonly hash: string;
  readonly op: string;
  /** Who approved it, in words; empty: nobody by name. */
  readonly by: string;
  /** Tryton's warnings that were approved with it. */
  readonly acknowledged: readonly string[];
};
export type Anchor = { readonly model: string; readonly id: number };
/** `hash`: the first half of the command's; null where the ERP's field has no room for it. */
export type Trace = { readonly op: string; readonly hash: string | null; readonly anchor: Anchor };

/** For the field of a new record that people see, too. */
export const referenceOf = (id: string): string => `nova:${id}`;
export const halfOf = (hash: string): string => hash.slice(0, 16);
export const resourceOf = ({ model, id }: Anchor): string => `${model},${id}`;

const Note = z.object({ message: z.string(), resource: z.string() });
const Found = z.object({ id: z.int() });
/** Records that are born with a mark: where, in which field, and by what. */
const births = [
  { model: "sale.sale", field: "reference", op: "order.create" },
  { model: "party.party", field: "code", op: "party.create" },
] as const;

export async function leaveMark(
  tryton: Tryton,
  anchor: Anchor,
  { mark, signal }: { readonly mark: Mark; readonly signal: AbortSignal },
): Promise<void> {
  const first = `nova:${mark.id} ${halfOf(mark.hash)} ${mark.op}, approved in Nova${mark.by === "" ? "" : ` by ${mark.by}`}`;
  const message = [first, ...mark.acknowledged.map((text) => `Acknowledged: ${text}`)].join("\n");
  await tryton.call("model.ir.note.create", [[{ resource: resourceOf(anchor), message }]], { signal });
}

/** Every record that bears a mark of this proposal. */
export async function findTraces(tryton: Tryton, id: string): Promise<readonly Trace[]> {
  const traces = [...(await notesOf(tryton, id))];
  for (const { model, field, op } of births) {
    for (const born of await bornWith(tryton, { model, field, id }))
      if (!traces.some(({ anchor }) => anchor.model === model && anchor.id === born))
        traces.push({ op, hash: null, anchor: { model, id: born } });
  }
  return traces;
}

async function notesOf(tryton: Tryton, id: string): Promise<readonly Trace[]> {
  const escaped = id.replaceAll(/[\\%_]/gu, "\\$&");
  const domain = [["message", "like", `nova:${escaped} %`]];
  const params = [domain, 0, 50, null, ["message", "resource"]];
  const notes = z.array(Note).parse(await tryton.call("model.ir.note.search_read", params));
  return notes.flatMap(({ message, resource }): readonly Trace[] => {
    const [, hash, op] = /^nova:\S+ ([0-9a-f]{16}) ([a-z.]+),/u.exec(message) ?? [];
    const [, model, row] = /^([a-z._]+),(\d+)$/u.exec(resource) ?? [];
    if (hash === undefined || op === undefined || model === undefined) return [];
    return [{ op, hash, anchor: { model, id: Number(row) } }];
  });
}

async function bornWith(
  tryton: Tryton,
  { model, field, id }: { readonly model: string; readonly field: string; readonly id: string },
): Promise<readonly number[]> {
  const params = [[[field, "=", referenceOf(id)]], 0, 5, null, ["id"]];
  try {
    const rows = await tryton.call(`model.${model}.search_read`, params);
    return z
      .array(Found)
      .parse(rows)
      .map((row) => row.id);
  } catch (thrown) {
    // Whoever may not see these records could not have made one.
    if (thrown instanceof TrytonRefusal && thrown.kind === "rejected") return [];
    throw thrown;
  }
}
