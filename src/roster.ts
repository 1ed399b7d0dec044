// Finds the agents: one file each under agents/<role>/, the path is the id, and there is no list to edit.
// A wrong file stops the boot with its remedy; it is never skipped, because a missing agent would look like a lazy one.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isCard } from "./agent.ts";
import type { Card, Role } from "./agent.ts";
import { BootError } from "./boot-error.ts";
import { problemsAcross, problemsOf } from "./roster-rules.ts";
import { nearestNames } from "./nearest.ts";
import type { Stakes } from "./proposal.ts";

type RosterEntry = { readonly id: string; readonly card: Card };
/** What routing may know of an agent: plain data, so that it stays a pure function. */
type RoutingEntry = {
  readonly id: string;
  readonly role: Role;
  readonly job: string;
  readonly handles: readonly string[];
  readonly declines: readonly { readonly text: string; readonly instead: string }[];
  /** True for pipelines too: what their steps may do is not known before they run. */
  readonly hasEffects: boolean;
  readonly stakes: Stakes;
  /** True for a coordinator with a standing plan: it takes a request whole, like any other agent. */
  readonly hasPlan: boolean;
};
export type Roster = {
  /** Sorted by id. */
  readonly entries: readonly RosterEntry[];
  /** Throws on an unknown id, naming the nearest ones: there is no default agent. */
  readonly get: (id: string) => Card;
  /** For names that a person typed. */
  readonly find: (id: string) => Card | null;
  /** The id of a card that this roster loaded. Throws for any other. */
  readonly idOf: (card: Card) => string;
  readonly toRouting: () => readonly RoutingEntry[];
};

type Problem = { readonly file: string; readonly text: string };
type Found = { readonly cards: readonly RosterEntry[]; readonly problems: readonly Problem[] };

const roles: ReadonlySet<string> = new Set<Role>(["chat", "language", "erp", "pipeline", "coordinator"]);
const fileName = /^[a-z0-9]+(?:-[a-z0-9]+)*\.ts$/;

/** Throws a BootError that lists every problem of every file, each with its remedy. */
export async function loadRoster(folder: string): Promise<Roster> {
  const { files, problems } = await findFiles(folder);
  const loaded = await Promise.all(files.map(async (file) => loadCard(folder, file)));
  const entries = loaded.flatMap((found) => found.cards);
  const all = [
    ...problems,
    ...loaded.flatMap((found) => found.problems),
    ...problemsAcross(entries, new Set(files.map(toId))),
  ];
  if (files.length === 0 && all.length === 0) {
    all.push({ file: folder, text: "holds no agent; add one as <role>/<name>.ts." });
  }
  if (all.length > 0) throw new BootError(toReport(all));
  return createRoster(entries);
}

const toId = (file: string): string => file.slice(0, -".ts".length);

function toReport(problems: readonly Problem[]): string {
  const lines = problems.map(({ file, text }) => `  ${file}: ${text}`);
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return [`The roster has ${count}, so Nova does not start:`, ...lines].join("\n");
}

async function findFiles(folder: string): Promise<{ files: string[]; problems: Problem[] }> {
  const files: string[] = [];
  const problems: Problem[] = [];
  for (const role of await namesIn(folder)) {
    if (!roles.has(role.name) || !role.isFolder) {
      const text = `is not a role; agents live in ${[...roles].join(", ")}. Move or remove it.`;
      problems.push({ file: role.name, text });
      continue;
    }
    for (const { name, isFolder } of await namesIn(join(folder, role.name))) {
      if (!isFolder && fileName.test(name)) files.push(`${role.name}/${name}`);
      else
        problems.push({
          file: `${role.name}/${name}`,
          text: "is no agent file; name it <kebab-case>.ts or move it away.",
        });
    }
  }
  return { files, problems };
}

/** Hidden names (a desktop's or an editor's own files) can't be agents and are no mistake of anybody's. */
async function namesIn(folder: string): Promise<readonly { name: string; isFolder: boolean }[]> {
  try {
    const found = await readdir(folder, { withFileTypes: true });
    return found
      .filter((entry) => !entry.name.startsWith("."))
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BootError(`The agents' folder can't be read (${why}). Create it or correct its path.`);
  }
}

async function loadCard(folder: string, file: string): Promise<Found> {
  const broken = (text: string): Found => ({ cards: [], problems: [{ file, text }] });
  try {
    const module: unknown = await import(pathToFileURL(join(folder, file)).href);
    const card: unknown = isExporting(module) ? module.default : undefined;
    if (!isCard(card)) {
      return broken(
        "its default export was not made by a role factory; export default chat({ … }) or another role's.",
      );
    }
    const role = file.slice(0, file.indexOf("/"));
    const misplaced =
      card.role === role
        ? []
        : [`holds a ${card.role} agent; move it to ${card.role}/ or use the ${role} factory.`];
    const problems = [...misplaced, ...problemsOf(card)].map((text) => ({ file, text }));
    return { cards: [{ id: toId(file), card }], problems };
  } catch (error) {
    // A parser's message goes on with a drawing of the place; its first line says what is wrong.
    const why = error instanceof Error ? `${error.name}: ${error.message.trim()}` : String(error);
    return broken(`can't be loaded (${why.split("\n")[0]}). Correct or remove it.`);
  }
}

function isExporting(module: unknown): module is { readonly default: unknown } {
  return typeof module === "object" && module !== null && "default" in module;
}

function createRoster(unsorted: readonly RosterEntry[]): Roster {
  const entries = unsorted.toSorted((left, right) => (left.id < right.id ? -1 : 1));
  const cards = new Map(entries.map(({ id, card }) => [id, card]));
  const ids = new Map(entries.map(({ id, card }) => [card, id]));
  const routing = entries.map(toRoutingEntry);
  return Object.freeze({
    entries,
    find: (id: string) => cards.get(id) ?? null,
    get: (id: string) => {
      const card = cards.get(id);
      if (card !== undefined) return card;
      const nearest = nearestNames(id, [...cards.keys()]).join(", ");
      throw new Error(`There is no agent "${id}". The nearest are ${nearest}.`);
    },
    idOf: (card: Card) => {
      const id = ids.get(card);
      if (id === undefined)
        throw new Error("This card is not in the roster; use one that the roster loaded.");
      return id;
    },
    toRouting: () => routing,
  });
}

const stakesInOrder = ["low", "medium", "high"] as const satisfies readonly Stakes[];

function toRoutingEntry({ id, card }: RosterEntry): RoutingEntry {
  const { role, job, handles, declines } = card;
  const hasPlan = card.kind === "coordinator" && card.parts !== undefined;
  return { id, role, job, handles, declines, hasEffects: hasEffects(card), stakes: stakesOf(card), hasPlan };
}

function hasEffects(card: Card): boolean {
  return card.kind === "pipeline" || (card.kind === "agent" && card.effects.length > 0);
}

/** The highest stakes of what it may propose. */
function stakesOf(card: Card): Stakes {
  if (card.kind === "pipeline") return "medium";
  if (card.kind === "coordinator") return "low";
  return stakesInOrder.findLast((stakes) => card.effects.some((effect) => effect.stakes === stakes)) ?? "low";
}
