// A call of a tool before anybody decides on it: the tool as it stands at this moment, arguments that its schema takes,
// and a card that shows exactly what would be sent. Nothing is called but the reader that could read the deed back.
import { raceSignal, withDeadline } from "../../src/deadline.ts";
import { NovaFailure } from "../../src/failures.ts";
import type { Clock, ErpCommand, Guard, Prepared, PrepareResult } from "../../src/ports.ts";
import { toChanges, toSummary } from "./arguments.ts";
import { toolHash } from "./manifest.ts";
import type { ServerTool } from "./manifest.ts";
import { createArgumentSchema } from "./schema.ts";
import type { McpServer, Usable } from "./server.ts";
import { lookBack } from "./verification.ts";
import { inert } from "./words.ts";

export const connectorName = "mcp";
/** The instance that commands name: no ERP of the config can be called so. */
export const instanceOf = (server: string): string => `mcp/${server}`;
export type Desk = { readonly server: McpServer; readonly clock: Clock };

export const lookDeadlineMs = 20_000;
/** A guard, so that the approval is bound to it. */
export const verifiable = "the outcome can be read back";

const refused = (why: string): PrepareResult => ({ kind: "refused", why });

export async function prepareCall(desk: Desk, command: ErpCommand): Promise<PrepareResult> {
  const { server } = desk;
  const { op, args } = command;
  if (command.connector !== connectorName || command.instance !== instanceOf(server.name))
    return refused(
      `This is the tool server ${server.name}, the command is for ${command.connector}/${command.instance}.`,
    );
  if (server.config.readers.includes(op))
    return refused(`${inert(op, 64)} only looks: there is nothing to approve.`);
  const usable = await reach(server, op);
  if (usable.kind === "off") return { kind: "refused", why: usable.why, isFinal: true };
  const tool = server.pinned()?.tools.find(({ name }) => name === op);
  if (tool === undefined) return refused(`The server ${server.name} has no accepted tool ${inert(op, 64)}.`);
  const judged = createArgumentSchema(tool.inputSchema).input.safeParse(args);
  if (!judged.success)
    return refused(
      `The arguments do not fit ${op}: ${judged.error.issues.map(({ message }) => message).join("; ")}.`,
    );
  const changes = toChanges(op, args);
  if (changes === null)
    return refused(
      `The arguments of ${op} are more than a card can show (8,000 characters, 100 values): send less.`,
    );
  return { kind: "prepared", prepared: await toPrepared(desk, { command, changes, tool }) };
}

type Call = {
  readonly command: ErpCommand;
  readonly changes: Prepared["changes"];
  readonly tool: ServerTool;
};

async function toPrepared(desk: Desk, { command, changes, tool }: Call): Promise<Prepared> {
  const { server } = desk;
  const hash = toolHash(tool);
  const readBack = await readableBack(desk, command);
  return {
    command,
    summary: toSummary(tool.name, server.name, command.args),
    changes,
    deltas: [],
    // The definition is part of what is approved: another one, even if accepted meanwhile, is another proposal.
    guards: [
      {
        check: `tool as accepted (${hash.slice(0, 12)})`,
        isMet: true,
        detail: `on the server ${server.name}`,
      },
      readBack,
    ],
    warnings: ["What the server does with this can't be previewed: shown is exactly what would be sent."],
    versionTokens: { [`${server.name}/${tool.name}`]: hash },
    risk: { amountCents: null, currency: null, isReversible: false, isExternal: true, records: 1 },
    undo: null,
  };
}

/** Met: a reader is named for it, and it does not show the values already. */
async function readableBack(desk: Desk, command: ErpCommand): Promise<Guard> {
  const { server, clock } = desk;
  const rule = server.config.verify[command.op];
  const not = (detail: string): Guard => ({ check: verifiable, isMet: false, detail });
  if (rule === undefined) return not("no reader is named for it, so afterwards a person has to look");
  const look = await withDeadline({ clock, afterMs: lookDeadlineMs }, async (signal) =>
    raceSignal(signal, lookBack(server, { rule, args: command.args, signal })),
  );
  if (look === "shown")
    return not(`${rule.tool} shows these values already, so afterwards a person has to look`);
  if (look === "silent")
    return not(`${rule.tool} says nothing that could be compared, so afterwards a person has to look`);
  return { check: verifiable, isMet: true, detail: `with ${rule.tool}, which does not show it yet` };
}

/** Throws a failure that says so when the server can't be reached; nothing has been sent then. */
export async function reach(server: McpServer, tool: string): Promise<Usable> {
  try {
    return await server.use(tool);
  } catch (cause) {
    const forPerson = `The server ${server.name} can't be reached right now. Nothing was done.`;
    throw new NovaFailure("erp.unavailable", server.standing().detail, { forPerson, cause });
  }
}
