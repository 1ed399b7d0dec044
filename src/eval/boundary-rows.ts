// The cuts that the weights of `src/routing/boundary.ts` are fitted on and judged by: what is weighed at each of them, by the
// product's own code, and whether two requests really meet there.
import { evidenceOf, type Evidence } from "../routing/boundary.ts";
import { candidatesOf, isSplitter } from "../routing/candidates.ts";
import type { LineSettings } from "../routing/lines.ts";
import { cutMessage } from "../routing/plan.ts";
import { createRandom, shuffle } from "./random.ts";
import { rank } from "../routing/ranking.ts";
import { boundariesIn } from "../routing/requests.ts";
import type { RosterEntry } from "../routing/route.ts";
import { loadRouter, trainRouter, type Router } from "../routing/training.ts";
import { joinHandles, type Handle } from "./boundary-joins.ts";
import { halfOf, type FrozenMessage, type Half } from "./frozen-set.ts";
import { toInput, type Bench } from "./judgement.ts";

export type Source = "handle" | "join" | "written one" | "written several" | "frozen one" | "frozen several";

export interface BoundaryRow {
  readonly source: Source;
  /** The whole message that was cut. */
  readonly text: string;
  readonly evidence: Evidence;
  readonly isTwo: boolean;
}

/** Whom a message is for, agents apart by a blank, and its words. */
type Written = readonly (readonly [agents: string, text: string])[];

export interface RowsGiven {
  readonly bench: Bench;
  readonly lines: LineSettings;
  readonly messages: readonly FrozenMessage[];
  readonly written: { readonly one: Written; readonly several: Written };
  readonly seed: number;
}

interface Scene {
  readonly router: Router;
  readonly candidates: readonly RosterEntry[];
}

interface Text {
  readonly source: Source;
  readonly text: string;
}

interface Place {
  readonly cutAt: number;
  /** Into how many pieces the message was cut. */
  readonly pieces: number;
}

const folds = 4;
const joinsAFold = 500;

/** `isTwo` says of each cut whether two requests meet there; null where nobody knows, which gives no row. */
function rowsOf(
  { router, candidates }: Scene,
  { source, text }: Text,
  isTwo: (place: Place) => boolean | null,
): readonly BoundaryRow[] {
  const scope = { router, text };
  const cut = cutMessage(scope, candidates, rank(scope, candidates, text));
  if (cut === null) return [];
  return boundariesIn(cut.whole, cut.spans).flatMap(({ boundary, cutAt }) => {
    const is = isTwo({ cutAt, pieces: cut.spans.length });
    return is === null ? [] : [{ source, text, evidence: evidenceOf(boundary), isTwo: is }];
  });
}

/** Cut into as many pieces as there are requests: every cut is right. Into more or fewer: which are is not written down. */
const everyOf =
  (agents: readonly string[]) =>
  ({ pieces }: Place): boolean | null =>
    pieces === agents.length ? true : null;

const never = (): boolean => false;

/** Examples cut where they hold one request, and joined where they are two, by a router that has not heard them. */
function foldRows({ bench, lines, seed }: RowsGiven, held: ReadonlySet<string>): readonly BoundaryRow[] {
  const heldOut: readonly Handle[] = bench.roster
    .filter((entry) => !isSplitter(entry))
    .flatMap(({ id, handles }) =>
      handles.filter((text) => held.has(text)).map((text) => ({ agent: id, text })),
    );
  const roster = bench.roster.map((entry) => ({
    ...entry,
    handles: entry.handles.filter((text) => !held.has(text)),
  }));
  const router = loadRouter(trainRouter(roster, lines, seed));
  const scene = { router, candidates: everybody(roster) };
  const joins = joinHandles(heldOut, { tries: joinsAFold, random: createRandom(seed) });
  return [
    ...heldOut.flatMap(({ text }) => rowsOf(scene, { source: "handle", text }, never)),
    ...joins.flatMap(({ text, end }) =>
      rowsOf(scene, { source: "join", text }, ({ cutAt }) => Math.abs(cutAt - end) <= 1),
    ),
  ];
}

function everybody(roster: readonly RosterEntry[]): readonly RosterEntry[] {
  return candidatesOf({ roster, person: "owner", projectAgents: null });
}

function heldOutIn({ bench, seed }: RowsGiven): readonly ReadonlySet<string>[] {
  const all = [...new Set(bench.roster.flatMap(({ handles }) => handles))];
  const order = Int32Array.from(all.keys());
  shuffle(order, order.length, createRandom(seed));
  return Array.from(
    { length: folds },
    (_, fold) => new Set(all.filter((__, at) => (order[at] ?? 0) % folds === fold)),
  );
}

function frozenRows({ bench, messages }: RowsGiven, half: Half): readonly BoundaryRow[] {
  const splitters = new Set(bench.roster.filter(isSplitter).map(({ id }) => id));
  return messages
    .filter((message) => halfOf(message) === half)
    .flatMap((message) => {
      const { kind, text, expect } = message;
      const scene = { router: bench.router, candidates: candidatesOf(toInput(bench, message)) };
      if (kind === "multi") return rowsOf(scene, { source: "frozen several", text }, everyOf(expect.agents));
      if (kind !== "single" || expect.agents.some((id) => splitters.has(id))) return [];
      return rowsOf(scene, { source: "frozen one", text }, never);
    });
}

function writtenRows({ bench, written }: RowsGiven): readonly BoundaryRow[] {
  const scene = { router: bench.router, candidates: everybody(bench.roster) };
  return [
    ...written.one.flatMap(([, text]) => rowsOf(scene, { source: "written one", text }, never)),
    ...written.several.flatMap(([agents, text]) =>
      rowsOf(scene, { source: "written several", text }, everyOf(agents.split(" "))),
    ),
  ];
}

/** What weights are fitted on: nothing of it is from the test half of the frozen messages. */
export function fittingRows(given: RowsGiven): readonly BoundaryRow[] {
  return [
    ...heldOutIn(given).flatMap((held) => foldRows(given, held)),
    ...writtenRows(given),
    ...frozenRows(given, "development"),
  ];
}

/** What weights are only judged by. */
export function testRows(given: RowsGiven): readonly BoundaryRow[] {
  return frozenRows(given, "test");
}
