// What may become a card at all. People's attention is not to be spent on nothing, nor on the same thing again until they
// say yes: a command that was asked in this channel before is asked once more only when a person's own words want it.
import type { Effect } from "../effects.ts";
import type { ThreadId } from "../ids.ts";
import type { Message } from "../message.ts";
import type { Journal, Prepared } from "../ports.ts";
import { commandHashOf, terminalStates } from "../proposal.ts";
import type { Proposal } from "../proposal.ts";
import { samenessOf } from "../approvals/sameness.ts";
import { wordsIn } from "../files/file-names.ts";

/** Null: it may be asked. A sentence: why not, for the agent. */
export type Admits = (effect: Effect, prepared: Prepared) => Promise<string | null>;

/** The words of the person whose turn this is, where they stand, and when. */
type Asked = { readonly thread: ThreadId; readonly text: string; readonly now: number };
const nothing = "That would change nothing, so there is nothing to approve.";

export function createAdmission(journal: Pick<Journal, "lastProposal" | "turn">, asked: Asked): Admits {
  return async (effect, prepared) => {
    if (isNothing(prepared)) return nothing;
    const before = await journal.lastProposal(asked.thread, wishOf(prepared, asked.now));
    if (before === null) return null;
    if (!terminalStates.has(before.state))
      return resultOf(before, `Exactly this waits already as ${before.id}; nothing new was asked.`);
    if (wants(asked.text, effect, prepared)) return null;
    const turn = before.turn === null ? null : await journal.turn(before.turn);
    if (turn !== null && isSame(asked.text, turn.message)) return null;
    return resultOf(
      before,
      `${endOf(before)} It is asked again only when a person asks for it in their own words.`,
    );
  };
}

const wishOf = ({ command }: Prepared, now: number) => ({
  commandHash: commandHashOf(command),
  sameness: samenessOf(command, now),
});

/** A run was launched by a person: what was decided before that may be asked again, what was decided since may not. */
type Launched = { readonly thread: ThreadId; readonly startedAt: number; readonly now: number };

/** The same for a step of a run. Null: it may be asked. A sentence: why not, for whoever reads of the step. */
export async function refusedInRun(
  journal: Pick<Journal, "lastProposal">,
  { thread, startedAt, now }: Launched,
  prepared: Prepared,
): Promise<string | null> {
  if (isNothing(prepared)) return nothing;
  const before = await journal.lastProposal(thread, wishOf(prepared, now));
  if (before === null) return null;
  if (!terminalStates.has(before.state)) return `Exactly this waits already as ${before.id}.`;
  const isSince = (before.decidedAt ?? 0) >= startedAt;
  return before.state === "rejected" && isSince ? endOf(before) : null;
}

function endOf({ id, state, decidedBy, reason }: Proposal): string {
  const by = decidedBy.join(" and ");
  const why = reason === null ? "" : `: ${reason}`;
  return state === "rejected"
    ? `${by} rejected exactly this as ${id}${why}.`
    : `Exactly this was asked before as ${id} and is ${state}.`;
}

/** What became of it, as data: an agent reads the decision and its reason here, and in the conversation. */
export function resultOf(proposal: Proposal, note: string | null = null): string {
  const { id, effect, state, decidedBy, reason, outcomeDetail } = proposal;
  const detail = outcomeDetail === "" ? null : outcomeDetail;
  return JSON.stringify({
    proposal: id,
    effect,
    state,
    decidedBy,
    reason,
    detail,
    ...(note === null ? {} : { note }),
  });
}

/** Every connector refuses these in its own words; none of them can forget to. */
const isNothing = ({ changes, deltas }: Prepared): boolean =>
  deltas.length === 0 && changes.every(({ before, after }) => before === after);

const isSame = (text: string, { body }: Message): boolean => {
  const then = normal(wordsIn(body));
  return then !== "" && normal(text).endsWith(then);
};
const normal = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const onceMore = /\b(?:do|try|propose|make|ask|send|show)\b[^.?!]*\b(?:again|once more|anyway|after all)\b/iu;

/** The effect's own verb and its target, or "try that again": a mention of the record alone asks for nothing. */
function wants(text: string, effect: Effect, prepared: Prepared): boolean {
  const words = new Set(normal(text).split(" "));
  const verbs = verbsOf(effect, prepared);
  const isNamed = targetsOf(prepared, verbs).some((target) => hasAll(words, target));
  return (isNamed && verbs.some((verb) => words.has(verb))) || onceMore.test(text);
}

const hasAll = (words: ReadonlySet<string>, target: string): boolean =>
  normal(target)
    .split(" ")
    .every((word) => words.has(word));

const noVerbs = new Set(["please", "new", "two", "the", "can", "could"]);

/** What people say for it: its operation, its name, and how its examples begin. */
function verbsOf({ op, name, examples }: Effect, { summary }: Prepared): readonly string[] {
  const first = (words: string): string => normal(words).split(" ")[0] ?? "";
  const spoken = [summary, ...examples].map(first).filter((word) => /^\p{L}{3,}$/u.test(word));
  const named = [op.split(".").at(-1) ?? "", /^\p{Ll}+/u.exec(name)?.[0] ?? ""];
  return [...new Set([...named, ...spoken])].filter((word) => word !== "" && !noVerbs.has(word));
}

const general = new Set(
  "draft order orders invoice invoices quote quotes stock note customer supplier payment bill from with into price item until valid due amount".split(
    " ",
  ),
);

/** Numbers of records, and the names in what a card says in one line. */
function targetsOf({ command, summary }: Prepared, verbs: readonly string[]): readonly string[] {
  const codes = JSON.stringify(command.args).match(/\b[A-Z]{1,8}(?:-[A-Z0-9]+)+\b/gu) ?? [];
  const names = normal(summary)
    .split(" ")
    .filter((word) => /^\p{L}{4,}$/u.test(word) && !general.has(word) && !verbs.includes(word));
  return [...codes, ...names];
}
