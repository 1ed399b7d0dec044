// A pipeline's form as a Discord dialog, and back: one labelled field per input. The dialog's id says which pipeline it
// is for, so that it works after a restart; what it sends is judged by the engine, not by what Discord let through.
import { ComponentType, InteractionResponseType, TextInputStyle } from "discord.js";
import type { Form, FormField, FormValues, Judged } from "../../src/ports.ts";
import type { InteractionPacket } from "./packets.ts";
import { clip, toInert } from "./text.ts";

const prefix = "novaform.";
const longestText = 4_000;
/** Room for the words of every problem, and for what was typed. */
const problemRoom = 700;
const typedRoom = 1_000;

export function drawForm(form: Form): object {
  return {
    type: InteractionResponseType.Modal,
    data: {
      custom_id: `${prefix}${form.pipeline}`,
      title: clip(form.title, 45),
      components: form.fields.map((field) => ({
        type: ComponentType.Label,
        label: clip(field.label, 45),
        ...(field.hint === null ? {} : { description: clip(field.hint, 100) }),
        component: drawField(field),
      })),
    },
  };
}

function drawField({ key, kind, options, isRequired, maxLength }: FormField): object {
  if (kind === "select")
    return {
      type: ComponentType.StringSelect,
      custom_id: key,
      required: isRequired,
      options: options.map(({ value, label }) => ({ value, label })),
    };
  return {
    type: ComponentType.TextInput,
    custom_id: key,
    style: kind === "paragraph" ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: isRequired,
    max_length: Math.min(maxLength ?? longestText, longestText),
    ...(kind === "date" ? { placeholder: "2026-12-31" } : {}),
  };
}

type Submitted = Extract<InteractionPacket, { type: 5 }>;

/** Which pipeline was filled in, and with what; null: another dialog. */
export function parseForm({
  data,
}: Submitted): { readonly pipeline: string; readonly values: FormValues } | null {
  if (!data.custom_id.startsWith(prefix)) return null;
  const parts = data.components.flatMap((part) => ("component" in part ? [part.component] : part.components));
  const values = parts.map((part): readonly [string, string | null] => [
    part.custom_id,
    "value" in part ? part.value : (part.values[0] ?? null),
  ]);
  return { pipeline: data.custom_id.slice(prefix.length), values: Object.fromEntries(values) };
}

/** Discord can't show an error inside its dialog: what is wrong is said, with everything typed ready to be sent again. */
export function wrongWords({ problems, rest }: Extract<Judged, { kind: "wrong" }>): string {
  const list = problems.map(({ field, why }) => (field === "" ? `- ${why}` : `- **${field}**: ${why}`));
  const typed = clip(`/nova run ${rest}`.replaceAll("`", "'"), typedRoom);
  return [
    "Not started:",
    clip(toInert(list.join("\n")), problemRoom),
    `What you typed, to be sent again:\n\`\`\`\n${toInert(typed)}\n\`\`\``,
  ].join("\n");
}
