// A server's tools through the port of an ERP: the same prepare, execute, verify and reconcile, and therefore the same
// cards, approvals, execution and audit. What such a server can't promise (a preview, a key, a way back) it does not claim.
import { approvalProblem } from "../../src/approvals/approval-check.ts";
import { raceSignal, withDeadline } from "../../src/deadline.ts";
import type {
  Clock,
  Erp,
  ExecuteOptions,
  Prepared,
  Reconciled,
  Reported,
  Verified,
} from "../../src/ports.ts";
import { commandHashOf } from "../../src/proposal.ts";
import type { Answer } from "./answer.ts";
import { connectorName, instanceOf, lookDeadlineMs, prepareCall, reach, verifiable } from "./preparation.ts";
import type { Desk } from "./preparation.ts";
import type { McpServer } from "./server.ts";
import { lookBack } from "./verification.ts";
import { inert } from "./words.ts";

const graceMs = 65_000;
const quoted = 160;

type Sent = { readonly prepared: Prepared; readonly isSent: boolean };
type Connector = Desk & {
  /** What this process was asked to execute; after a restart nobody knows, and a person has to look. */
  readonly actions: Map<string, Sent>;
};

export function createConnector(server: McpServer, clock: Clock): Erp {
  const connector: Connector = { server, clock, actions: new Map() };
  return {
    connector: connectorName,
    name: instanceOf(server.name),
    capabilities: () => ({
      preview: "declared",
      idempotency: "none",
      concurrency: "recheck",
      graceMs,
      compensates: [],
    }),
    probe: async () => {
      const { readers } = server.config;
      const operations = (server.pinned()?.tools ?? [])
        .map(({ name }) => name)
        .filter((name) => !readers.includes(name));
      return { operations, detail: server.standing().detail };
    },
    query: async () => {
      throw new Error(`${server.name} is a tool server: it has no records of an ERP to ask for`);
    },
    prepare: async (command) => prepareCall(connector, command),
    execute: async (approval, prepared, options) => execute(connector, { approval, prepared, options }),
    verify: async (prepared, actionId) => verify(connector, prepared, actionId),
    reconcile: async (actionId) => reconcile(connector, actionId),
    // No server says how a call of its tools is undone.
    compensate: async () => null,
    close: async () => server.close(),
  };
}

type Execution = {
  readonly approval: unknown;
  readonly prepared: Prepared;
  readonly options: ExecuteOptions;
};

async function execute(connector: Connector, execution: Execution): Promise<Reported> {
  const { server, actions } = connector;
  const { prepared, options } = execution;
  const { actionId, signal } = options;
  const denied = approvalProblem(execution.approval, prepared, actionId);
  if (denied !== null) return { kind: "denied", detail: denied };
  const before = actions.get(actionId);
  if (before !== undefined && commandHashOf(before.prepared.command) !== commandHashOf(prepared.command))
    return {
      kind: "rejected",
      detail: "This action was used for another command already. Nothing was done.",
    };
  if (before?.isSent === true)
    return { kind: "transport", detail: "It was sent before and is not sent again." };
  actions.set(actionId, { prepared, isSent: false });
  if (signal.aborted) return { kind: "transport", detail: "Cancelled before it was sent." };
  const usable = await reach(server, prepared.command.op).catch(() => null);
  if (usable === null)
    return { kind: "rejected", detail: `${server.name} can't be reached; nothing was sent` };
  if (usable.kind === "off") return { kind: "stale", detail: usable.why };
  if (signal.aborted) return { kind: "transport", detail: "Cancelled before it was sent." };
  actions.set(actionId, { prepared, isSent: true });
  return toReported(await usable.call(prepared.command.args, signal), server.name);
}

function toReported(answer: Answer, server: string): Reported {
  if (answer.kind === "asks") return { kind: "rejected", detail: `${server}: ${answer.why}` };
  const words = answer.text.trim() === "" ? "nothing" : `"${inert(answer.text, quoted)}"`;
  const detail = `${server} answered ${words}`;
  return answer.isError ? { kind: "rejected", detail } : { kind: "ok", ids: [], detail };
}

async function verify(connector: Connector, prepared: Prepared, actionId: string): Promise<Verified> {
  const action = connector.actions.get(actionId);
  if (action !== undefined) {
    if (commandHashOf(action.prepared.command) !== commandHashOf(prepared.command)) return "diverged";
    if (!action.isSent) return "absent";
  }
  return lookAgain(connector, prepared);
}

async function lookAgain({ server, clock }: Connector, { command, guards }: Prepared): Promise<Verified> {
  const rule = server.config.verify[command.op];
  const isVerifiable = guards.some(({ check, isMet }) => check === verifiable && isMet);
  if (rule === undefined || !isVerifiable) return "unverifiable";
  const look = await withDeadline({ clock, afterMs: lookDeadlineMs }, async (signal) =>
    raceSignal(signal, lookBack(server, { rule, args: command.args, signal })),
  );
  if (look === "shown") return "applied";
  return look === "absent" ? "absent" : "unverifiable";
}

async function reconcile(connector: Connector, actionId: string): Promise<Reconciled> {
  const action = connector.actions.get(actionId);
  if (action === undefined) return "undecidable";
  if (!action.isSent) return "absent";
  const verified = await lookAgain(connector, action.prepared);
  return verified === "applied" || verified === "absent" ? verified : "undecidable";
}
