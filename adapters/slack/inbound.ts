// From Slack to Nova: one payload, unknown, becomes one thing heard, or null when it is not for Nova.
// A mention arrives twice (as message and as app_mention, in either order); both copies get the same id.
import type { z } from "zod";
import { editedBy } from "../../src/cards/card.ts";
import type { Message } from "../../src/message.ts";
import { channelIdOf, isDirect, platformIdOf, threadIdOf } from "./addresses.ts";
import { nonceOf, opensDialog } from "./cards.ts";
import { parseEdit } from "./edit-dialog.ts";
import type { SentEdit } from "./edit-dialog.ts";
import { toFiles } from "./files-in.ts";
import { parseForm } from "./forms.ts";
import type { FilledForm } from "./forms.ts";
import { parseHomePress, parseOpened } from "./home.ts";
import { Asking, BlockActions, Command, Event, EventCallback, Press, Submission } from "./payloads.ts";
import { parseReaction } from "./reactions.ts";
import { parseShortcut } from "./shortcuts.ts";
import type { UsedShortcut } from "./shortcuts.ts";
import { toPlain } from "./text.ts";

/** Who Nova is in this workspace. */
export type Self = {
  readonly team: string;
  readonly botUserId: string;
  readonly botId: string;
  /** Address of the workspace, e.g. `https://acme.slack.com/`. */
  readonly url?: string;
};
/** Who did it, by the event's own word; standing is looked up apart. */
export type Who = { readonly team: string; readonly user: string; readonly name: string | null };

export type Heard =
  | { readonly kind: "message"; readonly who: Who; readonly message: Omit<Message, "account"> }
  /** A button that asks for words: a dialog has to be opened before anything is heard. */
  | {
      readonly kind: "dialog";
      readonly who: Who;
      readonly trigger: string;
      readonly question: string;
      readonly press: Press;
    }
  /** A card's Edit: a dialog where there is one to open, a press where not. */
  | {
      readonly kind: "edit";
      readonly who: Who;
      readonly trigger: string;
      readonly press: Press;
      readonly message: Omit<Message, "account">;
    }
  | UsedShortcut
  | { readonly kind: "form"; readonly filled: FilledForm }
  /** A button that is not (or no longer) Nova's. */
  | { readonly kind: "stale"; readonly who: Who; readonly channel: string };

/** What people write; every other subtype is housekeeping of Slack's. */
const spoken = new Set(["file_share", "thread_broadcast", "me_message"]);

export function parseInbound(body: unknown, self: Self, now: number): Heard | null {
  const callback = EventCallback.safeParse(body);
  if (callback.success)
    return callback.data.team_id === self.team ? parseCallback(callback.data.event, self) : null;
  const actions = BlockActions.safeParse(body);
  if (actions.success) return parsePress(actions.data, self);
  const atHome = parseHomePress(body, self);
  if (atHome !== null) return atHome;
  const shortcut = parseShortcut(body, self, now);
  if (shortcut !== null) return shortcut;
  const filled = parseForm(body, self.team);
  if (filled !== null) return { kind: "form", filled };
  const edit = parseEdit(body, self.team);
  if (edit !== null) return toEdited(edit, self, now);
  const submission = Submission.safeParse(body);
  if (submission.success) return parseSubmission(submission.data, self, now);
  const command = Command.safeParse(body);
  return command.success && command.data.team_id === self.team ? parseCommand(command.data, now) : null;
}

/** By its type first: most of what comes is said by somebody, and half of that is Nova's own. */
function parseCallback(event: unknown, self: Self): Heard | null {
  const type = typeof event === "object" && event !== null && "type" in event ? event.type : null;
  if (type === "message" || type === "app_mention") return parseEvent(event, self);
  return parseReaction(event, self) ?? parseOpened(event, self);
}

