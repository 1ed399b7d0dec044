// Whose deed a pressed button in Odoo was: what was announced and then refused is not Nova's, whoever pressed it meanwhile.
import { expect, test } from "vitest";
import { z } from "zod";
import type { Prepared } from "../../src/ports.ts";
import { openOdoo } from "../support/open-odoo.ts";
import { approve } from "../contracts/erp-suite.ts";

const Message = z.looseObject({ body: z.string() });

test("of two approvals that confirm one order at once, the one that Odoo refused is not told as done, and the record says so", async () => {
  const { erp, fake, dispose } = await openOdoo();
  const command = { connector: "odoo", instance: "main", op: "order.confirm", args: { order: "S00001" } };
  const result = await erp.prepare(command);
  if (result.kind === "refused") throw new Error(result.why);
  const ready: Prepared = result.prepared;
  const execute = async (actionId: string) =>
    erp.execute(approve(ready, actionId), ready, {
      actionId,
      attempt: 1,
      signal: new AbortController().signal,
    });
  const ids = ["p-one", "p-two"] as const;
  const reports = await Promise.all(ids.map(async (id) => execute(id)));
  const verified = await Promise.all(ids.map(async (id) => erp.verify(ready, id)));
  const told = reports.map(({ kind }, at) => `${kind}, ${verified[at]}`);
  expect(told.toSorted()).toEqual(["ok, applied", "rejected, absent"]);
  const refused = ids[reports.findIndex(({ kind }) => kind === "rejected")] ?? "";
  expect(await erp.reconcile(refused, 0)).toBe("absent");
  const messages = fake.store.all("mail.message").map((row) => Message.parse(row).body);
  expect(messages.filter((body) => body.includes("nothing was done"))).toEqual([
    expect.stringContaining(`nova:${refused}`),
  ]);
  await dispose();
});
