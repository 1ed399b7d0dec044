// A call to Slack has an end, however slowly its answer trickles in.
import { createServer } from "node:http";
import { afterEach, expect, test } from "vitest";
import { createUpload } from "../../adapters/slack/files-out.ts";
import { createLeanCall } from "../../adapters/slack/lean-call.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Answers with one byte after another, and never comes to an end. */
async function trickling(): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => response.write(" "), 20);
    response.on("close", () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(
    async () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/api`;
}

const late = /no whole answer within 150 ms/u;

test("a post whose answer trickles is unclear after its limit", async () => {
  const call = createLeanCall({ botToken: "xoxb-1", apiUrl: await trickling(), limitMs: 150 });
  await expect(call("chat.postMessage", { channel: "C1" })).rejects.toThrow(late);
});

test("a file whose answer trickles is given up after its limit", async () => {
  const apiUrl = await trickling();
  const upload = createUpload({ apiUrl, limitMs: 150 });
  await expect(upload(`${new URL(apiUrl).origin}/upload`, Buffer.from("bytes"))).rejects.toThrow(late);
});
