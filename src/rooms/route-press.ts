// Presses: what a button does is read from the journal; those that run an earlier message again do so once, for who wrote it.
import { wordsIn } from "../files/file-names.ts";
import type { Assignment } from "../assignment.ts";
import type { Assigned, Message, StoredButton, Turn } from "../message.ts";
import { HandOff, noTrail } from "../hand-off.ts";
import { channelOf, directWith } from "../ids.ts";
import type { ButtonAction } from "../proposal.ts";
import { lowerOf } from "../people.ts";
import { standingOf } from "../cards/standing.ts";
import { routeAll } from "./route-all.ts";
import { asideOf } from "./route-aside.ts";
import { routeCommand } from "./route-command.ts";
import { routeElsewhere } from "./route-elsewhere.ts";
import { routeText, told, toldOutsider } from "./route-text.ts";
import type { RouterRoom } from "./route-text.ts";

const stale = {
  kind: "say",
  text: "This button is no longer valid; nothing happened.",
  isPrivate: true,
} as const satisfies Assignment;

const decisions: ReadonlySet<ButtonAction["kind"]> = new Set(["approve", "reject", "tick", "withhold"]);

export async function routePress(room: RouterRoom, turn: Turn): Promise<Assigned> {
  const { button, message } = turn;
  const demoted = toldOutsider(turn);
  if (demoted !== null) return demoted;
  if (message.body.kind !== "press" || button === null) return told(turn, stale, "unknown button");
  if (!isOnItsPost(button, message, message.body.onMessage)) return foreign(room, turn, button.action);
  const { action } = button;
  if (button.isMoving === true)
    return told(turn, { ...stale, text: beingShown }, "its card is being shown anew");
  if (decisions.has(action.kind)) {
    return told(turn, { kind: "decision", action, words: message.body.words }, `pressed ${action.kind}`);
  }
  const aside = asideOf(turn, action);
  if (aside !== null) return told(turn, aside, `pressed ${action.kind}`);
  return routeAgain(room, { turn, action });
}

/**
 * On the post that carries it, or on a card that was forwarded or forged. The platform's id of a post names its channel
 * too, and a post may stand elsewhere than its thread: in direct messages, where Nova may not write in the channel.
 * A press may be quicker than our own receipt: then the thread has to do.
 */
function isOnItsPost(button: StoredButton, message: Turn["message"], onMessage: string): boolean {
  if (button.platformId !== null) return button.platformId === onMessage;
  const isTheirs = message.direct && directWith(button.thread) === message.account.id;
  return isTheirs || button.thread === message.thread;
}

const beingShown = "This card is just being shown anew: press it again in a moment. Nothing was done.";

/** A card that was forwarded, copied or forged decides nothing, but says what became of the real one. */
async function foreign(room: RouterRoom, turn: Turn, action: ButtonAction): Promise<Assigned> {
  const isKnown = turn.person.class === "owner" || turn.person.class === "member";
  const proposal = isKnown && "proposal" in action ? await room.journal.proposal(action.proposal) : null;
  const words = proposal === null ? "" : ` ${standingOf(proposal, room.clock.now())}`;
  return told(turn, { ...stale, text: `${stale.text}${words}` }, "button on another message");
}

type Again = { readonly turn: Turn; readonly action: ButtonAction };

/** Buttons that act on an earlier message: once, and only for who wrote it or an owner. */
async function routeAgain(room: RouterRoom, { turn, action }: Again): Promise<Assigned> {
  if (action.kind === "stop")
    return told(turn, { kind: "verb", verb: "stop", rest: action.run }, "pressed stop");
  if (action.kind === "refresh")
    return told(turn, { kind: "verb", verb: "board", rest: "" }, "pressed refresh");
  const stored = "turn" in action ? await room.journal.turn(action.turn) : null;
  if (!("turn" in action) || stored === null || turn.button === null)
    return told(turn, stale, "unknown turn");
  const isTheirs = stored.message.account.id === turn.message.account.id || turn.person.class === "owner";
  if (!isTheirs)
    return told(
      turn,
      { kind: "say", text: "Only the person who asked can press this.", isPrivate: true },
      "not theirs",
    );
  if (!(await room.journal.useButton(turn.button.nonce, turn.id))) {
    return told(turn, { kind: "say", text: "This was already pressed.", isPrivate: true }, "pressed before");
  }
  if (action.kind === "drop")
    return told(turn, { kind: "say", text: "Dropped.", isPrivate: false }, "dropped");
  if (action.kind === "elsewhere") return elsewhere(room, { turn, stored: stored.message, action });
  const again = { turn, stored: stored.message, origin: action.turn };
  return action.kind === "choose" ? choose(room, again, action) : rerun(room, { ...again, address: null });
}

