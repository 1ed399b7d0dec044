// A Nova whose model breaks contracts case by case, and a judge that looks only at what a person and an operator see: the
// posts of the thread, their buttons, the rows of the journal, and what the model was told when it was asked once more.
import { isDeepStrictEqual } from "node:util";
import type { ThreadId } from "../../src/ids.ts";
import type { Model, ModelRequest } from "../../src/ports.ts";
import { loadRoster } from "../../src/roster.ts";
import type { Roster } from "../../src/roster.ts";
import { bareDoor } from "../support/doors/bare.ts";
import type { Shown } from "../support/doors/bare.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaOptions, NovaUnderTest } from "../support/start-nova.ts";
import { canary } from "./broken-replies.ts";
import { right, rightWords } from "./contract-cases.ts";
import type { ContractCase, Move } from "./contract-cases.ts";

export type Numbered = ContractCase & { readonly number: number };
type Tried = { readonly one: Numbered; readonly turn: string };

const agentsFolder = new URL("../../agents", import.meta.url).pathname;
export const ownRoster = async (): Promise<Roster> => loadRoster(agentsFolder);

/** Agents that take unasked what another one declines. */
export const takers = ({ entries }: Roster): readonly string[] =>
  entries.flatMap(({ id, card }) => (card.kind === "agent" && card.effects.length === 0 ? [id] : []));

/** Knows by the words which case is asked about; what is healed is answered rightly. */
function createBreakingModel(): Model & {
  readonly cases: Map<number, Move>;
  readonly requests: (number: number) => readonly ModelRequest[];
} {
  const cases = new Map<number, Move>();
  const asked = new Map<number, ModelRequest[]>();
  return {
    id: "breaker",
    isLanguageModel: false,
    cases,
    requests: (number) => asked.get(number) ?? [],
    generate: async (request) => {
      const first = request.messages.find(({ role }) => role === "user");
      const number = Number(
        /case (\d+)/u.exec(first !== undefined && "text" in first ? first.text : "")?.[1] ?? 0,
      );
      const requests = asked.get(number) ?? [];
      asked.set(number, [...requests, request]);
      return (cases.get(number) ?? right)(request, requests.length);
    },
  };
}

export type ContractHouse = {
  readonly nova: NovaUnderTest;
  /** What was wrong with how each of these ended, one sentence each; empty: all ended as they have to. */
  readonly problemsOf: (cases: readonly Numbered[]) => Promise<readonly string[]>;
  /** Presses this button under a failure, with the model mended, and says what was wrong with what came of it. */
  readonly press: (
    one: Numbered,
    button: "Retry" | "Hand to somebody else" | "Drop",
  ) => Promise<readonly string[]>;
};

const kit = { id: "slack:T1/U1", standing: "regular" } as const;
const threadOf = ({ number }: Numbered): ThreadId => `slack:T1/C1:${number}.1`;
const atOnce = 40;

