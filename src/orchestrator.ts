// The walk of one message: eight rooms, one way, no way back. This is the table of contents of Nova, and the only catch:
// whatever is thrown in a room becomes a failure that the person sees.
import { assertUnaltered } from "./replies/altered-turn.ts";
import { failureAnswer } from "./replies/failure-answer.ts";
import { NovaFailure, toFailure } from "./failures.ts";
import type { Trail } from "./hand-off.ts";
import type { Answer, Assigned, Briefed, Checked, Draft, Message, Turn } from "./message.ts";
import type { KeptTurn } from "./ports.ts";
import { withTrail } from "./replies/trail.ts";
import type { HandedOn } from "./rooms/route-hand-off.ts";
import { stoppedAnswer } from "./replies/stopped-answer.ts";
import { Stopped } from "./turns/stops.ts";

export type Rooms = {
  readonly keep: (message: Message) => Promise<Turn | null>;
  readonly assign: (turn: Turn) => Promise<Assigned>;
  readonly brief: (assigned: Assigned) => Promise<Briefed>;
  readonly work: (briefed: Briefed) => Promise<Draft>;
  readonly check: (draft: Draft) => Promise<Checked>;
  /** Whether what an agent declined is another one's turn now. */
  readonly handOn: (checked: Checked) => HandedOn;
  readonly hold: (checked: Checked) => Promise<Answer>;
  readonly say: (answer: Answer) => Promise<KeptTurn | null>;
  readonly toTurn: (kept: KeptTurn) => Turn;
};
export type Watching = {
  /** Typing or status in the thread; ends when the returned function is called. */
  readonly working: (turn: Turn) => () => void;
  /** After the commit: launches, wake-ups, figures. */
  readonly onSaid: (answer: Answer) => void;
  readonly onFailure: (turn: Turn, failure: NovaFailure) => void;
  /** The journal refused an answer. True, after a pause: try again; false: the turn stays open for the next start. */
  readonly onRefused: (
    turn: Turn,
    refusal: { readonly thrown: unknown; readonly tries: number },
  ) => Promise<boolean>;
};
export type Orchestrator = {
  /** Resolves when the message is committed; the walk goes on by itself. */
  readonly hear: (message: Message) => Promise<void>;
  /** Takes up turns that were found open at boot. */
  readonly resume: (kept: readonly KeptTurn[]) => void;
  readonly idle: () => Promise<void>;
};

/** A message that has brought the process down this often is set aside with a notice. */
const maxAttempts = 4;

export function createOrchestrator(rooms: Rooms, watching: Watching): Orchestrator {
  const walks = new Set<Promise<void>>();
  const start = (turn: Turn): void => {
    const walking = serve(rooms, watching, turn).finally(() => walks.delete(walking));
    walks.add(walking);
  };
  return {
    hear: async (message) => {
      const turn = await rooms.keep(message); //     2 keep:   committed, de-duplicated, one at a time per thread
      if (turn !== null) start(turn);
    },
    resume: (kept) => kept.forEach((turn) => start(rooms.toTurn(turn))),
    idle: async () => {
      while (walks.size > 0) await Promise.all(walks);
    },
  };
}

/** `way.trail`: who has had the words so far, also when a room throws. */
async function walk(rooms: Rooms, turn: Turn, way: { trail: Trail | undefined }): Promise<Answer> {
  assertUnaltered(turn);
  if (turn.attempt > maxAttempts) throw new NovaFailure("poison", `attempt ${turn.attempt}`);
  let assigned = await rooms.assign(turn); //        3 assign: exactly one agent, pipeline, plan, decision or verb
  for (;;) {
    way.trail = assigned.trail;
    const briefed = await rooms.brief(assigned); //  4 brief:  its slice of the project's context, with ages
    const draft = await rooms.work(briefed); //      5 work:   model and readers; effects become proposals
    const checked = await rooms.check(draft); //     6 check:  the contract, one repair
    const handed = rooms.handOn(checked); //                   declined for another agent: its turn from 4 on, a few times
    if (handed.kind === "stays") {
      way.trail = handed.checked.trail;
      return rooms.hold(handed.checked); //          7 hold:   proposals judged and bound, cards to come
    }
    if (handed.kind === "stopped") {
      way.trail = handed.trail;
      throw handed.failure;
    }
    assigned = handed.assigned;
  }
}

/** Ends this turn, then the next one of its thread, until the thread has nothing open. */
async function serve(rooms: Rooms, watching: Watching, first: Turn): Promise<void> {
  for (let turn: Turn | null = first; turn !== null;) {
    const done = watching.working(turn);
    const way: { trail: Trail | undefined } = { trail: undefined };
    try {
      const answer = await walk(rooms, turn, way).catch(caught(watching, turn));
      turn = await sayIt(rooms, watching, withTrail(answer, way.trail));
    } finally {
      done();
    }
  }
}

/** The only catch: whatever a room threw becomes an answer that says so. */
const caught =
  (watching: Watching, turn: Turn) =>
  (thrown: unknown): Answer => {
    if (thrown instanceof Stopped) return stoppedAnswer(turn, thrown);
    const failure = toFailure(thrown);
    watching.onFailure(turn, failure);
    return failureAnswer(turn, failure);
  };

/** An answer that the journal refuses becomes a failure that says so, tried again until the journal takes it. */
async function sayIt(rooms: Rooms, watching: Watching, first: Answer): Promise<Turn | null> {
  for (let answer = first, tries = 1; ; tries += 1) {
    try {
      const next = await rooms.say(answer); //       8 say:    outcome, proposals and reply in one commit, then delivered
      watching.onSaid(answer);
      return next === null ? null : rooms.toTurn(next);
    } catch (thrown) {
      if (!(await watching.onRefused(answer.turn, { thrown, tries }))) return null;
      answer = { ...failureAnswer(answer.turn, toFailure(thrown)), handOffs: answer.handOffs ?? [] };
    }
  }
}
