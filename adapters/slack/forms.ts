// A pipeline's form as a Slack modal, and back: one input block per field, with Slack's own pickers for dates, numbers and
// choices. What comes back is judged by the engine; what is wrong is shown in the modal, at its field.
import type { types } from "@slack/bolt";
import { z } from "zod";
import type { ChannelId } from "../../src/ids.ts";
import type { Form, FormField, FormValues, Judged } from "../../src/ports.ts";
import { channelIdOf } from "./addresses.ts";
import type { Who } from "./inbound.ts";

const callbackId = "nova_form";
/** Every block holds one element, and is known by its block. */
const element = "value";
const longestText = 3_000;

export function drawForm(form: Form, channel: string): types.ModalView {
  return {
    type: "modal",
    callback_id: callbackId,
    private_metadata: JSON.stringify({ pipeline: form.pipeline, channel }),
    title: plain(form.title, 24),
    submit: plain("Start", 24),
    close: plain("Cancel", 24),
    blocks: form.fields.map((field) => ({
      type: "input",
      block_id: field.key,
      optional: !field.isRequired,
      label: plain(field.label, 2_000),
      ...(field.hint === null ? {} : { hint: plain(field.hint, 2_000) }),
      element: drawField(field),
    })),
  };
}

const plain = (text: string, limit: number): types.PlainTextElement => ({
  type: "plain_text",
  text: text.length > limit ? `${text.slice(0, limit - 1)}…` : text,
  emoji: false,
});

function drawField({ kind, options, maxLength }: FormField): types.InputBlock["element"] {
  switch (kind) {
    case "select":
      return {
        type: "static_select",
        action_id: element,
        options: options.map(({ value, label }) => ({ text: plain(label, 75), value })),
      };
    case "date":
      return { type: "datepicker", action_id: element };
    case "number":
      return { type: "number_input", action_id: element, is_decimal_allowed: true };
    case "text":
    case "paragraph":
      return {
        type: "plain_text_input",
        action_id: element,
        multiline: kind === "paragraph",
        max_length: Math.min(maxLength ?? longestText, longestText),
      };
  }
}

const Answer = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_date: z.string().nullish(),
});
const Submitted = z.object({
  type: z.literal("view_submission"),
  user: z.object({ id: z.string(), name: z.string().optional(), team_id: z.string().optional() }),
  view: z.object({
    id: z.string(),
    hash: z.string(),
    callback_id: z.literal(callbackId),
    private_metadata: z.string().transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue("no metadata of Nova's");
        return z.NEVER;
      }
    }),
    state: z.object({ values: z.record(z.string(), z.object({ [element]: Answer })) }),
  }),
});
const Metadata = z.strictObject({ pipeline: z.string(), channel: z.string() });

export type FilledForm = {
  readonly who: Who;
  /** Key of the message that it becomes. */
  readonly id: string;
  readonly pipeline: string;
  readonly channel: string;
  readonly channelId: ChannelId;
  readonly values: FormValues;
};

/** Null: another payload. */
export function parseForm(body: unknown, team: string): FilledForm | null {
  const submitted = Submitted.safeParse(body);
  if (!submitted.success) return null;
  const { user, view } = submitted.data;
  const metadata = Metadata.safeParse(view.private_metadata);
  if (!metadata.success) return null;
  const { pipeline, channel } = metadata.data;
  const values = Object.entries(view.state.values).map(
    ([key, { value: answer }]): readonly [string, string | null] => [
      key,
      answer.value ?? answer.selected_option?.value ?? answer.selected_date ?? null,
    ],
  );
  return {
    who: { team: user.team_id ?? team, user: user.id, name: user.name ?? null },
    id: `s:v:${view.id}:${view.hash}`,
    pipeline,
    channel,
    channelId: channelIdOf(team, channel),
    values: Object.fromEntries(values),
  };
}

/** What travels in the acknowledgement; a problem of no field stands at the first one. */
export function toErrors({ problems }: Extract<Judged, { kind: "wrong" }>, values: FormValues): object {
  const [first = ""] = Object.keys(values);
  const errors = problems.map(({ field, why }): readonly [string, string] => [
    field in values ? field : first,
    why,
  ]);
  return { response_action: "errors", errors: Object.fromEntries(errors) };
}