export async function openContractHouse(more: Partial<NovaOptions> = {}): Promise<ContractHouse> {
  const clock = createHandClock();
  const door = bareDoor(() => clock.now());
  const model = createBreakingModel();
  const nova = await startNova({ doors: [door], clock, model, ...more });
  const postsIn = (one: Numbered): readonly Shown[] =>
    door.posts().filter(({ thread }) => thread === threadOf(one));
  const says = async (one: Numbered): Promise<Tried> => {
    model.cases.set(one.number, one.breaks);
    const body = { kind: "text", text: `${one.agent}: case ${one.number}, please` } as const;
    const { id: turn } = await door.comes(kit, body, { thread: threadOf(one) });
    return { one, turn };
  };
  const pressed = async (one: Numbered, label: string): Promise<Shown | undefined> => {
    const shown = postsIn(one).findLast(({ post }) => post.buttons.some((button) => button.label === label));
    const nonce = shown?.post.buttons.find((button) => button.label === label)?.nonce ?? "";
    const body = { kind: "press", nonce, onMessage: shown?.platformId ?? "", words: null } as const;
    await door.comes(kit, body, { thread: threadOf(one) });
    await nova.idle();
    return postsIn(one).at(-1);
  };
  const judged = async ({ one, turn }: Tried): Promise<readonly string[]> => {
    const stored = await nova.journal().turn(turn);
    const seen = {
      posts: postsIn(one),
      requests: model.requests(one.number),
      outcome: stored?.outcome ?? null,
    };
    return problems(one, seen).map((problem) => `${one.agent}, ${one.way} (case ${one.number}): ${problem}`);
  };
  return {
    nova,
    problemsOf: async (cases) => {
      const found: string[] = [];
      for (let at = 0; at < cases.length; at += atOnce) {
        const tried = await Promise.all(cases.slice(at, at + atOnce).map(says));
        await nova.idle();
        for (const one of tried) found.push(...(await judged(one)));
        found.push(...(await unlisted(nova, tried)));
      }
      return found;
    },
    press: async (one, button) => {
      const before = model.requests(one.number).length;
      model.cases.set(one.number, right);
      const shown = await pressed(one, button);
      const where = `${button} under ${one.agent}, ${one.way}`;
      if (button === "Drop") {
        const isQuiet = model.requests(one.number).length === before && shown?.post.text === "Dropped.";
        return isQuiet ? [] : [`${where}: ${shown?.post.text}`];
      }
      const option = shown?.post.buttons.find(({ style }) => style === "primary")?.label ?? "";
      const last = button === "Retry" ? shown : await pressed(one, option);
      const isAnswered = last?.post.text.endsWith(rightWords) === true && option !== one.agent;
      return isAnswered ? [] : [`${where}: ${last?.post.text}`];
    },
  };
}

/** Every failure stands in the journal, once, under its turn. */
async function unlisted(nova: NovaUnderTest, tried: readonly Tried[]): Promise<readonly string[]> {
  const rows = await nova.journal().failures(2 * atOnce);
  return tried.flatMap(({ one, turn }) => {
    const kinds = rows.filter((row) => row.turn === turn).map(({ kind }) => kind);
    const wanted = one.ends.kind === "failure" ? [one.ends.failure] : [];
    return isDeepStrictEqual(kinds, wanted)
      ? []
      : [
          `${one.agent}, ${one.way} (case ${one.number}): failures in the journal: ${kinds.join(", ") || "none"}`,
        ];
  });
}

type Seen = {
  readonly posts: readonly Shown[];
  readonly requests: readonly ModelRequest[];
  readonly outcome: string | null;
};

function problems({ ends }: Numbered, { posts, requests, outcome }: Seen): readonly string[] {
  const [only] = posts;
  if (only === undefined || posts.length !== 1) return [`${posts.length} posts`];
  const { post } = only;
  const told = requests[1]?.messages.at(-1);
  const found: string[] = [];
  const must = (isTrue: boolean, problem: string): void => {
    if (!isTrue) found.push(problem);
  };
  const shown = `${post.text} ${post.footer ?? ""}`;
  if (ends.kind === "marked") {
    must(shown.includes(ends.words), `not marked: ${shown}`);
    return found;
  }
  must(!shown.includes(canary), `passed off: ${shown.slice(0, 200)}`);
  const isRepair = ends.kind === "failure" ? ends.isJudged : ends.after === "repair";
  if (isRepair) {
    const words = told !== undefined && told.role === "user" ? told.text : "";
    must(/^Your reply was refused\. \S[^]* Answer again\.$/u.test(words), `not repaired by words: ${words}`);
    must(ends.kind !== "failure" || words.includes(ends.names ?? ""), `unhelpful words: ${words}`);
    must(requests.length === 2, `asked ${requests.length} times`);
  }
  if (ends.kind === "answered") {
    must(
      post.kind === "reply" && post.text === rightWords && outcome === "answered",
      `no answer: ${post.text}`,
    );
    const hasError = told?.role === "tools" && told.results.every(({ isError }) => isError);
    must(ends.after === "repair" || hasError, "the wrong call was taken");
    return found;
  }
  must(
    post.kind === "failure" && post.text.startsWith("⚠ ") && outcome === "failed",
    `no failure: ${post.text}`,
  );
  const buttons = post.buttons.filter(({ style }) => style !== "quiet").map(({ label }) => label);
  const wanted = ["Retry", "Hand to somebody else", "Drop"].slice(ends.failure === "model.refused" ? 1 : 0);
  must(isDeepStrictEqual(buttons, wanted), `buttons ${buttons.join(", ")}`);
  return found;
}
