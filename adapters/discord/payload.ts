// What goes to Discord and what comes back: mentions forbidden in every payload, a deadline on every call.
import { createHash } from "node:crypto";
import type { Clock } from "../../src/ports.ts";
import { z } from "zod";
import type { Drawn } from "./cards.ts";
import { toMultipart } from "./multipart.ts";
import type { Multipart } from "./multipart.ts";

/** Headers may come and the body never: the library's own time-out ends at the headers. */
const callDeadlineMs = 30_000;

export const Sent = z.object({
  id: z.string(),
  channel_id: z.string(),
  content: z.string().default(""),
  nonce: z.union([z.string(), z.number()]).nullish(),
  author: z.object({ id: z.string() }).nullish(),
  embeds: z.array(z.unknown()).nullish(),
  components: z
    .array(z.object({ components: z.array(z.object({ custom_id: z.string().nullish() })).nullish() }))
    .nullish(),
});
export type Sent = z.infer<typeof Sent>;
/** Discord gives the first copy back when it sees the same nonce again: the same id must give the same nonce. */
export function toNonce(id: string): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 24);
}

export function toBody(drawn: Drawn): object {
  const { content, embeds, components, flags } = drawn;
  return { content, embeds, components, flags, allowed_mentions: { parse: [], replied_user: false } };
}

export function withFiles(body: object, drawn: Drawn): { readonly body: object } | Multipart {
  if (drawn.files.length === 0) return { body };
  const attachments = drawn.files.map((file, id) => ({ id, filename: file.name }));
  return toMultipart({ ...body, attachments }, drawn.files);
}

export async function withDeadline<T>(clock: Clock, running: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const cancel = clock.after(callDeadlineMs, () =>
    late.reject(new Error(`no whole answer within ${callDeadlineMs / 1000} s`)),
  );
  try {
    return await Promise.race([running, late.promise]);
  } finally {
    cancel();
  }
}

/** Within the nonce's window an earlier copy comes back, which may say something older. */
export function isSame(sent: Sent, drawn: Drawn): boolean {
  return (
    sent.content.trim() === drawn.content.trim() && idsOf(sent.components ?? []) === idsOf(drawn.components)
  );
}

function idsOf(
  rows: readonly {
    readonly components?: readonly { readonly custom_id?: string | null | undefined }[] | null | undefined;
  }[],
): string {
  return rows.flatMap((row) => (row.components ?? []).map((part) => part.custom_id ?? "")).join(" ");
}
