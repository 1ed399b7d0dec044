// What a browser posted, unknown until parsed here, becomes a message's body or a sentence that says what to mend.
import { z } from "zod";
import { toFileName } from "../../src/files/file-names.ts";
import type { Body, FileRef } from "../../src/body.ts";
import type { Message } from "../../src/message.ts";

export const maxBodyBytes = 64 * 1024;

const Field = z.string().transform((text) => text.replaceAll("\r\n", "\n").trim());
const MessageForm = z.object({
  text: Field,
  /** Made by the page once per message, so that sending it again after a broken connection says it once. */
  key: z
    .string()
    .regex(/^[0-9a-f-]{8,64}$/u)
    .optional()
    .catch(undefined),
  /** A field without a file comes as an empty one without a name. */
  files: z
    .union([z.instanceof(File).transform((file) => [file]), z.array(z.instanceof(File))])
    .catch([])
    .transform((files) => files.filter(({ name, size }) => name !== "" || size > 0)),
});
const PressForm = z.object({ nonce: z.string().min(1).max(200), words: Field.optional() });

export type ParsedMessage =
  | {
      readonly kind: "message";
      readonly body: Body;
      readonly text: string;
      readonly key: string | null;
      readonly files: readonly File[];
    }
  | { readonly kind: "refused"; readonly why: string; readonly isTooLong: boolean };
export type ParsedPress =
  | {
      readonly kind: "press";
      readonly nonce: string;
      readonly words: string | null;
      /** What was filled in for a button that carries fields; empty otherwise. */
      readonly fields: Readonly<Record<string, string>>;
    }
  | { readonly kind: "refused"; readonly why: string };

/** True for text that was not text on its way here: NUL, or bytes that are no UTF-8. */
const isUnreadable = (text: string): boolean => text.includes("\0") || text.includes("\uFFFD");

export function parseMessage(form: unknown): ParsedMessage {
  const parsed = MessageForm.safeParse(form);
  const refuse = (why: string, isTooLong = false): ParsedMessage => ({ kind: "refused", why, isTooLong });
  if (!parsed.success) return refuse("That is not a message; send a form field named text.");
  const { text, key, files } = parsed.data;
  if (text === "" && files.length === 0) return refuse("Type something first.");
  if (Buffer.byteLength(text) > maxBodyBytes)
    return refuse("That is longer than 64 KB; send it in shorter parts.", true);
  if (isUnreadable(text)) return refuse("That is not readable text (UTF-8); send plain text.");
  const body = toBody(text);
  if (files.length > 0 && body.kind !== "text")
    return refuse("A command takes no files; send them with words of your own.");
  return { kind: "message", body, text, key: key ?? null, files };
}

/** As it is heard, and as the page shows it. */
export function withFiles(
  { body, text }: Extract<ParsedMessage, { kind: "message" }>,
  files: readonly FileRef[],
): { readonly body: Body; readonly text: string } {
  if (files.length === 0 || body.kind !== "text") return { body, text };
  const names = `(attached: ${files.map(toFileName).join(", ")})`;
  return { body: { ...body, files: [...files] }, text: text === "" ? names : `${text}\n${names}` };
}

function toBody(text: string): Body {
  const command = /^\/(?<verb>[a-z][a-z-]*)(?:\s+(?<rest>[^]*))?$/iu.exec(text)?.groups;
  if (command === undefined) return { kind: "text", text };
  return { kind: "command", verb: (command["verb"] ?? "").toLowerCase(), rest: command["rest"] ?? "" };
}

export function parsePress(form: unknown): ParsedPress {
  const parsed = PressForm.safeParse(form);
  if (!parsed.success) return { kind: "refused", why: "That is not a button of this page; reload it." };
  const { nonce, words = "" } = parsed.data;
  if (isUnreadable(words)) {
    return { kind: "refused", why: "Those words are not readable text (UTF-8); type plain text." };
  }
  const fields = fieldsOf(form);
  if (Object.values(fields).some(isUnreadable))
    return { kind: "refused", why: "Those values are not readable text (UTF-8); type plain text." };
  return { kind: "press", nonce, words: words === "" ? null : words, fields };
}

const Fields = z.record(z.string(), z.unknown());
const fieldsAtMost = 5;

function fieldsOf(form: unknown): Readonly<Record<string, string>> {
  const parsed = Fields.safeParse(form);
  const entries = Object.entries(parsed.success ? parsed.data : {}).flatMap(
    ([name, value]): readonly (readonly [string, string])[] => {
      const text = Field.safeParse(value);
      return name.startsWith("field.") && text.success ? [[name.slice("field.".length), text.data]] : [];
    },
  );
  return Object.fromEntries(entries.slice(0, fieldsAtMost));
}

/** Whoever sits at this machine, in the page's one thread. */
export const toMessage = (id: string, body: Body, at: number): Message => ({
  id,
  thread: "web:chat:chat",
  channel: "web:chat",
  account: { id: "web:me", name: "me", standing: "regular" },
  at,
  direct: true,
  addressed: true,
  body,
});