/** One event; a message read from a channel's history is as good as one. */
export function parseEvent(given: unknown, self: Self): Heard | null {
  const parsed = Event.safeParse(given);
  if (!parsed.success) return null;
  const { channel, user, text = "", ts, thread_ts: threadTs = null, files = [], ...event } = parsed.data;
  const isBot = event.bot_id !== undefined || user === undefined || user === self.botUserId;
  if (isBot || (event.subtype !== undefined && !spoken.has(event.subtype))) return null;
  const direct = isDirect(channel);
  const attached = files.length === 0 ? {} : { files: [...toFiles(files)] };
  return {
    kind: "message",
    who: { team: event.user_team ?? event.team ?? self.team, user, name: null },
    message: {
      id: `s:m:${self.team}:${channel}:${ts}`,
      // In a channel an answer belongs under its question; in a direct message the whole talk is one.
      thread: threadIdOf({ team: self.team, channel, threadTs: threadTs ?? (direct ? null : ts) }),
      channel: channelIdOf(self.team, channel),
      at: Math.floor(Number(ts) * 1000),
      direct,
      addressed: event.type === "app_mention" || text.includes(`<@${self.botUserId}`),
      body: { kind: "text", text: toPlain(text, self.botUserId), ...attached },
    },
  };
}

function parseCommand(command: z.infer<typeof Command>, now: number): Heard {
  const { team_id: team, channel_id: channel, user_id: user, user_name: name = null } = command;
  const [, verb = "", rest = ""] = /^(\S*)\s*([\s\S]*)$/.exec(toPlain(command.text ?? "", "")) ?? [];
  return {
    kind: "message",
    who: { team, user, name },
    message: {
      id: `s:t:${command.trigger_id}`,
      thread: threadIdOf({ team, channel, threadTs: null }),
      channel: channelIdOf(team, channel),
      at: now,
      direct: isDirect(channel),
      addressed: true,
      body: { kind: "command", verb: verb === "" ? "help" : verb.toLowerCase(), rest },
    },
  };
}

function parsePress(body: z.infer<typeof BlockActions>, self: Self): Heard | null {
  const [action] = body.actions;
  const { channel_id: channel, message_ts: ts } = body.container;
  const who: Who = { team: body.user.team_id ?? self.team, user: body.user.id, name: body.user.name ?? null };
  const nonce = nonceOf(action?.value ?? "");
  if (action === undefined || nonce === null) return { kind: "stale", who, channel };
  const threadTs = body.message?.thread_ts ?? body.container.thread_ts ?? null;
  const press: Press = { nonce, channel, ts, threadTs };
  if (opensDialog(action.action_id)) {
    const question = questionOf(body.message?.blocks ?? [], action.action_id);
    return { kind: "dialog", who, trigger: body.trigger_id, question, press };
  }
  const id = `s:a:${channel}:${ts}:${action.action_id}:${body.user.id}:${action.action_ts}`;
  const message = toPress(press, self, { id, at: Number(action.action_ts) * 1000, words: null });
  return editedBy(nonce) === null
    ? { kind: "message", who, message }
    : { kind: "edit", who, trigger: body.trigger_id, press, message };
}

function parseSubmission({ view, user }: z.infer<typeof Submission>, self: Self, now: number): Heard | null {
  const press = Press.safeParse(parseJson(view.private_metadata));
  if (!press.success) return null;
  const words = view.state.values.words.words.value;
  return {
    kind: "message",
    who: { team: user.team_id ?? self.team, user: user.id, name: user.name ?? null },
    message: toPress(press.data, self, { id: `s:v:${view.id}:${view.hash}`, at: now, words }),
  };
}

function toEdited({ who, id, press, fields }: SentEdit, self: Self, at: number): Heard {
  const message = toPress(press, self, { id, at, words: null });
  return { kind: "message", who, message: { ...message, body: { ...message.body, fields } } };
}

type PressEvent = { readonly id: string; readonly at: number; readonly words: string | null };

type Pressed = Omit<Message, "account" | "body"> & {
  readonly body: Extract<Message["body"], { kind: "press" }>;
};
function toPress(press: Press, self: Self, event: PressEvent): Pressed {
  const { channel, ts, threadTs, nonce } = press;
  return {
    id: event.id,
    thread: threadIdOf({ team: self.team, channel, threadTs }),
    channel: channelIdOf(self.team, channel),
    at: Math.floor(event.at),
    direct: isDirect(channel),
    addressed: true,
    body: { kind: "press", nonce, onMessage: platformIdOf(channel, ts), words: event.words },
  };
}

function questionOf(blocks: readonly unknown[], actionId: string): string {
  const rows = blocks.map((block) => Asking.safeParse(block)).filter((row) => row.success);
  const button = rows.flatMap((row) => row.data.elements).find((element) => element.action_id === actionId);
  return button?.accessibility_label ?? "Would you like to add a word?";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
