// Who approved a deed stands on the ERP's own record, by the names of the sealed votes: as words that are no markup and no
// mark, and a deed of before, whose mark names nobody, is found all the same.
import { expect, test } from "vitest";
import { approvedBy } from "../../src/approvals/approval-check.ts";
import { grantApproval } from "../../src/approval.ts";
import type { Erp, JsonObject } from "../../src/ports.ts";
import { commandHashOf, effectHashOf, successorOf } from "../../src/proposal.ts";
import { openEmbeddedErp } from "../support/embedded-erp.ts";
import { stageExecution } from "../support/execution-stage.ts";
import { openErpnext } from "../support/open-erpnext.ts";
import { openOdoo } from "../support/open-odoo.ts";

const hostile = ["Kit <b>nova:p-9:0000000000000000</b>\nO'Neill", "Søren"];
const words = "Kit b nova p-9 0000000000000000 b O'Neill and Søren";

type Deed = { readonly connector: string; readonly op: string; readonly args: JsonObject };
/** Does it as approved by these people, and finds it again. */
async function does(erp: Erp, { connector, op, args }: Deed, approvers: readonly string[]): Promise<void> {
  const ready = await erp.prepare({ connector, instance: erp.name, op, args });
  if (ready.kind === "refused") throw new Error(ready.why);
  const { prepared } = ready;
  const hashes = { commandHash: commandHashOf(prepared.command), effectHash: effectHashOf(prepared) };
  const actionId = `p-${approvers.length}`;
  const approval = grantApproval({ proposalId: actionId, ...hashes, approvers });
  const options = { actionId, attempt: 1, signal: new AbortController().signal };
  expect(await erp.execute(approval, prepared, options)).toMatchObject({ kind: "ok" });
  expect(await erp.verify(prepared, actionId)).toBe("applied");
  expect(await erp.reconcile(actionId, 0)).toBe("applied");
  expect(await erp.execute(approval, prepared, { ...options, attempt: 2 })).toMatchObject({ kind: "ok" });
}

test("names are letters: neither markup nor a mark, not too many, and nobody without an approval", () => {
  const granted = (approvers: readonly string[]) =>
    approvedBy(grantApproval({ proposalId: "p", commandHash: "", effectHash: "", approvers }));
  expect(granted(hostile)).toBe(words);
  expect(granted(["Kit", "Ada"])).toBe("Kit and Ada");
  expect(granted(["", "\u202E"])).toBe("");
  expect(granted(Array.from({ length: 12 }, (_, at) => `P${at}`))).toMatch(/and P9 and 2 more$/u);
  expect(granted(["x".repeat(500)])).toHaveLength(60);
  expect([approvedBy(null), approvedBy({ approvers: ["Kit"] })]).toEqual(["", ""]);
});

test("on ERPNext: beside the steps of a record, on what is created, and in a note", async () => {
  const { erp, fake, dispose } = await openErpnext();
  const connector = "erpnext";
  const stepsOf = (doctype: string): string => JSON.stringify(fake.store.all(doctype));
  await does(erp, { connector, op: "order.cancel", args: { order: "SAL-ORD-2026-00007" } }, hostile);
  expect(stepsOf("Sales Order")).toContain(`by ${words}`);
  await does(erp, { connector, op: "party.create", args: { name: "Tidehouse" } }, ["Kit", "Ada", "Maya"]);
  expect(stepsOf("Customer")).toContain("created as approved by Kit and Ada and Maya");
  const note = { record: "SAL-ORD-2026-00001", text: "Call first." };
  await does(erp, { connector, op: "note.add", args: note }, ["Kit"]);
  expect(stepsOf("Comment")).toContain("approved by Kit: nova:p-1:");
  // As marks were before names stood beside them.
  await does(erp, { connector, op: "order.confirm", args: { order: "SAL-ORD-2026-00001" } }, []);
  expect(stepsOf("Sales Order")).toMatch(/nova:p-0:[0-9a-f]{16}"/u);
  await dispose();
});

test("on Odoo: in what is announced on the record, and in a note", async () => {
  const { erp, fake, dispose } = await openOdoo();
  const connector = "odoo";
  const messages = (): string => JSON.stringify(fake.store.all("mail.message"));
  await does(erp, { connector, op: "order.confirm", args: { order: "S00001" } }, hostile);
  expect(messages()).toContain(`about to order.confirm as approved by ${words}: nova:p-2:`);
  await does(erp, { connector, op: "note.add", args: { record: "S00006", text: "Call first." } }, ["Kit"]);
  expect(messages()).toContain("(approved by Kit) nova:p-1:");
  await does(erp, { connector, op: "order.cancel", args: { order: "S00007" } }, []);
  expect(messages()).toMatch(/as approved: nova:p-0:[0-9a-f]{16}/u);
  await dispose();
});

test("in the embedded ERP: in the chained row of the action", async () => {
  const opened = openEmbeddedErp();
  await does(opened.erp, { connector: "embedded", op: "order.confirm", args: { order: "SO-1007" } }, hostile);
  await does(
    opened.erp,
    { connector: "embedded", op: "note.add", args: { record: "SO-1007", text: "Hi." } },
    [],
  );
  const rows = opened.raw.prepare("SELECT result FROM applied_action ORDER BY seq").all();
  const [named = "", unnamed = ""] = rows.slice(-2).map(({ result }) => String(result));
  expect(JSON.parse(named)).toMatchObject({ by: words });
  expect(JSON.parse(unnamed)).not.toHaveProperty("by");
  await opened.dispose();
});

test("the executing function names those whose votes are in the journal", async () => {
  const stage = stageExecution();
  const named: string[] = [];
  await stage.approved("p-1");
  stage.answers({
    execute: async (approval) => {
      named.push(approvedBy(approval));
      return { kind: "ok", ids: [], detail: "" };
    },
  });
  const done = await stage.execute("p-1");
  expect(named).toEqual([done.decidedBy.join(" and ")]);
  expect(done.decidedBy.length).toBeGreaterThan(0);
  expect(await stage.journal.proposal(successorOf("p-1"))).toBeNull();
  await stage.close();
});
