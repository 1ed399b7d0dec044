// What one agent may touch in one turn. Every call is checked against the card, parsed strictly, and recorded;
// the model's words never widen it: person, project and ERP come from the turn.
import { z } from "zod";
import type { AgentCard } from "../agent.ts";
import type { Effect, Look, ReaderWorld } from "../effects.ts";
import { NovaFailure, toFailure } from "../failures.ts";
import type { Seen, Told } from "../pack.ts";
import type { Erp, PrepareResult, ToolCall } from "../ports.ts";
import type { Admits } from "./admission.ts";
import type { Withheld } from "./equipment.ts";
import { createRoom } from "./proposal-room.ts";
import type { ProposalRoom } from "./proposal-room.ts";
import type { Targets } from "./targets.ts";
import { rightsOf, whoCould } from "./rights.ts";
import { commandHashOf, proposalIdOf } from "../proposal.ts";
import type { ProposalDraft } from "../proposal.ts";

export type Toolbox = {
  /** Result as text for the model. Bad input and refused effects are results too: the model may mend its call. */
  readonly use: (call: ToolCall) => Promise<{ readonly text: string; readonly isError: boolean }>;
  readonly proposals: () => readonly ProposalDraft[];
  readonly seen: () => readonly Seen[];
  readonly told: () => readonly Told[];
  /** What found no room on the cards of this turn, in sentences for the person. */
  readonly leftOut: () => readonly string[];
};
export type ToolboxDeps = {
  readonly agent: string;
  readonly card: AgentCard;
  /** Effects that the ERP would refuse: not offered, and answered with who could. */
  readonly withheld: readonly Withheld[];
  readonly world: ReaderWorld;
  readonly erp: Erp | null;
  /** Where an effect is done that names its place itself; absent: nowhere. */
  readonly erps?: ReadonlyMap<string, Erp>;
  /** Turn id, or run id and step: proposal ids are derived from it. */
  readonly origin: string;
  /** The records that may be proposed about; looks add to them. */
  readonly targets: Targets;
  /** Asked last, of what the ERP computed: nothing of no effect, and nothing once more that nobody asked for. */
  readonly admits: Admits;
};

const maxResultCharacters = 24_000;
type Result = { readonly text: string; readonly isError: boolean };
type Work = ToolboxDeps & {
  readonly drafts: ProposalDraft[];
  readonly looks: Seen[];
  readonly answers: Told[];
  readonly room: ProposalRoom;
};

export function createToolbox(deps: ToolboxDeps): Toolbox {
  const work: Work = { ...deps, drafts: [], looks: [], answers: [], room: createRoom() };
  return {
    use: async (call) => {
      try {
        return await useTool(work, call);
      } catch (thrown) {
        throw toolFailure(thrown);
      }
    },
    proposals: () => work.drafts,
    seen: () => work.looks,
    told: () => work.answers,
    leftOut: work.room.leftOut,
  };
}

async function useTool(work: Work, call: ToolCall): Promise<Result> {
  const reader = work.card.reads.find(({ name }) => name === call.name);
  if (reader !== undefined) {
    const input = reader.input.safeParse(call.input);
    if (!input.success) return badInput(input.error);
    const result = await reader.read(call.input, work.world);
    work.looks.push({ reader: reader.name, input: call.input, result, at: work.world.now });
    work.targets.shown(reader, call.input, result);
    return { text: shortened(JSON.stringify(result)), isError: false };
  }
  const effect = work.card.effects.find(({ name }) => name === call.name);
  if (effect !== undefined) return propose(work, effect, call);
  const closed = work.withheld.find((held) => held.effect.name === call.name);
  return error(closed?.why ?? `There is no tool "${call.name}" here.`);
}

