// Presses: what a button does is read from the journal; those that run an earlier message again do so once, for who wrote it.
import type { Assigned, Assignment, Message, Turn } from "../message.ts";
import type { ButtonAction } from "../proposal.ts";
import { routeCommand } from "./route-command.ts";
import { routeText, told } from "./route-text.ts";
import type { RouterRoom } from "./route-text.ts";

const stale: Assignment = {
  kind: "say",
  text: "This button is no longer valid; nothing happened.",
  isPrivate: true,
};

export async function routePress(room: RouterRoom, turn: Turn): Promise<Assigned> {
  const { button, message } = turn;
  if (message.body.kind !== "press" || button === null) return told(turn, stale, "unknown button");
  // The same post in the same thread, or a card that was forwarded or forged; a press may be quicker than our own receipt.
  const isOnItsPost = button.platformId === null || button.platformId === message.body.onMessage;
  if (button.thread !== message.thread || !isOnItsPost) return told(turn, stale, "button on another message");
  const { action } = button;
  if (action.kind === "approve" || action.kind === "reject") {
    return told(turn, { kind: "decision", action, words: message.body.words }, `pressed ${action.kind}`);
  }
  return routeAgain(room, { turn, action });
}

type Again = { readonly turn: Turn; readonly action: Exclude<ButtonAction, { kind: "approve" | "reject" }> };

/** Buttons that act on an earlier message: once, and only for who wrote it or an owner. */
async function routeAgain(room: RouterRoom, { turn, action }: Again): Promise<Assigned> {
  if (action.kind === "stop")
    return told(turn, { kind: "verb", verb: "stop", rest: action.run }, "pressed stop");
  const stored = await room.journal.turn(action.turn);
  if (stored === null || turn.button === null) return told(turn, stale, "unknown turn");
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
  if (action.kind === "choose" && action.agent === null) {
    return told(
      turn,
      {
        kind: "say",
        text: "Then tell me in other words what you need, or `help` for what I can do.",
        isPrivate: false,
      },
      "something else",
    );
  }
  return rerun(room, {
    turn,
    stored: stored.message,
    origin: action.turn,
    address: action.kind === "choose" ? action.agent : null,
  });
}

/** The newest failure of this thread, for who wrote it or an owner. */
export async function routeRetry(room: RouterRoom, turn: Turn): Promise<Assigned> {
  const { thread } = turn.message;
  const failed = (await room.journal.failures(50)).find(
    (failure) => failure.thread === thread && failure.turn !== null,
  );
  const stored = failed?.turn == null ? null : await room.journal.turn(failed.turn);
  const isTheirs =
    stored !== null &&
    (stored.message.account.id === turn.message.account.id || turn.person.class === "owner");
  if (stored === null || !isTheirs || failed?.turn == null) {
    return told(
      turn,
      { kind: "say", text: "Nothing of yours failed in this thread lately.", isPrivate: false },
      "nothing to retry",
    );
  }
  return rerun(room, { turn, stored: stored.message, origin: failed.turn, address: null });
}

type Rerun = {
  readonly turn: Turn;
  readonly stored: Message;
  readonly origin: string;
  readonly address: string | null;
};

async function rerun(room: RouterRoom, { turn, stored, origin, address }: Rerun): Promise<Assigned> {
  const { body } = stored;
  if (body.kind === "command" && address === null && body.verb !== "retry") {
    return routeCommand(room, turn, body);
  }
  const text = body.kind === "text" ? body.text : body.kind === "command" ? body.rest : "";
  return routeText(room, { turn, asked: { text, address, origin } });
}