type Choice = Extract<ButtonAction, { kind: "choose" }>;

const somethingElse = {
  kind: "say",
  text: "Then tell me in other words what you need, or `help` for what I can do.",
  isPrivate: false,
} as const satisfies Assignment;

async function choose(room: RouterRoom, again: Omit<Rerun, "address">, action: Choice): Promise<Assigned> {
  const { agent, parts, words, passed = [] } = action;
  if (agent === null) return told(again.turn, somethingElse, "something else");
  if (parts !== undefined) {
    const turn = inWritersName(room, again);
    return routeAll(room, { turn, text: wordsIn(again.stored.body), coordinator: agent, parts });
  }
  return onTrail(await rerun(room, { ...again, address: agent, words }), passed, room.clock.now());
}

/** A pressed hand-off goes on where it was offered: the law counts on, also over turns. */
function onTrail(assigned: Assigned, passed: readonly string[], at: number): Assigned {
  const from = passed.at(-1);
  if (from === undefined || assigned.assignment.kind !== "agent") return assigned;
  const reason = `${assigned.person.name} pressed the button that ${from} offered.`;
  const row = HandOff.parse({
    from,
    to: assigned.assignment.id,
    depth: passed.length,
    reason,
    state: "pressed",
    at,
  });
  return { ...assigned, trail: { ...noTrail, passed, handOffs: [row] } };
}

/** The newest failed message of this thread, or of this channel: Slack's commands can't be given in a thread. */
export async function routeRetry(room: RouterRoom, turn: Turn): Promise<Assigned> {
  const { thread, channel } = turn.message;
  const failed = (await room.journal.failures(50)).filter((failure) => failure.turn !== null);
  const here = failed.filter((failure) => failure.thread === thread);
  const near = failed.filter((failure) => failure.thread !== null && channelOf(failure.thread) === channel);
  for (const { turn: origin } of [...here, ...near]) {
    const stored = origin === null ? null : await room.journal.turn(origin);
    if (origin !== null && stored !== null && mayRetry(turn, stored.message))
      return rerun(room, { turn, stored: stored.message, origin, address: null });
  }
  return told(
    turn,
    { kind: "say", text: "Nothing of yours failed here lately.", isPrivate: false },
    "nothing to retry",
  );
}

/** Words of their own; a press or another retry only points at some. */
function mayRetry(turn: Turn, { account, body }: Message): boolean {
  const hasWords = body.kind === "text" || (body.kind === "command" && body.verb !== "retry");
  return hasWords && (account.id === turn.message.account.id || turn.person.class === "owner");
}

type Sent = {
  readonly turn: Turn;
  readonly stored: Message;
  readonly action: Extract<ButtonAction, { kind: "elsewhere" }>;
};

async function elsewhere(room: RouterRoom, { turn, stored, action }: Sent): Promise<Assigned> {
  const rerun = { turn, stored, origin: action.turn, address: null };
  const writer = inWritersName(room, rerun);
  const text = action.words ?? wordsOf(stored);
  return routeElsewhere(room, {
    turn: writer,
    text,
    origin: action.turn,
    not: action.not,
    words: action.words,
  });
}

const wordsOf = ({ body }: Message): string =>
  body.kind === "text" ? body.text : body.kind === "command" ? body.rest : "";

type Rerun = {
  readonly turn: Turn;
  readonly stored: Message;
  readonly origin: string;
  readonly address: string | null;
  /** Only these of the stored message's words. */
  readonly words?: string | undefined;
};

async function rerun(room: RouterRoom, given: Rerun): Promise<Assigned> {
  const { stored, origin, address } = given;
  const { body } = stored;
  const turn = inWritersName(room, given);
  if (body.kind === "command" && address === null)
    return body.verb === "retry" ? routeRetry(room, turn) : routeCommand(room, turn, body);
  return routeText(room, { turn, asked: { text: given.words ?? wordsIn(body), address, origin } });
}

/** Words keep their writer's limits: an owner who runs a guest's message again lends it no rights and no open question. */
function inWritersName(room: RouterRoom, { turn, stored }: Pick<Rerun, "turn" | "stored">): Turn {
  if (stored.account.id === turn.message.account.id) return turn;
  const person = lowerOf(turn.person, room.directory.personOf(stored.account));
  return { ...turn, person, thread: { ...turn.thread, waiting: null } };
}
