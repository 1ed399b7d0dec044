// The board: everything in progress that one person may see from one place. Pure, made from what the journal and the
// adapters say, and the one source of what every surface draws.
import type { BoardPart, BoardRow, CardPlace, FailureRow, OpenQuestion, RunRow, Health } from "../ports.ts";
import type { Board } from "../ports.ts";
import type { Person, Project } from "../person.ts";
import type { Proposal } from "../proposal.ts";
import { minuteOf } from "./board-time.ts";

/** A run that waits for nobody and has shown no sign of life for this long counts as stuck. */
export const stuckAfterMs = 600_000;
const rowLimit = 8;
const textLimit = 160;

export type BoardGiven = {
  readonly at: number;
  readonly person: Person;
  readonly projects: readonly Pick<Project, "id" | "name">[];
  /** Already narrowed to what this person may see from here. */
  readonly proposals: readonly Proposal[];
  readonly places: readonly (CardPlace & { readonly link: string | null })[];
  readonly runs: readonly RunRow[];
  readonly failures: readonly (FailureRow & { readonly project: string | null })[];
  readonly questions: readonly (OpenQuestion & { readonly project: string | null })[];
  readonly spent: { readonly total: number; readonly own: number };
  readonly connections: readonly ({ readonly surface: string } & Health)[];
};

export function drawBoard(given: BoardGiven): Board {
  return {
    at: given.at,
    note: null,
    parts: [
      part(given, {
        title: "Waiting for a decision",
        rows: ordered(given, given.proposals).map((one) => waiting(given, one)),
        none: "Nothing waits.",
      }),
      part(given, {
        title: "Pipelines",
        rows: ordered(given, given.runs).map((run) => running(given, run)),
        none: "None is running.",
      }),
      part(given, {
        title: "Open questions",
        rows: ordered(given, given.questions).map((one) => asking(given, one)),
        none: "Nobody was asked.",
      }),
      part(given, {
        title: "Failed lately",
        rows: ordered(given, given.failures).map((one) => failed(given, one)),
        none: "Nothing failed.",
      }),
      ...figures(given),
    ],
  };
}

/** What is no row of the journal: money, and each connection's own word. */
function figures(given: BoardGiven): readonly BoardPart[] {
  const now = minuteOf(given.at, given.at);
  return [
    {
      title: "Spent today",
      rows: [plain(spentWords(given))],
      more: 0,
      none: "",
      freshness: `since midnight UTC, counted ${now}`,
    },
    {
      title: "Connections",
      rows: given.connections.map(connected),
      more: 0,
      none: "None is configured.",
      freshness: `as each says of itself, ${now}`,
    },
  ];
}

/** What somebody sees who may see nothing: a board that says so, and why. */
export function emptyBoard(at: number, person: Person): Board {
  const who =
    person.listedAs === undefined
      ? "You are a guest here, so there is nothing on this board that I may show you. The owner can add you to people in the config."
      : `This account is listed as ${person.listedAs}, but the platform calls it a guest or could not tell just now, so I show nothing of any project here. Try again in a minute.`;
  return { at, note: who, parts: [] };
}

type Listed = { readonly title: string; readonly rows: readonly BoardRow[]; readonly none: string };
function part({ at }: BoardGiven, { title, rows, none }: Listed): BoardPart {
  const changes = rows.flatMap((row) => (row.at === null ? [] : [row.at]));
  const last = changes.length === 0 ? "" : `, last change ${minuteOf(Math.max(...changes), at)}`;
  return {
    title,
    rows: rows.slice(0, rowLimit),
    more: Math.max(0, rows.length - rowLimit),
    none,
    freshness: `read from the journal ${minuteOf(at, at)}${last}`,
  };
}

