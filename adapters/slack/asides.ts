// What Slack wants answered on the spot: a form opened while its trigger lives, a form judged in its own acknowledgement.
// Only a form that is sound becomes a message; it is the same one that the typed command would be.
import type { WebClient } from "@slack/web-api";
import type { Account, Message } from "../../src/message.ts";
import type { Asker, Clock, Desk } from "../../src/ports.ts";
import { isDirect, threadIdOf } from "./addresses.ts";
import { outsider } from "./accounts.ts";
import type { Accounts } from "./accounts.ts";
import { drawEdit } from "./edit-dialog.ts";
import { drawForm, toErrors } from "./forms.ts";
import type { FilledForm } from "./forms.ts";
import type { Who } from "./inbound.ts";
import { problemOf } from "./outcomes.ts";
import type { Press } from "./payloads.ts";
import type { UsedShortcut } from "./shortcuts.ts";
import type { Report } from "./wire.ts";

export type AsideParts = {
  /** Null: there are no forms. */
  readonly desk: Desk | null;
  readonly client: WebClient;
  readonly accounts: Pick<Accounts, "known">;
  /** Never later than Slack waits. */
  readonly accountOf: Accounts["accountOf"];
  readonly clock: Clock;
  readonly report: Report;
};

const commandKey = "s:t:";

type Unsigned = Omit<Message, "account">;

/**
 * True: the command's form is open, and nothing is heard before it is sent. False: the command is heard as it stands.
 * Its trigger lives for three seconds, so nobody is looked up for it: who may start what is judged when it is sent.
 */
export async function openForm(parts: AsideParts, message: Unsigned, who: Who): Promise<boolean> {
  const { body, id, channel } = message;
  if (parts.desk === null || body.kind !== "command" || !id.startsWith(commandKey)) return false;
  const account = parts.accounts.known(who) ?? { ...outsider(who), standing: "regular" as const };
  const form = parts.desk.form({ ...message, account }, body);
  if (form === null) return false;
  try {
    const view = drawForm(form, channel.slice(channel.indexOf("/") + 1));
    await parts.client.views.open({ trigger_id: id.slice(commandKey.length), view });
    return true;
  } catch (thrown) {
    // Too late for a dialog: the question in words asks for the same.
    parts.report("info", `no form could be opened: ${problemOf(thrown).why}`);
    return false;
  }
}

/** True: the dialog is open. False: the press is heard as it stands, and says what became of the card. */
export async function openEdit(
  parts: AsideParts,
  { press, trigger, by }: { readonly press: Press; readonly trigger: string; readonly by: Account },
): Promise<boolean> {
  const dialog = (await parts.desk?.edit?.(by, press.nonce)) ?? null;
  if (dialog === null) return false;
  try {
    await parts.client.views.open({ trigger_id: trigger, view: drawEdit(dialog, press) });
    return true;
  } catch (thrown) {
    parts.report("info", `no dialog could be opened: ${problemOf(thrown).why}`);
    return false;
  }
}

/** A message to keep, or what Slack shows at the fields of the modal. */
export async function judgeForm(
  parts: AsideParts,
  filled: FilledForm,
): Promise<{ readonly message: Message } | { readonly errors: object }> {
  const { who, id, channel, channelId, pipeline, values } = filled;
  const judged = parts.desk?.judge(pipeline, values);
  if (judged?.kind === "wrong") return { errors: toErrors(judged, values) };
  const account = await parts.accountOf(who);
  const [, team = ""] = /^slack:([^/]+)\//.exec(channelId) ?? [];
  const asker: Asker = {
    account,
    channel: channelId,
    thread: threadIdOf({ team, channel, threadTs: null }),
    direct: isDirect(channel),
  };
  const rest = judged?.rest ?? pipeline;
  const body = { kind: "command", verb: "run", rest } as const;
  return { message: { id, ...asker, at: parts.clock.now(), addressed: true, body } };
}

/** A shortcut's words with the name of who wrote them. */
export async function withAuthor(
  parts: AsideParts,
  used: UsedShortcut,
  looking: Promise<Account>,
): Promise<Message> {
  const { message, author, writtenAt } = used;
  const { body } = message;
  if (author === null || body.kind !== "command") return { ...message, account: await looking };
  const by = author.user === "" ? (author.name ?? "somebody") : (await parts.accountOf(author)).name;
  return { ...message, account: await looking, body: { ...body, quoted: { by, at: writtenAt } } };
}
