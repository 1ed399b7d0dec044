// The body of a message as Discord reads it: parsed once, every size checked, and who it would really notify.
import { ButtonStyle, ComponentType } from "discord-api-types/v10";
import { z } from "zod";
import { invalidForm, Refusal, type FieldError } from "./refusal.ts";
import type { Row } from "./world.ts";

const emojiSchema = z.object({
  name: z.string().exactOptional(),
  id: z.string().exactOptional(),
  animated: z.boolean().exactOptional(),
});
const buttonSchema = z.object({
  type: z.literal(ComponentType.Button),
  style: z.union([
    z.literal(ButtonStyle.Primary),
    z.literal(ButtonStyle.Secondary),
    z.literal(ButtonStyle.Success),
    z.literal(ButtonStyle.Danger),
  ]),
  custom_id: z.string(),
  label: z.string().exactOptional(),
  emoji: emojiSchema.exactOptional(),
  disabled: z.boolean().exactOptional(),
});
const linkSchema = z.object({
  type: z.literal(ComponentType.Button),
  style: z.literal(ButtonStyle.Link),
  url: z.string(),
  label: z.string().exactOptional(),
  disabled: z.boolean().exactOptional(),
});
const selectSchema = z.object({
  type: z.literal(ComponentType.StringSelect),
  custom_id: z.string(),
  placeholder: z.string().exactOptional(),
  min_values: z.number().exactOptional(),
  max_values: z.number().exactOptional(),
  disabled: z.boolean().exactOptional(),
  options: z.array(
    z.object({
      label: z.string(),
      value: z.string(),
      description: z.string().exactOptional(),
      default: z.boolean().exactOptional(),
    }),
  ),
});
const rowSchema = z.object({
  type: z.literal(ComponentType.ActionRow),
  components: z.array(z.union([buttonSchema, linkSchema, selectSchema])),
});
const embedSchema = z.object({
  title: z.string().exactOptional(),
  description: z.string().exactOptional(),
  url: z.string().exactOptional(),
  color: z.number().exactOptional(),
  timestamp: z.string().exactOptional(),
  footer: z.object({ text: z.string() }).exactOptional(),
  author: z.object({ name: z.string() }).exactOptional(),
  fields: z
    .array(z.object({ name: z.string(), value: z.string(), inline: z.boolean().exactOptional() }))
    .exactOptional(),
});
const allowedSchema = z.object({
  parse: z.array(z.enum(["users", "roles", "everyone"])).optional(),
  users: z.array(z.string()).optional(),
  roles: z.array(z.string()).optional(),
  replied_user: z.boolean().optional(),
});
const bodySchema = z.object({
  content: z.string().nullish(),
  embeds: z.array(embedSchema).nullish(),
  components: z.array(rowSchema).nullish(),
  allowed_mentions: allowedSchema.nullish(),
  nonce: z.union([z.string(), z.number()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  message_reference: z
    .object({
      message_id: z.string(),
      channel_id: z.string().optional(),
      fail_if_not_exists: z.boolean().optional(),
    })
    .nullish(),
  flags: z.number().int().nullish(),
  attachments: z
    .array(z.object({ id: z.union([z.string(), z.number()]), filename: z.string().optional() }))
    .nullish(),
  tts: z.boolean().nullish(),
});

export type MessageBody = z.infer<typeof bodySchema>;

/** Throws 50035 (400) for anything Discord would refuse by form. */
export function parseMessageBody(raw: unknown): MessageBody {
  const parsed = bodySchema.safeParse(raw);
  if (!parsed.success) {
    const field = (path: PropertyKey[]) => path.map(String).join(".") || "body";
    throw invalidForm(
      parsed.error.issues.map((i) => ({ path: field(i.path), code: "BASE_TYPE_BAD", message: i.message })),
    );
  }
  const fields = [
    ...contentErrors(parsed.data),
    ...embedErrors(parsed.data),
    ...componentErrors(parsed.data),
  ];
  if (fields.length > 0) throw invalidForm(fields);
  return parsed.data;
}

/** 50006 unless there is something to show. */
export function refuseEmpty(body: MessageBody, fileCount: number): void {
  const hasText = (body.content ?? "").trim() !== "";
  const hasMore = (body.embeds ?? []).length + (body.components ?? []).length + fileCount > 0;
  if (!hasText && !hasMore) throw new Refusal(400, 50006, { message: "Cannot send an empty message" });
}

export function rowsOf(body: MessageBody): Row[] {
  return [...(body.components ?? [])];
}

const tooLong = (path: string, limit: number): FieldError => ({
  path,
  code: "BASE_TYPE_MAX_LENGTH",
  message: `Must be ${limit} or fewer in length.`,
});
const longer = (path: string, text: string | undefined | null, limit: number) =>
  (text ?? "").length > limit ? [tooLong(path, limit)] : [];

function contentErrors(body: MessageBody): FieldError[] {
  return [...longer("content", body.content, 2000), ...longer("nonce", `${body.nonce ?? ""}`, 25)];
}

function embedErrors(body: MessageBody): FieldError[] {
  const embeds = body.embeds ?? [];
  const errors: FieldError[] = embeds.length > 10 ? [tooLong("embeds", 10)] : [];
  let total = 0;
  for (const [at, embed] of embeds.entries()) {
    const fields = embed.fields ?? [];
    errors.push(
      ...longer(`embeds.${at}.title`, embed.title, 256),
      ...longer(`embeds.${at}.description`, embed.description, 4096),
      ...longer(`embeds.${at}.footer.text`, embed.footer?.text, 2048),
      ...(fields.length > 25 ? [tooLong(`embeds.${at}.fields`, 25)] : []),
      ...fields.flatMap((f, n) => [
        ...longer(`embeds.${at}.fields.${n}.name`, f.name, 256),
        ...longer(`embeds.${at}.fields.${n}.value`, f.value, 1024),
      ]),
      ...fields.flatMap((f, n) =>
        f.name === "" || f.value === "" ? [required(`embeds.${at}.fields.${n}`)] : [],
      ),
    );
    const texts = [
      embed.title,
      embed.description,
      embed.footer?.text,
      embed.author?.name,
      ...fields.flatMap((f) => [f.name, f.value]),
    ];
    total += texts.reduce((sum, text) => sum + (text ?? "").length, 0);
  }
  return total > 6000
    ? [...errors, { path: "embeds", code: "MAX_EMBED_SIZE_EXCEEDED", message: "Embed size exceeds 6000." }]
    : errors;
}

const required = (path: string): FieldError => ({
  path,
  code: "BASE_TYPE_REQUIRED",
  message: "This field is required",
});

function componentErrors(body: MessageBody): FieldError[] {
  const rows = body.components ?? [];
  const errors: FieldError[] = rows.length > 5 ? [tooLong("components", 5)] : [];
  const seen = new Set<string>();
  for (const [at, row] of rows.entries()) {
    const path = `components.${at}.components`;
    const hasSelect = row.components.some((c) => c.type === ComponentType.StringSelect);
    const limit = hasSelect ? 1 : 5;
    if (row.components.length === 0) errors.push(required(path));
    if (row.components.length > limit) errors.push(tooLong(path, limit));
    for (const [n, part] of row.components.entries())
      errors.push(...partErrors(part, { path: `${path}.${n}`, seen }));
  }
  return errors;
}

type Part = z.infer<typeof rowSchema>["components"][number];

function partErrors(part: Part, at: { readonly path: string; readonly seen: Set<string> }): FieldError[] {
  const errors: FieldError[] = [];
  if ("custom_id" in part) {
    if (part.custom_id === "") errors.push(required(`${at.path}.custom_id`));
    errors.push(...longer(`${at.path}.custom_id`, part.custom_id, 100));
    if (at.seen.has(part.custom_id)) {
      errors.push({
        path: `${at.path}.custom_id`,
        code: "COMPONENT_CUSTOM_ID_DUPLICATED",
        message: "Component custom id cannot be duplicated",
      });
    }
    at.seen.add(part.custom_id);
  }
  if (part.type === ComponentType.Button) {
    errors.push(...longer(`${at.path}.label`, part.label, 80));
    if ("url" in part) errors.push(...longer(`${at.path}.url`, part.url, 512));
    const hasFace = part.label !== undefined || ("emoji" in part && part.emoji !== undefined);
    if (!hasFace) errors.push(required(`${at.path}.label`));
  } else if (part.options.length > 25) {
    errors.push(tooLong(`${at.path}.options`, 25));
  }
  return errors;
}

/** Who is notified: user ids, `role:<id>`, `everyone`, `here`. Absent rules mean "parse everything" in messages. */
export function pingsOf(
  body: MessageBody,
  repliedTo: string | null,
  kind: "message" | "interaction",
): string[] {
  const allowed = body.allowed_mentions;
  const parse: readonly string[] =
    allowed === undefined || allowed === null ? defaults(kind) : (allowed.parse ?? []);
  if (parse.includes("users") && (allowed?.users ?? []).length > 0) {
    throw invalidForm([
      {
        path: "allowed_mentions",
        code: "MUTUALLY_EXCLUSIVE",
        message: "parse:[users] and users are exclusive",
      },
    ]);
  }
  const content = body.content ?? "";
  const users = [...content.matchAll(/<@!?(\d+)>/g)].map((m) => m[1] ?? "");
  const roles = [...content.matchAll(/<@&(\d+)>/g)].map((m) => m[1] ?? "");
  const pinged = new Set([
    ...users.filter((id) => parse.includes("users") || (allowed?.users ?? []).includes(id)),
    ...roles
      .filter((id) => parse.includes("roles") || (allowed?.roles ?? []).includes(id))
      .map((id) => `role:${id}`),
    ...(parse.includes("everyone") && content.includes("@everyone") ? ["everyone"] : []),
    ...(parse.includes("everyone") && content.includes("@here") ? ["here"] : []),
  ]);
  const isReplyPing =
    allowed === undefined || allowed === null ? kind === "message" : allowed.replied_user === true;
  if (repliedTo !== null && isReplyPing) pinged.add(repliedTo);
  return [...pinged];
}

function defaults(kind: "message" | "interaction"): readonly string[] {
  return kind === "message" ? ["users", "roles", "everyone"] : ["users"];
}
