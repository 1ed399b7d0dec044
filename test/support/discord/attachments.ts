// Where the fake Discord keeps what people attach: a plain file server beside the API, as the real one's CDN is.
import type { ServerResponse, IncomingMessage } from "node:http";
import { z } from "zod";
import { invalidForm, Refusal } from "./refusal.ts";
import type { Recorder } from "./recorder.ts";
import type { World } from "./world.ts";

export interface FakeFile {
  readonly name: string;
  readonly text: string;
  /** What is really handed out; the text's bytes unless given. */
  readonly bytes?: Uint8Array;
  readonly type?: string;
  /** Another address or size than the true one, for hostile tests. */
  readonly url?: string;
  readonly size?: number;
  /** The answer of the file server: its signature has run out, or it points elsewhere. */
  readonly status?: number;
}

export const bytesOf = (file: FakeFile): Uint8Array => file.bytes ?? Buffer.from(file.text, "utf8");

export const addressOf = (world: World, message: { readonly id: string; readonly at: number }): string =>
  `${world.filesUrl}/attachments/${message.id}/${message.at}/file`;

/** True when it answered. */
export function serveAttachment(
  { world, recorder }: { readonly world: World; readonly recorder: Recorder },
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const [, kind, message = "", at = ""] = (request.url ?? "").split("/");
  if (kind !== "attachments") return false;
  recorder.write("request", `GET ${request.url ?? ""}`, { body: null });
  if (request.headers.authorization !== undefined)
    recorder.violate("house", "token-to-the-file-server", "The bot's token went to where files lie.");
  const file = world.messages.get(message)?.files[Number(at)];
  if (file === undefined) response.writeHead(404).end();
  else if (file.status !== undefined) response.writeHead(file.status, { location: file.url ?? "/" }).end();
  else
    response.writeHead(200, { "content-type": file.type ?? "application/octet-stream" }).end(bytesOf(file));
  return true;
}

const Declared = z.object({
  attachments: z.array(z.object({ id: z.union([z.string(), z.number()]) })).nullish(),
});
const mostBytes = 25 * 1024 * 1024;

/** Each `files[n]` is declared in `payload_json` under the id n; a request is at most 25 MiB. */
export function multipartProblem(form: {
  readonly body: unknown;
  readonly fields: readonly string[];
  readonly size: number;
}): Refusal | null {
  if (form.size > mostBytes) return new Refusal(413, 40005, { message: "Request entity too large" });
  const declared = Declared.safeParse(form.body).data?.attachments ?? [];
  const ids = new Set(declared.map(({ id }) => `files[${id}]`));
  const strange = form.fields.filter((field) => !ids.has(field));
  if (strange.length === 0) return null;
  return invalidForm(
    strange.map((field) => ({
      path: "attachments",
      code: "INVALID_ATTACHMENT",
      message: `${field} is not declared.`,
    })),
  );
}
