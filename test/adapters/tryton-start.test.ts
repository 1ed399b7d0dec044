// A project pointed at a Tryton that can't be used: one sentence that names the thing and the mend. What the server answers
// here was taken down from a real Tryton 6.0.
import { createServer } from "node:http";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { BootError } from "../../src/boot-error.ts";
import { checkErps } from "../../src/cli/check-erps.ts";
import { systemClock } from "../../src/clock.ts";
import { parseConfig } from "../../src/config.ts";
import { openErps } from "../../src/erp/erps.ts";

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

const around = (environment: Readonly<Record<string, string>>) => ({
  folder: "unused",
  clock: systemClock,
  environment,
  roster: null,
});

async function sentence(url: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const [finding] = await checkErps(configFor(url), around(environment));
  return finding?.problem ?? "it was let in";
}
const secrets = { TRYTON_PASSWORD: "secret-that-nobody-prints" };

test.each([
  [
    "a login that it does not accept",
    { status: 401, body: "<title>401 Unauthorized</title>" },
    "Tryton does not accept the login of nova: check user and password, and restart Nova with the right ones.",
  ],
  [
    "a database that it does not have",
    {
      status: 200,
      body: JSON.stringify({ id: 1, error: ["Database '/srv/db/nova.sqlite' doesn't exist!", ""] }),
    },
    /^Tryton at http:\/\/127\.0\.0\.1:\d+ has no database "nova" that it can open: check its name\.$/u,
  ],
  [
    "something that is no Tryton",
    { status: 200, body: "<h1>It works!</h1>" },
    /^Tryton answered with HTTP 200 and no result\.$/u,
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
    /^Tryton at http:\/\/127\.0\.0\.1:\d+ did not answer: .+\.$/u,
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

test("the check before a start goes on with the next ERP, and makes no file by looking", async () => {
  const server = await answering({ status: 401, body: "" });
  closing.push(server.close);
  const config = configFor(server.url);
  const erps = { ...config.erps, own: { kind: "embedded" as const, sample: true } };
  const [books, own] = await checkErps({ ...config, erps }, around(secrets));
  expect(books?.problem).toMatch(/does not accept the login of nova/u);
  expect(own).toEqual({
    what: "ERP own",
    problem: null,
    detail: "embedded, its file is made at the first start",
  });
});

test("a start opens it all the same: only a secret that is not set stops Nova", async () => {
  const opened = await openErps(configFor("http://127.0.0.1:9"), around(secrets));
  expect([...opened.keys()]).toEqual(["books"]);
  for (const erp of opened.values()) await erp.close();
  await expect(openErps(configFor("http://127.0.0.1:9"), around({}))).rejects.toThrow(BootError);
});
