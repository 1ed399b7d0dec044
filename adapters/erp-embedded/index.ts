// The embedded ERP as the port knows it: the default connector and the reference for the others. Preview, deed and
// idempotency record share one SQLite transaction, so it can promise exact previews and once-only execution.
import { approvalProblem, approvedBy } from "../../src/approvals/approval-check.ts";
import type { ErpRecord, ErpRecordJournal } from "../../src/ports/erp-record.ts";
import type {
  Clock,
  Erp,
  ErpCommand,
  ExecuteOptions,
  Prepared,
  PrepareResult,
  Reported,
} from "../../src/ports.ts";
import { wasBound } from "../../src/approvals/bound-before.ts";
import { commandHashOf, effectHashOf } from "../../src/proposal.ts";
import { type Sealing, createActionList, findAction, isOwn } from "./actions.ts";
import { compensates, compensationOf } from "./compensation.ts";
import { type Database, openDatabase } from "./database.ts";
import { operations } from "./operations.ts";
import { answerQuery } from "./queries.ts";
import { ErpRefusal } from "./refusal.ts";
import { seedCompany, seedSample } from "./sample.ts";
import { apply, findBreaches, rehearse, spanOf, standsAlone, standsAsApproved } from "./transaction.ts";

const connectorName = "embedded";

export type EmbeddedErpOptions = {
  /** The instance's name in the config; commands for another instance are refused. */
  readonly name: string;
  /** Path of its own file; created when absent. */
  readonly file: string;
  readonly clock: Pick<Clock, "now">;
  /** True: a new file starts with the sample company. An existing file is never seeded. */
  readonly sample: boolean;
  /** Takes the list of what is done here into the journal's record; absent: nothing is sealed, for an ERP that is only looked at. */
  readonly join?: ErpRecordJournal["joinErp"] | undefined;
};

type Opened = {
  readonly name: string;
  readonly writer: Database;
  readonly reader: Database;
  readonly today: () => string;
  readonly sealing: Sealing;
};

/** Opens the ERP. Throws an error with one sentence when the file can't be opened or was written by a newer Nova. */
export function createEmbeddedErp(options: EmbeddedErpOptions): Erp {
  const today = () => new Date(options.clock.now()).toISOString().slice(0, 10);
  const seed = (db: Database) =>
    options.sample ? seedSample(db, today()) : seedCompany(db, { name: options.name, currency: "USD" });
  const opened = openDatabase(options.file, seed);
  const record = joined(opened.writer, options);
  const erp: Opened = { ...opened, name: options.name, today, sealing: record };
  return {
    connector: connectorName,
    name: options.name,
    capabilities: () => ({
      preview: "exact",
      idempotency: "key",
      concurrency: "token",
      graceMs: 0,
      compensates,
    }),
    probe: async () => probe(erp),
    query: async (query) => answerQuery(erp.reader, query, erp.today()),
    prepare: async (command) => prepare(erp, command),
    execute: async (approval, prepared, run) => execute(erp, { approval, prepared, run }),
    verify: async (prepared, actionId) => verify(erp, prepared, actionId),
    reconcile: async (actionId) => {
      const action = findAction(erp.reader, actionId);
      if (action === null) return "absent";
      return isOwn(action, record) && standsAlone(erp.reader, action) ? "applied" : "undecidable";
    },
    compensate: async (prepared, actionId) => compensate(erp, prepared, actionId),
    close: async () => {
      record?.leave();
      erp.reader.close();
      erp.writer.close();
    },
  };
}

function joined(writer: Database, { name, file, join }: EmbeddedErpOptions): ErpRecord | null {
  let record: ErpRecord | null = null;
  const list = createActionList(writer, { connector: connectorName, file, sealing: () => record });
  record = join?.(name, list) ?? null;
  return record;
}

// Books that break their own rules take no further change: nothing is offered until a person has looked.
function probe(erp: Opened): { operations: readonly string[]; detail: string } {
  const breaches = findBreaches(erp.reader);
  if (breaches.length > 0) {
    return {
      operations: [],
      detail: `The ERP's books are not sound, so it only answers questions: ${breaches.join("; ")}`,
    };
  }
  return { operations: [...operations.keys()], detail: "embedded ERP, books sound" };
}

function misdirected(erp: Opened, command: ErpCommand): string | null {
  if (command.connector === connectorName && command.instance === erp.name) return null;
  return `This is the ERP ${connectorName}/${erp.name}, the command is for ${command.connector}/${command.instance}.`;
}

function prepare(erp: Opened, command: ErpCommand): PrepareResult {
  const why = misdirected(erp, command);
  if (why !== null) return { kind: "refused", why };
  try {
    return { kind: "prepared", prepared: rehearse(erp.writer, command, erp.today()) };
  } catch (error) {
    if (error instanceof ErpRefusal) return { kind: "refused", why: error.message };
    throw error;
  }
}

type Execution = { readonly approval: unknown; readonly prepared: Prepared; readonly run: ExecuteOptions };

function execute(erp: Opened, { approval, prepared, run }: Execution): Reported {
  const denied = approvalProblem(approval, prepared, run.actionId) ?? misdirected(erp, prepared.command);
  if (denied !== null) return { kind: "denied", detail: denied };
  if (run.signal.aborted) return { kind: "transport", detail: "Cancelled before it was sent." };
  try {
    const applied = apply(erp.writer, prepared, {
      actionId: run.actionId,
      effectHash: effectHashOf(prepared),
      by: approvedBy(approval),
      sealing: erp.sealing,
    });
    if (applied.kind === "stale") return { kind: "stale", detail: applied.why };
    if (applied.kind === "reused") {
      return {
        kind: "rejected",
        detail: "This action was used for another command already. Nothing was done.",
      };
    }
    return {
      kind: "ok",
      ids: applied.ids,
      detail: applied.isReplay ? "It had been done before; nothing was done again." : "",
    };
  } catch (error) {
    // It could be done when it was proposed, so the world has moved on since.
    if (error instanceof ErpRefusal) return { kind: "stale", detail: error.message };
    // Disk full, file locked: whether it happened is for `verify` to say.
    return { kind: "transport", detail: error instanceof Error ? error.message : String(error) };
  }
}

function verify(erp: Opened, prepared: Prepared, actionId: string): "applied" | "absent" | "diverged" {
  const action = findAction(erp.reader, actionId);
  if (action === null) return "absent";
  const isSame =
    isOwn(action, erp.sealing) &&
    action.commandHash === commandHashOf(prepared.command) &&
    wasBound(action.effectHash, prepared);
  return isSame && standsAsApproved(erp.reader, action, prepared) ? "applied" : "diverged";
}

/** Only for what stands in the file as it was approved: what was never done has nothing to undo. */
function compensate(erp: Opened, prepared: Prepared, actionId: string): ErpCommand | null {
  const { command } = prepared;
  const action = findAction(erp.reader, actionId);
  if (prepared.undo === null || action?.commandHash !== commandHashOf(command)) return null;
  if (!isOwn(action, erp.sealing)) return null;
  const span = spanOf(action);
  const act = span === null ? null : compensationOf(erp.reader, { op: command.op, args: command.args, span });
  return act === null ? null : { connector: connectorName, instance: erp.name, ...act };
}
