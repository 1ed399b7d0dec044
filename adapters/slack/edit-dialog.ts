// The dialog behind a card's "Edit…": one input per value, prefilled. What is sent is a press of that button with other
// values; which button, and on which card, travels as the dialog's metadata.
import type { types } from "@slack/bolt";
import { z } from "zod";
import type { EditDialog } from "../../src/ports.ts";
import type { Who } from "./inbound.ts";
import { Press } from "./payloads.ts";

const callbackId = "nova_edit";
const element = "value";
const longestText = 3_000;

const plain = (text: string, limit: number): types.PlainTextElement => ({
  type: "plain_text",
  text: text.length > limit ? `${text.slice(0, limit - 1)}…` : text,
  emoji: false,
});

export function drawEdit({ title, fields }: EditDialog, press: Press): types.ModalView {
  return {
    type: "modal",
    callback_id: callbackId,
    private_metadata: JSON.stringify(press),
    title: plain(title, 24),
    submit: plain("Propose", 24),
    close: plain("Cancel", 24),
    blocks: fields.map(({ key, label, value, isLong, isRequired }) => ({
      type: "input",
      block_id: key,
      optional: !isRequired,
      label: plain(label, 2_000),
      element: {
        type: "plain_text_input",
        action_id: element,
        multiline: isLong,
        max_length: longestText,
        ...(value === "" ? {} : { initial_value: value.slice(0, longestText) }),
      },
    })),
  };
}

const Submitted = z.object({
  type: z.literal("view_submission"),
  user: z.object({ id: z.string(), name: z.string().optional(), team_id: z.string().optional() }),
  view: z.object({
    id: z.string(),
    hash: z.string(),
    callback_id: z.literal(callbackId),
    private_metadata: z.string(),
    state: z.object({
      values: z.record(z.string(), z.object({ [element]: z.object({ value: z.string().nullish() }) })),
    }),
  }),
});

export type SentEdit = {
  readonly who: Who;
  readonly id: string;
  readonly press: Press;
  readonly fields: Readonly<Record<string, string>>;
};

/** Null: another payload. */
export function parseEdit(body: unknown, team: string): SentEdit | null {
  const submitted = Submitted.safeParse(body);
  if (!submitted.success) return null;
  const { user, view } = submitted.data;
  const press = Press.safeParse(parseJson(view.private_metadata));
  if (!press.success) return null;
  const fields = Object.entries(view.state.values).map(
    ([key, { value: answer }]): readonly [string, string] => [key, answer.value ?? ""],
  );
  return {
    who: { team: user.team_id ?? team, user: user.id, name: user.name ?? null },
    id: `s:v:${view.id}:${view.hash}`,
    press: press.data,
    fields: Object.fromEntries(fields),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