async function propose(work: Work, effect: Effect, call: ToolCall): Promise<Result> {
  const erp = effect.at === undefined ? work.erp : (work.erps?.get(effect.at) ?? null);
  if (erp === null) return error("This place is not connected to an ERP, so nothing can be proposed here.");
  // A server's tools are judged anew by every `prepare`; an ERP's rights are asked once.
  if (effect.at === undefined && !(await rightsOf(erp)).has(effect.op))
    return error(whoCould(effect, erp.name));
  const input = effect.input.safeParse(call.input);
  if (!input.success) return badInput(input.error);
  const unnamed = work.targets.unnamed(effect, input.data);
  if (unnamed !== null) return notFromHere(work, call, unnamed);
  await lookAgain(work, effect.rereads(call.input));
  const command = effect.toCommand(call.input, { connector: erp.connector, instance: erp.name });
  const result = await erp.prepare(command);
  if (result.kind === "refused") {
    work.answers.push({ text: result.why, input: call.input, isRefused: true });
    return refused(result);
  }
  const whyNot = await work.admits(effect, result.prepared);
  if (whyNot !== null) {
    work.answers.push({ text: whyNot, input: call.input, isRefused: true });
    return error(whyNot);
  }
  // From here on nothing is awaited: calls of one reply run side by side.
  // Compared as the ERP resolved it: only then do two wordings of one deed look alike.
  const hash = commandHashOf(result.prepared.command);
  const twin = work.drafts.find(({ prepared }) => commandHashOf(prepared.command) === hash);
  if (twin !== undefined) return proposed(work, twin);
  const full = work.room.refuses(work.drafts, effect);
  if (full !== null) return error(full);
  return keep(work, call, {
    id: proposalIdOf(work.origin, work.drafts.length),
    effect: effect.name,
    agent: work.agent,
    prepared: result.prepared,
    declaredStakes: effect.stakes,
    agentWords: null,
    input: z.record(z.string(), z.json()).parse(input.data),
  });
}

function keep(work: Work, call: ToolCall, draft: ProposalDraft): Result {
  work.drafts.push(draft);
  work.answers.push({ text: `${draft.id}: ${draft.prepared.summary}`, input: call.input, isRefused: false });
  return proposed(work, draft);
}

/** Refused before anything is looked at: what code looks up for it would only echo the model. */
function notFromHere(work: Work, call: ToolCall, record: string): Result {
  const text = `Nobody named “${record}” here, and no look of this turn showed such a record, so nothing is proposed for it (unknown_target). Find it by what the person said (list or search), or ask which one they mean.`;
  work.answers.push({ text, input: call.input, isRefused: true });
  return error(text);
}

/** Nothing is proposed from memory: the live record is read in this very turn, by code, unless the model just did. */
async function lookAgain(work: Work, looks: readonly Look[]): Promise<void> {
  for (const { reader, input } of looks) {
    const asked = JSON.stringify(input);
    if (work.looks.some((seen) => seen.reader === reader.name && JSON.stringify(seen.input) === asked))
      continue;
    work.looks.push({
      reader: reader.name,
      input,
      result: await reader.read(input, work.world),
      at: work.world.now,
    });
  }
}

const proposed = ({ looks }: Work, draft: ProposalDraft): Result => ({
  text: shortened(
    JSON.stringify({
      proposed: draft.id,
      summary: draft.prepared.summary,
      note: "Waits for a person's approval. Nothing has been done.",
      live: looks.map(({ reader, result }) => ({ reader, result })),
    }),
  ),
  isError: false,
});
const error = (text: string): Result => ({ text, isError: true });

/** What no other input would mend ends the turn in code's own words: the model is not asked to pass it on. */
function refused({ why, isFinal }: Extract<PrepareResult, { kind: "refused" }>): Result {
  if (isFinal === true) throw new NovaFailure("tool.off", why, { forPerson: why });
  return error(why);
}

const badInput = (problem: z.ZodError): Result => error(`Bad input: ${z.prettifyError(problem)}`);

/** What does not fit is counted, so that nobody takes a part for the whole. */
function shortened(text: string): string {
  if (text.length <= maxResultCharacters) return text;
  return `${text.slice(0, maxResultCharacters)}… (${text.length - maxResultCharacters} more characters left out; ask for less)`;
}

/** A tool that broke ends the turn as a visible failure. */
function toolFailure(thrown: unknown): NovaFailure {
  if (thrown instanceof NovaFailure) return thrown;
  return new NovaFailure("tool.failed", toFailure(thrown).detail, { cause: thrown });
}
