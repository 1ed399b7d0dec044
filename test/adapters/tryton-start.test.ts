// A project pointed at a Tryton that can't be used: one sentence at the start that names the thing and the mend. What the
// server answers here was taken down from a real Tryton 6.0.
import { createServer } from "node:http";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { BootError } from "../../src/boot-error.ts";
import { checkErps } from "../../src/cli/check-erps.ts";
import { systemClock } from "../../src/clock.ts";
import { parseConfig } from "../../src/config.ts";
import { openErps } from "../../src/erps.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Says the same to whoever calls. */
async function answering({
  status,
  body,
}: {
  readonly status: number;
  readonly body: string;
}): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(status).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

const configFor = (url: string, password = "TRYTON_PASSWORD") =>
  parseConfig(
    {
      people: [{ name: "Kit", ids: ["terminal:me"], role: "owner" }],
      erps: { books: { kind: "tryton", url, database: "nova", user: "nova", password } },
    },
    "nova.json",
  );

async function sentence(url: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const opening = openErps(configFor(url), { folder: "unused", clock: systemClock, environment });
  const thrown: unknown = await opening.then(
    () => "it was opened",
    (reason: unknown) => reason,
  );
  expect(thrown).toBeInstanceOf(BootError);
  return thrown instanceof BootError ? thrown.message : "";
}
const secrets = { TRYTON_PASSWORD: "secret-that-nobody-prints" };

test.each([
  [
    "a login that it does not accept",
    { status: 401, body: "<title>401 Unauthorized</title>" },
    'The ERP "books" can\'t be opened. Tryton does not accept the login of nova: check user and password.',
  ],
  [
    "a database that it does not have",
    {
      status: 200,
      body: JSON.stringify({ id: 1, error: ["Database '/srv/db/nova.sqlite' doesn't exist!", ""] }),
    },
    /^The ERP "books" can't be opened\. Tryton at http:\/\/127\.0\.0\.1:\d+ has no database "nova" that it can open: check its name\.$/u,
  ],
  [
    "something that is no Tryton",
    { status: 200, body: "<h1>It works!</h1>" },
    /^The ERP "books" can't be opened\. Tryton answered with HTTP 200 and no result\.$/u,
  ],
])("a Tryton with %s is said in one sentence", async (_what, answer, expected) => {
  const server = await answering(answer);
  closing.push(server.close);
  const said = await sentence(server.url, secrets);
  expect(said).toMatch(expected);
  expect(said).not.toMatch(/secret-that/u);
});

test("a Tryton that nobody serves is named by its address", async () => {
  const server = await answering({ status: 200, body: "" });
  await server.close();
  expect(await sentence(server.url, secrets)).toMatch(
    /^The ERP "books" can't be opened\. Tryton at http:\/\/127\.0\.0\.1:\d+ did not answer: .+\.$/u,
  );
});

test("the password is asked for under the name that the config gives, and is never in the config", async () => {
  const said = await sentence("http://127.0.0.1:9", {});
  expect(said).toBe(
    'The ERP "books" needs its key in TRYTON_PASSWORD, which is not set: set it in the environment or in .env.',
  );
  expect(() => configFor("http://127.0.0.1:9", "hunter2")).toThrow(
    /erps\.books\.password: must be the name of an environment variable/u,
  );
});

test("the check before a start says the same of each ERP, and goes on with the next", async () => {
  const server = await answering({ status: 401, body: "" });
  closing.push(server.close);
  const config = configFor(server.url);
  const erps = { ...config.erps, own: { kind: "embedded" as const, sample: true } };
  const surroundings = { folder: "unused", clock: systemClock, environment: secrets };
  const [books, own] = await checkErps({ ...config, erps }, surroundings);
  expect(books?.problem).toMatch(/does not accept the login of nova/u);
  expect(own).toEqual({ what: "ERP own", problem: null, detail: "embedded" });
});
