// The moment between Slack and the journal: what was heard is committed, and only then may Bolt acknowledge.
// A commit that fails is thrown on, so that Slack delivers again; presses and commands are not delivered again by
// Slack, so the person is told.
import type { Message } from "../../src/message.ts";
import type { Hear } from "../../src/ports.ts";
import { outsider } from "./accounts.ts";
import type { Accounts } from "./accounts.ts";
import type { Askers } from "./askers.ts";
import { judgeForm, openEdit, openForm, withAuthor } from "./asides.ts";
import type { AsideParts } from "./asides.ts";
import { drawDialog } from "./cards.ts";
import { parseInbound } from "./inbound.ts";
import type { Heard, Self, Who } from "./inbound.ts";
import { byThen, inTime, keepWithinMs } from "./in-time.ts";
import { createLines } from "./lines.ts";
import type { Lines } from "./lines.ts";
import { problemOf } from "./outcomes.ts";

/** With a response where Slack shows one, as the errors of a modal. */
export type Acknowledge = (response?: object) => Promise<void>;
export type HandOff = {
  /** Keeps what was heard, then acknowledges; what could not be kept is thrown on and never acknowledged. */
  readonly take: (body: unknown, acknowledge: Acknowledge) => Promise<void>;
  /** How long the oldest unfinished hand-off has been waiting, in ms; 0 when there is none. */
  readonly oldestMs: () => number;
  /** Refuses everything new and waits for what is under way, at most `limitMs`. */
  readonly drain: (limitMs: number) => Promise<void>;
};

type Deps = Omit<AsideParts, "accountOf"> & {
  readonly accounts: Accounts;
  readonly hear: Hear;
  readonly askers: Askers;
  /** What was missed in this channel is heard first; null: nothing was. */
  readonly caughtUp: (channel: string) => Promise<unknown> | null;
  readonly self: Self;
};

/** `dueAt`: when what was heard has to be on its way into the journal, epoch ms. */
type Taking = Deps & AsideParts & { readonly lines: Lines; readonly dueAt: number };

export function createHandOff(deps: Deps): HandOff {
  const { clock } = deps;
  const lines = createLines();
  const underWay = new Map<symbol, number>();
  let isClosed = false;
  let onEmpty: (() => void) | null = null;
  return {
    take: async (body, acknowledge) => {
      const heard = parseInbound(body, deps.self, clock.now());
      if (heard === null) return acknowledge();
      if (isClosed) throw new Error("Nova is stopping; Slack will deliver this again.");
      const ticket = Symbol("hand-off");
      const now = clock.now();
      underWay.set(ticket, now);
      try {
        await acknowledge(await take(toTaking(deps, lines, now + keepWithinMs), heard));
      } finally {
        underWay.delete(ticket);
        if (underWay.size === 0) onEmpty?.();
      }
    },
    oldestMs: () => {
      const [oldest] = underWay.values();
      return oldest === undefined ? 0 : clock.now() - oldest;
    },
    drain: async (limitMs) => {
      isClosed = true;
      if (underWay.size === 0) return;
      const empty = Promise.withResolvers<void>();
      onEmpty = empty.resolve;
      const cancel = clock.after(limitMs, empty.resolve);
      await empty.promise;
      cancel();
    },
  };
}

function toTaking(deps: Deps, lines: Lines, dueAt: number): Taking {
  const { accounts, clock } = deps;
  const accountOf = async (who: Who) =>
    accounts.known(who) ??
    byThen(clock, dueAt, { running: accounts.accountOf(who), late: () => outsider(who) });
  return { ...deps, lines, dueAt, accountOf };
}

/** What was heard, kept or answered; gives what travels in the acknowledgement, if anything does. */
async function take(deps: Taking, heard: Heard): Promise<object | undefined> {
  switch (heard.kind) {
    case "message": {
      if (heard.message.body.kind === "text") return hearInOrder(deps, heard);
      if (!(await openForm(deps, heard.message, heard.who)))
        await keep(deps, heard.who, { ...heard.message, account: await deps.accountOf(heard.who) });
      return undefined;
    }
    case "edit": {
      // What a card holds is shown only to who may change it, so this one has to be looked up.
      const message = { ...heard.message, account: await deps.accountOf(heard.who) };
      if (!(await openEdit(deps, { ...heard, by: message.account }))) await keep(deps, heard.who, message);
      return undefined;
    }
    case "shortcut": {
      const looking = deps.accountOf(heard.who);
      await keep(deps, heard.who, await withAuthor(deps, heard, looking));
      return undefined;
    }
    case "form": {
      const judged = await judgeForm(deps, heard.filled);
      if ("errors" in judged) return judged.errors;
      await keep(deps, heard.filled.who, judged.message);
      return undefined;
    }
    case "dialog":
      await ask(deps, heard);
      return undefined;
    case "stale":
      await whisper(deps, { ...heard, user: heard.who.user }, "That button is no longer in use.");
      return undefined;
  }
}

/** Looking somebody up must not let what was said later in the thread be kept first. */
async function hearInOrder(deps: Taking, { who, message }: Extract<Heard, { kind: "message" }>) {
  await deps.lines(message.thread, async (before) => {
    const looking = deps.accountOf(who);
    if (before !== null) await inTime(deps.clock, deps.dueAt, before);
    await keep(deps, who, { ...message, account: await looking });
  });
  return undefined;
}

async function keep(deps: Taking, who: Who, message: Message): Promise<void> {
  if (message.body.kind === "command") deps.askers.remember(message.id, who.user);
  const before = deps.caughtUp(message.channel);
  // Older words come first, but Slack waits three seconds and no more for its answer.
  if (before !== null) await inTime(deps.clock, deps.dueAt, before);
  try {
    await deps.hear(message);
  } catch (thrown) {
    if (message.body.kind !== "text") {
      const channel = message.channel.slice(message.channel.indexOf("/") + 1);
      const words = "I could not keep that, so nothing has happened. Please try again in a moment.";
      await whisper(deps, { channel, user: who.user }, words);
    }
    throw thrown;
  }
}

/** A trigger lives for three seconds, so nothing comes before the dialog; only its answer is a message. */
async function ask(deps: Deps, heard: Extract<Heard, { kind: "dialog" }>): Promise<void> {
  const { press, trigger, who, question } = heard;
  try {
    await deps.client.views.open({ trigger_id: trigger, view: drawDialog(question, JSON.stringify(press)) });
  } catch (thrown) {
    deps.report("warn", `no dialog could be opened: ${problemOf(thrown).why}`);
    const words =
      "Slack did not let me open the dialog in time. Nothing has happened; please press the button again.";
    await whisper(deps, { channel: press.channel, user: who.user }, words);
  }
}

/** For one person's eyes, and only ever beside something durable or harmless: it may get lost. */
async function whisper(
  deps: Deps,
  to: { readonly channel: string; readonly user: string },
  text: string,
): Promise<void> {
  try {
    await deps.client.chat.postEphemeral({ channel: to.channel, user: to.user, text });
  } catch (thrown) {
    deps.report("warn", `a note to ${to.user} did not arrive: ${problemOf(thrown).why}`);
  }
}
