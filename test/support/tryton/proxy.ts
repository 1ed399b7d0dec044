// What may lie between Nova and a Tryton: a line that can be cut while a call is on its way, and a look at every call
// before it is passed on.
import { createServer } from "node:http";
import { z } from "zod";

export type Line = {
  readonly url: string;
  readonly methods: readonly string[];
  readonly close: () => Promise<void>;
};
/** "cut": the call goes on to Tryton, the caller is gone a moment after sending it. */
type Decide = (method: string) => Promise<"pass" | "cut"> | "pass" | "cut";

const Call = z.object({ method: z.string() });
const goneAfterMs = 15;

export async function openLine(to: string, decide: Decide): Promise<Line> {
  const methods: string[] = [];
  const onItsWay = new Set<Promise<unknown>>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const passing = pass(Buffer.concat(chunks)).catch(() => response.destroy());
      onItsWay.add(passing);
      void passing.finally(() => onItsWay.delete(passing));
    });
    async function pass(body: Buffer): Promise<void> {
      const { method } = Call.parse(JSON.parse(body.toString()));
      methods.push(method);
      const isCut = (await decide(method)) === "cut";
      const authorization = request.headers.authorization;
      const headers = {
        "content-type": "application/json",
        ...(authorization === undefined ? {} : { authorization }),
      };
      const sending = fetch(new URL(request.url ?? "/", to), {
        method: "POST",
        headers,
        body: new Uint8Array(body),
      });
      if (isCut) setTimeout(() => request.socket.destroy(), goneAfterMs);
      const answer = await sending;
      const text = await answer.text();
      if (!response.destroyed) response.writeHead(answer.status).end(text);
    }
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", () => listening.resolve());
  await listening.promise;
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    methods,
    close: async () => {
      await Promise.all(onItsWay);
      server.closeAllConnections();
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      await closed.promise;
    },
  };
}