function waiting(given: BoardGiven, proposal: Proposal): BoardRow {
  const { id, prepared, requester, approvers, state, expiresAt, expireAfterMs } = proposal;
  const place = given.places.find((one) => one.proposal === id);
  const whom =
    state === "unknown" ? "outcome unknown, being looked up" : `waits for ${approvers.join(" or ")}`;
  const until = expiresAt === null ? "" : `, until ${minuteOf(expiresAt, given.at)}`;
  return {
    mark: "waits",
    text: named(
      given,
      proposal.project,
      `${prepared.summary} (${id}, asked by ${requester}, ${whom}${until})`,
    ),
    at: expiresAt === null ? null : expiresAt - expireAfterMs,
    link: place?.link ?? null,
  };
}

function running(given: BoardGiven, run: RunRow): BoardRow {
  const last = run.steps.at(-1);
  const at = Math.max(run.startedAt, last?.at ?? 0);
  const isStuck = run.state !== "waiting" && given.at - at > stuckAfterMs;
  const done = run.steps.filter(({ state }) => state === "done").length;
  const now = last === undefined || last.state === "done" ? "" : `, now ${last.name}`;
  const state = isStuck ? `stuck, no sign of life since ${minuteOf(at, given.at)}` : stateWords[run.state];
  return {
    mark: isStuck ? "stuck" : run.state === "waiting" ? "waits" : "runs",
    text: named(
      given,
      run.project,
      `${run.agent} (${run.id}): ${state}, ${done} ${done === 1 ? "step" : "steps"} done${now}`,
    ),
    at,
    link: null,
  };
}
const stateWords: Readonly<Record<RunRow["state"], string>> = {
  new: "starting",
  running: "running",
  waiting: "waits for a person",
  done: "done",
  failed: "failed",
  stopped: "stopped",
};

function asking(given: BoardGiven, question: OpenQuestion & { readonly project: string | null }): BoardRow {
  const what = question.kind === "input" ? "an answer is needed for" : "which agent should take";
  return {
    mark: "asks",
    text: named(given, question.project, `${what}: ${question.about === "" ? "a message" : question.about}`),
    at: question.at === 0 ? null : question.at,
    link: null,
  };
}

const failed = (given: BoardGiven, failure: FailureRow & { readonly project: string | null }): BoardRow => ({
  mark: "failed",
  text: named(given, failure.project, `${failure.person} (${failure.id})`),
  at: failure.at,
  link: null,
});

const connected = ({ surface, state, detail }: BoardGiven["connections"][number]): BoardRow => ({
  mark: state === "ready" ? "well" : "ill",
  text: clipped(`${surface}: ${state}${detail === "" ? "" : `, ${detail}`}`),
  at: null,
  link: null,
});

/** The owner pays for everybody and sees the sum; everybody else sees their own. */
const spentWords = ({ spent, person }: BoardGiven): string =>
  person.class === "owner"
    ? `$${spent.total.toFixed(2)} in all, $${spent.own.toFixed(2)} of it yours`
    : `$${spent.own.toFixed(2)} yours`;

const plain = (text: string): BoardRow => ({ mark: "plain", text, at: null, link: null });

/** Project by project, as the config names them; what belongs to none comes last. */
function ordered<T extends { readonly project: string | null }>(
  { projects }: BoardGiven,
  list: readonly T[],
): readonly T[] {
  const rank = new Map<string | null, number>(projects.map(({ id }, index) => [id, index]));
  const rankOf = ({ project }: T): number => rank.get(project) ?? projects.length;
  return list.toSorted((left, right) => rankOf(left) - rankOf(right));
}

function named({ projects }: BoardGiven, project: string | null, text: string): string {
  const name = projects.find(({ id }) => id === project)?.name;
  return clipped(name === undefined ? text : `${name}: ${text}`);
}

/** One line, and no longer than a phone can show. */
function clipped(text: string): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return line.length <= textLimit
    ? line
    : `${line.slice(0, textLimit - 1).replace(/[\ud800-\udbff]$/u, "")}…`;
}
