// What a broken adapter would put on the wire: a proxy before the platform that changes requests on their way. Sockets
// go past it, straight to the platform.
import { createServer, request } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";

export type Call = { readonly method: string; readonly path: string; readonly body: string };
/** The body as it goes on; JSON for Discord, a form for Slack. */
export type Change = (call: Call) => string;
export type Tamper = {
  readonly through: (apiUrl: string) => string;
  readonly close: () => Promise<void>;
};

export async function createTamper(change: Change): Promise<Tamper> {
  let target = "";
  const server = createServer((incoming, outgoing) => {
    void pass(incoming, outgoing, { target, change });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    through: (apiUrl) => {
      target = new URL(apiUrl).origin;
      return apiUrl.replace(target, `http://127.0.0.1:${port}`);
    },
    close: async () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Way = { readonly target: string; readonly change: Change };

async function pass(incoming: IncomingMessage, outgoing: ServerResponse, { target, change }: Way) {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const { method = "GET", url: path = "/", headers } = incoming;
  const whole = Buffer.concat(chunks);
  // Files go as they are: bytes are no text.
  const isFile = (headers["content-type"] ?? "").startsWith("multipart/");
  const body =
    isFile || whole.length === 0
      ? whole
      : Buffer.from(change({ method, path, body: whole.toString("utf8") }));
  const { host: _host, "content-length": _length, "transfer-encoding": _encoding, ...rest } = headers;
  const onward = request(
    `${target}${path}`,
    { method, headers: { ...rest, "content-length": body.length } },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  onward.on("error", () => outgoing.destroy());
  onward.end(body);
}

/** Takes fields out of a body, or changes them; Slack takes forms as well as JSON. */
export const inBody =
  (isIt: (call: Call) => boolean, change: (body: Readonly<Record<string, unknown>>) => object): Change =>
  (call) => {
    if (!isIt(call)) return call.body;
    if (!call.body.startsWith("{")) {
      const form = new URLSearchParams(call.body);
      const changed = Object.entries(change(Object.fromEntries(form)));
      return new URLSearchParams(
        changed.map(([name, value]): [string, string] => [name, String(value)]),
      ).toString();
    }
    const body: unknown = JSON.parse(call.body);
    return typeof body === "object" && body !== null ? JSON.stringify(change({ ...body })) : call.body;
  };

/** Leaves these fields out. */
export const without =
  (...names: readonly string[]) =>
  (body: Readonly<Record<string, unknown>>): object =>
    Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
