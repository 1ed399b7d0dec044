// The lists of deeds that embedded ERPs keep in files of their own, as part of the record: each taken in once, under a
// row of the audit chain that says where it ended then, and held against seals and proposals in every look from then on.
import { z } from "zod";
import type { ActionList, ActionsEnd, ErpRecord } from "../../src/ports/erp-record.ts";
import type { AuditHead } from "./audit-head.ts";
import type { Ledger } from "./ledger.ts";
import { fromJson } from "./shapes.ts";
import type { Query } from "./store.ts";

type Opened = { readonly ledger: Ledger; readonly head: AuditHead };
export type ErpRecords = {
  readonly join: (name: string, list: ActionList) => ErpRecord;
  /** The first fault of any list, in a clause; null: all are as Nova wrote them. */
  readonly fault: () => string | null;
};

/** Kind of the row that says where a list ended when it was taken in. */
const adoptedKind = "erp.adopted";
const Adopted = z.strictObject({ rows: z.number().int(), chain: z.string() });
const subjectOf = (name: string): string => `erp:${name}`;

export function createErpRecords({ ledger, head }: Opened): ErpRecords {
  const lists = new Map<string, { readonly list: ActionList; readonly adopted: ActionsEnd | null }>();
  return {
    join: (name, list) => {
      const adopted = adoptedOf(ledger, name) ?? adopt({ ledger, head }, name, list);
      const member = { list, adopted };
      lists.set(name, member);
      return {
        seal: (values) => ledger.audit.seal(["erp", name, ...values]),
        adopted,
        leave: () => {
          if (lists.get(name) === member) lists.delete(name);
        },
      };
    },
    fault: () => {
      for (const [name, { list, adopted }] of lists) {
        const why =
          adopted === null
            ? "its list of actions was changed before the record took it in"
            : list.fault(adopted, () => doneOn(ledger, list.connector, name));
        if (why !== null) return `in the ERP “${name}”, ${why}`;
      }
      return null;
    },
  };
}

function adoptedOf({ audit }: Ledger, name: string): ActionsEnd | null {
  const [first] = audit.sealed(subjectOf(name), adoptedKind);
  return first === undefined ? null : fromJson(first.body, Adopted);
}

/** A chain that can't be believed takes nothing in, and a list that can't be believed is not taken in. */
function adopt({ ledger, head }: Opened, name: string, list: ActionList): ActionsEnd | null {
  const { store, audit } = ledger;
  const end = list.end();
  if (end === null || head.fault() !== null || !audit.isWhole()) return null;
  store.exec("BEGIN IMMEDIATE");
  audit.append({ kind: adoptedKind, subject: subjectOf(name), body: JSON.stringify(Adopted.parse(end)) });
  store.exec("COMMIT");
  head.follow();
  return end;
}

const done: Query<{ readonly subject: string }> = {
  sql: `SELECT DISTINCT a.subject FROM audit a JOIN proposal p ON p.id = a.subject
    WHERE a.kind = 'proposal' AND json_extract(a.body, '$.now.state') = 'applied'
      AND a.seq > (SELECT min(seq) FROM audit WHERE subject = ?1 AND kind = '${adoptedKind}')
      AND json_extract(p.body, '$.prepared.command.connector') = ?2
      AND json_extract(p.body, '$.prepared.command.instance') = ?3`,
  row: z.object({ subject: z.string() }),
};

/** What the journal says was done there since, by the ids that the ERP knows it by. */
const doneOn = ({ store }: Ledger, connector: string, name: string): readonly string[] =>
  store.all(done, subjectOf(name), connector, name).map(({ subject }) => subject);
